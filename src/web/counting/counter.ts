import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Gone, NotFound } from '../../errors.ts';
import { countsOf, type DayCounted } from '../../model/reading.ts';
import { oldestDay } from '../../model/span.ts';
import type { WorkView } from '../../model/views.ts';
import { findSession } from '../../store/accounts.ts';
import { addReadings, condenseReadings, isCounted } from '../../store/readings.ts';
import { readSettings } from '../../store/settings.ts';
import { findHands } from '../../store/writing.ts';
import { sessionIn } from '../actor.ts';
import type { Archive } from '../archive.ts';
import { tell } from '../reading/story.ts';
import { keptWorks } from '../serving/kept.ts';
import { network, senderOf } from '../session.ts';
import { type AskedOpening, isForSomeone, isPersonal, openingAt } from './opening.ts';
import { type ReaderMark, type Today, todayBy } from './today.ts';

/** Counts how works are read, for their authors: what is counted and what is not stands in `docs/statistics.md`. */
export interface Counter {
  /** Takes note of a page that was answered with its words, or with 304. Nothing is asked of the store now. */
  note(incoming: IncomingMessage): void;
  /** Writes down what was counted so far. */
  write(): Promise<void>;
  /** Writes down the rest and counts no more. */
  stop(): Promise<void>;
}

/** Something that was opened, until it is looked at. */
interface Noted extends AskedOpening {
  readonly today: Today;
  readonly reader: ReaderMark;
  /** The token of a session that came with it: authors do not count as their own readers. */
  readonly session: string | undefined;
}

/** How long things wait to be looked at, and counts to be written; a crash loses as much. In milliseconds. */
const lookEvery = 1_000;
const writeEvery = 10 * 60_000;
/** What comes faster than this is no reading. */
const mostNoted = 20_000;
/** Different counts that may wait to be written. */
const mostCounts = 100_000;

/** Begins to count. `now` is milliseconds since 1970; `report` hears of a store that fails, which is tried again. */
export function countReadings(
  archive: Archive,
  report: (error: unknown) => void,
  now: () => number = Date.now,
): Counter {
  const today = todayBy(now);
  const counts = new Map<string, DayCounted>();
  let noted: Noted[] = [];
  let looking: NodeJS.Timeout | undefined;
  let condensed: string | undefined;
  let under: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    clearTimeout(looking);
    looking = undefined;
    const taken = noted;
    noted = [];
    if (taken.length === 0 || !(await readSettings(archive.store)).countReadings) return;
    for (const [workId, openings] of Map.groupBy(taken, (n) => n.workId)) {
      for (const counted of await countedOf(archive, workId, openings)) {
        const key = `${workId} ${counted.day} ${counted.kind} ${counted.key}`;
        const times = (counts.get(key)?.times ?? 0) + 1;
        if (times > 1 || counts.size < mostCounts) counts.set(key, { ...counted, workId, times });
      }
    }
  };
  const write = async (): Promise<void> => {
    await look();
    await addReadings(archive.store, [...counts.values()]);
    counts.clear();
    // Asking which day it is drops yesterday's key, should nobody read today.
    const { day } = today();
    if (condensed === day) return;
    await condenseReadings(archive.store, oldestDay(day));
    condensed = day;
  };
  /** One step after the other: what is being written must not be added to. */
  const inTurn = (step: () => Promise<void>): Promise<void> => {
    under = under.then(step).catch(report);
    return under;
  };

  const timer = setInterval(() => void inTurn(write), writeEvery);
  timer.unref();
  return {
    note(incoming) {
      const { headers } = incoming;
      const opening = openingAt(incoming.url ?? '', headers.referer);
      if (opening === undefined || incoming.method !== 'GET' || noted.length >= mostNoted) return;
      if (!isForSomeone(headers, opening.kind)) return;
      const day = today();
      const reader = readerOf(incoming, day, archive.config.proxies);
      if (reader === undefined) return;
      const { workId, kind, key, from } = opening;
      if (!day.isFirst(reader, `${workId} ${kind} ${key} ${from} noted`)) return;
      noted.push({ ...opening, today: day, reader, session: sessionIn(headers.cookie, archive) });
      looking ??= setTimeout(() => void inTurn(look), lookEvery).unref();
    },
    write: () => inTurn(write),
    stop() {
      clearInterval(timer);
      return inTurn(write);
    },
  };
}

/** Who speaks on a connection, until it ends or another speaks there, as behind a proxy. */
interface Speaker {
  readonly today: Today;
  readonly agent: string | undefined;
  readonly forwardedFor: string | undefined;
  /** Undefined for programs. */
  readonly mark: ReaderMark | undefined;
}

const speakers = new WeakMap<Socket, Speaker>();

/** The mark of whoever asks; undefined for programs. Reckoned once a connection: it costs more than all the rest. */
function readerOf(incoming: IncomingMessage, today: Today, proxies: number): ReaderMark | undefined {
  const { socket, headers } = incoming;
  const agent = headers['user-agent'];
  const forwardedFor = headers['x-forwarded-for']?.toString();
  const known = speakers.get(socket);
  if (known?.today === today && known.agent === agent && known.forwardedFor === forwardedFor)
    return known.mark;
  const sender = (): string => network(senderOf(incoming, proxies));
  const mark = isPersonal(agent) ? today.markOf(sender(), agent) : undefined;
  speakers.set(socket, { today, agent, forwardedFor, mark });
  return mark;
}

/** What openings of one work add to its counts. */
async function countedOf(
  archive: Archive,
  workId: string,
  openings: readonly Noted[],
): Promise<readonly Pick<DayCounted, 'day' | 'kind' | 'key'>[]> {
  const work = await readableWork(archive, workId);
  if (work === undefined || !(await isCounted(archive.store, workId))) return [];
  const { graph } = tell(work);
  const own = await ownSessions(archive, workId, openings);
  return openings
    .filter(({ session }) => session === undefined || !own.has(session))
    .flatMap(({ today, reader, ...opening }) =>
      countsOf(graph, opening, (what) => today.isFirst(reader, `${workId} ${what}`)).map((counted) => ({
        ...counted,
        day: today.day,
      })),
    );
}

/** A work that readers can open: drafts, hidden works and those for a few are looked at by people its author knows. */
async function readableWork(archive: Archive, id: string): Promise<WorkView | undefined> {
  try {
    const { work } = await keptWorks(archive).get(id);
    const isForReaders = work.audience === 'everyone' || work.audience === 'members';
    return work.stage === 'published' && isForReaders ? work : undefined;
  } catch (error) {
    if (error instanceof NotFound || error instanceof Gone) return undefined;
    throw error;
  }
}

/** The sessions of those who wrote a work or read its drafts. */
async function ownSessions(
  { store }: Archive,
  workId: string,
  openings: readonly Noted[],
): Promise<ReadonlySet<string>> {
  const sessions = new Set(openings.flatMap(({ session }) => session ?? []));
  const own = new Set<string>();
  if (sessions.size === 0) return own;
  const { creators, betas } = await findHands(store, workId);
  for (const session of sessions) {
    const actor = await findSession(store, session);
    if (actor?.pseuds.some(({ id }) => creators.includes(id) || betas.includes(id)) === true)
      own.add(session);
  }
  return own;
}
