import { spawnSync } from 'node:child_process';
import type { Progress } from './campaign.ts';

/** The report of a campaign in Markdown: what was promised, tried and found, and how to try a case again. */
export function reportOf(about: string, p: Progress): string {
  const outcomes = Object.entries(p.outcomes).map(([name, count]) => `${number(count)} ${name}`);
  const lines = [
    `# ${p.campaign}`,
    '',
    about,
    '',
    `- Date: ${new Date().toISOString().slice(0, 10)}`,
    `- Commit: ${commit()}`,
    `- Seed: ${p.seed}`,
    `- Cases: ${number(p.tried)} in ${number(Math.round(p.seconds))} s (${[...outcomes, `${p.failures.length} failed`].join(', ')})`,
    ...(p.slowest.ms > 0
      ? [`- Slowest case: number ${p.slowest.index}, processor time ${number(Math.round(p.slowest.ms))} ms`]
      : []),
    `- Most memory of the process: ${number(Math.round(p.mostMemory))} MB`,
  ];
  if (p.failures.length === 0) return `${lines.join('\n')}\n`;
  const failures = p.failures.slice(0, 50).map((f) => `- Case ${f.index}: \`${firstLines(f.what)}\``);
  return `${[...lines, '', '## Failures', '', ...failures].join('\n')}\n`;
}

/** The commit tried, with a star where the files differ from it. */
export function commit(): string {
  const git = (...args: string[]): string =>
    spawnSync('git', args, { encoding: 'utf8' }).stdout?.trim() ?? '';
  const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
  return `${git('rev-parse', '--short=10', 'HEAD') || 'unknown'}${changed ? ' and changes not committed' : ''}`;
}

function firstLines(text: string): string {
  return text.split('\n').slice(0, 2).join(' ').replaceAll('`', "'").slice(0, 400);
}

function number(n: number): string {
  return n.toLocaleString('en');
}
