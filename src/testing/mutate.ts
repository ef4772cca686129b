/** Files made wrong in every way a disk, an editor or an enemy makes them: always the same for the same numbers. */

/** Something to take pieces from: the bytes of a whole file. */
export interface Specimen {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Larger files say nothing that these do not: mutations that would grow one beyond it are left out. */
const largest = 600_000;

/** One of the specimens with one to eight mutations, its name kept. */
export function mutated(random: () => number, specimens: readonly Specimen[]): Specimen {
  const start = pick(random, specimens);
  let bytes: Buffer = Buffer.from(start.bytes);
  const count = 1 + Math.floor(random() * random() * 8);
  for (let i = 0; i < count; i++) {
    const next = pick(random, mutations)(bytes, random, specimens);
    if (next.length > 0 && next.length <= largest) bytes = next;
  }
  return { name: start.name, bytes };
}

/** One of a list. */
export function pick<T>(random: () => number, list: readonly T[]): T {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

type Mutation = (bytes: Buffer, random: () => number, specimens: readonly Specimen[]) => Buffer;

const mutations: readonly Mutation[] = [
  /* a byte overwritten */ (bytes, random) => {
    const copy = Buffer.from(bytes);
    copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256);
    return copy;
  },
  /* the end missing */ (bytes, random) => bytes.subarray(0, Math.floor(random() * bytes.length)),
  /* the beginning missing */ (bytes, random) => bytes.subarray(Math.floor(random() * bytes.length * 0.5)),
  /* a piece missing */ (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  /* a piece twice, or many times */ (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    const times = random() < 0.8 ? 2 : 2 + Math.floor(random() * 200);
    const pieces = Array.from({ length: times }, () => bytes.subarray(from, to));
    return Buffer.concat([bytes.subarray(0, from), ...pieces, bytes.subarray(to)]);
  },
  /* a piece elsewhere */ (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    const rest = Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
    return inserted(rest, bytes.subarray(from, to), random);
  },
  /* a piece of another file */ (bytes, random, specimens) => {
    const other = Buffer.from(pick(random, specimens).bytes);
    const [from, to] = stretch(other, random);
    return inserted(bytes, other.subarray(from, to), random);
  },
  /* the rest of another file */ (bytes, random, specimens) => {
    const other = Buffer.from(pick(random, specimens).bytes);
    const [from] = stretch(other, random);
    return Buffer.concat([bytes.subarray(0, Math.floor(random() * bytes.length)), other.subarray(from)]);
  },
  /* something told to break parsers */ (bytes, random) =>
    inserted(bytes, Buffer.from(pick(random, words), 'latin1'), random),
  /* the same, many times over */ (bytes, random) => {
    const word = pick(random, words);
    return inserted(bytes, Buffer.from(word.repeat(1 + Math.floor(random() * 3000)), 'latin1'), random);
  },
  /* a tag doubled, lost or changed */ (bytes, random) => {
    const text = bytes.toString('latin1');
    const tags = [...text.matchAll(/<\/?[a-zA-Z][^<>]*>/g)];
    if (tags.length === 0) return bytes;
    const tag = pick(random, tags);
    const instead = pick(random, ['', tag[0] + tag[0], pick(random, tags)[0], pick(random, words)]);
    const end = tag.index + tag[0].length;
    return Buffer.from(text.slice(0, tag.index) + instead + text.slice(end), 'latin1');
  },
  /* a number that is another */ (bytes, random) => {
    const text = bytes.toString('latin1');
    const numbers = [...text.matchAll(/\d+/g)];
    if (numbers.length === 0) return bytes;
    const number = pick(random, numbers);
    const instead = pick(random, numberWords);
    const end = number.index + number[0].length;
    return Buffer.from(text.slice(0, number.index) + instead + text.slice(end), 'latin1');
  },
  /* one word that is another everywhere */ (bytes, random) => {
    const text = bytes.toString('latin1');
    const found = [...text.matchAll(/[a-zA-Z]{2,}/g)];
    if (found.length === 0) return bytes;
    const [one, other] = [pick(random, found)[0], pick(random, found)[0]];
    return text.length * other.length > largest * one.length
      ? bytes
      : Buffer.from(text.replaceAll(one, other), 'latin1');
  },
];

const numberWords = ['0', '-1', '99999999999999999999', '1e9', '2147483648', 'NaN', '٣', '', '256', '1.5'];

/** Pieces of markup, charsets, dates and texts in which parsers have stumbled. As bytes: one character each. */
const words: readonly string[] = [
  ...'<div> </div> <b> </b> <p> <table> <tr> <td> </table> <svg> <math> <template> </template> <select> <option> <frameset> <plaintext> <xmp> <noscript> <style> </style> <script> </script> <title> <textarea> <!-- --> <![CDATA[ ]]> <?xml?> </body> </html> <body> <html> <head> <base href="http://x.example/"> <pre> </pre> <ul> <li> <a name="cutid1"> <br> <hr> <center> <form> <button> <object> <iframe> <ruby> <rt>'.split(
    / (?=<|-|\])/,
  ),
  ...[
    '\0',
    '\xff\xfe',
    '\xef\xbb\xbf',
    '\x1a',
    '\x85',
    '\xa0',
    '\r',
    '\x0c',
    '\xed\xa0\x80',
    '\xf4\x90\x80\x80',
  ],
  ...['&#0;', '&#x110000;', '&nbsp;', '&amp;amp;', '&#151;', '&lt;script&gt;', '&'],
  '<meta charset="utf-16">',
  '<meta charset="koi8-r">',
  '<meta http-equiv="Content-Type" content="text/html; charset=nonsense">',
  '<div id="ljcmt256" style="margin-left:25px">',
  '<div class="b-tree-twig b-tree-twig-3"><div id="t1" class="b-leaf">',
  '<div class="comment-thread" data-comment-depth="99999">',
  '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
  '<a href="?thread=512#t512">Parent</a>',
  '\n\n* * *\n\n',
  '\n\nTHE END\n\n',
  '\nAlternate ending:\n',
  '\nTitle: \nAuthor: \nRating: \n',
  '\n---\ntitle: [\n---\n',
  '\n# \n## \n',
  '2006-02-30 25:61 pm UTC',
  '{"format":"variorum-edition","version":1,"passages":[{}]}',
  '"__proto__":{"x":1},',
  '\\ud800',
];

function stretch(bytes: Buffer, random: () => number): readonly [number, number] {
  const from = Math.floor(random() * bytes.length);
  const most = random() < 0.7 ? 300 : bytes.length;
  return [from, Math.min(bytes.length, from + 1 + Math.floor(random() * most))];
}

function inserted(bytes: Buffer, piece: Buffer, random: () => number): Buffer {
  const at = Math.floor(random() * (bytes.length + 1));
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
}
