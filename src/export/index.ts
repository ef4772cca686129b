import { epubExporter } from './epub/index.ts';
import type { Exporter } from './exporter.ts';
import { htmlExporter } from './html/index.ts';
import { jsonExporter } from './json.ts';
import { markdownExporter } from './markdown/index.ts';

/** Every format a work can be written in, in the order they are offered. */
export const exporters: readonly Exporter[] = [epubExporter, htmlExporter, markdownExporter, jsonExporter];

/** The exporter of a name, as addresses end with it (`epub`); undefined when there is none. */
export function findExporter(name: string): Exporter | undefined {
  return exporters.find((exporter) => exporter.name === name);
}
