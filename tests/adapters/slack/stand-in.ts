// A loopback stand-in for Slack: its Web API, its response addresses and its Socket Mode, recording what it is told and
// refusing what Slack would refuse.

import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { brokenLimits } from "./limits.ts";

export const SECRET = "0123456789abcdef0123456789abcdef";
export const BOT = "U0BOT";
/** Who may change settings. */
export const ADMIN = "U0ADMIN";
const SCOPES = "app_mentions:read,assistant:write,chat:write,commands,im:history,users:read";
/** Those of an app that may read the public channels it is in. */
export const READING_SCOPES = `${SCOPES},channels:history`;

export interface Call {
  /** The method's name, or "respond". */
  readonly method: string;
  readonly token: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly at: number;
}

/** How a call goes wrong, in place of its result. */
export type Trouble =
  | { readonly kind: "error"; readonly error: string; readonly needed?: string }
  | { readonly kind: "status"; readonly status: number; readonly retryAfterS?: number }
  | { readonly kind: "reset" }
  | { readonly kind: "silence" }
  | { readonly kind: "slow"; readonly ms: number }
  /** A message that stands there although its call fails. */
  | { readonly kind: "posted"; readonly butHears: "status" | "reset" };

export interface StandIn {
  readonly apiUrl: string;
  readonly calls: Call[];
  /** What stands in channels, also where whoever posted it did not live to hear so. */
  readonly posted: Call["args"][];
  /** What people have written, as Slack shows it to whoever may read it. */
  readonly written: Readonly<Record<string, unknown>>[];
  /** What else people said wherever one looks; null where the scope to read it is missing. */
  said: readonly Readonly<Record<string, unknown>>[] | null;
  /** The next so many calls of a method meet with this. */
  trouble(method: string, trouble: Trouble, times?: number): void;
  /** A new response address. */
  responseUrl(): string;
  /** Calls of a method so far, once there are as many as wanted. */
  called(method: string, count?: number): Promise<Call[]>;
  /** A method's call of that number, from 1, once it is made. */
  call(method: string, number?: number): Promise<Call>;
  /** Sends an envelope over Socket Mode and resolves with the app's acknowledgement. */
  push(type: string, payload: unknown): Promise<unknown>;
  /** Sends raw text over Socket Mode. */
  pushRaw(text: string): void;
  connected(): Promise<void>;
  /** Drops the Socket Mode connection, as Slack does now and then. */
  hangUp(): void;
  close(): Promise<void>;
}

/** @param scopes what the token has; all that is tried, and what SCOPES names, by default */
export async function startStandIn(scopes?: string): Promise<StandIn> {
  const calls: Call[] = [];
  const posted: Call["args"][] = [];
  const written: Record<string, unknown>[] = [];
  const troubles = new Map<string, Trouble[]>();
  const waiting = new Set<() => void>();
  const acknowledged = new Map<string, (body: unknown) => void>();
  let socket: WebSocket | null = null;
  let envelopes = 0;
  let addresses = 0;

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  const sockets = new WebSocketServer({ server, path: "/link" });
  sockets.on("connection", (connection) => {
    socket = connection;
    connection.send(JSON.stringify({ type: "hello", num_connections: 1 }));
    connection.on("message", (text) => {
      const { envelope_id, payload } = JSON.parse(String(text));
      acknowledged.get(envelope_id)?.(payload);
    });
    notify();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;

  function notify(): void {
    for (const wake of waiting) wake();
  }

  /** Within the second of the thread's first message, and later than that. */
  function post(args: Call["args"]): void {
    const [second = ""] = String(args.thread_ts ?? "1700000001.0").split(".");
    posted.push({ ...args, user: BOT, bot_id: "B0BOT", ts: `${second}.95${String(posted.length).padStart(4, "0")}` });
  }

  async function until(holds: () => boolean, what: string): Promise<void> {
    const deadline = Date.now() + 15_000;
    while (!holds()) {
      if (Date.now() > deadline)
        throw new Error(`waited in vain for ${what}; heard: ${calls.map(({ method }) => method)}`);
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, 100);
        waiting.add(wake);
      });
    }
  }

  async function called(method: string, count = 1): Promise<Call[]> {
    const made = (): Call[] => calls.filter((call) => call.method === method);
    await until(() => made().length >= count, `${count} × ${method}`);
    return made();
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    const method = request.url?.startsWith("/respond/") ? "respond" : (request.url ?? "").replace("/api/", "");
    const args = method === "respond" ? JSON.parse(body) : fromForm(body);
    const token = String(request.headers.authorization ?? `Bearer ${String(args.token ?? "")}`).replace("Bearer ", "");
    calls.push({ method, token, args, at: performance.now() });
    notify();
    const trouble = troubles.get(method)?.shift();
    const send = (value: unknown): void => {
      response.writeHead(200, { "content-type": "application/json", "x-oauth-scopes": scopes ?? SCOPES });
      response.end(method === "respond" ? "ok" : JSON.stringify(value));
    };
    switch (trouble?.kind) {
      case "error":
        if (method === "respond") response.writeHead(404).end(JSON.stringify({ ok: false, error: trouble.error }));
        else send({ ok: false, error: trouble.error, ...(trouble.needed ? { needed: trouble.needed } : {}) });
        return;
      case "status": {
        const after = trouble.retryAfterS === undefined ? {} : { "retry-after": String(trouble.retryAfterS) };
        response.writeHead(trouble.status, after).end("trouble");
        return;
      }
      case "reset":
        request.socket.destroy();
        return;
      case "silence":
        return;
      case "posted":
        post(args);
        if (trouble.butHears === "reset") request.socket.destroy();
        else response.writeHead(502).end("trouble");
        return;
      case "slow":
        await new Promise((resolve) => setTimeout(resolve, trouble.ms));
        break;
      case undefined:
        break;
    }
    if (SHOWING.has(method)) {
      const shown = method.startsWith("views.")
        ? { text: "A view", ...(typeof args.view === "object" ? args.view : {}) }
        : args;
      const isModal = method.startsWith("views.") && method !== "views.publish";
      const broken = [
        ...(Array.isArray(shown.blocks) && shown.blocks.length === 0 ? [] : brokenLimits(shown)),
        ...(isModal && /"(?:context_actions|data_table|table)"/.test(JSON.stringify(args.view))
          ? ["no block of a view"]
          : []),
      ];
      if (broken.length > 0) {
        if (method === "respond") response.writeHead(500).end("invalid_blocks");
        else send({ ok: false, error: "invalid_blocks", response_metadata: { messages: broken } });
        return;
      }
    }
    if (method === "chat.postMessage") post(args);
    if (method === "chat.delete") posted.splice(0, posted.length, ...posted.filter(({ ts }) => ts !== args.ts));
    if (READING.has(method)) {
      const needed = String(args.channel).startsWith("D") ? "im:history" : "channels:history";
      const isMissing = scopes !== undefined && !scopes.split(",").includes(needed);
      if (isMissing || standIn.said === null) return send({ ok: false, error: "missing_scope", needed });
    }
    send({
      ok: true,
      ...RESULTS[method],
      ...(READING.has(method) ? { messages: [...(standIn.said ?? []), ...shown(args)] } : {}),
      ...(method === "users.info" ? { user: { id: args.user, is_admin: args.user === ADMIN } } : {}),
      ...(method === "apps.connections.open" ? { url: `ws://127.0.0.1:${port}/link` } : {}),
    });
  }

  /** A thread with what opens it, the oldest first; without one the top of a conversation, the newest first. */
  function shown({ channel, ts: thread, oldest = "0", latest = "9" }: Call["args"]): unknown[] {
    const there = [...written, ...posted].filter((message) => message.channel === channel);
    const ordered = there.sort((one, other) => (String(one.ts) < String(other.ts) ? -1 : 1));
    const isWithin = ({ ts }: Call["args"]): boolean => String(ts) > String(oldest) && String(ts) < String(latest);
    if (thread === undefined) return ordered.filter((one) => one.thread_ts === undefined && isWithin(one)).reverse();
    return ordered.filter((one) => one.ts === thread || (one.thread_ts === thread && isWithin(one)));
  }

  const standIn: StandIn = {
    said: [],
    apiUrl: `http://127.0.0.1:${port}/api/`,
    calls,
    posted,
    written,
    trouble: (method, trouble, times = 1) => {
      troubles.set(method, [...(troubles.get(method) ?? []), ...Array.from({ length: times }, () => trouble)]);
    },
    responseUrl: () => `http://127.0.0.1:${port}/respond/${++addresses}`,
    called,
    call: async (method, number = 1) => {
      const call = (await called(method, number))[number - 1];
      if (call === undefined) throw new Error(`no call ${number} of ${method}`);
      return call;
    },
    push: async (type, payload) => {
      await until(() => socket !== null, "a connection");
      const envelope_id = `envelope-${++envelopes}`;
      const heard = new Promise((resolve) => acknowledged.set(envelope_id, resolve));
      socket?.send(JSON.stringify({ type, envelope_id, payload, accepts_response_payload: false }));
      return heard;
    },
    pushRaw: (text) => socket?.send(text),
    connected: () => until(() => socket !== null, "a connection"),
    hangUp: () => {
      socket?.terminate();
      socket = null;
    },
    close: async () => {
      for (const connection of sockets.clients) connection.terminate();
      sockets.close();
      server.close();
      server.closeAllConnections();
    },
  };
  return standIn;
}

/** Posts a body to an app's HTTP door, signed as Slack signs. */
export async function deliver(
  port: number,
  body: string,
  { form = false, stamp = Math.floor(Date.now() / 1000), secret = SECRET, headers = {} }: Delivery = {},
): Promise<number> {
  const signature = `v0=${createHmac("sha256", secret).update(`v0:${stamp}:${body}`).digest("hex")}`;
  const response = await fetch(`http://127.0.0.1:${port}/slack/events`, {
    method: "POST",
    body,
    headers: {
      "content-type": form ? "application/x-www-form-urlencoded" : "application/json",
      "x-slack-signature": signature,
      "x-slack-request-timestamp": String(stamp),
      ...headers,
    },
  });
  await response.arrayBuffer();
  return response.status;
}

export interface Delivery {
  readonly form?: boolean;
  /** Seconds. */
  readonly stamp?: number;
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Methods that need a scope for the kind of conversation. */
const READING = new Set(["conversations.replies", "conversations.history"]);
/** Methods that show blocks. */
const SHOWING = new Set([
  ...["respond", "chat.postMessage", "chat.postEphemeral"],
  ...["views.publish", "views.open", "views.update", "views.push"],
]);

const RESULTS: Readonly<Record<string, object>> = {
  "auth.test": {
    url: "https://tea.slack.com/",
    team: "Tea",
    user: "footnote",
    team_id: "T1",
    user_id: BOT,
    bot_id: "B0BOT",
  },
  "chat.postMessage": { channel: "C1", ts: "1700000001.000100" },
};

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

/** The Web API takes forms whose values may be JSON. */
function fromForm(body: string): Record<string, unknown> {
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([key, value]) => {
      const isJson = /^[[{]|^(?:true|false)$/.test(value);
      return [key, isJson ? JSON.parse(value) : value];
    }),
  );
}
