import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addActor } from '../store/sample-people.testing.ts';
import { createWork } from '../store/writing.ts';
import { passage, story } from '../testing/stories.ts';
import { paces } from './pace.ts';
import { valuesOn } from './people/browser.testing.ts';
import { openSite, type TestSite } from './site.testing.ts';

let site: TestSite;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const words = 'Two lines\nof a text with <b>signs</b> in it.';
const kept = '>\nTwo lines\nof a text with &lt;b&gt;signs&lt;/b&gt; in it.</textarea>';

async function writer() {
  const { store } = site.archive;
  const { person, token } = await addActor(store);
  const by = person.pseud.id;
  const given = story([passage('p1', 'Words.')]);
  const work = await createWork(store, { title: 'The Ferry', creators: [by], by, story: given });
  return { work, cookie: `session=${token}` };
}

describe('a form that was not taken', () => {
  test('for coming too fast comes back with all that was typed, and is taken a moment later; others go on', async () => {
    const { work, cookie } = await writer();
    const path = `/studio/${work}/passages/p1/states`;
    const fields = [
      ['base', '1'],
      ['title', 'A title'],
      ['text', words],
    ] as const;
    const send = (to: string, by: string) => site.send(to, to === path ? fields : [], { cookie: by });
    const statuses: number[] = [];
    for (let i = 0; i < paces.forms.most; i++) statuses.push((await send('/beta', cookie)).status);
    expect(statuses.every((status) => status < 429)).toBe(true);
    const held = await send(path, cookie);
    const html = await held.text();
    expect([held.status, held.headers.get('cache-control')]).toEqual([429, 'private, no-store']);
    expect(html).toContain(`action="${path}"`);
    expect(valuesOn(html)).toMatchObject({ base: '1', title: 'A title' });
    expect(html).toContain(kept);
    // What scripts send while she types is counted apart.
    expect((await send(`/studio/${work}/findings`, cookie)).status).toBe(422);
    const other = await writer();
    expect((await send(`/studio/${other.work}/passages/p1/states`, other.cookie)).status).not.toBe(429);
  });

  test('for want of a session keeps the words while she signs in elsewhere', async () => {
    const { work } = await writer();
    const path = `/studio/${work}/passages/p1/states`;
    const { store } = site.archive;
    await store.write.updateTable('works').set({ stage: 'published', audience: 'everyone' }).execute();
    const held = await site.send(path, [['text', words]]);
    const html = await held.text();
    expect([held.status, html]).toEqual([403, expect.stringContaining(kept)]);
    expect(html).toContain('href="/sign-in" target="_blank"');
  });

  test('for what has changed meanwhile keeps the words: a thread closed, a comment gone, a form of no version', async () => {
    const { work, cookie } = await writer();
    const { store } = site.archive;
    const closed = { stage: 'published', audience: 'everyone', thread: 'frozen' };
    await store.write.updateTable('works').set(closed).where('id', '=', work).execute();
    const sent = [
      [`/works/${work}/comments`, 403],
      [`/comments/gone`, 404],
      [`/studio/${work}/passages/p1/states`, 422],
    ] as const;
    for (const [path, status] of sent) {
      const held = await site.send(path, [['words', words]], { cookie });
      expect([held.status, await held.text()], path).toEqual([status, expect.stringContaining(kept)]);
    }
  });

  test('that holds as many signs as a comment may is taken in any script', async () => {
    const { work, cookie } = await writer();
    const { store } = site.archive;
    const open = { stage: 'published', audience: 'everyone', thread: 'open' };
    await store.write.updateTable('works').set(open).where('id', '=', work).execute();
    const said = await site.send(`/works/${work}/comments`, [['words', '語'.repeat(9_990)]], { cookie });
    expect(said.status).toBe(303);
  });

  test('from another site is not given back, nor is one with a pass phrase in it', async () => {
    const { work, cookie } = await writer();
    const path = `/studio/${work}/passages/p1/states`;
    const foreign = await site.send(path, [['text', words]], { cookie, 'sec-fetch-site': 'cross-site' });
    expect([foreign.status, await foreign.text()]).toEqual([403, expect.not.stringContaining('of a text')]);
    const secret = await site.send('/account/pass-phrase', [
      ['old', 'the old phrase of hers'],
      ['passPhrase', 'the new phrase of hers'],
    ]);
    expect([secret.status, await secret.text()]).toEqual([
      403,
      expect.not.stringContaining('phrase of hers'),
    ]);
  });
});
