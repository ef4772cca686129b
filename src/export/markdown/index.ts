import type { Exporter } from '../exporter.ts';

/** Markdown with front matter, in the dialect of docs/markdown.md: passages, choices, flags and variant sets come back. */
export const markdownExporter: Exporter = {
  name: 'md',
  label: 'Markdown',
  mediaType: 'text/markdown; charset=utf-8',
  loses:
    'Markdown has no place for comments, images, notes, sources, remarks, decisions, verdicts and earlier states; branches are lettered in the order of their passages.',
  load: async () => (await import('./write.ts')).writeMarkdown,
};
