import type { Store } from './store.ts';

/**
 * Takes what was deleted out of SQLite's write-ahead log as well; within the database the deleted bytes are already
 * overwritten (`secure_delete`). PostgreSQL does so when it vacuums.
 */
export async function scrub(store: Store): Promise<void> {
  const raw = store.sqlite?.write.raw;
  for (let tries = 0; raw !== undefined && tries < 50; tries++) {
    const [done] = raw.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[];
    if (done?.busy === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
