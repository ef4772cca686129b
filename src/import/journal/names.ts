import {
  attribute,
  byTag,
  closest,
  type Element,
  find,
  hasClass,
  type Node,
  type Parent,
  textOf,
} from '../../dom.ts';
import type { CommentAuthor } from '../../model/comment.ts';
import { readAddress } from './address.ts';

/** A user's name as the sites print it: a picture that leads to the profile, and the name, bold, that leads to the journal. */
export interface UserTag {
  readonly element: Element;
  /** The words of the name. */
  readonly text: Element;
  readonly name: string;
  /** Where that name has its account, as far as the link says. */
  readonly site: string | null;
}

/** Whether an element is a user's name (LJ::ljuser): `span.ljuser`, in old pages only by its `lj:user`. */
export function isUserTag(element: Element): boolean {
  return (
    element.tagName === 'span' &&
    (hasClass(element, 'ljuser') ||
      hasClass(element, 'i-ljuser') ||
      attribute(element, 'lj:user') !== undefined)
  );
}

/** Whether an element is the little picture that a user's name begins with, `[info]`: it says of what kind the account is. */
export function isUserPicture(element: Element): boolean {
  return element.tagName === 'img' && closest(element, isUserTag) !== undefined;
}

/** The first user's name within `root`; undefined when there is none, or none that has words. */
export function findUserTag(root: Parent | Node): UserTag | undefined {
  const element = find(root, isUserTag);
  return element === undefined ? undefined : readUserTag(element);
}

/** Reads a user's name; undefined when it has no words. */
export function readUserTag(element: Element): UserTag | undefined {
  const text =
    find(element, (e) => e.tagName === 'a' && hasClass(e, 'i-ljuser-username')) ??
    find(element, byTag('b')) ??
    element;
  const name = textOf(text);
  if (name === '') return undefined;
  const link = find(element, (e) => e.tagName === 'a' && readAddress(attribute(e, 'href')) !== undefined);
  return { element, text, name, site: readAddress(link && attribute(link, 'href'))?.site ?? null };
}

/**
 * The author of a comment by a user's name; `site` is where the page itself is. User names have no dots: a name that
 * has one is that of a reader from another site (OpenID), who is at home there.
 */
export function authorOf(user: Pick<UserTag, 'name' | 'site'>, site: string | null): CommentAuthor {
  const home = /^[\w-]+\.([\w-]+(?:\.[\w-]+)+)$/.exec(user.name)?.[1];
  return { kind: 'imported', name: user.name, site: home ?? user.site ?? site };
}
