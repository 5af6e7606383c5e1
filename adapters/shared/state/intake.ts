// An event to its one answer: kept before it is acknowledged, then worked on under a lease, again where that failed.

import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { ZodError } from "zod";
import { OperatorError } from "../../../src/errors.ts";
import { createUnderWay } from "../in-flight.ts";
import type { Log, Platform } from "../log.ts";
import { ATTEMPTS_MAX, type Event, LEASE_MS, type Store, StoreError, type TakenEvent } from "./store.ts";

export interface IntakeOptions {
  readonly platform: Platform;
  /** Which events it works on, as they name their platform; the platform's by default. */
  readonly queue?: string;
  readonly log: Log;
  /** The store, or null while there is none. */
  readonly store: () => Store | null;
  /** Hears of a store that can't be used just now. */
  readonly onAway: (error: StoreError) => void;
  /** Who is first to answer what can't be kept. */
  readonly isFirst: (key: string) => Promise<boolean>;
  /**
   * Answers an event, or finds on a further attempt that it was answered.
   * @throws where it should be tried again
   */
  readonly work: (event: TakenEvent, kept: Held | null) => Promise<void>;
  readonly onRetry?: () => void;
  /** Tells its person that an event can't be answered in time; left out, all are kept, however many wait. */
  readonly refuse?: (event: Event) => Promise<void>;
  readonly leaseMs?: number;
  /** How long an event may have to wait before it is begun; two minutes by default. */
  readonly patienceMs?: number;
}

/** The hold on an event that is kept. */
export interface Held {
  /** Whether it is this process's still: asked before anything is posted, since a process may have slept through its lease. */
  isOurs(): Promise<boolean>;
  /** Waits without keeping others from being answered. */
  aside(wait: () => Promise<void>): Promise<void>;
}

export interface Intake {
  /**
   * Sees to it that an event is answered; it may be acknowledged once this resolves. It is kept then, or, where it
   * can't be kept, answered.
   * @throws where neither was possible: then it must not be acknowledged, so that it is delivered again
   */
  take(event: Event): Promise<void>;
  /** Works on what is kept, also on what other processes have left. */
  start(): void;
  /** Takes nothing more and waits for what is under way. */
  stop(): Promise<void>;
}

/** Enough to wait for several of a platform's answers at once, few enough to leave others to other processes. */
const UNDER_WAY_MAX = 16;
const POLL_MS = 1000;
/** Who has waited longer has asked somebody else. */
const PATIENCE_MS = 2 * 60 * 1000;
/** So many wait for no time worth a word. */
const WAITING_MIN = 4 * UNDER_WAY_MAX;
const COUNTED_FOR_MS = 1000;
/** Of the last answers' times in their mean. */
const LAST_SHARE = 0.1;
const SWEEP_MS = 60_000;

export const createIntake = (options: IntakeOptions): Intake => new Worker(options);

class Worker implements Intake {
  private readonly holder = `${hostname()}:${process.pid}:${randomUUID()}`;
  private readonly underWay = createUnderWay();
  private readonly leaseMs: number;
  private running = 0;
  private isFilling = false;
  /** Something came in while the last one was being taken. */
  private isWoken = false;
  private isStarted = false;
  private sweptAt = 0;
  /** What an event takes, without what it only waits. */
  private meanMs = 0;
  private waiting = { count: 0, countedAt: Number.NEGATIVE_INFINITY };
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: IntakeOptions) {
    this.leaseMs = options.leaseMs ?? LEASE_MS;
  }

  async take(event: Event): Promise<void> {
    const { store, isFirst, work, onAway } = this.options;
    try {
      const kept = store();
      if (kept !== null) {
        if (await this.comesTooLate(kept)) this.refuse(event);
        else if (await kept.outbox.accept(event)) void this.fill();
        return;
      }
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      onAway(error);
    }
    if (!(await isFirst(event.key))) return;
    const unkept = { ...event, attempt: 1, acceptedAt: Date.now(), holder: this.holder };
    await this.underWay.add(work(unkept, null));
  }

  start(): void {
    this.isStarted = true;
    const turn = (): void => {
      void this.fill();
      this.sweep().catch((error) => this.heard(error));
      this.timer = setTimeout(turn, POLL_MS);
    };
    turn();
  }

  async stop(): Promise<void> {
    this.isStarted = false;
    clearTimeout(this.timer);
    await this.underWay.done();
  }

  private async fill(): Promise<void> {
    this.isWoken = true;
    if (this.isFilling || !this.isStarted) return;
    const { store, platform, queue = platform } = this.options;
    this.isFilling = true;
    try {
      while (this.isStarted && this.running < UNDER_WAY_MAX) {
        this.isWoken = false;
        const event = (await store()?.outbox.take(queue, this.holder)) ?? null;
        if (event === null && this.isWoken) continue;
        if (event === null) break;
        this.running++;
        void this.underWay.add(this.attempt(event)).finally(() => {
          this.running--;
          void this.fill();
        });
      }
    } catch (error) {
      this.heard(error);
    } finally {
      this.isFilling = false;
    }
  }

  /** Whether what is taken in now would be begun when nobody wants it any more. */
  private async comesTooLate({ outbox }: Store): Promise<boolean> {
    const { refuse, patienceMs = PATIENCE_MS } = this.options;
    if (refuse === undefined) return false;
    const at = performance.now();
    if (at - this.waiting.countedAt > COUNTED_FOR_MS)
      this.waiting = { count: (await outbox.depth()).open, countedAt: at };
    else this.waiting.count++;
    const { count } = this.waiting;
    return count > WAITING_MIN && (count * this.meanMs) / UNDER_WAY_MAX > patienceMs;
  }

  private refuse(event: Event): void {
    const { refuse, log, platform } = this.options;
    log.warn({ platform, event: event.key, waiting: this.waiting.count }, "refused: it could not be answered in time");
    const telling = refuse?.(event) ?? Promise.resolve();
    void this.underWay.add(telling.catch((error) => this.heard(error)));
  }

  /** Never rejects. */
  private async attempt(event: TakenEvent): Promise<void> {
    const kept = this.options.store();
    if (kept === null) return;
    const renewEveryMs = this.leaseMs / 3;
    let renewedAt = performance.now();
    const renew = async (): Promise<boolean> => {
      const at = performance.now();
      const isOurs = await kept.outbox.renew(event);
      if (isOurs) renewedAt = at;
      return isOurs;
    };
    const isOurs = async (): Promise<boolean> => performance.now() - renewedAt < renewEveryMs || renew();
    const renewing = setInterval(() => void renew().catch((error) => this.heard(error)), renewEveryMs);
    const beganAt = performance.now();
    let asideMs = 0;
    const aside = async (wait: () => Promise<void>): Promise<void> => {
      const from = performance.now();
      await this.aside(wait);
      asideMs += performance.now() - from;
    };
    try {
      await this.options.work(event, { isOurs, aside });
      this.meanMs += LAST_SHARE * (performance.now() - beganAt - asideMs - this.meanMs);
      clearInterval(renewing);
      await kept.outbox.done(event);
    } catch (error) {
      clearInterval(renewing);
      if (error instanceof StoreError) return this.heard(error);
      await this.giveBack(kept, event, problemOf(error)).catch((second) => this.heard(second));
    }
  }

  private async aside(wait: () => Promise<void>): Promise<void> {
    this.running--;
    void this.fill();
    try {
      await wait();
    } finally {
      this.running++;
    }
  }

  private async giveBack(kept: Store, event: TakenEvent, problem: string): Promise<void> {
    const { log, platform, onRetry } = this.options;
    const about = { platform, event: event.key, attempt: event.attempt, problem };
    if (await kept.outbox.failed(event, problem)) {
      onRetry?.();
      log.warn(about, "not answered yet, tried again");
    } else if (event.attempt < ATTEMPTS_MAX) log.info(about, "left to the process that took it over");
    else log.error({ ...about, remedy: "answer it yourself: it is not tried again" }, "given up");
  }

  private async sweep(): Promise<void> {
    const { log, platform } = this.options;
    const kept = this.options.store();
    if (kept === null || Date.now() - this.sweptAt < SWEEP_MS) return;
    this.sweptAt = Date.now();
    const { expired, died } = await kept.care.sweep();
    if (expired > 0) log.warn({ platform, expired }, "too late to answer: the platform takes these no more");
    if (died > 0) log.error({ platform, died, remedy: "look at the log before each end" }, "given up");
  }

  private heard(error: unknown): void {
    const { log, platform, onAway } = this.options;
    if (error instanceof StoreError) onAway(error);
    else log.error({ platform, err: error }, "the outbox failed");
  }
}

/** One line, without what a request holds. */
const problemOf = (error: unknown): string => {
  if (error instanceof OperatorError) return error.what;
  if (error instanceof ZodError)
    return `not as expected: ${error.issues.map(({ path }) => path.join(".") || "all of it").join(", ")}`;
  if (!(error instanceof Error)) return "unknown";
  return "code" in error ? `${error.name} ${String(error.code)}` : error.message;
};
