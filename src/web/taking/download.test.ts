import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exporters } from '../../export/index.ts';
import { eraseText } from '../../store/works.ts';
import { lampStory, openSite, type TestSite } from '../site.testing.ts';

let site: TestSite;
let id: string;
beforeAll(async () => {
  site = await openSite();
  id = await site.add(lampStory('“Déjà vu”: the lamp/boat'));
});
afterAll(() => site.close());

describe.each(exporters.map((exporter) => [exporter.name, exporter] as const))('.%s', (name, exporter) => {
  test('comes as a file of its type under the name of the work, and can do nothing when opened as a page', async () => {
    const response = await site.ask(`/works/${id}.${name}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(exporter.mediaType);
    const disposition = response.headers.get('content-disposition') ?? '';
    expect(disposition).toBe(
      `attachment; filename="Deja vu the lamp boat.${name}"; filename*=UTF-8''%E2%80%9CD%C3%A9j%C3%A0%20vu%E2%80%9D%20the%20lamp%20boat.${name}`,
    );
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100);
  });

  test('is the same bytes each time, and others when the work has changed', async () => {
    const changing = await site.add(lampStory(`Changing ${name}`));
    const bytes = async () => Buffer.from(await (await site.ask(`/works/${changing}.${name}`)).arrayBuffer());
    const first = await bytes();
    expect((await bytes()).equals(first)).toBe(true);
    await eraseText(site.archive.store, changing, 'p3', { by: 'host', why: 'asked' });
    expect((await bytes()).equals(first)).toBe(false);
  });

  test('has no screened comment in it, and the others only when wanted', async () => {
    const whole = Buffer.from(await (await site.ask(`/works/${id}.${name}`)).arrayBuffer()).toString();
    expect(whole).not.toContain('Screened words');
    const plain = Buffer.from(
      await (await site.ask(`/works/${id}.${name}?comments=no`)).arrayBuffer(),
    ).toString();
    expect(plain).not.toContain('best of all');
  });

  test('of a draft is given by its secret link only, and kept by nobody', async () => {
    const draft = await site.add(lampStory(`Draft ${name}`), undefined, false);
    expect((await site.ask(`/works/${draft}.${name}`)).status).toBe(404);
    const response = await site.ask(`/works/${await site.secretHandle(draft)}.${name}`);
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
  });
});

test('a format nobody writes is not found', async () => {
  expect((await site.ask(`/works/${id}.docx`)).status).toBe(404);
});
