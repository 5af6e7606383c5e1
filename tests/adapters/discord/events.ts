// What Discord sends a bot: its server, messages and interactions as the gateway delivers them.

import type { Posted } from "./rest.ts";

export const BOT = "100000000000000001";
export const GUILD = "200000000000000001";
/** The role that Discord makes for the bot, of the same name. */
export const BOT_ROLE = "700000000000000001";
export const OTHER_ROLE = "700000000000000002";
export const CHANNEL = "300000000000000001";
export const THREAD = "300000000000000002";
export const OTHER_THREAD = "300000000000000004";
export const DM = "300000000000000003";
export const ASKER = "400000000000000001";

export type Json = Record<string, unknown>;

export const user = (id: string, bot = false): Json => ({
  id,
  username: `user-${id.slice(-2)}`,
  discriminator: "0",
  avatar: null,
  bot,
});

export const STATIC_MESSAGE = {
  ...{ timestamp: "2026-01-01T00:00:00.000Z", edited_timestamp: null, tts: false, mention_everyone: false, type: 0 },
  ...{ mentions: [], mention_roles: [], attachments: [], embeds: [], pinned: false },
};

export const readyOf = (port: number): Json => ({
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

export const guildOf = (): Json => ({
  id: GUILD,
  name: "Guild",
  ...{
    owner_id: ASKER,
    roles: [roleOf(BOT_ROLE, { bot_id: BOT }), roleOf(OTHER_ROLE, {})],
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

const roleOf = (id: string, tags: Json): Json => ({
  ...{ id, name: "Footnote", color: 0, hoist: false, position: 1, permissions: "0", mentionable: false, flags: 0 },
  ...{ managed: "bot_id" in tags, tags },
});

let counter = 600000000000000000n;
/** An id later than every other. */
export const fresh = (): string => String(counter++);

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

/** An option that begins with a snowflake's mark is a person. */
const option = ([name, value]: [string, unknown]): Json => {
  const person = /^@(\d+)$/.exec(String(value))?.[1];
  return person === undefined
    ? { name, value, type: typeof value === "boolean" ? 5 : 3 }
    : { name, value: person, type: 6 };
};

export function commandOf(name: string, options: Json = {}, change: Json = {}): Json {
  const list = Object.entries(options).map(option);
  const people = list.flatMap(({ type, value }) => (type === 6 ? [String(value)] : []));
  const resolved = { users: Object.fromEntries(people.map((id) => [id, user(id)])) };
  return interaction(2, { id: "1", type: 1, name, options: list, resolved }, change);
}

export const completionOf = (name: string, of: string, typed: string): Json =>
  interaction(4, { id: "1", type: 1, name, options: [{ ...option([of, typed]), focused: true }] }, {});

export const menuOf = (content: string): Json => {
  const target = messageOf(content);
  const resolved = { messages: { [String(target.id)]: target } };
  return interaction(2, { id: "1", type: 3, name: "Answer this", target_id: target.id, resolved }, {});
};

/** A command on a message of the bot's. */
export function menuOn(name: string, target: Posted, message: Json, change: Json = {}): Json {
  const shown = { ...messageOf("", { author: user(BOT, true), components: target.components ?? [] }), ...message };
  const data = { id: "1", type: 3, name, target_id: target.id, resolved: { messages: { [target.id]: shown } } };
  Object.assign(shown, { id: target.id, flags: target.flags ?? 0 });
  return interaction(2, data, change);
}

/** What makes an interaction another person's. */
export const by = (person: string, permissions = "0"): Json => ({
  member: { user: user(person), roles: [], joined_at: "2026-01-01T00:00:00.000Z", flags: 0, permissions },
});

/** What makes an interaction one in a thread. */
export const inThread = (id: string): Json => ({ channel_id: id, channel: threadOf(id) });

/** What makes an interaction one in a chat of several people, of which the bot sees nothing else. */
export const inGroupChat = (): Json => ({
  ...{ guild_id: undefined, member: undefined, user: user(ASKER), context: 2 },
  ...{ channel_id: "300000000000000005", channel: { id: "300000000000000005", type: 3, name: "tea" } },
});

/** A button below a message of the bot. */
export const pressOf = (customId: string, message: Posted | null, change: Json = {}): Json =>
  interaction(
    3,
    { custom_id: customId, component_type: 2 },
    {
      message: {
        ...messageOf("", { author: user(BOT, true), flags: message?.flags ?? 0 }),
        components: message?.components ?? [],
        id: message?.id ?? fresh(),
      },
      ...change,
    },
  );
