/** Where the first host makes her account; printed by `serve` until she has. */
export function firstStartPath(token: string): string {
  return `/first-start/${token}`;
}

/** Where a new pass phrase is chosen with a code from `variorum user reset`. */
export function resetPath(code: string): string {
  return `/reset/${code}`;
}

/** Where a mail address is confirmed. */
export function mailPath(code: string): string {
  return `/mail/${code}`;
}

/** Where someone invited makes her account. */
export function invitationPath(code: string): string {
  return `/invitations/${code}`;
}
