// Asks the browser for a passkey where a form has its question, and sends the answer with the form.
(() => {
  const can = 'PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
  if (!can) return;

  for (const form of document.querySelectorAll('form[data-passkey], form[data-passkey-new]')) {
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      if (form.elements.answer.value !== '') return;
      event.preventDefault();
      void answer(form);
    });
  }
  for (const note of document.querySelectorAll('.passkey-without')) note.hidden = true;

  async function answer(form) {
    const said = form.querySelector('.passkey-said');
    try {
      const credential = await ask(form.dataset);
      form.elements.answer.value = JSON.stringify(credential.toJSON());
      form.submit();
    } catch (error) {
      // Whoever closes the browser's question, or has no passkey here, is told so and loses nothing.
      const known = error.name === 'InvalidStateError';
      said.textContent = known
        ? 'This device has a passkey here already.'
        : 'No passkey was given. You can try again.';
    }
  }

  function ask({ passkey, passkeyNew }) {
    if (passkeyNew !== undefined) {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(passkeyNew));
      return navigator.credentials.create({ publicKey });
    }
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(passkey));
    return navigator.credentials.get({ publicKey });
  }
})();
