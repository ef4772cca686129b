import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readDecisionsFile } from './import/decisions-file.ts';
import { listFiles, loadFile } from './import/files.ts';
import { type Intake, takeIn } from './intake/intake.ts';
import type { Store } from './store/index.ts';

/**
 * Adds the demo works: the importers read them from their files as they would read anyone's, the decisions a person
 * made about them stand in `decisions.json` beside them, and they are published to everyone.
 */
export async function addDemo(store: Store): Promise<Intake[]> {
  const folder = demoFolder();
  const decide = await readDecisionsFile(
    join(folder, 'decisions.json'),
    'the authors of the demo',
    '2026-11-22T12:00:00Z',
  );
  const files = await listFiles([folder]);
  const intakes: Intake[] = [];
  for (const file of files) {
    const found = await loadFile(file);
    intakes.push(
      await takeIn(store, found, {
        by: null,
        decisions: decide(file.shown),
        publish: { rating: null, warnings: [] },
        dryRun: false,
      }),
    );
  }
  return intakes;
}

/** `demo/` beside `src/` in a checkout, beside `dist/` in the package. */
function demoFolder(): string {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const candidates = [join(here, '..', 'demo'), join(here, '..', '..', 'demo')];
  return candidates.find((folder) => existsSync(folder)) ?? join(here, '..', 'demo');
}
