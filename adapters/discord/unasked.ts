// What Discord shows without being asked just then: answers that somebody waits for, and the week's report to the operators.

import type { REST } from "discord.js";
import type { Engine } from "../../src/engine.ts";
import type { Turn } from "../shared/attend.ts";
import type { Log } from "../shared/log.ts";
import { createHearing, type Hearing } from "../shared/loop/hearing.ts";
import { createWeekly, weekIn } from "../shared/loop/weekly.ts";
import { shorten } from "../shared/shorten.ts";
import type { State } from "../shared/state/state.ts";
import { literal } from "./escape.ts";
import type { Shelf } from "./interactions.ts";
import { QUEUES, type Work } from "./kept.ts";
import { conversationWith, postLines, tellPerson } from "./outgoing.ts";
import { cardOf, type Telling, tellingOf } from "./telling.ts";

/** What answers, and where that is shown. */
interface Means {
  readonly engine: () => Engine;
  readonly shelfOf: (engine: Engine) => Shelf;
  readonly rest: REST;
}

export interface UnaskedOptions {
  /** Left out where nothing is kept. */
  readonly state?: State;
  /** Id of the channel that gets a report each week; null for none. */
  readonly reportChannel: string | null;
  readonly log: Log;
  /** The clock, in milliseconds since 1970. */
  readonly now: () => number;
}

/** Shows one of them. */
export function tellUnasked(
  work: Extract<Work, { readonly kind: "told" | "report" }>,
  turn: Turn,
  means: Means,
  options: Pick<UnaskedOptions, "state" | "reportChannel">,
): Promise<void> {
  return work.kind === "report" ? postReport(turn, means, options) : tellWaiting(work.telling, turn, means);
}

async function postReport(
  turn: Turn,
  { engine, rest }: Means,
  { state, reportChannel }: Pick<UnaskedOptions, "state" | "reportChannel">,
): Promise<void> {
  const lines = state === undefined || reportChannel === null ? null : await weekIn(state, engine());
  if (lines === null || reportChannel === null) return;
  if (!(await turn.isOurs())) throw new Error("another process has taken this over");
  const { text } = shorten(lines.map(literal).join("\n"), CONTENT_LENGTH_MAX);
  await postLines(rest, reportChannel, text, `report${(turn.key ?? "").slice(-10)}`);
}

/** https://docs.discord.com/developers/resources/message#create-message */
const CONTENT_LENGTH_MAX = 2000;

/** Tells somebody who waited for it that their question is answered. */
async function tellWaiting(telling: Telling, turn: Turn, { engine, shelfOf, rest }: Means): Promise<void> {
  const current = engine();
  const card = await cardOf(telling, current, shelfOf(current).view);
  if (card === null) return;
  const { person, below } = telling.address;
  const where = below ?? { id: null, channel: await conversationWith(person, rest) };
  if (!(await turn.isOurs())) throw new Error("another process has taken this over");
  await tellPerson(rest, where, card, person, telling.receipt);
}

/** Keeps an event for each of them when its time has come. */
export function watchUnasked(
  engine: () => Engine,
  state: State,
  { reportChannel, log, now }: Omit<UnaskedOptions, "state">,
): Hearing {
  const about = { state, platform: "discord", log };
  const hearing = createHearing({
    ...{ ...about, engine },
    eventOf: (waiting) => tellingOf(waiting, QUEUES.message, now()),
  });
  const body = JSON.stringify({ kind: "report" } satisfies Work);
  const weekly =
    reportChannel === null
      ? null
      : createWeekly({
          ...{ ...about, now },
          eventOf: (key) => ({ key, platform: QUEUES.message, body, person: null, expiresAt: null }),
        });
  return {
    start() {
      hearing.start();
      weekly?.start();
    },
    async stop() {
      weekly?.stop();
      await hearing.stop();
    },
  };
}
