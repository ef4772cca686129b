import { type Audience, audiences, type Stage, stages, type ThreadSetting } from './work.ts';

/** What an account is in its archive, in rising order: each may what those before it may. */
export const accountRoles = ['reader', 'writer', 'archivist', 'moderator', 'host'] as const;
export type Role = (typeof accountRoles)[number];

/** A name under which someone writes. `id` is public and random; whose it is stands nowhere in public. */
export interface Pseud {
  readonly id: string;
  readonly name: string;
}

/** Someone with an account who is signed in. */
export interface AccountActor {
  readonly kind: 'account';
  /** Private: in no public page, file or address. */
  readonly id: string;
  readonly role: Role;
  readonly pseuds: readonly Pseud[];
  /** Whether she signed in with all that the archive asks of her role: moderators and hosts without are archivists until then. */
  readonly strong: boolean;
  /** Suspended people may read, and take away what is theirs; nothing else. */
  readonly suspended?: boolean;
}

/** Whoever asks for something. */
export type Actor = { readonly kind: 'guest' } | AccountActor;

/** Whoever has not signed in. */
export const guest: Actor = { kind: 'guest' };

/** What a permission may depend on of the thing asked for: a work, or a comment with its work. */
export interface Subject {
  /** The ids of the pseuds credited as its authors; empty for an import that nobody has claimed. */
  readonly creators: readonly string[];
  /** The ids of the pseuds who read its drafts. */
  readonly betas: readonly string[];
  readonly stage: Stage;
  readonly audience: Audience;
  /** Whether the key of its secret link was given. */
  readonly secret: boolean;
  /** Of its thread; `open` when not said. */
  readonly thread?: ThreadSetting;
  /** The id of the pseud who wrote the comment that is asked for; null for anybody else. */
  readonly author?: string | null;
  /** Whether the archive and the author let guests comment. */
  readonly guests?: boolean;
}

/** What someone can be to the thing asked for. */
const ties = ['creator', 'beta', 'author', 'link', 'unclaimed'] as const;
/** `link` holds its secret link; `unclaimed` is any archivist, where nobody here is credited. */
type Tie = (typeof ties)[number];

/** One of the ways to be allowed: whom, and where it matters in which stages, for which audiences, in which threads. */
interface Grant {
  /** The least role; or what one must be to the thing. */
  readonly to: 'everyone' | Role | Tie;
  readonly stages?: readonly Stage[];
  readonly audiences?: readonly Audience[];
  readonly threads?: readonly ThreadSetting[];
}

/** Who may do something: whoever one of the grants is for. */
export interface Permission {
  /** What it is, as a person would say it. */
  readonly label: string;
  readonly grants: readonly Grant[];
  /** Guests only where archive and author let them (`Subject.guests`). */
  readonly guestsWhereLet?: true;
  /** Also while suspended. */
  readonly evenSuspended?: true;
}

const notRemoved = stages.filter((stage) => stage !== 'removed');
const beforeReaders: readonly Stage[] = ['draft', 'scheduled'];
const byLink: readonly Audience[] = audiences.filter((audience) => audience !== 'hosts');
const forEveryone: Pick<Grant, 'stages' | 'audiences'> = { stages: ['published'], audiences: ['everyone'] };
const forMembers: Pick<Grant, 'stages' | 'audiences'> = {
  stages: ['published'],
  audiences: ['members', 'everyone'],
};
const toReaders: readonly Grant[] = [
  { to: 'everyone', ...forEveryone },
  { to: 'reader', ...forMembers },
  { to: 'link', stages: [...beforeReaders, 'published'], audiences: byLink },
  { to: 'creator', stages: notRemoved },
  { to: 'unclaimed', stages: notRemoved },
  { to: 'moderator', stages: ['published', 'hidden'] },
  { to: 'host', stages: notRemoved },
];
const talking: Pick<Grant, 'threads'> = { threads: ['open', 'approval'] };

/** Everything that can be done, and who may. `docs/permissions.md` shows it; every route names its line. */
export const permissions = {
  'read the archive': {
    label: 'Read lists, searches, feeds and pages that are public; keep settings of one’s own',
    grants: [{ to: 'everyone' }],
    evenSuspended: true,
  },
  'read as a member': {
    label: 'See lists of what is for those who are signed in',
    grants: [{ to: 'reader' }],
    evenSuspended: true,
  },
  'set up the archive': {
    label: 'Make the first host’s account, with the address printed at the first start',
    grants: [{ to: 'everyone' }],
  },
  'sign in': {
    label: 'Sign in and out, sign up, ask for an account, recover one',
    grants: [{ to: 'everyone' }],
    evenSuspended: true,
  },
  'read a work': {
    label: 'Read a work, its comments, map, states and books',
    grants: toReaders,
    evenSuspended: true,
  },
  'see a picture': {
    label: 'See a picture that stands in a text one may read',
    grants: [...toReaders, { to: 'beta', stages: [...beforeReaders, 'published'] }],
    evenSuspended: true,
  },
  'read a draft': {
    label: 'Read what of a work is not public yet: its newest draft',
    grants: [
      { to: 'link', stages: beforeReaders, audiences: byLink },
      { to: 'beta', stages: [...beforeReaders, 'published'] },
      { to: 'creator', stages: notRemoved },
      { to: 'unclaimed', stages: notRemoved },
      { to: 'host', stages: notRemoved },
    ],
    evenSuspended: true,
  },
  'read old states': {
    label: 'Read what a work was before, where its author has not opened that to its readers',
    grants: [
      { to: 'link', stages: beforeReaders, audiences: byLink },
      { to: 'creator', stages: notRemoved },
      { to: 'unclaimed', stages: notRemoved },
      { to: 'moderator', stages: ['hidden'] },
      { to: 'host', stages: notRemoved },
    ],
    evenSuspended: true,
  },
  'give a verdict': {
    label: 'Say which ending one prefers',
    grants: [
      { to: 'everyone', ...forEveryone },
      { to: 'reader', ...forMembers },
      { to: 'link', stages: [...beforeReaders, 'published'], audiences: byLink },
      { to: 'creator', stages: [...beforeReaders, 'published'] },
      { to: 'host', stages: [...beforeReaders, 'published'] },
    ],
  },
  comment: {
    label: 'Comment and answer',
    grants: [
      { to: 'everyone', ...forEveryone, ...talking },
      { to: 'reader', ...forMembers, ...talking },
      { to: 'link', stages: ['published'], audiences: ['link'], ...talking },
      { to: 'creator', stages: ['published'], ...talking },
    ],
    guestsWhereLet: true,
  },
  'edit a comment': {
    label: 'Change a comment of one’s own',
    grants: [{ to: 'author', stages: ['published'], threads: ['open', 'approval'] }],
  },
  'delete a comment': {
    label: 'Take a comment away',
    grants: [
      { to: 'author', stages: notRemoved },
      { to: 'creator', stages: notRemoved },
      { to: 'moderator', stages: notRemoved },
    ],
    evenSuspended: true,
  },
  'moderate a thread': {
    label: 'Approve, freeze and hide comments; open and close a thread',
    grants: [
      { to: 'creator', stages: notRemoved },
      { to: 'moderator', stages: notRemoved },
    ],
  },
  'write a work': {
    label: 'Begin a work of one’s own, and see one’s studio',
    grants: [{ to: 'writer' }],
  },
  'revise a work': {
    label: 'Change its text, header, choices and settings; save, compare and restore states',
    grants: [
      { to: 'creator', stages: ['draft', 'scheduled', 'published'] },
      { to: 'unclaimed', stages: ['draft', 'scheduled', 'published'] },
    ],
  },
  'suggest changes': {
    label: 'Comment on the words of a draft and propose others',
    grants: [
      { to: 'beta', stages: ['draft', 'scheduled', 'published'] },
      { to: 'creator', stages: ['draft', 'scheduled', 'published'] },
    ],
  },
  'answer an invitation': {
    label: 'Accept or decline a part in a work: as beta, co-author, or to be named; leave it again',
    grants: [{ to: 'reader' }],
  },
  'publish a work': {
    label: 'Publish, schedule and unpublish a work',
    grants: [
      { to: 'creator', stages: ['draft', 'scheduled', 'published'] },
      { to: 'unclaimed', stages: ['draft', 'scheduled', 'published'] },
      { to: 'host', stages: ['draft', 'scheduled', 'published', 'hidden'] },
    ],
  },
  'delete a work': {
    label: 'Delete or orphan a work of one’s own, or erase a text from all its states',
    grants: [
      { to: 'creator', stages: notRemoved },
      { to: 'host', stages: notRemoved },
    ],
    evenSuspended: true,
  },
  'moderate a work': {
    label: 'Hide a work from view, and show it again',
    grants: [{ to: 'moderator', stages: ['published', 'hidden'] }],
  },
  'see statistics': {
    label: 'See how a work is read',
    grants: [
      { to: 'creator', stages: notRemoved },
      { to: 'unclaimed', stages: notRemoved },
      { to: 'host', stages: notRemoved },
    ],
  },
  'import pages': {
    label: 'Bring in saved pages and exports',
    grants: [{ to: 'archivist' }],
  },
  'see all imports': {
    label: 'See what others brought in, and what became of it',
    grants: [{ to: 'host' }],
  },
  'decide an import': {
    label: 'Decide what an import left undecided, and see the pages it came from',
    grants: [
      { to: 'unclaimed', stages: notRemoved },
      { to: 'creator', stages: notRemoved },
      { to: 'host', stages: notRemoved },
    ],
  },
  'manage my account': {
    label: 'Change one’s sign-in, pen names and sessions; take one’s data, or the account, away',
    grants: [{ to: 'reader' }],
    evenSuspended: true,
  },
  'manage people': {
    label: 'Invite people, answer requests, give roles, suspend and reset accounts',
    grants: [{ to: 'host' }],
  },
  'configure the archive': {
    label: 'Change the archive’s name, rules, contact and who may sign up',
    grants: [{ to: 'host' }],
  },
} as const satisfies Readonly<Record<string, Permission>>;

/** Something that can be done. */
export type Action = keyof typeof permissions;

/**
 * Whether someone may do something, to `subject` where the action is about a work or a comment. Without a subject,
 * a line that asks for a stage, an audience or a tie answers no: nothing is allowed by forgetting.
 */
export function may(actor: Actor, action: Action, subject?: Subject): boolean {
  const permission: Permission = permissions[action];
  if (actor.kind === 'account' && actor.suspended === true && permission.evenSuspended !== true) return false;
  if (actor.kind === 'guest' && permission.guestsWhereLet === true && subject?.guests !== true) return false;
  return permission.grants.some((grant) => isFor(grant, actor, subject) && fits(grant, subject));
}

/** The role someone acts in now: hosts and moderators act as archivists until they have given their second factor. */
function actingRole(actor: Actor): Role | undefined {
  if (actor.kind === 'guest') return undefined;
  const isHigh = accountRoles.indexOf(actor.role) > accountRoles.indexOf('archivist');
  return isHigh && !actor.strong ? 'archivist' : actor.role;
}

function isFor({ to }: Grant, actor: Actor, subject: Subject | undefined): boolean {
  if (to === 'everyone') return true;
  if (to === 'link') return subject?.secret === true;
  if (to === 'unclaimed') return subject?.creators.length === 0 && isAtLeast(actor, 'archivist');
  if (to === 'creator') return isAmong(actor, subject?.creators);
  if (to === 'beta') return isAmong(actor, subject?.betas);
  if (to === 'author') return isAmong(actor, subject?.author ? [subject.author] : []);
  return isAtLeast(actor, to);
}

function fits(
  { stages: inStages, audiences: forThese, threads }: Grant,
  subject: Subject | undefined,
): boolean {
  return (
    (inStages === undefined || (subject !== undefined && inStages.includes(subject.stage))) &&
    (forThese === undefined || (subject !== undefined && forThese.includes(subject.audience))) &&
    (threads === undefined || (subject !== undefined && threads.includes(subject.thread ?? 'open')))
  );
}

function isAtLeast(actor: Actor, role: Role): boolean {
  const acting = actingRole(actor);
  return acting !== undefined && accountRoles.indexOf(acting) >= accountRoles.indexOf(role);
}

function isAmong(actor: Actor, pseuds: readonly string[] | undefined): boolean {
  return actor.kind === 'account' && actor.pseuds.some(({ id }) => pseuds?.includes(id) === true);
}
