// Somebody's wish to hear when a question is answered to that message, once, after the documents or the FAQ have changed.

import type { Engine } from "../../../src/engine.ts";
import type { Log, Platform } from "../log.ts";
import type { State } from "../state/state.ts";
import { type Event, type Store, StoreError, type WaitingQuestion } from "../state/store.ts";
import { mends } from "./learning.ts";

export interface HearingOptions {
  readonly engine: () => Engine;
  readonly state: State;
  readonly platform: Platform;
  readonly log: Log;
  /** The delivery that tells somebody; its key is the same for the same wish. */
  readonly eventOf: (waiting: WaitingQuestion) => Event;
  /** How often it is looked whether another corpus answers; a second by default. */
  readonly lookMs?: number;
}

export interface Hearing {
  start(): void;
  /** Looks no more and waits for what is under way. */
  stop(): Promise<void>;
}

const LOOK_MS = 1000;
/** Looks until wishes that came since are asked of the same engine: somebody may want to hear what is answered already. */
const LOOKS_BETWEEN = 30;

/** Asks what people wait for of every corpus that comes to answer, the first one included, and keeps what to tell them. */
export const createHearing = (options: HearingOptions): Hearing => new Looking(options);

class Looking implements Hearing {
  private answering: Engine | null = null;
  /** What that engine was asked. */
  private readonly asked = new Set<string>();
  private looks = 0;
  private timer: NodeJS.Timeout | undefined;
  private underWay: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(private readonly options: HearingOptions) {}

  start(): void {
    this.timer = setTimeout(() => {
      this.underWay = this.look().finally(() => {
        if (!this.isStopped) this.start();
      });
    }, this.options.lookMs ?? LOOK_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.underWay;
  }

  private async look(): Promise<void> {
    const { engine, state, platform, log } = this.options;
    const store = state.store();
    if (engine() !== this.answering) this.asked.clear();
    else if (this.looks++ % LOOKS_BETWEEN !== 0) return;
    this.answering = engine();
    if (store === null) return;
    try {
      for (const waiting of await store.waits.list(platform)) await this.ask(waiting, this.answering, store);
    } catch (error) {
      if (error instanceof StoreError) state.away(error);
      else log.error({ platform, err: error }, "those who wait for an answer could not be told");
    }
  }

  private async ask(waiting: WaitingQuestion, engine: Engine, { outbox, waits }: Store): Promise<void> {
    const name = `${waiting.receipt}:${waiting.person}`;
    if (this.isStopped || this.asked.has(name)) return;
    if (mends(await engine.answer(waiting.question, waiting.after), waiting.substance)) {
      // Kept first: should the process end between the two, the event's key says that it was kept.
      await outbox.accept(this.options.eventOf(waiting));
      await waits.end(waiting);
    }
    this.asked.add(name);
  }
}
