import { workKinds } from '../model/work.ts';
import type { Store } from '../store/index.ts';
import { listWritten, type WrittenWork } from '../store/writing.ts';
import type { Owner } from './part.ts';

/** Everything she wrote, stories and notes, in every stage, a page at a time. */
export async function* writtenBy(store: Store, { account }: Owner): AsyncGenerator<WrittenWork> {
  const pseuds = account.pseuds.map((p) => p.id);
  for (const kind of workKinds) {
    for (let after: string | null | undefined; after !== null; ) {
      const page = await listWritten(store, pseuds, { kind, after: after ?? null, limit: 50 });
      yield* page.items;
      after = page.next;
    }
  }
}
