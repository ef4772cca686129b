import { describe, expect, it } from 'vitest';
import { codeAt, newTotpSecret, stepOfCode, totpAddress } from './totp.ts';

/** "12345678901234567890" in base 32: the key of the RFCs' test values. */
const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('one-time codes', () => {
  it.each([
    [0, '755224'],
    [1, '287082'],
    [2, '359152'],
    [3, '969429'],
    [9, '520489'],
  ])('are those of RFC 4226, appendix D, at step %i', (step, code) => {
    expect(codeAt(key, step)).toBe(code);
  });

  // The last six of the eight digits the RFC gives.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('are those of RFC 6238, appendix B, at second %i', (seconds, code) => {
    expect(stepOfCode(key, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  it('are taken a step early and late, with spaces, and not two steps off', () => {
    const step = 41_152_263;
    const code = codeAt(key, step);
    const at = (offset: number): number => (step + offset) * 30_000;
    for (const offset of [-1, 0, 1]) expect(stepOfCode(key, code, at(offset))).toBe(step);
    for (const offset of [-2, 2]) expect(stepOfCode(key, code, at(offset))).toBeUndefined();
    expect(stepOfCode(key, ` ${code.slice(0, 3)} ${code.slice(3)}`, at(0))).toBe(step);
    for (const wrong of ['', code.slice(1), `${code}0`, 'abcdef'])
      expect(stepOfCode(key, wrong, at(0))).toBeUndefined();
  });

  it('have secrets of 160 bits, each another', () => {
    const secrets = Array.from({ length: 20 }, newTotpSecret);
    expect(new Set(secrets).size).toBe(20);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(totpAddress(key, 'Low Water & Co', 'Marram')).toBe(
      `otpauth://totp/Low%20Water%20%26%20Co:Marram?secret=${key}&issuer=Low%20Water%20%26%20Co`,
    );
  });
});
