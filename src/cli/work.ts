import { Invalid } from '../errors.ts';
import { closeStore, openStore, type Store } from '../store/index.ts';
import type { Terminal } from './terminal.ts';

/** The positional parameter of commands about one work: its id, or its address, secret links included. */
export const workParameter = {
  kind: 'tuple',
  parameters: [{ brief: 'The id or the address of a work', parse: readWorkId, placeholder: 'work' }],
} as const;

/**
 * The id in what a person typed or pasted: `k3j9…`, `k3j9…-secret`, `http://…/works/k3j9…/read/p1`.
 * @throws Invalid when there is none.
 */
function readWorkId(text: string): string {
  const id = /(?:^|\/works\/)([0-9a-z]{10})(?:[-./?#]|$)/.exec(text)?.[1];
  if (id === undefined)
    throw new Invalid(`"${text}" names no work; give its id (10 letters and digits) or its address`);
  return id;
}

/** Runs something with the archive open, and closes it whatever happens. */
export async function withStore<T>(terminal: Terminal, run: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(terminal.config.data, { create: false });
  try {
    return await run(store);
  } finally {
    await closeStore(store);
  }
}
