import { parseArgs } from 'node:util';
import { compareContestants, compareRaces } from './comparing.ts';
import { diskBench } from './disk.ts';
import { epubContestants, epubRaces } from './epub.ts';
import type { Bench, Figure } from './figure.ts';
import { importContestants, importRaces } from './importing.ts';
import { type Contestant, contend, type Race, race } from './race.ts';
import { startBench } from './start.ts';
import { tableOf } from './table.ts';
import { webBench } from './web.ts';
import { writingContestants, writingRaces } from './writing.ts';

/** Every figure, in the order of the table. */
const benches: readonly Bench[] = [
  webBench,
  raceBench('import', importRaces),
  raceBench('compare', compareRaces),
  raceBench('epub', epubRaces),
  raceBench('writing', writingRaces),
  startBench,
  diskBench,
];

const contestants: Readonly<Record<string, Contestant>> = {
  ...importContestants,
  ...compareContestants,
  ...epubContestants,
  ...writingContestants,
};

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    rounds: { type: 'string', default: '9' },
    json: { type: 'boolean', default: false },
    contestant: { type: 'string' },
    cold: { type: 'boolean', default: false },
  },
});

if (values.contestant !== undefined) await enterRace(values.contestant, values.cold);
else await measureAll();

async function enterRace(name: string, cold: boolean): Promise<void> {
  const contestant = contestants[name];
  if (contestant === undefined) throw new Error(`bench: no contestant is called "${name}"`);
  await contend(contestant, cold);
}

async function measureAll(): Promise<void> {
  const rounds = Number(values.rounds);
  const wanted = benches.filter((bench) => values.only?.includes(bench.name) ?? true);
  if (!Number.isInteger(rounds) || rounds < 1 || wanted.length === 0) {
    const names = benches.map((b) => b.name).join('|');
    throw new Error(`bench: npm run bench -- [--only ${names}] [--rounds 9] [--json]`);
  }
  const figures: Figure[] = [];
  for (const bench of wanted) {
    console.error(`measuring ${bench.name} …`);
    figures.push(...(await bench.measure(rounds)));
  }
  console.log(values.json ? JSON.stringify(figures, null, 1) : tableOf(figures));
}

function raceBench(name: string, races: readonly Race[]): Bench {
  return {
    name,
    measure: async (rounds) => {
      const figures: Figure[] = [];
      for (const one of races) figures.push(await race(one, rounds));
      return figures;
    },
  };
}
