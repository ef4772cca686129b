import { expect, it } from 'vitest';
import { runSaveKills } from '../../../soak/saves.ts';

it('has every draft and state that was answered as saved when the process is killed meanwhile', async () => {
  const report = await runSaveKills(12, 20070101);
  expect(report.faults).toEqual([]);
  expect(report.answered).toBeGreaterThanOrEqual(12 * 2);
}, 180_000);
