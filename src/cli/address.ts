import type { Config } from '../config.ts';

/** Where people reach the archive: passkeys and cookies want `localhost`, not 127.0.0.1. */
export function addressOf({ url, host }: Config, port: number): string {
  if (url !== null) return url;
  const name = /^(0\.0\.0\.0|::|127\.0\.0\.1|::1)$/.test(host) ? 'localhost' : host;
  return `http://${name}:${port}`;
}
