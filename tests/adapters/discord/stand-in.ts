// Discord on this machine: enough of its REST API and gateway for a real discord.js client, strict about its limits.

import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { type WebSocket, WebSocketServer } from "ws";
import { BOT, CHANNEL, GUILD, guildOf, type Json, readyOf, STATIC_MESSAGE, user } from "./events.ts";
import { brokenLimits, message as messageShape, type Wire } from "./limits.ts";

/** A request as Discord got it. */
export interface Got {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** When it arrived, as `performance.now()` counts. */
  readonly at: number;
  /** Whether it was more than its channel takes. */
  readonly wasLimited: boolean;
}

/** A message or interaction response that was taken. */
export interface Posted extends Wire {
  readonly id: string;
  readonly where: string;
}

/** What happens to a request instead of being served. */
export type Fault = "500" | "500 after commit" | "401" | "429" | "hang" | "may not read history";

/** How many messages a channel takes in how long; every response says what is left. */
export interface ChannelLimit {
  readonly messages: number;
  readonly everyMs: number;
}

/** Discord does not document it; this is what its responses say. */
export const CHANNEL_LIMIT: ChannelLimit = { messages: 5, everyMs: 5_000 };

export interface StandIn {
  readonly url: string;
  readonly got: readonly Got[];
  readonly posted: readonly Posted[];
  /** What was identified and resumed with, in order. */
  readonly sessions: readonly ("identify" | "resume")[];
  readonly intents: readonly number[];
  /** JSON for a GET, by path below the version. */
  readonly pages: Map<string, unknown>;
  /** The next requests whose path matches meet these. */
  fail(path: RegExp, ...faults: Fault[]): void;
  /** Sends an event to the connected client; kept for a resume where none is connected. */
  dispatch(event: string, data: Json): void;
  send(frame: Json): void;
  /** Ends the client's connection with a close code. */
  drop(code: number): void;
  /** What a resume is answered with; true replays what was missed. */
  takesResume: boolean;
  /** Closes every identify with this code. */
  refusesWith: number | null;
  /** How long a POST takes. */
  delayMs: number;
  /** None unless a test wants it: it takes time. */
  channelLimit: ChannelLimit | null;
  connected(): Promise<void>;
  /** The first posted message after those already seen that matches; waits for it. */
  next(matches?: (posted: Posted) => boolean): Promise<Posted>;
  close(): Promise<void>;
}

export async function startStandIn(): Promise<StandIn> {
  const got: Got[] = [];
  const posted: Posted[] = [];
  const seen = new Set<Posted>();
  const sessions: ("identify" | "resume")[] = [];
  const intents: number[] = [];
  const pages = new Map<string, unknown>();
  const faults: { path: RegExp; fault: Fault }[] = [];
  const nonces = new Map<string, Json>();
  const answered = new Set<string>();
  const events: Json[] = [];
  let socket: WebSocket | null = null;
  let ids = 500000000000000000n;
  let onPosted = (): void => {};

  const allow = createBuckets();

  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const [path = "", query = ""] = (request.url ?? "").replace(/^\/v10/, "").split("?");
    const { method = "" } = request;
    const allowed =
      method === "POST" && /^\/channels\/\d+\/messages$/.test(path) ? allow(path, self.channelLimit) : null;
    got.push({ method, path, body, at: performance.now(), wasLimited: allowed?.retryAfter !== undefined });
    const reply = (status: number, json: unknown, change: Record<string, string> = {}): void => {
      const headers = { ...allowed?.headers, ...change };
      response.writeHead(status, json === undefined ? headers : { "content-type": "application/json", ...headers });
      response.end(json === undefined ? undefined : JSON.stringify(json));
    };
    if (self.delayMs > 0 && method === "POST") await new Promise((resolve) => setTimeout(resolve, self.delayMs));
    const at = faults.findIndex((one) => one.path.test(path));
    const fault = at < 0 ? null : (faults.splice(at, 1)[0]?.fault ?? null);
    if (fault === "hang") return;
    if (fault === "401") return reply(401, { message: "401: Unauthorized", code: 0 });
    if (fault === "500") return reply(500, { message: "Internal Server Error", code: 0 });
    if (fault === "429")
      return reply(
        429,
        { message: "You are being rate limited.", retry_after: 0.05, global: false },
        { "retry-after": "0.05" },
      );
    if (fault === "may not read history" && body !== null && typeof body === "object" && "message_reference" in body)
      return reply(400, { message: "Cannot reply without permission to read message history", code: 160002 });
    if (allowed?.retryAfter !== undefined)
      return reply(429, { message: "You are being rate limited.", retry_after: allowed.retryAfter, global: false });
    const served = serve(method, path, query, body);
    if (fault === "500 after commit") return reply(500, { message: "Internal Server Error", code: 0 });
    reply(served.status, served.json);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const gateway = new WebSocketServer({ server });

  function serve(method: string, path: string, query: string, body: unknown): { status: number; json?: unknown } {
    if (method === "GET" && path === "/gateway/bot") return { status: 200, json: gatewayOf(port) };
    if (method === "GET" && pages.has(path)) return { status: 200, json: pages.get(path) };
    if (method === "PUT" && pages.has(path)) {
      const kept = path.endsWith("/commands") ? keptOf(path, body) : body;
      pages.set(path, kept);
      return { status: 200, json: kept };
    }
    const [, channel] = /^\/channels\/(\d+)\/messages$/.exec(path) ?? [];
    if (method === "POST" && channel !== undefined) return take(`channel ${channel}`, body, channel);
    const [, id, token] = /^\/interactions\/(\d+)\/(\w+)\/callback$/.exec(path) ?? [];
    if (method === "POST" && id !== undefined && token !== undefined) return respond(id, query, body);
    if (method === "POST" && /^\/webhooks\/\d+\/\w+$/.test(path)) return take("followup", body, CHANNEL);
    return { status: 404, json: { message: `404: Not Found ${method} ${path}`, code: 0 } };
  }

  function take(where: string, body: unknown, channel: string): { status: number; json: unknown } {
    const broken = brokenLimits(body);
    if (broken.length > 0)
      return { status: 400, json: { message: `Invalid Form Body: ${broken.join("; ")}`, code: 50035 } };
    const wire = messageShape.parse(body);
    const { nonce, enforce_nonce } = wire as { nonce?: string; enforce_nonce?: boolean };
    const known = enforce_nonce && nonce !== undefined ? nonces.get(nonce) : undefined;
    if (known !== undefined) return { status: 200, json: known };
    const id = String(ids++);
    const json = { ...wire, id, channel_id: channel, author: user(BOT, true), ...STATIC_MESSAGE, nonce };
    if (nonce !== undefined) nonces.set(nonce, json);
    posted.push({ ...wire, id, where });
    onPosted();
    return { status: 200, json };
  }

  function respond(id: string, query: string, body: unknown): { status: number; json?: unknown } {
    if (answered.has(id))
      return { status: 400, json: { message: "Interaction has already been acknowledged.", code: 40060 } };
    answered.add(id);
    const { type, data = {} } = body as { type: number; data?: Json };
    if (type === 8) {
      posted.push({ ...data, id: "", where: "autocomplete" });
      onPosted();
      return { status: 204 };
    }
    const taken = take("interaction", data, CHANNEL);
    if (taken.status !== 200) return taken;
    if (!query.includes("with_response=true")) return { status: 204 };
    const message = taken.json as Json;
    return {
      status: 200,
      json: { interaction: { id, type: 2, response_message_id: message.id }, resource: { type, message } },
    };
  }

  gateway.on("connection", (client) => {
    const send = (frame: Json): void => client.send(JSON.stringify(frame));
    send({ op: 10, d: { heartbeat_interval: 41_250 } });
    client.on("message", (data) => {
      const { op, d } = JSON.parse(String(data)) as { op: number; d: Json };
      if (op === 1) send({ op: 11 });
      if (op === 2) {
        sessions.push("identify");
        intents.push(Number(d.intents));
        if (self.refusesWith !== null) return client.close(self.refusesWith);
        events.length = 0;
        socket = client;
        self.dispatch("READY", readyOf(port));
        self.dispatch("GUILD_CREATE", guildOf());
      }
      if (op === 6) {
        sessions.push("resume");
        if (!self.takesResume) return send({ op: 9, d: false });
        socket = client;
        for (const event of events.slice(Number(d.seq))) send(event);
        self.dispatch("RESUMED", {});
      }
    });
    client.on("close", () => {
      if (socket === client) socket = null;
    });
  });

  const self: StandIn = {
    url: `http://127.0.0.1:${port}`,
    got,
    posted,
    sessions,
    intents,
    pages,
    takesResume: true,
    refusesWith: null,
    delayMs: 0,
    channelLimit: null,
    fail: (path, ...list) => faults.push(...list.map((fault) => ({ path, fault }))),
    dispatch(event, data) {
      const frame = { op: 0, t: event, s: events.length + 1, d: data };
      events.push(frame);
      socket?.send(JSON.stringify(frame));
    },
    send: (frame) => socket?.send(JSON.stringify(frame)),
    drop: (code) => {
      const old = socket;
      socket = null;
      old?.close(code);
    },
    async connected() {
      while (socket === null) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    async next(matches = () => true) {
      const deadline = Date.now() + 8_000;
      for (;;) {
        const found = posted.find((one) => !seen.has(one) && matches(one));
        if (found !== undefined) {
          seen.add(found);
          return found;
        }
        if (Date.now() > deadline) throw new Error(`nothing was posted; Discord got ${JSON.stringify(got.slice(-3))}`);
        await new Promise<void>((resolve) => {
          onPosted = resolve;
          setTimeout(resolve, 200);
        });
      }
    },
    async close() {
      for (const client of gateway.clients) client.terminate();
      gateway.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return self;
}

/** A bucket of messages for each channel: what its responses say, and how long to wait where it is empty. */
function createBuckets() {
  const buckets = new Map<string, { left: number; resetAt: number }>();
  return (path: string, limit: ChannelLimit | null) => {
    if (limit === null) return null;
    const now = performance.now();
    const known = buckets.get(path);
    const bucket =
      known === undefined || known.resetAt <= now ? { left: limit.messages, resetAt: now + limit.everyMs } : known;
    buckets.set(path, bucket);
    const resetAfter = (bucket.resetAt - now) / 1000;
    const isEmpty = bucket.left === 0;
    if (!isEmpty) bucket.left--;
    const headers = {
      "x-ratelimit-bucket": "messages",
      "x-ratelimit-limit": String(limit.messages),
      "x-ratelimit-remaining": String(bucket.left),
      "x-ratelimit-reset-after": resetAfter.toFixed(3),
      ...(isEmpty ? { "retry-after": resetAfter.toFixed(3), "x-ratelimit-scope": "user" } : {}),
    };
    return { headers, retryAfter: isEmpty ? resetAfter : undefined };
  };
}

/** Commands as Discord keeps them: with ids and defaults; for one server, without who may use them and where. */
function keptOf(path: string, commands: unknown): Json[] {
  const added = { application_id: BOT, version: "1", nsfw: false, default_member_permissions: null };
  const own = path.includes("/guilds/") ? { guild_id: GUILD, contexts: null, integration_types: [0] } : {};
  return (commands as Json[]).map((command, at) => ({ id: String(at + 1), ...added, ...command, ...own }));
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const raw = await text(request);
  return raw === "" ? null : JSON.parse(raw);
}

const gatewayOf = (port: number): Json => ({
  url: `ws://127.0.0.1:${port}`,
  shards: 1,
  session_start_limit: { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 },
});
