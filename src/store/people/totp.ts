import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/*
 * RFC 6238 with what every authenticator app takes for granted: SHA-1, six digits, steps of 30 seconds. A code of the
 * step before and after is taken too, for clocks that differ and people who type (5.2).
 */
const stepSeconds = 30;
const digits = 6;

/** A new secret: 160 bits (RFC 4226, 4, R6) in base 32, as people type it. */
export function newTotpSecret(): string {
  return toBase32(randomBytes(20));
}

/** The address an authenticator app reads from a QR code. `account` is what the app shows beside the archive's name. */
export function totpAddress(secret: string, archive: string, account: string): string {
  const label = `${encodeURIComponent(archive)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(archive)}`;
}

/** The step whose code this is, if it is one that may be given at `time` (in milliseconds); else undefined. */
export function stepOfCode(secret: string, code: string, time: number): number | undefined {
  const given = Buffer.from(code.normalize('NFKC').replace(/\s/g, ''));
  const now = Math.floor(time / 1000 / stepSeconds);
  return [now, now - 1, now + 1].find((step) => {
    const right = Buffer.from(codeAt(secret, step));
    return given.length === right.length && timingSafeEqual(given, right);
  });
}

/** The code of a step (RFC 4226, 5.3). */
export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'; // RFC 4648, 6

function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}

function fromBase32(text: string): Buffer {
  const letters = [...text.toUpperCase()].filter((letter) => alphabet.includes(letter));
  const bits = letters.map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
