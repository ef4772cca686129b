/** What a header line speaks of. Fields without a place in the model (`archive`, `feedback`) stay as written. */
export type Field =
  | 'title'
  | 'author'
  | 'beta'
  | 'translator'
  | 'artist'
  | 'podficcer'
  | 'recipient'
  | 'fandom'
  | 'pairing'
  | 'characters'
  | 'rating'
  | 'warnings'
  | 'category'
  | 'tags'
  | 'summary'
  | 'notes'
  | 'endnotes'
  | 'disclaimer'
  | 'series'
  | 'part'
  | 'date'
  | 'revised'
  | 'status'
  | 'language'
  | 'other';

/**
 * The spellings of each field, as otwarchive's story parser, WWW-FetchStory, community rules and old archives have
 * them, in English and Russian: lower case, singular, without `(s)`. `other` are labels that are known to stand in
 * headers and to have no field of their own.
 */
const spellings: Readonly<Record<Field, string>> = {
  title: 'title|story title|fic title|name|название|заголовок',
  author:
    'author|creator|writer|written by|by|author name|pen name|penname|penname/lj|author/artist|lj name|автор|авторы',
  beta: "unbeta'd|unbetad|unbetaed|unbeta-ed|un-betaed|un-beta'd|un-betad|beta|betas|beta'd by|beta-d by|beta d by|betad by|betaed by|beta-ed by|beta'ed by|beta read by|beta-read by|beta reader|beta-reader|betareader|betas and cheerleaders|бета|беты|бета-ридер|бета ридер|бета-ридеры|редактор|гамма",
  translator: 'translator|translated by|translation|переводчик|перевод',
  artist: 'artist|art by|artwork by|cover art by|cover by|illustrator|художник|арт|иллюстрации',
  podficcer: 'podficcer|read by|reader|podfic by',
  recipient: 'recipient|written for|giftee|gift for|for|requested by|подарок для|для|посвящение',
  fandom:
    'fandom|fandom(s)|universe|verse|based on|show|series/fandom|source|crossover|crossover fandom|xover|фэндом|фендом|фандом|канон',
  pairing:
    'pairing|pairings|pair|relationship|ship|couple|coupling|codes|code|main pairing|pairing(s)|пейринг|пэйринг|пара|пары|отношения|основные персонажи/пейринг',
  characters: 'character|main character|cast|featuring|starring|персонаж|персонажи|герои|действующие лица',
  rating: 'rating|rated|mpaa|mpaa rating|overall rating|rating overall|рейтинг|возрастной рейтинг',
  warnings:
    'warning|trigger warning|content warning|tw|cw|contains|content note|content advisory|archive warning|предупреждение|предупреждения|осторожно',
  category: 'category|categories|orientation|type|категория|направленность',
  tags: 'tag|genre|additional tag|keyword|freeform|kink|жанр|жанры|метки|теги|тэги',
  summary:
    'summary|blurb|description|synopsis|short summary|саммари|краткое содержание|описание|аннотация|о чем',
  notes:
    "note|author's note|authors note|authors' note|author note|a/n|an|a.n|a.n.|a/ns|notes|author's comment|author comment|author's ramble|author's rambling|quick note|side note|chapter note|beginning note|opening note|comment|foreword|preface|recap|dedication|thanks|acknowledgement|acknowledgment|примечание|примечания|примечание автора|примечания автора|от автора|авторские примечания|п/а|благодарности",
  endnotes: "end note|endnote|ending note|author's end note|closing note|footnote|примечание в конце",
  disclaimer:
    'disclaimer|disclaim|standard disclaimer|legal|legal stuff|дисклеймер|дисклаймер|отказ|отказ от прав',
  series: 'series|part of|sequel to|arc|series title|story arc|серия|цикл',
  part: 'part|chapter|part number|chapter number|chapters|часть|глава|главы',
  date: 'date|posted|posted on|posted at|date posted|published|date published|date written|written on|written|first posted|first published|release date|дата|дата публикации|опубликовано',
  revised: 'updated|last updated|revised|last revised|last update|обновлено',
  status: 'status|completed|complete|статус|состояние',
  language: 'language|язык',
  other:
    "e-mail|email|author's e-mail|author's email|address|website|web site|author's website|site|url|homepage|livejournal|lj|spoiler|archive|archived at|archiving|distribution|permission to archive|circuit archive|feedback|feedback to|reviews|concrit|constructive criticism|prompt|prompter|theme|challenge|challenge number|challenge theme|table|claim|word count|wordcount|words|word|count|length|size|medium|format|link|also posted|also archived|crossposted|cross-posted|x-posted|timeline|time line|setting|season|episode|sequel|prequel|ps|p.s|p.s.|eta|edit|update|announcement|music|soundtrack|song|lyrics|quote|inspiration|inspired by|status of fic|month|year|day|posting date|character set encoding|fic|fanfic|drabble|previous part|previous chapter|previously|other part|next part|master post|masterpost|subject|subj|security|location|mood|current mood|current music|current location|entry tags|user|poster|journal|from|newsgroups|message-id|organization|credit|credits|размер|объем|размещение|спойлер|спойлеры|статус размещения|ссылка|вызов|задание|заявка|фидбек|обратная связь",
};

/** Fields that take prose: their value may run on over the next lines. */
const prose: ReadonlySet<Field> = new Set([
  'summary',
  'notes',
  'endnotes',
  'disclaimer',
  'warnings',
  'other',
]);

/** Whether a value of this field may run on over the next lines. */
export function takesProse(field: Field): boolean {
  return prose.has(field);
}

/** Labels that are also ordinary first words of a story: alone they are no sign of a header. */
const weak = new Set(
  'note|notes|an|by|for|date|day|month|year|words|word|count|part|chapter|story|name|edit|update|link|quote|song|music|type|source|show|setting|format|table|theme|legal|status|posted|written|comment|thanks|dedication|recap|complete|ps|p.s|reader|cast|contains|subject|from|user|poster|journal|location|mood|security|claim|sequel|length|size|для|часть|глава|пара'.split(
    '|',
  ),
);

/** A label at the head of a line. `length` counts the characters up to where the value begins. */
export interface Label {
  readonly label: string;
  readonly fields: readonly Field[];
  readonly length: number;
  readonly weak: boolean;
}

const before = String.raw`^[\s\u00a0]*(?:[-–—*•>·|~=_]+[\s\u00a0]*)?`;
const withColon = new RegExp(
  String.raw`${before}([\p{L}][^:：\n]{0,44}?)[\s\u00a0*_]*[:：]+[*_]*[\s\u00a0]*`,
  'u',
);
const withDash = new RegExp(
  String.raw`${before}([\p{L}][\p{L}'’./() ]{1,30}?)[\s\u00a0]+[-–—=~]+[\s\u00a0]+`,
  'u',
);
const withoutSign =
  /^[\s\u00a0]*((?:un-?)?beta(?:['’]?e?d|-e?d)(?: by)?|beta read by|written by|written for)\b[\s\u00a0]*/iu;
const noteAlone = /^[\s\u00a0*_~=-]*(a\/n|author['’]?s?['’]? notes?|disclaimer|summary)[\s\u00a0*_~=-]*$/iu;

/** The label a line begins with, known or not; undefined for a line that has none. */
export function labelOf(text: string): Label | undefined {
  for (const shape of [withColon, withDash, withoutSign, noteAlone]) {
    const [whole, label] = shape.exec(text) ?? [];
    if (whole === undefined || label === undefined) continue;
    const fields = fieldsOf(label);
    if (fields.length === 0 && shape !== withColon) continue;
    return { label: label.trim(), fields, length: whole.length, weak: weak.has(plain(label)) };
  }
  return undefined;
}

/** The fields a label names: none when it is unknown, several for `Rating/Warnings`. */
export function fieldsOf(label: string): readonly Field[] {
  const whole = fieldOf(plain(label));
  if (whole !== undefined) return [whole];
  const parts = plain(label)
    .split(/\s*[/,&+]\s*| and | or | и /)
    .map(fieldOf);
  const known = parts.filter((f) => f !== undefined);
  return known.length === parts.length ? [...new Set(known)] : [];
}

function fieldOf(label: string): Field | undefined {
  return table.get(label) ?? table.get(label.replace(/s$/, '')) ?? table.get(label.replace(/^(the|my) /, ''));
}

function plain(label: string): string {
  return label
    .toLowerCase()
    .replace(/[‘’ʼ`]/g, "'")
    .replace(/ё/g, 'е')
    .replace(/\((?:e?s|ы|и)\)/g, '')
    .replace(/[\s\u00a0*_]+/g, ' ')
    .trim();
}

const table: ReadonlyMap<string, Field> = new Map(
  Object.entries(spellings).flatMap(([field, names]) =>
    names.split('|').map((name): [string, Field] => [name, field as Field]),
  ),
);
