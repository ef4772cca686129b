/**
 * The tables as both engines hold them. Columns are text, integers and bytes only: booleans, wide integers and JSON
 * types are where the engines differ, so documents are JSON in text columns and moments are ISO 8601 in UTC.
 */
export interface Schema {
  readonly migrations: MigrationsTable;
  readonly works: WorksTable;
  readonly states: StatesTable;
  readonly texts: TextsTable;
  readonly people: PeopleTable;
  readonly credits: CreditsTable;
  readonly tags: TagsTable;
  readonly work_tags: WorkTagsTable;
  readonly comments: CommentsTable;
  readonly notes: NotesTable;
  readonly blobs: BlobsTable;
  readonly sources: SourcesTable;
  readonly resources: ResourcesTable;
  readonly remarks: RemarksTable;
  readonly decisions: DecisionsTable;
  readonly verdicts: VerdictsTable;
  readonly removals: RemovalsTable;
  readonly forbidden: ForbiddenTable;
  readonly acts: ActsTable;
  readonly creatorships: CreatorshipsTable;
  readonly credit_links: CreditLinksTable;
  readonly suggestions: SuggestionsTable;
  readonly suggestion_replies: SuggestionRepliesTable;
  readonly publications: PublicationsTable;
  readonly drafts: DraftsTable;
  readonly map_places: MapPlacesTable;
  readonly search_docs: SearchDocsTable;
  readonly accounts: AccountsTable;
  readonly pseuds: PseudsTable;
  readonly profiles: ProfilesTable;
  readonly sessions: SessionsTable;
  readonly codes: CodesTable;
  readonly passkeys: PasskeysTable;
  readonly invitations: InvitationsTable;
  readonly sign_up_requests: SignUpRequestsTable;
  readonly archive_settings: ArchiveSettingsTable;
  readonly orphans: OrphansTable;
  readonly mail_addresses: MailAddressesTable;
  readonly import_batches: ImportBatchesTable;
  readonly import_files: ImportFilesTable;
  readonly readings: ReadingsTable;
}

interface MigrationsTable {
  number: number;
  name: string;
  applied_at: string;
}

/** What lists need of a work stands here; its words stand in its current state. */
export interface WorksTable {
  id: string;
  stage: string;
  audience: string;
  thread: string;
  secret: string;
  /** Random, new after every change the public may see. */
  version: string;
  /** The number of the state that readers see. */
  state: number;
  /** The number of the newest state, which its writers go on from. */
  newest: number;
  created_at: string;
  published_at: string | null;
  /** Folded for sorting: see `sortKey`. */
  sort_title: string;
  sort_author: string;
  words: number;
  passages: number;
  endings: number;
  /** Comments whose words or stub the public sees as comments: shown, frozen, collapsed. */
  comments: number;
  /** JSON: the sigla of its largest variant set. */
  sigla: string;
  /**
   * Keyed hash over the words of the state readers see: finds the same story under another name. '' without words;
   * `?` and how many there are until someone asks for it (`findByWords`).
   */
  story_hash: string;
  undecided: number;
  /** JSON: the decisions its Edition came with. */
  decisions: string;
  /** When a scheduled work is to be published. */
  due_at: string | null;
  /** Which states before the one readers see are open to them: nobody (none), published (those they were shown), everyone (all). */
  old_texts: string;
  /** story, note. */
  kind: string;
  /** Where it stands in a calendar by the date it bears: see `calendarKeyOf`. */
  dated: string;
  /** 1 where its readings are counted. */
  counted: number;
}

/** `seal` is a keyed hash of the rest of a row (`sealed`): whoever changes a row seals it anew. Immutable, but for the tombstones of erased texts (which stand in `texts`). */
export interface StatesTable {
  work_id: string;
  number: number;
  made_at: string;
  made_by: string | null;
  why: string;
  /** JSON: Header, PassageEntry[], Choice[], VariantSet[]. */
  header: string;
  entries: string;
  choices: string;
  variant_sets: string;
  seal: string;
}

interface TextsTable {
  /** Keyed hash of work, passage and words: a text is shared by the states of its passage and by nothing else. */
  hash: string;
  work_id: string;
  passage: string;
  /** Null once erased. */
  html: string | null;
  cleaner: number;
  erased_at: string | null;
}

interface PeopleTable {
  id: string;
  kind: string;
  name: string;
  /** '' where no site is said: such a name is one person for all works. */
  site: string;
  sort_name: string;
  seal: string;
}

interface CreditsTable {
  work_id: string;
  position: number;
  person_id: string;
  role: string;
}

interface TagsTable {
  id: string;
  kind: string;
  name: string;
  sort_name: string;
  seal: string;
}

interface WorkTagsTable {
  work_id: string;
  tag_id: string;
  position: number;
}

/** Comments, words and all: unlike the texts of passages, those may change. */
export interface CommentsTable {
  id: string;
  work_id: string;
  parent_id: string | null;
  /** The number of its top-level thread within the work, from 1. */
  thread: number;
  /** Sorts a thread depth first: see `threads.ts`. */
  path: string;
  depth: number;
  /** Its place in the document it came in, from 1; siblings stand in this order. */
  position: number;
  /** Its id there. */
  origin: string | null;
  source: string | null;
  state: string;
  /** pseud, guest, imported, anonymous; null where the source has no name. */
  author_kind: string | null;
  person_id: string | null;
  author_name: string | null;
  /** The id an Edition gives a pseud of another archive. */
  author_ref: string | null;
  subject: string | null;
  html: string;
  /** JSON: WrittenDate or null. */
  posted: string | null;
  edited: string | null;
  posted_key: string;
  /** JSON: About; the sigla it is about, each between spaces, '' for none. */
  about: string;
  sigla: string;
  icon: string | null;
  imported_from: string | null;
  seal: string;
}

interface NotesTable {
  id: string;
  work_id: string;
  position: number;
  title: string | null;
  posted: string | null;
  html: string;
  source: string | null;
  seal: string;
}

/** Bytes by their SHA-256, gzipped where that helps; null once erased. */
export interface BlobsTable {
  sha256: string;
  size: number;
  encoding: string;
  bytes: Uint8Array | null;
  erased_at: string | null;
}

interface SourcesTable {
  work_id: string;
  sha256: string;
  position: number;
  origin: string | null;
  address: string | null;
  importer: string;
  importer_version: number;
  /** JSON: SourceRecord. */
  record: string;
  /** Hashes of what the last reading of these bytes gave: its content, and its remarks and decisions. */
  content_digest: string;
  remarks_digest: string;
  seal: string;
}

interface ResourcesTable {
  work_id: string;
  path: string;
  position: number;
  sha256: string;
  media_type: string;
  /** In pixels, as it is shown; null where nobody looked. */
  width: number | null;
  height: number | null;
}

/** One row for the remarks of one reading; JSON: Remark[]. */
interface RemarksTable {
  work_id: string;
  position: number;
  source: string;
  remarks: string;
  seal: string;
}

interface DecisionsTable {
  sha256: string;
  origin: string | null;
  about: string;
  value: string;
  by: string;
  at: string;
}

/** Files brought in by the browser at one time; `files` is 0 until they were counted. */
interface ImportBatchesTable {
  id: string;
  /** The name of whoever brought them. */
  brought_by: string;
  begun_at: string;
  ended_at: string | null;
  files: number;
}

/** What became of one file of a batch; JSON: ReportLine[]. */
interface ImportFilesTable {
  batch_id: string;
  position: number;
  report: string;
}

interface VerdictsTable {
  work_id: string;
  place: string;
  reader: string;
  address: string | null;
  /** JSON: string[]. */
  sigla: string;
  at: string;
  seq: number;
  seal: string;
}

/** What was taken away for good; the row is all that stays. */
interface RemovalsTable {
  id: string;
  /** work, text, original, import, allow, orphan, pseud, account. */
  kind: string;
  work_id: string | null;
  /** The passage, the SHA-256, or what may not be imported. */
  key: string | null;
  at: string;
  by: string;
  why: string;
  legal: number;
}

interface ForbiddenTable {
  key: string;
  why: string;
  by: string;
  at: string;
}

interface ActsTable {
  id: string;
  at: string;
  by: string;
  /** publish, schedule, unpublish, hide, remove. */
  act: string;
  work_id: string;
  why: string;
}

/** Pseuds of this archive who made a work or are asked to be named on it: asked, accepted, declined. */
interface CreatorshipsTable {
  work_id: string;
  person_id: string;
  role: string;
  position: number;
  answer: string;
  asked_by: string;
  asked_at: string;
  answered_at: string | null;
  /** Whether she stands in the header: named, may (she is to be), never (she does not want to). */
  naming: string;
  /** When a beta's reading ended; she stays named. */
  ended_at: string | null;
}

/** Links by which one person may have a part in a work: the code is kept as a hash only. */
interface CreditLinksTable {
  id: string;
  work_id: string;
  role: string;
  code_hash: string;
  /** The pseud who invites. */
  made_by: string;
  made_at: string;
  until: string;
  /** For whom, as the author wrote it for herself. */
  note: string;
  used_at: string | null;
}

/** What betas say of words in a draft. */
export interface SuggestionsTable {
  id: string;
  work_id: string;
  passage: string;
  /** The pseud of the beta. */
  person_id: string;
  made_at: string;
  /** Its place among those sent together. */
  position: number;
  /** The state it was made on. */
  state: number;
  /** JSON: Anchor; null for a remark on the whole passage. JSON: Replacement; null for a remark. */
  anchor: string | null;
  replacement: string | null;
  note: string;
  status: string;
  answered_at: string | null;
  answered_by: string | null;
  accepted_in: number | null;
  seal: string;
}

interface SuggestionRepliesTable {
  suggestion_id: string;
  number: number;
  person_id: string;
  at: string;
  words: string;
  seal: string;
}

/** The states of a work that its readers were shown, and since when. */
interface PublicationsTable {
  work_id: string;
  state: number;
  at: string;
}

/** What someone typed and has not made a state of. */
interface DraftsTable {
  work_id: string;
  account_id: string;
  /** The key of a passage, `@header`, or `@suggested/` and the key of a passage: what a beta would have it be. */
  part: string;
  document: string;
  /** The state it was made from. */
  base: number;
  /** How often it was saved. */
  number: number;
  saved_at: string;
}

/** Where writers put passages on a work's map: the middle of each, in the map's units. */
interface MapPlacesTable {
  work_id: string;
  passage: string;
  x: number;
  y: number;
}

/** What can be found: one row for the head of a published work and one for each passage, with the engine's own index. */
interface SearchDocsTable {
  id: string;
  work_id: string;
  passage: string | null;
  /** Keyed hash of what can be found by it: one that is as it was need not be indexed again. '' from before it was kept. */
  made_of: string;
}

interface AccountsTable {
  /** Random and private. */
  id: string;
  /** Keyed hash of the folded name one signs in with: whoever reads the table learns no name. */
  sign_in: string;
  /** scrypt with its parameters: see `pass-phrase.ts`. */
  pass_phrase: string;
  role: string;
  made_at: string;
  suspended_at: string | null;
  suspended_why: string;
  /** The secret of her one-time codes, encrypted; null without. */
  totp: string | null;
  /** The last step a code of which was taken: no code is taken twice. */
  totp_step: number;
}

/** Whose a pseud is: the only place that says so. */
interface PseudsTable {
  person_id: string;
  account_id: string;
  position: number;
}

/** What a pseud says of herself; no row where she says nothing. */
interface ProfilesTable {
  person_id: string;
  /** Clean HTML. */
  bio: string | null;
  pronouns: string;
  /** JSON: ProfileLink[]. */
  links: string;
  /** The SHA-256 of her picture, and what it is. */
  icon: string | null;
  icon_type: string | null;
  seal: string;
}

interface SessionsTable {
  token_hash: string;
  /** Names it in the list of sessions. */
  id: string;
  account_id: string;
  label: string;
  strong: number;
  begun_at: string;
  /** The day it was last used, `2026-05-28`. */
  seen_on: string;
}

/** Codes that open an account once: `recovery` kept by its owner, `reset` given by a host, `mail` sent to her address. */
interface CodesTable {
  hash: string;
  account_id: string;
  kind: string;
  until: string | null;
}

interface PasskeysTable {
  /** The credential's id, base64url. */
  id: string;
  account_id: string;
  /** COSE, base64url. */
  public_key: string;
  /** Unsigned, 32 bits: wider than an integer of PostgreSQL. */
  counter: string;
  /** JSON: string[]. */
  transports: string;
  label: string;
  made_at: string;
  used_at: string | null;
}

interface InvitationsTable {
  id: string;
  code_hash: string;
  /** The account that invited; null for the command line. */
  made_by: string | null;
  made_at: string;
  until: string;
  role: string;
  /** For whom, as the host wrote it for herself. */
  note: string;
  used_at: string | null;
}

interface SignUpRequestsTable {
  id: string;
  code_hash: string;
  made_at: string;
  name: string;
  words: string;
  /** waiting, granted, refused. */
  answer: string;
  answered_at: string | null;
}

interface MailAddressesTable {
  account_id: string;
  /** Encrypted. */
  address: string;
  /** 1 where a new pass phrase may be had by it. */
  for_reset: number;
  confirmed_at: string | null;
  /** Of the code that confirms it; '' once it did. */
  code_hash: string;
  code_until: string;
}

/** Works that belong to nobody here since their author took her name off. */
interface OrphansTable {
  work_id: string;
  /** Of the code with which they can be claimed. */
  code_hash: string;
  at: string;
}

/** One row, `archive`; JSON: ArchiveSettings. */
interface ArchiveSettingsTable {
  key: string;
  value: string;
}

/** How often something was done on a day (`2026-05-28`), or in a month long ago (`2026-05`): see `model/reading.ts`. */
interface ReadingsTable {
  work_id: string;
  day: string;
  kind: string;
  key: string;
  times: number;
}
