import { htmlOfText } from '../src/html.ts';
import { newId } from '../src/model/id.ts';
import { sealed } from '../src/store/engine/seal.ts';
import { openStore } from '../src/store/index.ts';
import { samplePassage } from '../src/store/sample-works.testing.ts';
import { createWork, readWritten, reviseWork, saveDraft } from '../src/store/writing.ts';
import { savedText } from './saves.ts';

// Writes a story as someone types it, and reports each save once it is answered. It is meant to be killed.
const [folder = ''] = process.argv.slice(2);
const store = await openStore(folder);
const by = newId();
const person = { id: by, kind: 'pseud', name: 'Marram', site: '', sort_name: 'marram' };
await store.write.insertInto('people').values(sealed(store, person)).execute();
const story = { passages: [samplePassage('p1', savedText(1), true)], choices: [], variantSets: [] };
const id = await createWork(store, { title: 'The Lamp', creators: [by], story, by });
process.stdout.write(`work ${id}\n`);
for (let state = 1; ; state++) {
  for (let number = 1; number <= 3; number++) {
    const document = `${savedText(state)} ${number}`;
    const saved = await saveDraft(store, {
      workId: id,
      accountId: 'a',
      passage: 'p1',
      document,
      base: state,
    });
    process.stdout.write(`draft ${saved}\n`);
  }
  const { header } = await readWritten(store, id, state);
  const next = savedText(state + 1);
  const passages = [{ ...samplePassage('p1', next, true), html: htmlOfText(next) }];
  const revision = { header, story: { ...story, passages }, base: state, why: `save ${state + 1}`, by };
  process.stdout.write(`state ${await reviseWork(store, id, revision)}\n`);
}
