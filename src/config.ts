import { resolve } from 'node:path';
import { Invalid } from './errors.ts';

interface Setting<T> {
  readonly env: string;
  readonly default: string;
  readonly help: string;
  readonly read: (text: string) => T;
  /** Whether it may hold a secret: then no message repeats it. */
  readonly secret: boolean;
}

/** Every setting, once: its environment variable, default and help. `docs/settings.md` is checked against this. */
export const settings = {
  data: setting(
    'VARIORUM_DATA',
    './data',
    'The folder that holds the archive; back it up, and nothing else.',
    (t) => resolve(t),
  ),
  port: setting('PORT', '4870', 'The port to listen on.', readPort),
  host: setting('HOST', 'localhost', 'The address to listen on; 0.0.0.0 opens it to the network.', (t) => t),
  url: setting(
    'VARIORUM_URL',
    '',
    'The public address, such as https://archive.example, when people reach the archive through a proxy.',
    readUrl,
  ),
  proxies: setting(
    'VARIORUM_PROXIES',
    '0',
    'How many trusted proxies stand in front; 0 ignores X-Forwarded-For.',
    readCount,
  ),
  cacheMegabytes: setting(
    'VARIORUM_CACHE_MB',
    '64',
    'How much memory rendered pages may take, in megabytes.',
    readCount,
  ),
  importMegabytes: setting(
    'VARIORUM_IMPORT_MB',
    '256',
    'How much may be brought in by the browser at once, in megabytes.',
    readCount,
  ),
  smtp: setting(
    'VARIORUM_SMTP',
    '',
    'The server that sends mail, such as smtps://name:secret@mail.example:465; without it no mail is offered.',
    readSmtp,
    true,
  ),
  mailFrom: setting(
    'VARIORUM_MAIL_FROM',
    '',
    'The address mail comes from, such as archive@archive.example.',
    (t) => t.trim(),
  ),
} as const;

/** The settings of one run; what each means stands in `settings`. */
export type Config = { readonly [K in keyof typeof settings]: ReturnType<(typeof settings)[K]['read']> };

/**
 * Reads the settings from environment variables. The only reader of `process.env`.
 * @throws Invalid naming the variable, what it holds and what it may hold.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const read = <T>(s: Setting<T>): T => {
    const text = env[s.env];
    try {
      return s.read(text === undefined || text === '' ? s.default : text);
    } catch (cause) {
      const given = s.secret ? '…' : JSON.stringify(text);
      throw new Invalid(`config: ${s.env}=${given}: ${(cause as Error).message}`, { cause });
    }
  };
  return {
    data: read(settings.data),
    port: read(settings.port),
    host: read(settings.host),
    url: read(settings.url),
    proxies: read(settings.proxies),
    cacheMegabytes: read(settings.cacheMegabytes),
    importMegabytes: read(settings.importMegabytes),
    smtp: read(settings.smtp),
    mailFrom: read(settings.mailFrom),
  };
}

function setting<T>(
  env: string,
  byDefault: string,
  help: string,
  read: (text: string) => T,
  secret = false,
): Setting<T> {
  return { env, default: byDefault, help, read, secret };
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('a port is a number from 0 to 65535');
  return port;
}

function readCount(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new Error('must be a whole number');
  return Number(text);
}

function readUrl(text: string): string | null {
  if (text === '') return null;
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) throw new Error('must start with http:// or https://');
  return url.origin;
}

function readSmtp(text: string): string | null {
  if (text === '') return null;
  const url = URL.parse(text);
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '')
    throw new Error('must be like smtp://name:secret@mail.example:587');
  return text;
}
