import { keptForm } from './keeping/device.ts';
import { areSame, givenFields, readFields, writeFields } from './keeping/fields.ts';

/** Milliseconds: how soon after a key it is on the device, how long that may take, and how long what was sent is offered. */
const soon = 250;
const patience = 1_000;
const aDay = 24 * 60 * 60 * 1000;

/*
 * Forms in which someone may write for long, and of which the archive has no draft. What was typed stays on the device:
 * it is put back where it was not sent and the form is as it was; else it is offered, since the answer to a form that was
 * sent may have been lost on its way.
 */
const script = document.currentScript;
const around = script?.closest('form');
if (script && around)
  void remember(around, script.dataset.form ?? '', (script.dataset.fields ?? '').split(' '));

async function remember(form: HTMLFormElement, name: string, names: readonly string[]): Promise<void> {
  const place = keptForm(name);
  const began = givenFields(form, names);
  const now = () => readFields(form, names);
  const keep = (sent: boolean) =>
    place.write({ began, fields: now(), sent, unsent: !sent, at: Date.now() }).catch(() => undefined);

  let timer: ReturnType<typeof setTimeout> | undefined;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => void keep(false), soon);
  });
  let isGoing = false;
  form.addEventListener('submit', (event) => {
    if (isGoing) return;
    // First it is written down that this was sent: a page that is left may write no more.
    event.preventDefault();
    clearTimeout(timer);
    void Promise.race([keep(true), new Promise((resolve) => setTimeout(resolve, patience))]).then(() => {
      isGoing = true;
      // A form that is asked for while it is still being sent would not be sent again (HTML, "firing submission events").
      setTimeout(() => form.requestSubmit(event.submitter));
    });
  });
  addEventListener('pageshow', () => {
    isGoing = false;
  });

  const kept = await place.read().catch(() => undefined);
  // What was typed before this script came, or was brought back by the browser, is newer than what is kept.
  if (!areSame(began, now())) {
    if (kept === undefined || !areSame(kept.fields, now())) void keep(false);
    return;
  }
  if (kept === undefined || areSame(kept.fields, began)) return;
  if (kept.sent && Date.now() - kept.at > aDay) return place.forget();

  const putBack = () => {
    writeFields(form, kept.fields);
    unfold(form, names);
  };
  const forget = () => {
    writeFields(form, began);
    void place.forget();
  };
  if (!kept.sent && areSame(kept.began, began)) {
    putBack();
    say(form, 'What you typed here and did not send is put back. ', [['Begin anew', forget]]);
  } else {
    const words = kept.sent ? 'What you last sent from here' : 'What you typed here before';
    say(form, `${words} is still on this device. `, [
      ['Put it back', putBack],
      ['Forget it', forget],
    ]);
  }
}

/** Opens what is folded around fields in which something stands. */
function unfold(form: HTMLFormElement, names: readonly string[]): void {
  for (const name of names) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLTextAreaElement && field.value !== '')
      field.closest('details')?.setAttribute('open', '');
  }
}

/** A line above a form, with buttons after which it is gone. */
function say(
  form: HTMLFormElement,
  words: string,
  ways: readonly (readonly [name: string, act: () => void])[],
): void {
  const line = document.createElement('p');
  line.className = 'remembered';
  line.setAttribute('role', 'status');
  line.textContent = words;
  for (const [name, act] of ways) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button button-small';
    button.textContent = name;
    button.addEventListener('click', () => {
      act();
      line.remove();
      form.querySelector<HTMLElement>('input:not([type="hidden"]), textarea')?.focus();
    });
    line.append(button, ' ');
  }
  form.prepend(line);
  // A line in a form that is folded away would be seen by nobody.
  form.closest('details')?.setAttribute('open', '');
}
