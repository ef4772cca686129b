import { type Block, blockText } from '../../html.ts';
import { linksOf } from '../header/markup.ts';
import type { Marker } from './markers.ts';

/**
 * Endings that a list of links leads to (`Click here for the happy ending`): a branch begins at each place that is
 * linked to, further down in the same text. Empty unless there are two or more.
 */
export function findLinkedMarkers(blocks: readonly Block[]): readonly Marker[] {
  const html = blocks.map((block) => block.open + block.lines.map((l) => l.html).join(''));
  const markers = html.flatMap((own, from) =>
    linksOf(own).flatMap(({ href, text }): Marker[] => {
      if (!/^#t-[\w.-]+$/.test(href) || !ending.test(text)) return [];
      const at = html.findIndex((other, i) => i > from && other.includes(` id="${href.slice(1)}"`));
      const rest = blocks[at];
      if (rest === undefined || blockText(rest) === '') return [];
      const label = text.replace(invitation, '').replace(/[\s:.!]+$/, '');
      return [{ at, label: label === '' ? text : label, written: '', rank: 'either', whole: false, rest }];
    }),
  );
  const apart = [...new Map(markers.map((m) => [m.at, m])).values()].sort((a, b) => a.at - b.at);
  return apart.length > 1 ? apart : [];
}

const ending = /(?<!\p{L})(?:endings?|epilogue|finale|version|концовк[аиу]|финал)(?!\p{L})/iu;
const invitation =
  /^(?:(?:please )?(?:click|go|scroll(?: down)?|jump|skip)(?: here)? (?:for|to) |here for )(?:the |an? )?/i;
