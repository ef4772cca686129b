import type { Exporter } from './exporter.ts';

/** Every format a work can be written in, in the order in which pages offer them. */
export const exporters: readonly Exporter[] = [];

/** The exporter of a name (`epub`), undefined when works are not written so. */
export function findExporter(name: string): Exporter | undefined {
  return exporters.find((exporter) => exporter.name === name);
}
