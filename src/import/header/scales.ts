import {
  type ArchiveWarning,
  archiveWarnings,
  type Category,
  categories,
  type Rating,
  ratings,
} from '../../model/work.ts';

/**
 * The ratings of film boards, FanFiction.Net and the fan-rating system beside AO3's, as otwarchive's importer maps
 * them (story_parser.rb): PG and K are general, PG-13 and T teen, R and M mature, NC-17, X and MA explicit.
 */
const ratingNames: readonly (readonly [RegExp, Rating])[] = [
  [/^(?:nc-?(?:17|18|21)|x{1,3}|ma|frao|frmao|fr21|explicit)(?!\w|-(?!ish))/i, 'Explicit'],
  [/^(?:r|m|frm|fr18|mature)(?!\w|-(?!ish))/i, 'Mature'],
  [/^(?:pg-?1[3-5]|t|frt|fr1[35]|teens?)(?!\w|-(?!ish))/i, 'Teen And Up Audiences'],
  [/^(?:pg|g|k\+?|frk|frc|u|all ages|general(?: audiences)?|everyone)(?!\w|-(?!ish))/i, 'General Audiences'],
  [/^(?:not rated|unrated|none)(?!\w|-(?!ish))/i, 'Not Rated'],
];

/** What a written rating means: sure when it is a rating and nothing else or a reason for it, else only named. */
interface RatingReading {
  readonly rating: Rating | null;
  readonly exact: boolean;
  /** Ratings the words name, the first named first. */
  readonly named: readonly Rating[];
}

/** The rating that words name, on any of these scales: `NC-17`, `pg 13`, `Mature`. */
export function readRating(written: string): RatingReading {
  return ratingOf(written.replace(/(?<![\w-])(nc|pg)\s*[-–]?\s*(\d\d)(?!\d)/gi, '$1-$2'));
}

function ratingOf(written: string): RatingReading {
  const exact = ratings.find((r) => r.toLowerCase() === written.trim().toLowerCase());
  if (exact !== undefined) return { rating: exact, exact: true, named: [exact] };
  const plain = written.replace(/^[\s*_"“[(]*(?:(?:rated|hard|soft|strong|light|mild|fan|a|fr):? )*/i, '');
  const first = ratingAt(plain);
  const named = [...new Set(ratingsIn(written))];
  const rest = plain.slice(first?.length ?? 0);
  const reason =
    /^(?:["”\s.,;!~*\])]*$|[-\s]?ish\b|[\s,;]*[([–—-]|[\s,;]+(?:for|because|due|overall|probably)\b|[/,;]\s*\D)/i;
  const sure = first !== undefined && reason.test(rest) && named.length <= 1;
  return { rating: sure ? first.rating : null, exact: false, named };
}

function ratingAt(text: string): { readonly rating: Rating; readonly length: number } | undefined {
  for (const [shape, rating] of ratingNames) {
    const found = shape.exec(text);
    if (found !== null) return { rating, length: found[0].length };
  }
  return undefined;
}

/** Ratings anywhere in the words; single letters only as capitals. */
function ratingsIn(text: string): readonly Rating[] {
  const words = text.match(
    /(?<![\w-])(?:[Nn][Cc]-?\d\d|[Pp][Gg]-?\d\d|[Pp][Gg]|FR\w+|K\+|MA|[XGKTMR]|mature|explicit|teen)(?![\w+'’-])/g,
  );
  return (words ?? []).flatMap((w) => ratingAt(w)?.rating ?? []);
}

const warningNames: readonly (readonly [RegExp, ArchiveWarning])[] = [
  [
    /^(?:none|no|n\/?a|nope|nothing|none (?:really|apply|needed|that i can think of)|no (?:archive )?warnings?(?: apply)?|нет|отсутствуют)$/,
    'No Archive Warnings Apply',
  ],
  [
    /^(?:choose|chose|chooses?|author chose) not to (?:use (?:archive )?warn(?:ings?)?|warn)$/,
    'Choose Not To Use Archive Warnings',
  ],
  [
    /^(?:major |canon(?:ical)? |main )?(?:character|char)(?:'s)? deaths?$|^смерть (?:персонажа|основного персонажа|главного героя)$/,
    'Major Character Death',
  ],
  [/^(?:graphic |extreme )(?:depictions? of )?violence$|^насилие$/, 'Graphic Depictions Of Violence'],
  [/^(?:rape|non-?con(?:sensual)?(?: sex)?|rape\/non-?con|изнасилование|нон-?кон)$/, 'Rape/Non-Con'],
  [/^underage(?: sex)?$/, 'Underage Sex'],
];

/** The archive warnings among the words of a warning line, and the words that are none. */
export function readWarnings(written: string): {
  readonly warnings: readonly ArchiveWarning[];
  readonly exact: boolean;
  readonly unknown: readonly string[];
} {
  const warnings = new Set<ArchiveWarning>();
  const unknown: string[] = [];
  let exact = true;
  for (const part of partsOf(written)) {
    const same = archiveWarnings.find((w) => w.toLowerCase() === part.toLowerCase());
    const name = part
      .toLowerCase()
      .replace(/[.!]+$/, '')
      .replace(/[‘’]/g, "'")
      .trim();
    const found = same ?? warningNames.find(([shape]) => shape.test(name))?.[1];
    exact &&= same !== undefined;
    if (found === undefined) unknown.push(part);
    else warnings.add(found);
  }
  return { warnings: [...warnings], exact, unknown };
}

function partsOf(written: string): readonly string[] {
  const whole = written.trim().toLowerCase();
  if (archiveWarnings.some((w) => w.toLowerCase() === whole)) return [written.trim()];
  return written
    .split(/[,;\n]| and | & /)
    .map((p) => p.trim())
    .filter((p) => p !== '');
}

const categoryNames: Readonly<Record<string, Category>> = {
  gen: 'Gen',
  general: 'Gen',
  джен: 'Gen',
  het: 'F/M',
  гет: 'F/M',
  slash: 'M/M',
  слэш: 'M/M',
  слеш: 'M/M',
  femslash: 'F/F',
  femmeslash: 'F/F',
  фемслэш: 'F/F',
  фемслеш: 'F/F',
  multi: 'Multi',
  other: 'Other',
};

/** A category by AO3's name or the age's own (`het`, `slash`); undefined for other words. */
export function readCategory(
  written: string,
): { readonly category: Category; readonly exact: boolean } | undefined {
  const name = written.trim().toLowerCase();
  const exact = categories.find((c) => c.toLowerCase() === name);
  if (exact !== undefined) return { category: exact, exact: true };
  const category = Object.hasOwn(categoryNames, name) ? categoryNames[name] : undefined;
  return category === undefined ? undefined : { category, exact: false };
}

const languageNames: Readonly<Record<string, string>> = {
  english: 'en',
  'british english': 'en-GB',
  'american english': 'en-US',
  deutsch: 'de',
  german: 'de',
  français: 'fr',
  french: 'fr',
  español: 'es',
  spanish: 'es',
  italiano: 'it',
  italian: 'it',
  português: 'pt',
  portuguese: 'pt',
  nederlands: 'nl',
  dutch: 'nl',
  svenska: 'sv',
  swedish: 'sv',
  dansk: 'da',
  danish: 'da',
  norsk: 'no',
  norwegian: 'no',
  suomi: 'fi',
  finnish: 'fi',
  polski: 'pl',
  polish: 'pl',
  čeština: 'cs',
  czech: 'cs',
  magyar: 'hu',
  hungarian: 'hu',
  русский: 'ru',
  russian: 'ru',
  українська: 'uk',
  ukrainian: 'uk',
  日本語: 'ja',
  japanese: 'ja',
  中文: 'zh',
  chinese: 'zh',
  한국어: 'ko',
  korean: 'ko',
  esperanto: 'eo',
  latin: 'la',
};

/** The BCP 47 tag of a language given by name or tag; undefined for other words. */
export function readLanguage(written: string): string | undefined {
  const name = written.trim().replace(/[.]$/, '').toLowerCase();
  if (Object.hasOwn(languageNames, name)) return languageNames[name];
  return /^[a-z]{2}(-[a-z]{2})?$/.test(name) ? Intl.getCanonicalLocales(name)[0] : undefined;
}
