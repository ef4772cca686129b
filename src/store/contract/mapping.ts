import { expect, it } from 'vitest';
import { Invalid, NotFound } from '../../errors.ts';
import type { Store } from '../index.ts';
import { samplePassage } from '../sample-works.testing.ts';
import { removeWork } from '../works.ts';
import { createWork, findPlaces, putPlaces } from '../writing.ts';
import { addPerson } from './writing.ts';

/** Writers arrange the map of a work. */
export function mapsAreArranged(given: () => Store): void {
  it('keeps where passages were put on a map, moves some, and forgets all', async () => {
    const store = given();
    const by = await addPerson(store, 'Perdita');
    const story = {
      passages: [samplePassage('p1', 'One.'), samplePassage('p2', 'Two.', true)],
      choices: [],
      variantSets: [],
    };
    const work = await createWork(store, { title: 'Mapped', creators: [by], by, story });
    expect(await findPlaces(store, work)).toEqual([]);
    await putPlaces(store, work, [
      { passage: 'p1', x: 100, y: 40 },
      { passage: 'p2', x: 100, y: 120 },
    ]);
    await putPlaces(store, work, [{ passage: 'p2', x: 300, y: 120 }]);
    expect(await findPlaces(store, work)).toEqual([
      { passage: 'p1', x: 100, y: 40 },
      { passage: 'p2', x: 300, y: 120 },
    ]);
    for (const x of [-1_000_000, 0.5, Number.NaN, 1_000_000])
      await expect(putPlaces(store, work, [{ passage: 'p1', x, y: 0 }])).rejects.toThrow(Invalid);
    await expect(putPlaces(store, 'nowork', [])).rejects.toThrow(NotFound);
    await putPlaces(store, work, [], { anew: true });
    expect(await findPlaces(store, work)).toEqual([]);
    await putPlaces(store, work, [{ passage: 'p1', x: 1, y: 1 }]);
    await removeWork(store, work, { by: 'a host', why: 'for the test', legal: false });
    expect(await findPlaces(store, work)).toEqual([]);
  });
}
