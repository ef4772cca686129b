import { NotFound } from '../../errors.ts';
import { type Post, postOf } from '../../mail.ts';
import type { Archive } from '../archive.ts';

const posts = new WeakMap<Archive['config'], Post | undefined>();

/** The post of an archive, or undefined where it sends no mail: then no page may offer any. */
export function postAt({ config }: Archive): Post | undefined {
  if (!posts.has(config)) posts.set(config, postOf(config));
  return posts.get(config);
}

/** The post of an archive, for pages that are only there where mail is sent. @throws NotFound elsewhere */
export function postHere(archive: Archive): Post {
  const post = postAt(archive);
  if (post === undefined) throw new NotFound('web/people: this archive sends no mail');
  return post;
}

/** Paragraphs as the text of a letter. */
export function letterOf(paragraphs: readonly string[]): string {
  return `${paragraphs.join('\n\n')}\n`;
}
