/*
 * Quotation marks by language, outer and inner: Unicode CLDR 48, `delimiters` (quotationStart, quotationEnd,
 * alternateQuotationStart, alternateQuotationEnd). French puts a narrow space inside.
 */
const marks: Readonly<Record<string, string>> = {
  ar: '”“’‘',
  bg: '„“„“',
  cs: '„“‚‘',
  da: '“”‘’',
  de: '„“‚‘',
  el: '«»“”',
  en: '“”‘’',
  es: '“”‘’',
  fi: '””’’',
  fr: '«»«»',
  he: '””’’',
  hu: '„”»«',
  it: '«»“”',
  ja: '「」『』',
  nb: '«»‘’',
  nl: '‘’‘’',
  pl: '„”«»',
  pt: '“”‘’',
  'pt-PT': '«»“”',
  ro: '„”«»',
  ru: '«»„“',
  sk: '„“‚‘',
  sl: '„“‚‘',
  sv: '””’’',
  uk: '«»„“',
};

/** The marks of a language: what opens and closes a quotation, and one within it. */
export interface Quotes {
  readonly outer: readonly [open: string, close: string];
  readonly inner: readonly [open: string, close: string];
}

/** The quotation marks of a language (BCP 47); those of English where it is not known. */
export function quotesOf(language: string): Quotes {
  const [base = ''] = language.split('-');
  const [open = '', close = '', innerOpen = '', innerClose = ''] = marks[language] ?? marks[base] ?? '“”‘’';
  const space = base === 'fr' ? '\u202f' : '';
  return {
    outer: [open + space, space + close],
    inner: [innerOpen + space, space + innerClose],
  };
}

/** What a straight mark becomes after the words before it: an apostrophe within a word, else what opens or closes. */
export function curl(sign: string, before: string, quotes: Quotes): string {
  const opens = before === '' || /[\s([{<—–\-/“‘«„‚「『￼]$/u.test(before);
  if (sign === "'" && !opens && /[\p{L}\p{N}]$/u.test(before))
    return isOpen(before, quotes) ? quotes.inner[1] : '’';
  const [open, close] = sign === '"' ? quotes.outer : quotes.inner;
  return opens ? open : close;
}

/** Whether a quotation within stands open before a place; its end is no apostrophe in languages that tell them apart. */
function isOpen(before: string, { outer, inner: [open, close] }: Quotes): boolean {
  return close !== '’' && open !== outer[0] && before.lastIndexOf(open) > before.lastIndexOf(close);
}
