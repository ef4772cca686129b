import { buildCommand, buildRouteMap } from '@stricli/core';
import { Conflict, NotFound } from '../errors.ts';
import type { AccountView } from '../model/account.ts';
import { accountRoles, type Role } from '../model/person.ts';
import {
  createAccount,
  findAccountOf,
  listAccounts,
  makeResetCode,
  setRole,
  suspendAccount,
} from '../store/accounts.ts';
import { closeStore, openStore, type Store } from '../store/index.ts';
import { resetPath } from '../web/people/addresses.ts';
import { addressOf } from './address.ts';
import type { Terminal } from './terminal.ts';
import { withStore } from './work.ts';

const whoParameter = {
  brief: 'The name she signs in with, or the address or id of a name she writes under',
  parse: String,
  placeholder: 'who',
} as const;

const roleParameter = {
  brief: `What she may do: ${accountRoles.join(', ')}`,
  parse: readRole,
  placeholder: 'role',
} as const;

const addCommand = buildCommand({
  docs: {
    brief: 'Make an account',
    fullDescription:
      'Asks for a pass phrase, which is not shown while it is typed, or reads it from the first line of a pipe. Makes ' +
      'the archive where there is none.',
  },
  parameters: {
    positional: {
      kind: 'tuple',
      parameters: [
        { brief: 'The name she signs in with; nobody sees it', parse: String, placeholder: 'name' },
      ],
    },
    flags: {
      pseud: { kind: 'parsed', parse: String, brief: 'The name she writes under, which everybody sees' },
      role: { kind: 'enum', values: accountRoles, default: 'writer', brief: 'What she may do' },
    },
  },
  async func(this: Terminal, flags: { readonly pseud: string; readonly role: Role }, signInName: string) {
    const passPhrase = await this.askSecret('A pass phrase for her', { isNew: true });
    const store = await openStore(this.config.data, { create: true });
    try {
      const { pseud } = await createAccount(store, { signInName, passPhrase, ...flags });
      this.say(`Made: ${pseud.name}, ${flags.role}. She signs in as "${signInName}".`);
    } finally {
      await closeStore(store);
    }
  },
});

const listCommand = buildCommand({
  docs: {
    brief: 'List the accounts',
    fullDescription:
      'Shows which names belong together, which nothing public does. The names people sign in with are kept as hashes ' +
      'and cannot be shown.',
  },
  parameters: {
    flags: { json: { kind: 'boolean', default: false, brief: 'A line of JSON for each' } },
  },
  async func(this: Terminal, flags: { readonly json: boolean }) {
    await withStore(this, async (store) => {
      for (let after: string | null | undefined; after !== null; ) {
        const page = await listAccounts(store, { after: after ?? null, limit: 200 });
        for (const account of page.items) this.say(flags.json ? inJson(account) : inWords(account));
        after = page.next;
      }
    });
  },
});

const roleCommand = buildCommand({
  docs: { brief: 'Give an account another role' },
  parameters: { positional: { kind: 'tuple', parameters: [whoParameter, roleParameter] } },
  async func(this: Terminal, _flags: object, who: string, role: Role) {
    await withStore(this, async (store) => {
      const account = await getAccountOf(store, who);
      await setRole(store, account.id, role);
      this.say(`${namesOf(account)}: ${role}, was ${account.role}.`);
    });
  },
});

const suspendCommand = buildCommand({
  docs: {
    brief: 'Suspend an account, or let it go on',
    fullDescription: 'Whoever is suspended may read, and take away what is hers, and nothing else.',
  },
  parameters: {
    positional: { kind: 'tuple', parameters: [whoParameter] },
    flags: {
      why: { kind: 'parsed', parse: String, default: '', brief: 'The reason, which she is told' },
      lift: { kind: 'boolean', default: false, brief: 'Let her go on' },
    },
  },
  async func(this: Terminal, flags: { readonly why: string; readonly lift: boolean }, who: string) {
    await withStore(this, async (store) => {
      const account = await getAccountOf(store, who);
      if (flags.lift && account.suspended === null)
        throw new Conflict(`cli: ${namesOf(account)} is not suspended`);
      await suspendAccount(store, account.id, flags.lift ? null : flags.why);
      this.say(flags.lift ? `May go on: ${namesOf(account)}.` : `Suspended: ${namesOf(account)}.`);
    });
  },
});

const resetCommand = buildCommand({
  docs: {
    brief: 'Print an address at which someone chooses a new pass phrase',
    fullDescription:
      'The address works once, for a day. Give it to her in a way that nobody else reads; whoever has it has the account, ' +
      'but for its second factor.',
  },
  parameters: {
    positional: { kind: 'tuple', parameters: [whoParameter] },
    flags: {
      secondFactor: { kind: 'boolean', default: false, brief: 'Forget her one-time codes and passkeys too' },
    },
  },
  async func(this: Terminal, flags: { readonly secondFactor: boolean }, who: string) {
    await withStore(this, async (store) => {
      const account = await getAccountOf(store, who);
      const code = await makeResetCode(store, account.id, flags);
      this.say(`${namesOf(account)} chooses a new pass phrase within a day at:`);
      this.say(`  ${this.paint.strong(addressOf(this.config, this.config.port) + resetPath(code))}`);
    });
  },
});

/** `variorum user add|role|reset|list|suspend`. */
export const userCommands = buildRouteMap({
  routes: {
    add: addCommand,
    list: listCommand,
    role: roleCommand,
    suspend: suspendCommand,
    reset: resetCommand,
  },
  docs: {
    brief: 'Make and change the accounts of people',
    fullDescription:
      'People are named by what they sign in with, or by the address or id of a name they write under. Whoever can run ' +
      'these commands can read the data folder, so nothing asks who is asking.',
  },
});

async function getAccountOf(store: Store, who: string): Promise<AccountView> {
  const id = /\/people\/([0-9a-z]+)$/.exec(who)?.[1] ?? who;
  const account = await findAccountOf(store, id);
  if (account !== undefined) return account;
  throw new NotFound(`cli: nobody signs in as ${JSON.stringify(who)}, and no name of an account has that id`);
}

function inWords(account: AccountView): string {
  const { role, madeAt, suspended, seenOn, factors } = account;
  const parts = [
    role.padEnd(9),
    namesOf(account),
    `since ${madeAt.slice(0, 10)}`,
    ...(seenOn === null ? [] : [`seen ${seenOn}`]),
    ...(factors.totp || factors.passkeys > 0 ? ['second factor'] : []),
    ...(suspended === null ? [] : [`suspended${suspended.why === '' ? '' : `: ${suspended.why}`}`]),
  ];
  return parts.join('  ');
}

function inJson({ id: _private, ...account }: AccountView): string {
  return JSON.stringify(account);
}

function namesOf({ pseuds }: AccountView): string {
  return pseuds.map((pseud) => pseud.name).join(', ');
}

function readRole(text: string): Role {
  const role = accountRoles.find((known) => known === text);
  if (role === undefined) throw new SyntaxError(`"${text}" is no role: ${accountRoles.join(', ')}`);
  return role;
}
