import { randomBytes } from 'node:crypto';

/** Random numbers that passkeys sign, each good once and for ten minutes. Kept in memory: a restart only makes one try again. */
export interface Challenges {
  /** A new one, 256 random bits. */
  ask(): Uint8Array<ArrayBuffer>;
  /** Whether one (base64url) was asked lately and not answered before; it is used up by that. */
  take(challenge: string): boolean;
}

const minutes = 10;
const mostKept = 10_000;

/** `now` is milliseconds since 1970, for tests. */
export function challengesOf(now: () => number = Date.now): Challenges {
  const asked = new Map<string, number>();
  return {
    ask() {
      if (asked.size >= mostKept) asked.delete(asked.keys().next().value ?? '');
      const bytes = new Uint8Array(randomBytes(32));
      asked.set(Buffer.from(bytes).toString('base64url'), now() + minutes * 60_000);
      return bytes;
    },
    take(challenge) {
      const until = asked.get(challenge);
      asked.delete(challenge);
      return until !== undefined && until > now();
    },
  };
}
