/** Where one answers what one was asked, and finds the drafts one reads. */
export const betaPath = '/beta';

/** The room in which a beta reads a draft, or with `rest` something in it. */
export function roomPath(workId: string, rest = ''): string {
  return `${betaPath}/${workId}${rest}`;
}

/** Where a beta reads one passage and changes its words. */
export function betaPassagePath(workId: string, key: string): string {
  return roomPath(workId, `/passages/${key}`);
}

/** Where whoever has a link takes a part in a work. */
export function invitedPath(code: string): string {
  return `/invited/${code}`;
}
