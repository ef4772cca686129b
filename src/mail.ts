import { createTransport } from 'nodemailer';
import type { Config } from './config.ts';

/** A letter of the archive: plain words, to one person. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends letters, one after the other; what cannot be sent is said on standard error, without whom it was for. */
export interface Post {
  /** Takes a letter and returns at once: no answer waits for a mail server, or tells by its time that one was asked. */
  send(letter: Letter): void;
  /** Resolves when all letters taken so far are sent, or cannot be. */
  idle(): Promise<void>;
}

const seconds = 1000;
/** Letters that may wait; more come from nobody but someone who plays with a form. */
const mostWaiting = 1000;

/** The post of a configuration; undefined where it names no server or no sender: then nothing may offer mail. */
export function postOf({ smtp, mailFrom }: Pick<Config, 'smtp' | 'mailFrom'>): Post | undefined {
  if (smtp === null || mailFrom === '') return undefined;
  const transport = createTransport({
    url: smtp,
    connectionTimeout: 20 * seconds,
    greetingTimeout: 20 * seconds,
    socketTimeout: 60 * seconds,
  });
  let waiting = 0;
  let queue = Promise.resolve();
  return {
    send({ to, subject, text }) {
      if (waiting >= mostWaiting) return;
      waiting++;
      queue = queue.then(async () => {
        try {
          // Given as an object: nothing in an address can name a second one.
          await transport.sendMail({ from: mailFrom, to: { name: '', address: to }, subject, text });
        } catch (error) {
          console.error(`mail: a letter could not be sent: ${(error as Error).message.replaceAll(to, '…')}`);
        } finally {
          waiting--;
        }
      });
    },
    idle: () => queue,
  };
}
