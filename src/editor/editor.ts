import { isWriting, openWriting } from './writing.ts';

/* The script of the studio's page for one passage. Without it the text area holds the same text as Markdown. */
for (const form of document.querySelectorAll('form')) if (isWriting(form)) void openWriting(form);
