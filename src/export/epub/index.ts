import type { Exporter } from '../exporter.ts';

/**
 * EPUB 3.3: a page for every passage, choices and branches as links. The same Edition and options are always the
 * same bytes.
 */
export const epubExporter: Exporter = {
  name: 'epub',
  label: 'EPUB',
  mediaType: 'application/epub+zip',
  loses:
    'A book keeps no journey: every choice is shown, with its condition beside it. Earlier states, remarks, decisions and verdicts stay behind.',
  load: async () => (await import('./write.ts')).writeEpub,
};
