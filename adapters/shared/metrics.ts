// What a bot does to numbers that Prometheus reads: GET /metrics, beside the health.

import type { IncomingMessage, ServerResponse } from "node:http";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Reply } from "../../src/reply.ts";
import type { Journal, Platform } from "./log.ts";

export const METRICS_PATH = "/metrics";

/** What is asked anew whenever somebody reads. */
export interface Watched {
  /** Events that wait, and events that were given up; null while there is no store. */
  depth(): Promise<{ readonly open: number; readonly dead: number } | null>;
  isHealthy(): boolean;
  /** Of the corpus that answers. */
  corpus(): { readonly hash: string; readonly openedAt: number };
}

export interface Metrics {
  answered(reply: Reply, latencyMs: number): void;
  limited(): void;
  voted(value: "up" | "down"): void;
  /** An event is tried again. */
  retried(): void;
  /** The connection to the platform was made anew. */
  reconnected(): void;
  /** Says what to ask; until then only what was counted is told. */
  watch(watched: Watched): void;
  /** Answers one request. */
  tell(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** A journal that also counts. */
export const counting = (journal: Journal, metrics: Metrics | undefined): Journal =>
  metrics === undefined
    ? journal
    : {
        answered(answered) {
          metrics.answered(answered.reply, answered.latencyMs);
          journal.answered(answered);
        },
        limited(limited) {
          metrics.limited();
          journal.limited(limited);
        },
        voted(vote) {
          // Why comes as a second press.
          if (vote.reason === undefined) metrics.voted(vote.value);
          journal.voted(vote);
        },
      };

/** From what a person takes for at once to what a platform gives up at. */
const LATENCY_BUCKETS_S = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Numbers of one process. */
export function createMetrics(platform: Platform): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ platform });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const answers = new Counter({
    ...{ name: "footnote_answers_total", help: "Questions that were replied to, by kind of reply and reason." },
    ...{ labelNames: ["kind", "reason"], registers },
  });
  const seconds = new Histogram({
    ...{ name: "footnote_answer_seconds", help: "From an event's arrival to its posted reply." },
    ...{ buckets: LATENCY_BUCKETS_S, registers },
  });
  const votes = new Counter({
    ...{ name: "footnote_votes_total", help: "Votes on replies.", labelNames: ["value"], registers },
  });
  const counter = (name: string, help: string): Counter => new Counter({ name, help, registers });
  const limits = counter("footnote_limited_total", "Questions above a person's limit.");
  const retries = counter("footnote_retries_total", "Events that had to be tried again.");
  const reconnects = counter("footnote_reconnects_total", "Connections to the platform that were made anew.");
  let watched: Watched | null = null;
  watchAll(registers, () => watched);
  return {
    answered: (reply, latencyMs) => {
      answers.inc({ kind: reply.kind, reason: reply.kind === "unknown" ? reply.reason : "" });
      seconds.observe(latencyMs / 1000);
    },
    limited: () => limits.inc(),
    voted: (value) => votes.inc({ value }),
    retried: () => retries.inc(),
    reconnected: () => reconnects.inc(),
    watch: (what) => {
      watched = what;
    },
    tell: (request, response) => tell(registry, request, response),
  };
}

/** Numbers that are asked for when they are read. */
function watchAll(registers: Registry[], watched: () => Watched | null): void {
  // A store that is away has no numbers, and says so in the log.
  const depth = async () =>
    (await watched()
      ?.depth()
      .catch(() => null)) ?? null;
  new Gauge({
    ...{
      name: "footnote_store_up",
      help: "1 while what must not be lost is kept; 0 calls for a look at the log.",
      registers,
    },
    async collect() {
      this.set((await depth()) === null ? 0 : 1);
    },
  });
  new Gauge({
    ...{ name: "footnote_events", help: "Events that wait for their answer, and such that were given up." },
    ...{ labelNames: ["state"], registers },
    async collect() {
      const events = await depth();
      this.reset();
      if (events === null) return;
      this.set({ state: "open" }, events.open);
      this.set({ state: "dead" }, events.dead);
    },
  });
  new Gauge({
    ...{ name: "footnote_healthy", help: "1 while questions reach the bot.", registers },
    collect() {
      this.set(watched()?.isHealthy() ? 1 : 0);
    },
  });
  new Gauge({
    ...{ name: "footnote_corpus_info", help: "1, with the hash of the corpus that answers." },
    ...{ labelNames: ["hash"], registers },
    collect() {
      this.reset();
      const corpus = watched()?.corpus();
      if (corpus !== undefined) this.set({ hash: corpus.hash }, 1);
    },
  });
  new Gauge({
    ...{ name: "footnote_corpus_age_seconds", help: "Since the corpus that answers was opened.", registers },
    collect() {
      const corpus = watched()?.corpus();
      if (corpus !== undefined) this.set((Date.now() - corpus.openedAt) / 1000);
    },
  });
}

async function tell(registry: Registry, { method }: IncomingMessage, response: ServerResponse): Promise<void> {
  if (method !== "GET" && method !== "HEAD") {
    response.writeHead(405).end();
    return;
  }
  const text = await registry.metrics();
  response.writeHead(200, { "content-type": registry.contentType, "cache-control": "no-store" });
  response.end(method === "HEAD" ? undefined : text);
}
