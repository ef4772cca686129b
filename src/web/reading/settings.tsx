import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { FC } from 'hono/jsx';
import { type Actor, may } from '../../model/person.ts';
import { readSettings as readArchiveSettings } from '../../store/settings.ts';
import { actorOf } from '../actor.ts';
import { type Archive, keepingHeaders, type Page, render } from '../archive.ts';
import { typefaces } from '../fonts.ts';
import { Layout } from '../layout.tsx';
import { declareTheme, type ThemeName, themes } from '../themes.ts';

/** What a reader can choose, each with its values as people call them; the first is the default. */
const choices = {
  theme: {
    name: 'Paper',
    values: {
      auto: 'As the device',
      light: 'Light',
      sepia: 'Sepia',
      dark: 'Dark',
      contrast: 'High contrast',
    },
  },
  typeface: { name: 'Typeface', values: typefaces },
  size: {
    name: 'Size',
    values: { m: 'Medium', xs: 'Very small', s: 'Small', l: 'Large', xl: 'Very large', xxl: 'Huge' },
  },
  measure: { name: 'Line length', values: { m: 'Medium', s: 'Short', l: 'Long' } },
  leading: { name: 'Line spacing', values: { m: 'Medium', s: 'Tight', l: 'Wide' } },
} as const;
type Choice = keyof typeof choices;

/** What a reader chose: a value of each choice. */
type ReaderSettings = Readonly<Record<Choice, string>>;

/** The order in which sizes and the like stand on the page: from small to large. */
const order: Partial<Record<Choice, readonly string[]>> = {
  size: ['xs', 's', 'm', 'l', 'xl', 'xxl'],
  measure: ['s', 'm', 'l'],
  leading: ['s', 'm', 'l'],
};

const sizes: Readonly<Record<string, string>> = {
  xs: '0.9375rem',
  s: '1.0625rem',
  l: '1.375rem',
  xl: '1.625rem',
  xxl: '2rem',
};
const measures: Readonly<Record<string, string>> = { s: '24em', l: '38em' };
const leadings: Readonly<Record<string, string>> = { s: '1.45', l: '1.95' };

const cookieName = 'reader';
const year = 365 * 24 * 60 * 60;

/** Reads settings from untrusted values; whatever is not one of the values on offer becomes the default. */
export function readSettings(values: Readonly<Record<string, unknown>>): ReaderSettings {
  const read = (choice: Choice): string => {
    const offered = Object.keys(choices[choice].values);
    const value = offered.find((v) => v === values[choice]);
    return value ?? offered[0] ?? '';
  };
  return {
    theme: read('theme'),
    typeface: read('typeface'),
    size: read('size'),
    measure: read('measure'),
    leading: read('leading'),
  };
}

/** The reader's own style sheet: only what differs from the site's; empty for those who chose nothing. */
export function readerCss(settings: ReaderSettings): string {
  const rules = [
    isTheme(settings.theme) ? declareTheme(settings.theme) : '',
    settings.typeface === 'literata' ? '' : `--story:"${typefaceName(settings.typeface)}",var(--sans)`,
    custom('--size', sizes[settings.size]),
    custom('--measure', measures[settings.measure]),
    custom('--leading', leadings[settings.leading]),
  ].filter((rule) => rule !== '');
  return rules.length === 0 ? '' : `@layer reader{:root{${rules.join(';')}}}`;
}

/**
 * What of every page is for whom: all pages hold the parts for guests, for members and for those of them who write, and the
 * site's style sheet shows the first.
 */
function partsCss(actor: Actor): string {
  if (actor.kind === 'guest') return '';
  const writers = may(actor, 'write a work') ? '.for-writers{display:revert}' : '';
  return `@layer reader{.for-guests{display:none}.for-members{display:revert}${writers}}`;
}

function custom(property: string, value: string | undefined): string {
  return value === undefined ? '' : `${property}:${value}`;
}

function isTheme(name: string): name is ThemeName {
  return Object.hasOwn(themes, name);
}

function typefaceName(key: string): string {
  return key === 'inter' ? typefaces.inter : typefaces.atkinson;
}

/** `GET /reader.css`: what differs by reader, so that every page can be the same for all. */
export const readerStyle: Page = (archive) => async (c) => {
  const actor = await actorOf(c, archive);
  c.header('content-type', 'text/css; charset=utf-8');
  c.header('cache-control', 'private, no-cache');
  c.header('vary', 'Cookie');
  return c.body(readerCss(settingsOf(c)) + partsCss(actor));
};

/** `GET /settings`: the form, with what the reader chose. */
export const settingsPage: Page = (archive) => async (c) => {
  const saved = c.req.query('saved') !== undefined;
  const { countReadings } = await readArchiveSettings(archive.store);
  const props = { archive, settings: settingsOf(c), saved, counts: countReadings };
  return render(c, <SettingsPage {...props} />, { cache: 'private' });
};

/** `POST /settings`: keeps the choice in a cookie for a year; `reset` forgets it. */
export const saveSettings: Page = (archive) => async (c) => {
  const form = await c.req.parseBody();
  const chosen = readSettings(form.reset === undefined ? form : {});
  const value = Object.entries(chosen)
    .map(([choice, chosenValue]) => `${choice}.${chosenValue}`)
    .join('-');
  setCookie(c, cookieName, value, {
    path: '/',
    maxAge: form.reset === undefined ? year : 0,
    httpOnly: true,
    sameSite: 'Lax',
    secure: archive.url.startsWith('https:'),
  });
  for (const [name, text] of Object.entries(keepingHeaders('private'))) c.header(name, text);
  return c.redirect('/settings?saved', 303);
};

/** What the reader who asks chose, by her cookie. */
export function settingsOf(c: Context): ReaderSettings {
  const pairs = (getCookie(c, cookieName) ?? '').split('-').map((pair) => pair.split('.'));
  return readSettings(Object.fromEntries(pairs.map(([choice = '', value = '']) => [choice, value])));
}

interface SettingsProps {
  readonly archive: Archive;
  readonly settings: ReaderSettings;
  readonly saved: boolean;
  /** Whether readings are counted here. */
  readonly counts: boolean;
}

const SettingsPage: FC<SettingsProps> = ({ archive, settings, saved, counts }) => (
  <Layout archive={archive} title="Reading settings" here="settings" noindex>
    <div class="page">
      <h1>Reading settings</h1>
      <p class="soft">
        They hold on every page, on this device. They are kept in a cookie that says only what you choose
        here.
      </p>
      {saved && (
        <p class="card saved" role="status">
          Kept. Every page now looks like this one.
        </p>
      )}
      <form method="post" action="/settings" class="settings">
        {allChoices.map((choice) => (
          <ChoiceOf choice={choice} chosen={settings[choice]} />
        ))}
        <p class="ways">
          <button class="button button-main" type="submit">
            Keep these
          </button>
          <button class="button" type="submit" name="reset" value="yes">
            Back to how it was
          </button>
        </p>
      </form>
      <section aria-labelledby="sample">
        <h2 id="sample">How a page looks now</h2>
        <div class="card sample">
          <div class="text">
            <p>
              The road came down to the river and stopped, as if it too had to think. On this side there was a
              lamp in a window; on the other, nothing that she could see.
            </p>
            <p>
              “You can wait for the ferry,” the boy said, “or you can walk to the bridge. People who wait say
              they should have walked.”
            </p>
            <p>She asked him what the people said who had walked.</p>
          </div>
        </div>
      </section>
      <Counting counts={counts} />
    </div>
  </Layout>
);

/** What is counted of reading, in words for readers; `docs/statistics.md` says the same at length. */
const Counting: FC<{ readonly counts: boolean }> = ({ counts }) => (
  <section class="counting" aria-labelledby="counting">
    <h2 id="counting">What is counted when you read</h2>
    {counts ? (
      <>
        <p>
          Authors are shown <em>how often</em> their stories, passages and endings are read, which ways are
          taken and which files fetched: numbers for a day, and nothing about who. You need no cookie for it
          and no script.
        </p>
        <p>
          So that one reader counts once a day, your address and the name of your browser are turned into a
          number, with a key that is made anew each day, is never written down and is thrown away at midnight
          (UTC). Neither your address nor that number is kept, and nobody can be followed from one day to the
          next.
        </p>
        <p>
          What you do beyond reading, such as a verdict or a comment, is kept as its own page says. An author
          can have her stories not counted at all.
        </p>
      </>
    ) : (
      <p>Nothing. Those who run this archive have it not count readings.</p>
    )}
  </section>
);

const allChoices = ['theme', 'typeface', 'size', 'measure', 'leading'] as const;

const ChoiceOf: FC<{ readonly choice: Choice; readonly chosen: string }> = ({ choice, chosen }) => {
  const values: Readonly<Record<string, string>> = choices[choice].values;
  return (
    <fieldset class="setting">
      <legend>{choices[choice].name}</legend>
      <div class="setting-values">
        {(order[choice] ?? Object.keys(values)).map((value) => (
          <label class={`setting-value setting-${choice}-${value}`}>
            <input type="radio" name={choice} value={value} checked={value === chosen} />
            <span>{values[value]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
};
