// Discord on this machine: enough of its REST API and gateway for a real discord.js client, strict about its limits.

import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { type WebSocket, WebSocketServer } from "ws";
import { brokenLimits, message as messageShape, type Wire } from "./limits.ts";

export const BOT = "100000000000000001";
export const GUILD = "200000000000000001";
export const CHANNEL = "300000000000000001";
export const THREAD = "300000000000000002";
export const OTHER_THREAD = "300000000000000004";
export const DM = "300000000000000003";
export const ASKER = "400000000000000001";

/** A request as Discord got it. */
export interface Got {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** When it arrived, as `performance.now()` counts. */
  readonly at: number;
}

/** A message or interaction response that was taken. */
export interface Posted extends Wire {
  readonly id: string;
  readonly where: string;
}

/** What happens to a request instead of being served. */
export type Fault = "500" | "500 after commit" | "429" | "hang";

type Json = Record<string, unknown>;

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

  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const [path = "", query = ""] = (request.url ?? "").replace(/^\/v10/, "").split("?");
    const { method = "" } = request;
    got.push({ method, path, body, at: performance.now() });
    const reply = (status: number, json: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, json === undefined ? headers : { "content-type": "application/json", ...headers });
      response.end(json === undefined ? undefined : JSON.stringify(json));
    };
    if (self.delayMs > 0 && method === "POST") await new Promise((resolve) => setTimeout(resolve, self.delayMs));
    const at = faults.findIndex((one) => one.path.test(path));
    const fault = at < 0 ? null : (faults.splice(at, 1)[0]?.fault ?? null);
    if (fault === "hang") return;
    if (fault === "500") return reply(500, { message: "Internal Server Error", code: 0 });
    if (fault === "429")
      return reply(
        429,
        { message: "You are being rate limited.", retry_after: 0.05, global: false },
        { "retry-after": "0.05" },
      );
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
      pages.set(path, body);
      return { status: 200, json: body };
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

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const raw = await text(request);
  return raw === "" ? null : JSON.parse(raw);
}

export const user = (id: string, bot = false): Json => ({
  id,
  username: `user-${id.slice(-2)}`,
  discriminator: "0",
  avatar: null,
  bot,
});

const STATIC_MESSAGE = {
  ...{ timestamp: "2026-01-01T00:00:00.000Z", edited_timestamp: null, tts: false, mention_everyone: false, type: 0 },
  ...{ mentions: [], mention_roles: [], attachments: [], embeds: [], pinned: false },
};

const gatewayOf = (port: number): Json => ({
  url: `ws://127.0.0.1:${port}`,
  shards: 1,
  session_start_limit: { total: 1000, remaining: 999, reset_after: 0, max_concurrency: 1 },
});

const readyOf = (port: number): Json => ({
  v: 10,
  user: user(BOT, true),
  guilds: [{ id: GUILD, unavailable: true }],
  session_id: "session",
  resume_gateway_url: `ws://127.0.0.1:${port}`,
  application: { id: BOT, flags: 0 },
});

const threadOf = (id: string): Json => ({ id, type: 11, name: "thread", guild_id: GUILD, parent_id: CHANNEL });
const UNLOCKED = {
  archived: false,
  auto_archive_duration: 60,
  archive_timestamp: "2026-01-01T00:00:00.000Z",
  locked: false,
};

const guildOf = (): Json => ({
  id: GUILD,
  name: "Guild",
  ...{
    owner_id: ASKER,
    roles: [],
    emojis: [],
    stickers: [],
    features: [],
    members: [],
    presences: [],
    voice_states: [],
  },
  ...{ stage_instances: [], guild_scheduled_events: [], member_count: 2, preferred_locale: "en-US" },
  channels: [{ id: CHANNEL, type: 0, name: "general", guild_id: GUILD, permission_overwrites: [], position: 0 }],
  threads: [THREAD, OTHER_THREAD].map((id) => ({ ...threadOf(id), thread_metadata: UNLOCKED })),
});

let counter = 600000000000000000n;
const fresh = (): string => String(counter++);

/** A message in the guild's channel that mentions the bot where its content does. */
export function messageOf(content: string, change: Json = {}): Json {
  const mentions = content.includes(BOT) ? [user(BOT, true)] : [];
  return {
    ...STATIC_MESSAGE,
    id: fresh(),
    channel_id: CHANNEL,
    guild_id: GUILD,
    author: user(ASKER),
    content,
    mentions,
    ...change,
  };
}

/** A direct message. */
export const directMessageOf = (content: string, change: Json = {}): Json => {
  const { guild_id: _, ...message } = messageOf(content, { channel_id: DM, channel_type: 1, ...change });
  return message;
};

const interaction = (type: number, data: Json, change: Json): Json => ({
  id: fresh(),
  application_id: BOT,
  type,
  token: `token${fresh()}`,
  version: 1,
  guild_id: GUILD,
  channel_id: CHANNEL,
  channel: { id: CHANNEL, type: 0, name: "general", guild_id: GUILD },
  member: {
    user: user(ASKER),
    roles: [],
    joined_at: "2026-01-01T00:00:00.000Z",
    deaf: false,
    mute: false,
    flags: 0,
    permissions: "0",
  },
  app_permissions: "0",
  locale: "en-US",
  entitlements: [],
  authorizing_integration_owners: {},
  attachment_size_limit: 1,
  data,
  ...change,
});

const option = ([name, value]: [string, unknown]): Json => ({ name, value, type: typeof value === "boolean" ? 5 : 3 });

export const commandOf = (name: string, options: Json = {}, change: Json = {}): Json =>
  interaction(2, { id: "1", type: 1, name, options: Object.entries(options).map(option) }, change);

export const completionOf = (name: string, of: string, typed: string): Json =>
  interaction(4, { id: "1", type: 1, name, options: [{ ...option([of, typed]), focused: true }] }, {});

export const menuOf = (content: string): Json => {
  const target = messageOf(content);
  const resolved = { messages: { [String(target.id)]: target } };
  return interaction(2, { id: "1", type: 3, name: "Answer this", target_id: target.id, resolved }, {});
};

/** What makes an interaction one in a thread. */
export const inThread = (id: string): Json => ({ channel_id: id, channel: threadOf(id) });

/** A button below a message of the bot. */
export const pressOf = (customId: string, message: Posted | null, change: Json = {}): Json =>
  interaction(
    3,
    { custom_id: customId, component_type: 2 },
    {
      message: {
        ...messageOf("", { author: user(BOT, true), flags: message?.flags ?? 0 }),
        id: message?.id ?? fresh(),
      },
      ...change,
    },
  );
