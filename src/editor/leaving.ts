import { countUnsent, forgetAll } from './keeping/device.ts';

/* Where one signs out: what this device keeps of what was written goes too, and that is said where it would be lost. */
for (const form of document.querySelectorAll<HTMLFormElement>('form[action="/sign-out"]')) {
  let forgotten = false;
  form.addEventListener('submit', (event) => {
    if (forgotten) return;
    event.preventDefault();
    void leave().then((agreed) => {
      if (!agreed) return;
      forgotten = true;
      form.requestSubmit(event.submitter);
    });
  });
}

/** Forgets what is kept; false where she would rather stay. */
async function leave(): Promise<boolean> {
  const unsent = await countUnsent().catch(() => 0);
  const question = `${unsent === 1 ? 'One text' : `${unsent} texts`} on this device ${unsent === 1 ? 'has' : 'have'} words that the archive does not have yet. Sign out and lose them?`;
  if (unsent > 0 && !confirm(question)) return false;
  await forgetAll().catch(() => undefined);
  return true;
}
