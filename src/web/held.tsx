import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type Archive, render } from './archive.ts';
import { Layout } from './layout.tsx';

/** Why a form was not taken. */
export interface NotTaken {
  readonly status: ContentfulStatusCode;
  readonly title: string;
  readonly words: Child;
}

/**
 * Answers a form that was not taken with all that was typed in it, to be sent again from there: no limit and no session
 * that ended takes anyone's words. Files do not come back, nor does a form with a pass phrase or a code in it. Only for
 * forms that are known to come from a page of ours.
 */
export async function holdForm(
  c: Context,
  archive: Archive,
  { status, title, words }: NotTaken,
): Promise<Response> {
  const { fields, files } = await sentFields(c);
  const isWhole = !fields.some(([name]) => secret.test(name));
  const { pathname, search } = new URL(c.req.url);
  const page = (
    <Layout archive={archive} title={title} noindex>
      <article class="page excuse">
        <h1>{title}</h1>
        {words}
        {fields.length > 0 && isWhole && (
          <form method="post" action={pathname + search} class="form">
            {fields.map(([name, value], i) =>
              isLong(value) ? (
                <div class="field">
                  <label for={`held-${i}`}>What you typed</label>
                  <textarea id={`held-${i}`} name={name} rows={8}>
                    {`\n${value}`}
                  </textarea>
                </div>
              ) : (
                <input type="hidden" name={name} value={value} />
              ),
            )}
            {files && <p>Files do not come back: choose them again.</p>}
            <p class="ways">
              <button class="button button-main" type="submit">
                Send it again
              </button>
            </p>
          </form>
        )}
      </article>
    </Layout>
  );
  return render(c, page, { cache: 'private', status });
}

/** Names of fields that hold a secret. */
const secret = /pass-?phrase|^old$|^code$|^secret$/i;

/** More than any form of words may send; larger bodies are files. */
const mostBytes = 5 * 1024 * 1024;

/** What a form sent, as text; nothing of a body that is no form, is large, or was read as it came. */
async function sentFields(
  c: Context,
): Promise<{ readonly fields: readonly (readonly [string, string])[]; readonly files: boolean }> {
  const isSmall = Number(c.req.header('content-length') ?? mostBytes) < mostBytes;
  const body = isSmall ? await c.req.parseBody({ all: true }).catch(() => ({})) : {};
  const all = Object.entries(body).flatMap(([name, values]) =>
    [values].flat().map((value) => [name, value] as const),
  );
  return {
    fields: all.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
    files: all.some(([, value]) => typeof value !== 'string'),
  };
}

function isLong(value: string): boolean {
  return value.length > 100 || value.includes('\n');
}
