/** The colours everything is drawn in; each theme gives every one of them. */
export const tokens = [
  'paper',
  'card',
  'rule',
  'edge',
  'ink',
  'soft',
  'link',
  'on-ink',
  'tag',
  'tag-edge',
  'mark',
  'siglum-1',
  'siglum-2',
  'siglum-3',
  'siglum-4',
  'siglum-both',
  'tint-1',
  'tint-2',
  'tint-3',
  'tint-4',
  'on-siglum',
] as const;
export type Token = (typeof tokens)[number];
export type Palette = Readonly<Record<Token, string>>;

const light: Palette = {
  paper: '#fbf8f2',
  card: '#fffdf9',
  rule: '#e4dccd',
  edge: '#8c8170',
  ink: '#211d18',
  soft: '#6f665a',
  link: '#7a2e1f',
  'on-ink': '#fffdf9',
  tag: '#f6eedf',
  'tag-edge': '#cdbb96',
  mark: '#f6e7b8',
  'siglum-1': '#0f6b5f',
  'siglum-2': '#a03a2a',
  'siglum-3': '#3b4a99',
  'siglum-4': '#8a6412',
  'siglum-both': '#6f665a',
  'tint-1': '#e2efec',
  'tint-2': '#f8e6e2',
  'tint-3': '#e6e9f6',
  'tint-4': '#f4ecd6',
  'on-siglum': '#fffdf9',
};

const dark: Palette = {
  paper: '#17150f',
  card: '#1f1c15',
  rule: '#3a342a',
  edge: '#857b6a',
  ink: '#ece5d8',
  soft: '#a89d8b',
  link: '#e39a83',
  'on-ink': '#17150f',
  tag: '#2b2519',
  'tag-edge': '#6b5c3a',
  mark: '#4a3d17',
  'siglum-1': '#5fb8a8',
  'siglum-2': '#e0806d',
  'siglum-3': '#94a3ea',
  'siglum-4': '#d4ac4f',
  'siglum-both': '#a89d8b',
  'tint-1': '#1a302b',
  'tint-2': '#3a211b',
  'tint-3': '#252a45',
  'tint-4': '#362c14',
  'on-siglum': '#17150f',
};

const sepia: Palette = {
  ...light,
  paper: '#f3e7cf',
  card: '#f9f0de',
  rule: '#dbc9a4',
  edge: '#85744f',
  ink: '#33271a',
  soft: '#67563d',
  link: '#78290f',
  'on-ink': '#f9f0de',
  tag: '#ecdcb8',
  'tag-edge': '#b89f68',
  mark: '#f0d890',
  'siglum-1': '#0b5a50',
  'siglum-2': '#933122',
  'siglum-3': '#36448f',
  'siglum-4': '#70500a',
  'siglum-both': '#67563d',
  'tint-1': '#dde3cc',
  'tint-2': '#f0d5c0',
  'tint-3': '#dfdcdc',
  'tint-4': '#eedcab',
  'on-siglum': '#fdf6e8',
};

const contrast: Palette = {
  paper: '#ffffff',
  card: '#ffffff',
  rule: '#595959',
  edge: '#000000',
  ink: '#000000',
  soft: '#2b2b2b',
  link: '#6b0f00',
  'on-ink': '#ffffff',
  tag: '#ffffff',
  'tag-edge': '#000000',
  mark: '#ffe97a',
  'siglum-1': '#00493f',
  'siglum-2': '#7d1405',
  'siglum-3': '#1c2b80',
  'siglum-4': '#543a00',
  'siglum-both': '#2b2b2b',
  'tint-1': '#d9f2ec',
  'tint-2': '#ffe3dc',
  'tint-3': '#e2e7ff',
  'tint-4': '#fbedc4',
  'on-siglum': '#ffffff',
};

/** The themes a reader may choose; without a choice the device says whether it is light or dark. */
export const themes = { light, sepia, dark, contrast } as const;
export type ThemeName = keyof typeof themes;

/** A theme as CSS declarations, to stand within a rule. */
export function declareTheme(name: ThemeName): string {
  const colours = tokens.map((token) => `--${token}:${themes[name][token]}`).join(';');
  return `color-scheme:${name === 'dark' ? 'dark' : 'light'};${colours}`;
}

/** The rules that choose a theme by what the device asks for, and those that show each theme in its own colours. */
export function themeRules(): string {
  const swatches = Object.keys(themes) as ThemeName[];
  return [
    `@layer pages{${swatches.map((name) => `.setting-theme-${name}{${declareTheme(name)}}`).join('')}}`,
    `@layer tokens{:root{${declareTheme('light')}}`,
    `@media (prefers-color-scheme:dark){:root{${declareTheme('dark')}}}`,
    `@media (prefers-contrast:more) and (prefers-color-scheme:light){:root{${declareTheme('contrast')}}}}`,
    `@layer print{@media print{:root{${declareTheme('contrast')}}}}`,
  ].join('\n');
}
