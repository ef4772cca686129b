import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Context, ErrorHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Conflict, Forbidden, Gone, Invalid, NotFound, Unreadable } from '../errors.ts';
import { type Archive, render } from './archive.ts';
import { holdForm, type NotTaken } from './held.tsx';
import { Layout } from './layout.tsx';

/** What a page says that stands in place of the one asked for: what happened, and what one can do. */
type Excuse = NotTaken;

/** Every error that reaches the web, turned into a status and a page that helps: once, here. */
export function onError(archive: Archive): ErrorHandler {
  return (error, c) => {
    // Whoever leaves in the middle of a form needs no page, and those who run the archive no log of it.
    if (hasLeft(c)) return c.body(null, 400);
    // Whatever went wrong with a form, what was typed in it can be sent again, or copied; not what another site sent.
    if (c.req.method === 'POST' && !(error instanceof Forbidden))
      return holdForm(c, archive, excuseFor(error));
    return excuse(c, archive, excuseFor(error));
  };
}

function hasLeft(c: Context): boolean {
  const incoming: IncomingMessage | undefined = c.env?.incoming;
  return incoming?.destroyed === true && !incoming.complete;
}

/** Answers with an excuse in place of a page. */
export function excuse(
  c: Context,
  archive: Archive,
  { status, title, words }: Excuse,
): Response | Promise<Response> {
  return render(
    c,
    <Layout archive={archive} title={title} noindex>
      <article class="page excuse">
        <h1>{title}</h1>
        {words}
      </article>
    </Layout>,
    { cache: 'private', status },
  );
}

function excuseFor(error: Error): Excuse {
  if (error instanceof NotFound) return notFound;
  if (error instanceof Gone) return error.legal ? takenDownByLaw : gone;
  if (error instanceof Forbidden) return said(403, 'That is not allowed', error);
  if (error instanceof Conflict) return said(409, 'That could not be done now', error);
  if (error instanceof Invalid || error instanceof Unreadable)
    return said(422, 'Something does not fit', error);
  return unexpected(error);
}

/** The page for addresses that lead nowhere. It never says whether a draft stands there. */
export const notFound: Excuse = {
  status: 404,
  title: 'There is nothing here',
  words: (
    <>
      <p>
        No page has this address. Perhaps a letter was lost on the way, or the story is a draft that only
        opens with its secret link.
      </p>
      <SearchAgain />
    </>
  ),
};

const gone: Excuse = {
  status: 410,
  title: 'This was taken away',
  words: (
    <>
      <p>
        Something stood here once. Its author, or someone with a right to ask, wanted it gone, and it has been
        erased for good. No copy is kept.
      </p>
      <SearchAgain />
    </>
  ),
};

const takenDownByLaw: Excuse = {
  status: 451,
  title: 'Taken down by a legal demand',
  words: (
    <>
      <p>Something stood here once. A legal demand made those who run this archive take it down.</p>
      <SearchAgain />
    </>
  ),
};

/** The message of an error of ours is written for people; the layer it comes from is not. */
function said(status: ContentfulStatusCode, title: string, error: Error): Excuse {
  const message = error.message.replace(/^[a-z0-9/-]+: /, '');
  return {
    status,
    title,
    words: (
      <>
        <p>{message.charAt(0).toUpperCase() + message.slice(1)}.</p>
        <p>
          Nothing was changed. Go back with your browser, or begin again <a href="/">at the front page</a>.
        </p>
      </>
    ),
  };
}

/** The details of what nobody foresaw go to the log; the reader gets a number that leads to them. */
function unexpected(error: Error): Excuse {
  const reference = randomBytes(4).toString('hex');
  console.error(`web: error ${reference}:`, error);
  return {
    status: 500,
    title: 'Something went wrong',
    words: (
      <>
        <p>
          That is our fault, not yours. Nothing you wrote was published. Trying again in a minute may help.
        </p>
        <p>
          If it does not, tell those who run this archive the number <code>{reference}</code>: it leads them
          to what happened.
        </p>
      </>
    ),
  };
}

/** The page for those who ask too often. */
export const tooOften: Excuse = {
  status: 429,
  title: 'A little slower, please',
  words: <p>Too many requests came from your network in a short time. Wait a few minutes, then try again.</p>,
};

/** The page for a form of someone who is signed out meanwhile: her words stay here while she signs in elsewhere. */
export const signInFirst: NotTaken = {
  status: 403,
  title: 'Sign in first',
  words: (
    <p>
      This form needs an account.{' '}
      <a href="/sign-in" target="_blank" rel="noopener">
        Sign in on another page
      </a>
      , then come back to this one and send it again.
    </p>
  ),
};

/** The page for a form that someone's account does not let her send, or not any more: her words stay to be copied. */
export const notHers: NotTaken = {
  status: 403,
  title: 'That is not allowed',
  words: <p>Your account does not allow this now. Nothing was changed. Ask those who run this archive.</p>,
};

/** The page for a form that sends more than it may hold, in bytes. */
export function tooLarge(most: number): Excuse {
  return {
    status: 413,
    title: 'That is too much at once',
    words: <p>This form may send at most {most / 1024} kB. Nothing was kept of it.</p>,
  };
}

/** The page for a method that an address does not have. */
export const notThatWay: Excuse = {
  status: 405,
  title: 'Not in this way',
  words: (
    <p>
      This address exists, but it cannot be used like that. Perhaps a form was opened as a page: go back, or
      begin again <a href="/">at the front page</a>.
    </p>
  ),
};

function SearchAgain() {
  return (
    <>
      <form action="/search" class="search-again">
        <label for="again">Look for a title, a name, a tag or words of the text</label>
        <input id="again" name="q" type="search" />{' '}
        <button class="button" type="submit">
          Search
        </button>
      </form>
      <p>
        Or see <a href="/works">all works</a>.
      </p>
    </>
  );
}
