// Discord on this machine: enough of its REST API and gateway for a real discord.js client, strict about its limits.

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { portOf } from "../../../adapters/shared/health.ts";
import { type Allowed, type ChannelLimit, createBuckets } from "./buckets.ts";
import type { Json } from "./events.ts";
import { createGateway, type Gateway } from "./gateway.ts";
import { type Answer, channelOf, createRest, type Posted, type Request, refusal } from "./rest.ts";

/** A request as Discord got it. */
export interface Got extends Pick<Request, "method" | "path" | "query" | "body"> {
  /** When it arrived, as `performance.now()` counts. */
  readonly at: number;
  /** Whether it was more than its channel takes. */
  readonly wasLimited: boolean;
}

/** What happens to a request instead of being served. */
export type Fault =
  | "500"
  | "500 after commit"
  | "401"
  | "403"
  | "429"
  | "hang"
  | "may not read history"
  | "too late"
  | "forbidden";

export interface StandIn extends Omit<Gateway, "close"> {
  readonly url: string;
  readonly port: number;
  readonly got: readonly Got[];
  readonly posted: readonly Posted[];
  /** JSON for a GET, by path below the version. */
  readonly pages: Map<string, unknown>;
  /** The next requests whose path matches meet these. */
  fail(path: RegExp, ...faults: Fault[]): void;
  /** The same, those of a method only. */
  failOn(method: string, path: RegExp, ...faults: Fault[]): void;
  /** How long a POST takes. */
  delayMs: number;
  /** None unless a test wants it: it takes time. */
  channelLimit: ChannelLimit | null;
  /** The first posted message after those already seen that matches; waits for it. */
  next(matches?: (posted: Posted) => boolean): Promise<Posted>;
  /** Drops what it holds of what has been. */
  forget(): void;
  close(): Promise<void>;
}

export async function startStandIn(): Promise<StandIn> {
  const got: Got[] = [];
  const posted: Posted[] = [];
  const pages = new Map<string, unknown>();
  const faults: { method: string | null; path: RegExp; fault: Fault }[] = [];
  const rest = createRest(pages, (one) => posted.push(one));
  const count = createBuckets();

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    const channel = channelOf(request);
    const allowed = channel === null || self.channelLimit === null ? null : count(channel, self.channelLimit);
    const wasLimited = allowed !== null && allowed.retryAfter !== null;
    got.push({ ...request, at: performance.now(), wasLimited });
    if (request.method === "POST") await sleep(self.delayMs);
    const at = faults.findIndex(
      ({ method, path }) => path.test(request.path) && (method === null || method === request.method),
    );
    const [met] = at < 0 ? [] : faults.splice(at, 1);
    const answered = meet(met?.fault ?? null, request, allowed, rest.serve);
    if (answered !== null) send(outgoing, answered, allowed);
  }
  // A bot that stops hangs up amid its requests.
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => outgoing.destroy(error instanceof Error ? error : undefined));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = portOf(server) ?? 0;
  pages.set("/gateway/bot", gatewayOf(port));
  const gateway = createGateway(server, port);

  const { close: hangUp, dispatch } = gateway;

  const own: Omit<StandIn, Exclude<keyof Gateway, "close" | "dispatch">> = {
    ...{ url: `http://127.0.0.1:${port}`, port, got, posted, pages, delayMs: 0, channelLimit: null },
    fail: (path, ...list) => faults.push(...list.map((fault) => ({ method: null, path, fault }))),
    failOn: (method, path, ...list) => faults.push(...list.map((fault) => ({ method, path, fault }))),
    next: waitFor(posted, () => `nothing was posted; Discord got ${JSON.stringify(got.slice(-3))}`),
    dispatch(event, data) {
      rest.happened(event, data);
      dispatch(event, data);
    },
    forget() {
      for (const list of [got, posted]) list.length = 0;
      rest.forget();
      gateway.forgetEvents();
    },
    async close() {
      hangUp();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  const self: StandIn = Object.assign(gateway, own);
  return self;
}

/** Null where no answer comes. */
function meet(
  fault: Fault | null,
  request: Request,
  allowed: Allowed | null,
  serve: (request: Request) => Answer,
): Answer | null {
  const limited = (retryAfter: number): Answer => ({
    status: 429,
    json: { message: "You are being rate limited.", retry_after: retryAfter, global: false },
  });
  const refusesReply = fault === "may not read history" && Object(request.body).message_reference !== undefined;
  if (fault === "hang") return null;
  if (fault === "403") return refusal(403, "Missing Access", 50001);
  if (fault === "401") return refusal(401, "401: Unauthorized");
  if (fault === "500") return refusal(500, "Internal Server Error");
  if (fault === "429") return limited(0.05);
  if (fault === "too late") return refusal(404, "Unknown interaction", 10062);
  if (fault === "forbidden") return refusal(403, "Missing Permissions", 50013);
  if (refusesReply) return refusal(400, "Cannot reply without permission to read message history", 160002);
  if (allowed !== null && allowed.retryAfter !== null) return limited(allowed.retryAfter);
  const served = serve(request);
  return fault === "500 after commit" ? refusal(500, "Internal Server Error") : served;
}

async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const raw = await text(incoming);
  const [path = "", query = ""] = (incoming.url ?? "").replace(/^\/v10/, "").split("?");
  return {
    method: incoming.method ?? "",
    path: decodeURIComponent(path),
    query,
    body: raw === "" ? null : JSON.parse(raw),
  };
}

function send(outgoing: ServerResponse, { status, json }: Answer, allowed: Allowed | null): void {
  const retry = status === 429 ? { "retry-after": String(Object(json).retry_after) } : {};
  const type = json === undefined ? {} : { "content-type": "application/json" };
  outgoing.writeHead(status, { ...type, ...retry, ...allowed?.headers });
  outgoing.end(json === undefined ? undefined : JSON.stringify(json));
}

const WAIT_MS_MAX = 8_000;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits for the first that was not yet waited for. */
function waitFor(posted: readonly Posted[], complaint: () => string): StandIn["next"] {
  const seen = new Set<Posted>();
  return async (matches = () => true) => {
    for (const deadline = Date.now() + WAIT_MS_MAX; Date.now() < deadline; await sleep(5)) {
      const found = posted.find((one) => !seen.has(one) && matches(one));
      if (found === undefined) continue;
      seen.add(found);
      return found;
    }
    throw new Error(complaint());
  };
}

/** What a bot is told before it connects. */
export const gatewayOf = (port: number, shards = 1, limit: Json = {}): Json => ({
  ...{ url: `ws://127.0.0.1:${port}`, shards },
  session_start_limit: { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1, ...limit },
});
