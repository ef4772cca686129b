import { expect, it } from 'vitest';
import { runKills } from '../../soak/kills.ts';

it('loses nothing it acknowledged and keeps nothing half when the importing process is killed', async () => {
  const report = await runKills(20, 20061028);
  expect(report.faults).toEqual([]);
  expect(report.betweenWrites).toBeGreaterThanOrEqual(16);
  expect(report.slowestOpening).toBeLessThan(5000);
}, 600_000);
