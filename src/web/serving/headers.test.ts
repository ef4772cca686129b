import { expect, test } from 'vitest';
import { inertPolicy, securityHeaders } from './headers.ts';

test('pages may show themselves with what is ours, and nothing else', () => {
  const policy = new Map(
    (securityHeaders('http://localhost:4870').get('content-security-policy') ?? '')
      .split('; ')
      .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
  );
  expect(policy.get('default-src')).toBe("'none'");
  for (const directive of ['script-src', 'style-src', 'img-src', 'font-src', 'connect-src', 'form-action']) {
    expect(policy.get(directive), directive).toBe("'self'");
  }
  expect(policy.get('base-uri')).toBe("'none'");
  expect(policy.get('frame-ancestors')).toBe("'self'");
  expect(policy.has('frame-src'), 'pages frame nothing').toBe(false);
});

test('browsers are bound to https only where the archive is reached by it', () => {
  expect(securityHeaders('https://archive.example').has('strict-transport-security')).toBe(true);
  expect(securityHeaders('http://archive.example').has('strict-transport-security')).toBe(false);
});

test('a stranger’s file that is opened as a page runs nothing and asks for nothing', () => {
  expect(inertPolicy).toContain('sandbox');
  expect(inertPolicy).not.toMatch(/script-src|allow-|https?:|'self'/);
});
