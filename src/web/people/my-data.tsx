import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { NotFound } from '../../errors.ts';
import { dataParts } from '../../my-data/index.ts';
import { count } from '../../phrases.ts';
import { findAccount } from '../../store/accounts.ts';
import { accountOf } from '../actor.ts';
import { type Archive, type Page, sendFile } from '../archive.ts';
import { readForm } from '../forms.ts';
import { settingsOf } from '../reading/settings.tsx';
import { inertPolicy } from '../serving/headers.ts';
import { readersOf } from '../session.ts';
import { checkAgain } from './again.ts';
import { beginPacking, findPacking, type Packing } from './packing.ts';
import { goOn, PassPhrase, Personal, type Problems, Send, show, ToAccount } from './parts.tsx';

/** `GET /account/data`: what the download holds, and how far it is. */
export const myDataPage: Page = (archive) => async (c) => showMyData(c, archive);

/** `POST /account/data`: packs it beside serving; the page says when it is done. */
export const myDataForm: Page = (archive) => {
  const readers = readersOf(archive);
  return async (c) => {
    const actor = await accountOf(c, archive);
    const form = await readForm(c);
    const problems = await checkAgain(c, archive, actor.id, form.get('passPhrase'));
    if (problems !== undefined) return showMyData(c, archive, problems);
    const account = await findAccount(archive.store, actor.id);
    if (account === undefined) throw new NotFound('web/people: this account is gone');
    const { url, store } = archive;
    beginPacking(store, { account, reader: readers.find(c), settings: settingsOf(c), url });
    await soon();
    return goOn(c, '/account/data');
  };
};

/** `GET /account/data/file`: the download, to her who had it made. */
export const myDataFile: Page = (archive) => async (c) => {
  const { id } = await accountOf(c, archive);
  const packing = findPacking(archive.store, id);
  if (packing?.kind !== 'done') return goOn(c, '/account/data');
  const day = packing.at.toISOString().slice(0, 10);
  const headers = {
    'content-type': 'application/zip',
    'content-disposition': `attachment; filename="variorum-data-${day}.zip"`,
    'content-security-policy': inertPolicy,
  };
  // Taken away since: she may have it made anew.
  return sendFile(c, packing.path, headers).catch(() => goOn(c, '/account/data'));
};

/** What is little is packed before the next page is asked for. */
function soon(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 400));
}

async function showMyData(c: Context, archive: Archive, problems?: Problems): Promise<Response> {
  const { id } = await accountOf(c, archive);
  const packing = findPacking(archive.store, id);
  // Asks again by itself, with scripts off too.
  if (isUnderWay(packing)) c.header('refresh', '3');
  return show(c, <MyDataPage archive={archive} packing={packing} problems={problems} />, problems);
}

function isUnderWay(packing: Packing | undefined): boolean {
  return packing?.kind === 'waiting' || packing?.kind === 'going';
}

interface MyDataProps {
  readonly archive: Archive;
  readonly packing: Packing | undefined;
  readonly problems?: Problems | undefined;
}

const MyDataPage: FC<MyDataProps> = ({ archive, packing, problems }) => (
  <Personal archive={archive} title="Your data" problems={problems}>
    <p>
      Everything here that is yours, in one zip: your works with every version as files that this or any other
      archive of this kind can import again, and the rest as files that you can read.
    </p>
    {packing !== undefined && <Made packing={packing} />}
    {!isUnderWay(packing) && (
      <form method="post" action="/account/data" class="form">
        <PassPhrase
          hint="Asked again, because the zip holds what nobody but you may see."
          problems={problems}
        />
        <Send>{packing === undefined ? 'Make the zip' : 'Make it anew'}</Send>
      </form>
    )}
    <h2>What is in it</h2>
    <dl class="contents-of-data">
      {dataParts.map(({ path, about }) => (
        <>
          <dt>
            <code>{path}</code>
          </dt>
          <dd>{about}</dd>
        </>
      ))}
    </dl>
    <p class="soft">
      Nobody else’s private data is in it: no addresses, no comments that you may not read, and nothing that
      says which names belong to one person.
    </p>
    <ToAccount />
  </Personal>
);

const Made: FC<{ readonly packing: Packing }> = ({ packing }) => (
  <div class="card" role="status">
    {packing.kind === 'waiting' && <p>Yours will be packed next. You can leave this page and come back.</p>}
    {packing.kind === 'going' && (
      <p>
        Packing: {count(packing.files, 'file')} so far. You can leave this page and come back; it asks again
        by itself.
      </p>
    )}
    {packing.kind === 'failed' && (
      <p>It could not be finished. Try again; if that does not help, tell those who run this archive.</p>
    )}
    {packing.kind === 'done' && (
      <>
        <p>Your data is packed. It is kept here for a day, for you alone.</p>
        <p class="ways">
          <a class="button button-main" href="/account/data/file" download>
            Download it ({sizeOf(packing.bytes)})
          </a>
        </p>
      </>
    )}
  </div>
);

function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
