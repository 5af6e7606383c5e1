// A Discord configuration to what is right with it, what is wrong, and what to do about that.

import { Routes } from "discord.js";
import { z } from "zod";
import type { DiscordSettings } from "../environment.ts";
import { type Api, openApi } from "./api.ts";
import { COMMANDS, hashCommands, inviteLink, PERMISSIONS } from "./commands.ts";
import { count } from "./pages.ts";

/** One thing that was looked at. */
export interface Finding {
  readonly level: "good" | "warning" | "bad";
  readonly text: string;
}

const named = z.object({ id: z.string(), name: z.string() });
const overwrite = z.object({ id: z.string(), allow: z.coerce.bigint(), deny: z.coerce.bigint() });
const channel = named.extend({ type: z.number(), permission_overwrites: z.array(overwrite).default([]) });
const role = z.object({ id: z.string(), permissions: z.coerce.bigint() });
const self = z.object({ id: z.string(), username: z.string() });
const application = z.object({ id: z.string(), integration_types_config: z.record(z.string(), z.unknown()).nullish() });
const member = z.object({ roles: z.array(z.string()) });
type Channel = z.infer<typeof channel>;

const ADMINISTRATOR = 1n << 3n;
/** Text and announcement channels. */
const TEXT_CHANNELS = [0, 5];
const SHOWN = 5;

/**
 * Looks at token, application, intents, commands, and the permissions in every channel to answer in.
 * @throws OperatorError where the token is refused or Discord can't be reached
 */
export async function diagnose(settings: DiscordSettings): Promise<Finding[]> {
  const api = openApi(settings);
  const bot = self.parse(await api.get(Routes.user()));
  const own = application.parse(await api.get(Routes.currentApplication()));
  const servers = z.array(named).parse(await api.get(Routes.userGuilds()));
  const invite = `add it with ${inviteLink(settings.applicationId)}`;
  const perServer: Finding[][] = [];
  for (const server of servers) perServer.push(await diagnoseServer(api, server, bot.id, settings));
  return [
    { level: "good", text: `The token is that of ${bot.username}.` },
    ...diagnoseApplication(own, settings),
    { level: "good", text: "Intents: Guilds, GuildMessages and DirectMessages, none of which is privileged." },
    ...(own.id === settings.applicationId ? [await diagnoseCommands(api, settings)] : []),
    servers.length === 0
      ? { level: "warning", text: `The bot is in no server; ${invite}` }
      : { level: "good", text: `The bot is in ${count(servers.length, "server")}.` },
    ...perServer.flat(),
    ...missingChannels(settings, perServer.flat()),
  ];
}

function diagnoseApplication(own: z.infer<typeof application>, { applicationId }: DiscordSettings): Finding[] {
  const { id, integration_types_config: installs } = own;
  const isOwn: Finding =
    id === applicationId
      ? { level: "good", text: "DISCORD_APPLICATION_ID is that of the token." }
      : { level: "bad", text: `DISCORD_APPLICATION_ID is not that of the token; set it to ${id}.` };
  if (installs === null || installs === undefined || "1" in installs) return [isOwn];
  const text = "People can't install the bot for themselves; switch on User Install at your app › Installation.";
  return [isOwn, { level: "warning", text }];
}

async function diagnoseCommands(api: Api, { applicationId, guildId }: DiscordSettings): Promise<Finding> {
  const route =
    guildId === null
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  return hashCommands(await api.get(route)) === hashCommands(COMMANDS)
    ? { level: "good", text: `The commands are registered${guildId === null ? "" : ` in the server ${guildId}`}.` }
    : { level: "bad", text: "The commands are not those of this version; run footnote discord register." };
}

async function diagnoseServer(
  api: Api,
  { id, name }: z.infer<typeof named>,
  bot: string,
  { channels }: DiscordSettings,
): Promise<Finding[]> {
  const [all, roles, own] = [
    z.array(channel).parse(await api.get(Routes.guildChannels(id))),
    z.array(role).parse(await api.get(Routes.guildRoles(id))),
    member.parse(await api.get(Routes.guildMember(id, bot))),
  ];
  const wanted = all.filter((one) =>
    channels.length === 0 ? TEXT_CHANNELS.includes(one.type) : channels.includes(one.id),
  );
  const lacking = wanted.flatMap((one) => {
    const held = permissionsIn(one, id, bot, own.roles, roles);
    const missing = Object.entries(PERMISSIONS).filter(([, bit]) => (held & bit) !== bit);
    return missing.length === 0 ? [] : [{ one, missing: missing.map(([permission]) => permission) }];
  });
  const good = wanted.length - lacking.length;
  const summary: Finding[] =
    wanted.length === 0
      ? []
      : [{ level: "good", text: `${name}: it can answer in ${good} of ${count(wanted.length, "channel")}.` }];
  const told = lacking.slice(0, SHOWN).map(
    ({ one, missing }): Finding => ({
      level: channels.length === 0 ? "warning" : "bad",
      text: `${name} › #${one.name} (${one.id}): it lacks ${missing.join(", ")}; allow it in the channel's settings › Permissions.`,
    }),
  );
  const more = lacking.length - told.length;
  return [
    ...summary,
    ...told,
    ...(more > 0 ? [{ level: "warning" as const, text: `${name}: and ${count(more, "other channel")} alike.` }] : []),
  ];
}

/** https://docs.discord.com/developers/topics/permissions#permission-overwrites */
function permissionsIn(
  { permission_overwrites: overwrites }: Channel,
  guild: string,
  bot: string,
  own: readonly string[],
  roles: readonly z.infer<typeof role>[],
): bigint {
  const base = roles
    .filter(({ id }) => id === guild || own.includes(id))
    .reduce((all, { permissions }) => all | permissions, 0n);
  if ((base & ADMINISTRATOR) !== 0n) return ~0n;
  const layers = [[guild], own, [bot]].map((ids) => overwrites.filter(({ id }) => ids.includes(id)));
  return layers.reduce((held, layer) => {
    const deny = layer.reduce((all, one) => all | one.deny, 0n);
    const allow = layer.reduce((all, one) => all | one.allow, 0n);
    return (held & ~deny) | allow;
  }, base);
}

function missingChannels({ channels }: DiscordSettings, seen: readonly Finding[]): Finding[] {
  if (channels.length === 0 || seen.some(({ text }) => text.includes("it can answer in"))) return [];
  return [
    { level: "bad", text: "None of DISCORD_CHANNELS is in a server of the bot; correct the ids or add the bot there." },
  ];
}
