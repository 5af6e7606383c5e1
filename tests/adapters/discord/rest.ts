// A request to what Discord's REST API answers: messages and responses within its limits are kept, others refused.

import { BOT, BOT_ROLE, CHANNEL, DM, fresh, GUILD, type Json, STATIC_MESSAGE, user } from "./events.ts";
import { brokenLimits, message as messageShape, type Wire } from "./limits.ts";

/** A message or interaction response that was taken. */
export interface Posted extends Wire {
  readonly id: string;
  readonly where: string;
}

export interface Request {
  readonly method: string;
  /** Below the version. */
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly json?: unknown;
}

const MESSAGES = /^\/channels\/(\d+)\/messages$/;
const MESSAGE = /^\/channels\/(\d+)\/messages\/(\d+)$/;
const THREADS = /^\/channels\/\d+\/messages\/(\d+)\/threads$/;
const CALLBACK = /^\/interactions\/(\d+)\/(\w+)\/callback$/;
const LOADING = 1 << 7;
const EPHEMERAL = 1 << 6;
const FOLLOW_UP = /^\/webhooks\/\d+\/\w+$/;
const ORIGINAL = /^\/webhooks\/\d+\/(\w+)\/messages\/@original$/;

/** The channel that a request posts a message to. */
export const channelOf = ({ method, path }: Request): string | null =>
  (method === "POST" ? MESSAGES.exec(path)?.[1] : null) ?? null;

export interface Rest {
  serve(request: Request): Answer;
  /** Hears of what the gateway tells: it stands in its channel too. */
  happened(event: string, data: Json): void;
  /** Drops every message, response and nonce. */
  forget(): void;
}

/**
 * @param pages JSON for a GET, by path; a PUT changes it
 * @param onPosted called with everything that a person would see
 */
export function createRest(pages: Map<string, unknown>, onPosted: (posted: Posted) => void): Rest {
  const nonces = new Map<string, Json>();
  const answered = new Set<string>();
  /** Responses by the interaction's token. */
  const originals = new Map<string, unknown>();
  /** Messages by channel, the newest first. */
  const standing = new Map<string, Json[]>();
  /** Interactions by their id. */
  const interactions = new Map<string, Json>();

  function take(where: string, body: unknown, channel: string, more: Json = {}): Answer {
    const broken = brokenLimits(body);
    if (broken.length > 0) return refusal(400, `Invalid Form Body: ${broken.join("; ")}`, 50035);
    const wire = messageShape.parse(body);
    const { nonce, enforce_nonce } = wire as { nonce?: string; enforce_nonce?: boolean };
    const known = enforce_nonce && nonce !== undefined ? nonces.get(nonce) : undefined;
    if (known !== undefined) return { status: 200, json: known };
    const id = fresh();
    const json = { ...wire, id, channel_id: channel, author: user(BOT, true), ...STATIC_MESSAGE, nonce, ...more };
    if (nonce !== undefined) nonces.set(nonce, json);
    const isHidden = (Number(wire.flags) & EPHEMERAL) !== 0;
    if (!isHidden) stand(channel, json);
    onPosted({ ...wire, id, where });
    return { status: 200, json };
  }

  function stand(channel: string, message: Json): void {
    standing.set(channel, [message, ...(standing.get(channel) ?? [])]);
  }

  function respond(id: string, token: string, query: string, body: unknown): Answer {
    if (answered.has(id)) return refusal(400, "Interaction has already been acknowledged.", 40060);
    answered.add(id);
    const { type, data = {} } = body as { type: number; data?: Json };
    if (type === 5) {
      originals.set(token, { id: fresh(), flags: LOADING | Number(data.flags ?? 0) });
      return { status: 204 };
    }
    if (type === 8) {
      onPosted({ ...data, id: "", where: "autocomplete" });
      return { status: 204 };
    }
    const to = interactions.get(id) ?? {};
    const by = { id, type: to.type ?? 2, user: Object(to.member).user ?? to.user, authorizing_integration_owners: {} };
    const pressed = to.message === undefined ? {} : { interacted_message_id: Object(to.message).id };
    const taken = take("interaction", data, String(to.channel_id ?? CHANNEL), {
      ...{ type: 20, interaction_metadata: { ...by, ...pressed } },
    });
    if (taken.status !== 200) return taken;
    originals.set(token, taken.json);
    if (!query.includes("with_response=true")) return { status: 204 };
    const message = taken.json as Json;
    const interaction = { id, type: 2, response_message_id: message.id };
    return { status: 200, json: { interaction, resource: { type, message } } };
  }

  /** A message that a person wrote is one of the pages. */
  function one({ method, body }: Request, channel: string, id: string): Answer {
    const all = standing.get(channel) ?? [];
    const known = all.find((message) => message.id === id);
    if (known === undefined) return refusal(404, "Unknown Message", 10008);
    if (method === "GET") return { status: 200, json: known };
    if (method === "PATCH") return take(`edit ${id}`, body, channel);
    standing.set(
      channel,
      all.filter((message) => message !== known),
    );
    return { status: 204 };
  }

  /** The response to an interaction: looked at, put in the place of the acknowledgement, or taken away. */
  function originalOf(method: string, token: string, body: unknown): Answer {
    const original = originals.get(token);
    if (original === undefined) return refusal(404, "Unknown Message", 10008);
    if (method === "GET") return { status: 200, json: original };
    originals.delete(token);
    if (method === "DELETE") return { status: 204 };
    const shown = Object(original).flags & EPHEMERAL;
    const taken = take("interaction", { ...Object(body), flags: Number(Object(body).flags ?? 0) | shown }, CHANNEL);
    if (taken.status === 200) originals.set(token, taken.json);
    return taken;
  }

  function listed(channel: string, query: string): Json[] {
    const asked = new URLSearchParams(query);
    const [after, before] = [
      BigInt(asked.get("after") ?? 0),
      BigInt(asked.get("before") ?? Number.MAX_SAFE_INTEGER * 1e3),
    ];
    const isBetween = ({ id }: Json): boolean => BigInt(String(id)) > after && BigInt(String(id)) < before;
    return (standing.get(channel) ?? []).filter(isBetween).slice(0, Number(asked.get("limit") ?? 50));
  }

  const serve = (request: Request): Answer => {
    const { method, path, query, body } = request;
    if (method === "GET" && path === "/users/@me/guilds") return { status: 200, json: pageOf(pages.get(path), query) };
    if (method === "GET" && pages.has(path)) return { status: 200, json: pages.get(path) };
    if (method === "PUT" && pages.has(path)) {
      pages.set(path, keptOf(path, body));
      return { status: 200, json: pages.get(path) };
    }
    const channel = channelOf(request);
    if (channel !== null) return take(`channel ${channel}`, body, channel);
    if (method === "POST" && path === "/users/@me/channels") return { status: 200, json: { id: DM, type: 1 } };
    const [, thread] = THREADS.exec(path) ?? [];
    if (method === "POST" && thread !== undefined) return { status: 201, json: { id: thread, ...Object(body) } };
    const [, within, id = ""] = MESSAGE.exec(path) ?? [];
    if (within !== undefined && method !== "POST") return one(request, within, id);
    const [, interaction, token = ""] = CALLBACK.exec(path) ?? [];
    if (method === "POST" && interaction !== undefined) return respond(interaction, token, query, body);
    const [, looked] = MESSAGES.exec(path) ?? [];
    if (method === "GET" && looked !== undefined) return { status: 200, json: listed(looked, query) };
    const [, responded] = ORIGINAL.exec(path) ?? [];
    if (responded !== undefined) return originalOf(method, responded, body);
    if (method === "POST" && FOLLOW_UP.test(path)) return take("followup", body, CHANNEL);
    return refusal(404, `404: Not Found ${method} ${path}`);
  };
  return {
    serve,
    happened(event, data) {
      if (event === "MESSAGE_CREATE") stand(String(data.channel_id), readableOf(data));
      if (event === "INTERACTION_CREATE") interactions.set(String(data.id), data);
    },
    forget: () => {
      for (const held of [nonces, answered, originals, standing, interactions]) held.clear();
    },
  };
}

/** A message as Discord shows it to a bot without the privileged intent: what it says only where that concerns the bot. */
function readableOf(message: Json): Json {
  const { guild_id, mentions, mention_roles } = message;
  const isMentioned = JSON.stringify([mentions, mention_roles]).match(new RegExp(`"(?:${BOT}|${BOT_ROLE})"`)) !== null;
  return guild_id === undefined || isMentioned ? message : { ...message, content: "", attachments: [], embeds: [] };
}

export const refusal = (status: number, message: string, code = 0): Answer => ({ status, json: { message, code } });

/** As many servers as asked for, by their ids, from behind the one named. */
function pageOf(servers: unknown, query: string): Json[] {
  const asked = new URLSearchParams(query);
  const after = BigInt(asked.get("after") ?? 0);
  const all = (servers as Json[] | undefined) ?? [];
  return all.filter(({ id }) => BigInt(String(id)) > after).slice(0, Math.min(200, Number(asked.get("limit") ?? 200)));
}

/** Commands as Discord keeps them: with ids and defaults; for one server, without who may use them and where. */
function keptOf(path: string, commands: unknown): Json[] {
  const added = { application_id: BOT, version: "1", nsfw: false, default_member_permissions: null };
  const own = path.includes("/guilds/") ? { guild_id: GUILD, contexts: null, integration_types: [0] } : {};
  return (commands as Json[]).map((command, at) => ({ id: String(at + 1), ...added, ...command, ...own }));
}
