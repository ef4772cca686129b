import type { Store } from '../../store/index.ts';
import { publishDue } from '../../store/writing.ts';

/**
 * Publishes what is due, now and each minute, until the function it gives is called; that resolves when nothing is
 * under way any more. A store that fails, as on a full disk, is asked again a minute later; `report` hears of it.
 */
export function publishOnTime(
  store: Store,
  report: (error: unknown) => void,
  every = 60_000,
): () => Promise<void> {
  let under: Promise<void> = Promise.resolve();
  const look = (): void => {
    under = under.then(async () => void (await publishDue(store))).catch(report);
  };
  look();
  const timer = setInterval(look, every);
  timer.unref();
  return () => {
    clearInterval(timer);
    return under;
  };
}
