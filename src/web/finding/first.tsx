import type { FC } from 'hono/jsx';

/** What an archive with nothing in it shows: how the first page gets in. `level` is that of its heading. */
export const FirstImport: FC = () => (
  <section class="card first" aria-labelledby="first">
    <h2 id="first">Nothing is kept here yet</h2>
    <p>
      Bring the first page home. Any story saved from a journal will do, or a text file, with the comments
      under it if you have them.
    </p>
    <ol>
      <li>
        <strong>Look</strong> at what can be read in a page. Nothing is kept.
        <pre>
          <code>variorum inspect story.html</code>
        </pre>
      </li>
      <li>
        <strong>Import</strong> it, or a whole folder. It arrives as a draft, and you get a secret link to see
        it.
        <pre>
          <code>variorum import story.html</code>
        </pre>
      </li>
      <li>
        <strong>Publish</strong> it when it is right, with a rating and an answer to the archive warnings.
        <pre>
          <code>variorum publish ID --rating "General Audiences" --warnings "No Archive Warnings Apply"</code>
        </pre>
      </li>
    </ol>
    <p>
      Or <a href="/import">bring it in here</a>, in the browser, and look at the page beside what was made of
      it. Or <a href="/studio/new">write the first story</a>: one text, or a text with two endings.
    </p>
    <p class="soft">
      Where you began with <code>npm start</code>, type <code>bin/variorum</code> in place of{' '}
      <code>variorum</code>.
    </p>
  </section>
);
