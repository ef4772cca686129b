import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { Conflict, Invalid } from '../../errors.ts';

/**
 * scrypt as OWASP's Password Storage Cheat Sheet has it: N = 2^17, r = 8, p = 1. Each takes 128 MB and about half a
 * second of one core.
 */
const cost = { logN: 17, r: 8, p: 1 };

/** NIST SP 800-63B-4, 3.1.1.2: at least 15 characters where nothing else is asked for. */
export const shortestPassPhrase = 15;
const longestPassPhrase = 1000;

/** At once: so much memory, times 128 MB, a flood of sign-ins can take. */
const mostAtOnce = 2;
/** Half a minute's work; who comes after is asked to come again. */
const mostWaiting = 100;

/** Waiting for a turn; those let in first (a browser that signed in before) pass everybody else. */
const queues: Record<'first' | 'last', (() => void)[]> = { first: [], last: [] };
let running = 0;

/**
 * A pass phrase as it is kept: `scrypt$17$8$1$SALT$HASH`.
 * @throws Invalid when it is too short, too long or hardly varied, Conflict when too many are waiting.
 */
export async function hashPassPhrase(passPhrase: string): Promise<string> {
  const text = checkPassPhrase(passPhrase);
  const salt = randomBytes(16);
  const hash = await inTurn('last', () => derive(text, salt, cost.logN, cost.r, cost.p));
  return ['scrypt', cost.logN, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join(
    '$',
  );
}

/** A pass phrase as it is hashed. @throws Invalid when it is too short, too long or hardly varied */
export function checkPassPhrase(passPhrase: string): string {
  const text = prepared(passPhrase);
  const length = [...text].length;
  if (length < shortestPassPhrase || length > longestPassPhrase)
    throw new Invalid(
      `store: a pass phrase has ${shortestPassPhrase} to ${longestPassPhrase} characters, this one ${length}; four or five words are good`,
      { path: 'passPhrase' },
    );
  if (new Set(text).size < 6)
    throw new Invalid('store: this pass phrase repeats a few characters; four or five words are good', {
      path: 'passPhrase',
    });
  return text;
}

/**
 * Whether a pass phrase is the one kept. Without a record (nobody has that name) it takes the same time and is wrong.
 * `known` passes the queue. @throws Conflict when too many are waiting
 */
export async function isPassPhrase(
  record: string | undefined,
  passPhrase: string,
  { known = false }: { readonly known?: boolean } = {},
): Promise<boolean> {
  const [, logN, r, p, salt, hash] = (record ?? nobody).split('$');
  const right = Buffer.from(hash ?? '', 'base64url');
  const text = prepared(passPhrase.slice(0, longestPassPhrase * 2));
  const given = await inTurn(known ? 'first' : 'last', () =>
    derive(text, Buffer.from(salt ?? '', 'base64url'), Number(logN), Number(r), Number(p)),
  );
  return given.length === right.length && timingSafeEqual(given, right) && record !== undefined;
}

const nobody = `scrypt$${cost.logN}$${cost.r}$${cost.p}$${randomBytes(16).toString('base64url')}$${randomBytes(32).toString('base64url')}`;

/** One phrase typed on two keyboards is the same bytes (RFC 8265, 4.2: OpaqueString, with NFKC as NIST asks). */
function prepared(passPhrase: string): string {
  return passPhrase.normalize('NFKC').replace(/\p{Zs}/gu, ' ');
}

function derive(text: string, salt: Uint8Array, logN: number, r: number, p: number): Promise<Buffer> {
  const N = 2 ** logN;
  return new Promise((resolve, reject) => {
    scrypt(text, salt, 32, { N, r, p, maxmem: 128 * N * r + 32 * 1024 * 1024 }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

async function inTurn<T>(queue: 'first' | 'last', work: () => Promise<T>): Promise<T> {
  if (running >= mostAtOnce) {
    if (queues[queue].length >= mostWaiting)
      throw new Conflict('store: too many people are signing in at this moment; try again in a minute');
    await new Promise<void>((resolve) => queues[queue].push(resolve));
  } else running++;
  try {
    return await work();
  } finally {
    const next = queues.first.shift() ?? queues.last.shift();
    // Whoever is next takes over this turn: nobody can slip in between.
    if (next === undefined) running--;
    else next();
  }
}
