import type { Terminal } from './terminal.ts';

/** A bar with a rate and the time left, for someone who watches; silent in a pipe. */
export interface Progress {
  /** One more is done, of `bytes` bytes. */
  step(bytes: number): void;
  end(): void;
}

/** Shows how far something has come: a line that grows on a terminal, nothing in a pipe. `total` is the number of its steps. */
export function startProgress(terminal: Terminal, verb: string, total: number): Progress {
  const began = performance.now();
  let done = 0;
  let bytes = 0;
  const draw = (): void => {
    const seconds = (performance.now() - began) / 1000;
    const left = done === 0 ? '' : ` · ${duration(((total - done) * seconds) / done)} left`;
    const rate = seconds === 0 ? '' : ` · ${size(bytes / seconds)}/s`;
    const filled = total === 0 ? 30 : Math.round((30 * done) / total);
    const bar = terminal.paint.good('█'.repeat(filled)) + terminal.paint.soft('░'.repeat(30 - filled));
    terminal.draw(`  ${verb}  ${bar}  ${done} of ${total}${rate}${left}`);
  };
  draw();
  return {
    step(more) {
      done++;
      bytes += more;
      draw();
    },
    end: () => terminal.draw(''),
  };
}

/** Bytes for people: `412 kB`. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${Math.round(bytes)} B`;
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return `${Math.ceil(seconds / 60)} min`;
}
