// The report of a week into a channel of the operators, each Monday, once, whichever process is first.

import type { Engine } from "../../../src/engine.ts";
import type { Log, Platform } from "../log.ts";
import { clean } from "../one-line.ts";
import { dayOf } from "../state/counts.ts";
import type { State } from "../state/state.ts";
import { type Event, StoreError } from "../state/store.ts";
import { count } from "../wording.ts";
import { ID_SHOWN } from "./inbox.ts";
import { makeReport, type Report, shareOf, sinceDay } from "./report.ts";

export interface WeeklyOptions {
  readonly state: State;
  readonly platform: Platform;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The delivery that posts it. */
  readonly eventOf: (key: string) => Event;
  /** How often it is looked whether it is time; a minute by default. */
  readonly lookMs?: number;
}

export interface Weekly {
  start(): void;
  stop(): void;
}

const LOOK_MS = 60_000;
const MONDAY = 1;
/** UTC. The rest of the day is shorter than the outbox keeps a key, so that no week is posted twice. */
const FROM_HOUR = 8;
const MISSES_MAX = 5;

export function createWeekly({ state, platform, log, now, eventOf, lookMs = LOOK_MS }: WeeklyOptions): Weekly {
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    const at = new Date(now());
    if (at.getUTCDay() !== MONDAY || at.getUTCHours() < FROM_HOUR) return;
    try {
      await state.store()?.outbox.accept(eventOf(`${platform}:report:${dayOf(at.getTime())}`));
    } catch (error) {
      if (error instanceof StoreError) state.away(error);
      else log.error({ platform, err: error }, "the weekly report could not be kept");
    }
  };
  return {
    start() {
      void look();
      timer = setInterval(() => void look(), lookMs);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}

/**
 * The last seven days in plain lines without mark-up; null while there is no store.
 * @throws StoreError where it can't be read
 */
export async function weekIn(state: State, engine: Engine): Promise<readonly string[] | null> {
  const store = state.store();
  return store === null ? null : linesOf(await makeReport(store, engine, sinceDay("7d", store.now())));
}

function linesOf({ since, until, totals, votes, misses, old }: Report): readonly string[] {
  const { asked, answered, led, unknown } = totals;
  const open = misses
    .slice(0, MISSES_MAX)
    .map(({ id, asked: times, question }) => `${times} × ${clean(question)} (${id.slice(0, ID_SHOWN)})`);
  return [
    `${since} to ${until}: ${count(asked, "question")}, ${answered} answered (${shareOf(answered, asked)}), ${led} led, ${unknown} without an answer; ${count(votes.up, "vote")} for, ${votes.down} against.`,
    ...(open.length === 0 ? [] : ["Most asked, still open (footnote inbox mends them):", ...open]),
    ...(old.length === 0 ? [] : [`Cited, and older than a year: ${old.map(({ document }) => document).join(", ")}`]),
  ];
}
