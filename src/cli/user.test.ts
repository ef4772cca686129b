import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addPasskey, findAccount, findAccountOf, isUsableCode } from '../store/accounts.ts';
import { closeStore, openStore, type Store } from '../store/index.ts';
import { addPerson } from '../store/sample-people.testing.ts';
import { say, sayTyping } from '../testing/terminal.ts';
import { exitCodes } from './terminal.ts';

let folder: string;
let data: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'variorum-user-'));
  data = join(folder, 'data');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function inStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(data);
  try {
    return await work(store);
  } finally {
    await closeStore(store);
  }
}

const add = (name: string, ...flags: readonly string[]) =>
  sayTyping('low water and a late boat', data, 'user', 'add', name, ...flags);

describe('user add', () => {
  test('makes the archive and an account, with the role that is asked for', async () => {
    const { out, code } = await add('ada@harbour.example', '--pseud', 'Ada Lamp', '--role', 'host');
    expect([out.trim(), code]).toEqual([
      'Made: Ada Lamp, host. She signs in as "ada@harbour.example".',
      exitCodes.done,
    ]);
    const account = await inStore((store) => findAccountOf(store, 'ADA@harbour.example'));
    expect(account).toMatchObject({ role: 'host', pseuds: [{ name: 'Ada Lamp' }] });
  }, 30_000);

  test('says what does not fit', async () => {
    const short = await sayTyping('short', data, 'user', 'add', 'ada', '--pseud', 'Ada');
    expect([short.code, short.err]).toEqual([exitCodes.misuse, expect.stringContaining('15 to 1000')]);
    const role = await add('ada', '--pseud', 'Ada', '--role', 'queen');
    expect([role.code, role.err]).toEqual([exitCodes.misuse, expect.stringContaining('moderator')]);
    const pseud = await add('ada');
    expect([pseud.code, pseud.err]).toEqual([exitCodes.misuse, expect.stringContaining('pseud')]);
  });
});

describe('someone with an account', () => {
  test('is listed without the name she signs in with and without her id', async () => {
    const person = await inStore((store) =>
      addPerson(store, { signInName: 'plugh', pseud: 'Ada', role: 'moderator' }),
    );
    const lines = (await say(data, 'user', 'list')).out.trim().split('\n');
    expect(lines).toEqual([expect.stringMatching(/^moderator {2}Ada {2}since \d{4}-\d\d-\d\d$/)]);
    const json = (await say(data, 'user', 'list', '--json')).out;
    expect(JSON.parse(json)).toMatchObject({ role: 'moderator', pseuds: [{ name: 'Ada' }] });
    expect(lines.join() + json).not.toMatch(new RegExp(`plugh|${person.id}`));
  });

  test('gets another role, named by how she signs in or by a name she writes under', async () => {
    const { pseud } = await inStore((store) => addPerson(store, { signInName: 'plugh', pseud: 'Ada' }));
    expect((await say(data, 'user', 'role', 'PLUGH', 'host')).out).toBe('Ada: host, was writer.\n');
    const address = `http://localhost:4870/people/${pseud.id}`;
    const last = await say(data, 'user', 'role', address, 'reader');
    expect([last.code, last.err]).toEqual([exitCodes.conflict, expect.stringContaining('only host')]);
    await inStore((store) => addPerson(store, { role: 'host' }));
    expect((await say(data, 'user', 'role', pseud.id, 'reader')).out).toBe('Ada: reader, was host.\n');
    const nobody = await say(data, 'user', 'role', 'xyzzy', 'reader');
    expect([nobody.code, nobody.err]).toEqual([exitCodes.notFound, expect.stringContaining('xyzzy')]);
    expect((await say(data, 'user', 'role', 'plugh', 'queen')).code).toBe(exitCodes.misuse);
  });

  test('is suspended with a reason, and goes on', async () => {
    await inStore((store) => addPerson(store, { signInName: 'plugh', pseud: 'Ada' }));
    expect((await say(data, 'user', 'suspend', 'plugh', '--lift')).code).toBe(exitCodes.conflict);
    await say(data, 'user', 'suspend', 'plugh', '--why', 'threats');
    expect((await say(data, 'user', 'list')).out).toContain('suspended: threats');
    await say(data, 'user', 'suspend', 'plugh', '--lift');
    expect((await say(data, 'user', 'list')).out).not.toContain('suspended');
  });

  test('is given an address that opens her account once more', async () => {
    const person = await inStore(async (store) => {
      const made = await addPerson(store, { signInName: 'plugh', pseud: 'Ada' });
      const passkey = { id: 'key', publicKey: new Uint8Array(3), counter: 0, transports: [], label: 'phone' };
      await addPasskey(store, made.id, passkey);
      return made;
    });
    const reset = async (...flags: readonly string[]) => {
      const { out } = await say(data, 'user', 'reset', 'plugh', ...flags);
      return /http:\/\/localhost:4870\/reset\/(\S+)/.exec(out)?.[1] ?? '';
    };
    const passkeys = () => inStore(async (store) => (await findAccount(store, person.id))?.factors.passkeys);
    const first = await reset();
    expect(await inStore((store) => isUsableCode(store, first))).toBe(true);
    expect(await passkeys()).toBe(1);
    const second = await reset('--second-factor');
    expect(await inStore((store) => isUsableCode(store, second))).toBe(true);
    expect(await passkeys()).toBe(0);
  });
});
