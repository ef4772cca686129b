import type { Exporter } from '../exporter.ts';

/**
 * One HTML file that needs nothing else: every passage a section, choices and branches links, images inside. It holds no
 * script and asks no server for anything.
 */
export const htmlExporter: Exporter = {
  name: 'html',
  label: 'HTML',
  mediaType: 'text/html; charset=utf-8',
  loses:
    'A page keeps no journey: every choice is shown, with its condition beside it. Earlier states, remarks, decisions and verdicts stay behind.',
  load: async () => (await import('./write.ts')).writeHtml,
};
