import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTab, type Site, startBrowser, startSite } from './harness.ts';
import { addMembers, giveCookies, type Members } from './members.ts';
import { byKeys, byMouse, type Visitor } from './visitor.ts';

let site: Site;
let browser: Awaited<ReturnType<typeof startBrowser>>;
let members: Members;
beforeAll(async () => {
  site = await startSite({ demo: false });
  browser = await startBrowser();
  members = await addMembers(site);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await site.stop();
});

const ways = [
  { name: 'with scripts off', scripts: false, by: byMouse },
  { name: 'by keyboard only', scripts: true, by: byKeys },
] as const;

describe.each(ways)('a whole story, $name', ({ scripts, by }) => {
  it('is invited, written, divided, read by a beta, published, chosen in, talked about, revised and compared', async () => {
    const open = async (): Promise<Visitor> =>
      by(await openTab(browser, site, { width: 1280, scheme: 'light', scripts }));
    const [host, writer, beta, reader] = [await open(), await open(), await open(), await open()];
    const [pen, other] = scripts ? ['Teasel', 'Yarrow'] : ['Bracken', 'Campion'];
    const title = `The Sluice of ${pen}`;
    await giveCookies(host.tab.context, site, members.cookies.host);

    await signUp(writer, await invite(host, pen), pen);
    await signUp(beta, await invite(host, other), other);

    const desk = await write(writer, title);
    await readByBeta(writer, beta, desk, other);
    const work = await publish(writer, desk);

    await readAndChoose(reader, work);
    await talk(writer, reader, work);
    await reviseAndCompare(writer, reader, desk, work);
    expect([host, writer, beta, reader].flatMap(({ tab }) => tab.errors)).toEqual([]);
    for (const { tab } of [host, writer, beta, reader]) await tab.context.close();
  }, 280_000);
});

/** The host invites someone to write; gives the address of the invitation. */
async function invite(host: Visitor, name: string): Promise<string> {
  await host.page.goto(`${site.url}/manage/invitations`);
  await host.fill('For whom', name);
  await host.press('Make an invitation');
  return here(await secretOn(host));
}

async function signUp(person: Visitor, address: string, pen: string): Promise<void> {
  await person.page.goto(address);
  await person.fill('The name you write under', pen);
  await person.fill('The name you sign in with', `${pen} privately`);
  await person.fill('A pass phrase', `low water and a late boat for ${pen}`);
  await person.tick(/I have read the house rules/);
  await person.press('Make the account');
  await person.sees(/Four signs|sign in with/);
}

/** Begins a story, divides it, and writes its other ending; gives the address of its desk. */
async function write(writer: Visitor, title: string): Promise<string> {
  const { page } = writer;
  await page.goto(`${site.url}/studio/new`);
  await writer.fill('Title', title);
  await writer.fill(
    'Write or paste it here',
    'The sluice was shut all summer.\n\nIn autumn she opened it.\n\nThe meadow drank.',
  );
  await writer.press('Begin this story');
  const desk = page.url().replace(/\?.*/, '');
  await writer.follow('Go on writing');
  await writer.unfold('Divide the story here');
  await writer.tick(/The sluice was shut all summer/);
  await writer.fill('What is there is called', 'She opens it');
  await writer.fill('The other is called', 'She lets it be');
  await writer.press('Divide it');
  await writer.fill(/^Text/, 'In autumn she let it be, and the reeds grew.');
  await writer.tick('The story ends here');
  await writer.press('Save version');
  await writer.sees('Saved as a new version');
  return desk;
}

/** A beta is asked by a link and changes a word; the writer takes it in, and the version names the beta. */
async function readByBeta(writer: Visitor, beta: Visitor, desk: string, name: string): Promise<void> {
  await writer.page.goto(`${desk}/people`);
  const asked = writer.page.locator('form', {
    has: writer.page.getByRole('button', { name: 'Make a link' }),
  });
  await asked.getByLabel('To be').waitFor();
  await writer.press('Make a link');
  await beta.page.goto(here(await secretOn(writer)));
  await beta.tick(name);
  await beta.press('Accept');
  await beta.follow('Read and suggest');
  const text = beta.page.locator('textarea[name="text"]');
  await beta.fill('Text', (await text.inputValue()).replace('summer', 'long summer'));
  await beta.press('Look at my changes');
  await beta.press(/^Send them/);
  await beta.sees('Sent. The author sees it');

  await writer.page.goto(`${desk}/suggestions`);
  await writer.press(/^Accept/);
  await writer.sees('Accepted, and saved as a new version');
  await writer.page.goto(desk);
  await writer.sees(`${name}’s suggestion accepted`);
}

/** Gives the address at which everyone reads the work. */
async function publish(writer: Visitor, desk: string): Promise<string> {
  await writer.page.goto(desk);
  await writer.choose('Rating', 'General');
  await writer.tick('No archive warnings apply');
  await writer.press('Publish now');
  await writer.sees('Published. Readers see this version now.');
  return desk.replace('/studio/', '/works/');
}

async function readAndChoose(reader: Visitor, work: string): Promise<void> {
  await reader.page.goto(work);
  await reader.follow('Read from the start');
  await reader.sees('shut all long summer');
  await reader.sees('Here the story divides');
  await reader.follow(/She lets it be/);
  await reader.sees('the reeds grew');
}

/** A guest says something, the writer answers, and the guest reads it. */
async function talk(writer: Visitor, reader: Visitor, work: string): Promise<void> {
  await reader.page.goto(`${work}/comments`);
  await reader.follow('Say something');
  await reader.fill('Your name here', 'A passer-by');
  await reader.fill('Your words', 'I hoped the reeds would win.');
  await reader.press('Say it');
  await writer.page.goto(`${work}/comments`);
  await writer.sees('I hoped the reeds would win.');
  await writer.follow('Answer');
  await writer.fill('Your words', 'They always do.');
  await writer.press('Answer');
  await reader.page.goto(`${work}/comments`);
  await reader.sees('They always do.');
}

/** What is revised is seen once it is published; then the two versions can be compared, by readers too where let. */
async function reviseAndCompare(writer: Visitor, reader: Visitor, desk: string, work: string): Promise<void> {
  await writer.page.goto(desk);
  await writer.follow('Go on writing');
  await writer.fill(/^Text/, 'The sluice was shut all winter.');
  await writer.press('Save version');
  await reader.page.goto(work);
  await reader.follow('Read from the start');
  await reader.sees('shut all long summer');

  await writer.page.goto(desk);
  await writer.press('Publish changes');
  await writer.unfold('Comments and old versions');
  await writer.choose(/^Earlier versions/, 'readers, if they were published once');
  await writer.press('Keep it so');
  await writer.press('Compare');
  await writer.sees('winter');

  await reader.page.goto(work);
  await reader.follow('Read from the start');
  await reader.sees('shut all winter');
  await reader.page.goto(`${work}/states`);
  await reader.follow(/^What changed/);
  expect(await reader.page.locator('ins').allTextContents()).toContain('winter');
  expect((await reader.page.locator('del').allTextContents()).join(' ')).toContain('long summer');
}

/** The address that a page shows once. */
async function secretOn({ page }: Visitor): Promise<string> {
  return (await page.locator('code.secret').first().textContent()) ?? '';
}

/** An address as the archive writes it, at the port of this test. */
function here(address: string): string {
  return site.url + new URL(address).pathname;
}
