import type { IncomingHttpHeaders } from 'node:http';
import type { Opening } from '../../model/reading.ts';

/** An opening of a page or file of a work, as an address says it. */
export interface AskedOpening extends Opening {
  readonly workId: string;
}

/**
 * What of a work an address opens, by its id alone: those who come by a secret link are its author's own guests.
 * Undefined for every other page.
 */
export function openingAt(address: string, referer: string | undefined): AskedOpening | undefined {
  if (!address.startsWith('/works/')) return undefined;
  const [, workId = '', page, passage, whole, format] =
    /^\/works\/([0-9a-z]{1,32})(?:(\/read\/([a-z0-9][a-z0-9_-]{0,79}))|(\/whole)|\.([a-z]{1,10}))(?:\?|$)/.exec(
      address,
    ) ?? [];
  if (page !== undefined && passage !== undefined)
    return { workId, kind: 'passage', key: passage, from: passageBefore(referer, workId) };
  if (whole !== undefined) return { workId, kind: 'whole', key: '', from: null };
  return format === undefined ? undefined : { workId, kind: 'file', key: format, from: null };
}

/** The passage of the same work whose page led here: browsers say so to pages of the same site (`headers.ts`). */
function passageBefore(referer: string | undefined, workId: string): string | null {
  if (referer === undefined) return null;
  const [, work, passage] =
    /^https?:\/\/[^/]+\/works\/([0-9a-z]{1,32})\/read\/([a-z0-9][a-z0-9_-]{0,79})(?:\?|#|$)/.exec(referer) ??
    [];
  return work === workId ? (passage ?? null) : null;
}

/**
 * Programs that say what they are. The list is short on purpose: whoever wants to be taken for a person can be, and
 * what such programs ask for is not worth knowing about people.
 */
const programs =
  /bot\b|bot[/;)_-]|crawl|spider|slurp|archiver|scrap|fetch|monitor|preview|headless|lighthouse|feed|curl|wget|python|java\/|go-http|libwww|okhttp|axios|node|ruby|perl|http-?client|facebookexternalhit|embedly|validator/i;

/** Whether a browser that says so much of itself may be a person's. */
export function isPersonal(agent: string | undefined): agent is string {
  return agent !== undefined && agent !== '' && !programs.test(agent);
}

/** Whether a request is one that a browser makes to show a page to someone, or to take a file for her. */
export function isForSomeone(headers: IncomingHttpHeaders, kind: Opening['kind']): boolean {
  // Pages fetched before anyone asked for them (Fetch, Sec-Purpose; older browsers: Purpose, X-Moz).
  const purpose = headers['sec-purpose'] ?? headers['x-purpose'] ?? headers.purpose ?? headers['x-moz'];
  if (purpose !== undefined) return false;
  // Browsers say what they ask a page for: to show it, and not for a script, a frame or an image.
  const destination = headers['sec-fetch-dest'];
  if (destination !== undefined && destination !== 'document') return false;
  return kind === 'file' || headers.accept?.includes('text/html') === true;
}
