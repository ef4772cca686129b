import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { accountRoles, type Grant, type Permission, permissions } from '../src/model/person.ts';

const page = readFileSync(join(import.meta.dirname, 'permissions.md'), 'utf8');
const all: Readonly<Record<string, Permission>> = permissions;

describe('docs/permissions.md', () => {
  test.each(Object.entries(all))('says who may %s', (action, permission) => {
    const notes = [
      ...(permission.guestsWhereLet === true ? ['guests where let'] : []),
      ...(permission.evenSuspended === true ? ['also while suspended'] : []),
    ];
    const who = [...permission.grants.map(inWords), ...notes].join('; ');
    expect(page.split('\n')).toContain(`| ${action} | ${permission.label} | ${who} |`);
  });

  test('names nothing that is not in the table', () => {
    const rows = [...page.matchAll(/^\| ([^|]+) \| [^|]+ \| [^|]+ \|$/gm)].map((m) => m[1]);
    expect(rows.filter((name) => name !== 'action' && name !== '---')).toEqual(Object.keys(all));
  });

  test.each(accountRoles)('explains the role %s', (role) => {
    expect(page).toMatch(new RegExp(`^- \\*\\*${role}\\*\\*: `, 'm'));
  });
});

function inWords({ to, stages, audiences, threads }: Grant): string {
  const parts = [
    ...(stages === undefined ? [] : [stages.join('/').replace('draft/scheduled/published/hidden', 'not removed')]),
    ...(audiences === undefined ? [] : [`for ${audiences.join('/')}`]),
    ...(threads === undefined ? [] : [`thread ${threads.join('/')}`]),
  ];
  return parts.length === 0 ? to : `${to} (${parts.join(', ')})`;
}
