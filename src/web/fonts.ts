import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import list from './fonts.json' with { type: 'json' };

/** The typefaces a reader can choose for the text of a story. */
export const typefaces = { literata: 'Literata', inter: 'Inter', atkinson: 'Atkinson Hyperlegible' } as const;
export type Typeface = keyof typeof typefaces;

/** One font file: some of the characters of a typeface, as its Fontsource package divides them. */
export interface Font {
  readonly package: string;
  readonly file: string;
  /** The first ten hex digits of the SHA-256 of the file. */
  readonly hash: string;
  readonly family: string;
  readonly style: string;
  readonly weight: string;
  /** The characters it draws, as `unicode-range`. */
  readonly range: string;
}

/** Every font that is shipped; the build copies these files. A test holds the list against the packages. */
export const fonts: readonly Font[] = list;

/** The name under which a font is served: it changes with its content. */
export function fontName(font: Font): string {
  return font.file.replace('.woff2', `-${font.hash}.woff2`);
}

/** Where a font's file is: beside the built program, or in a checkout in its package. */
export function fontPath(font: Font): string {
  const built = fileURLToPath(new URL(`./public/fonts/${font.file}`, import.meta.url));
  if (existsSync(built)) return built;
  return createRequire(import.meta.url).resolve(`${font.package}/files/${font.file}`);
}

/** The `@font-face` rules of all fonts, served from `/assets/`. */
export function fontFaces(): string {
  return [...fonts.map(faceOf), ...standIns].join('\n');
}

function faceOf(font: Font): string {
  return (
    `@font-face{font-family:"${font.family}";font-style:${font.style};font-weight:${font.weight};` +
    `font-display:swap;src:url(/assets/${fontName(font)}) format("woff2");unicode-range:${font.range}}`
  );
}

/** Fonts of the device, stretched to the measures of ours, so that lines hardly move when ours arrive. */
const standIns = [
  '@font-face{font-family:"Literata Stand-in";src:local("Georgia"),local("Gelasio");size-adjust:105%;ascent-override:111%;descent-override:30%;line-gap-override:0%}',
  '@font-face{font-family:"Inter Stand-in";src:local("Arial"),local("Liberation Sans");size-adjust:107%;ascent-override:90.5%;descent-override:22.6%;line-gap-override:0%}',
];
