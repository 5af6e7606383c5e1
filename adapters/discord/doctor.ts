// Checks a Discord configuration: what is right, what is wrong, and what to do about it.

import { ApplicationFlagsBitField, ChannelType, Routes } from "discord.js";
import { z } from "zod";
import { OperatorError } from "../../src/errors.ts";
import { bad, type Finding, good, warning } from "../shared/doctor-finding.ts";
import type { DiscordSettings } from "../shared/settings.ts";
import { count } from "../shared/wording.ts";
import { type Api, openApi, type Server, serversOf } from "./api.ts";
import { commandsOf, hashCommands, inviteLink, PERMISSIONS, permissionsFor } from "./commands.ts";

const server = z.object({ id: z.string(), name: z.string() });
const overwrite = z.object({ id: z.string(), allow: z.coerce.bigint(), deny: z.coerce.bigint() });
const channel = server.extend({ type: z.number(), permission_overwrites: z.array(overwrite).default([]) });
const role = z.object({ id: z.string(), name: z.string().default(""), permissions: z.coerce.bigint() });
const self = z.object({ id: z.string(), username: z.string() });
const application = z.object({
  id: z.string(),
  flags: z.number().default(0),
  integration_types_config: z.record(z.string(), z.unknown()).nullish(),
});
const member = z.object({ roles: z.array(z.string()) });
type Channel = z.infer<typeof channel>;

const ADMINISTRATOR = 1n << 3n;
const TEXT_CHANNELS: readonly number[] = [ChannelType.GuildText, ChannelType.GuildAnnouncement];
/** Nothing is written there but in their posts. */
const FORUMS: readonly number[] = [ChannelType.GuildForum, ChannelType.GuildMedia];
const MESSAGE_CONTENT =
  ApplicationFlagsBitField.Flags.GatewayMessageContent | ApplicationFlagsBitField.Flags.GatewayMessageContentLimited;
const SHOWN = 5;

/**
 * Looks at token, application, intents, commands, and the permissions in every channel to answer in.
 * @throws OperatorError where the token is refused or Discord can't be reached
 */
export async function diagnose(settings: DiscordSettings): Promise<Finding[]> {
  const api = openApi(settings);
  const bot = self.parse(await api.get(Routes.user()));
  const own = application.parse(await api.get(Routes.currentApplication()));
  const servers = await serversOf(api);
  const looks: Look[] = [];
  for (const one of servers) looks.push(await lookAt(api, one, bot.id, settings));
  return [
    good(`The token is that of ${bot.username}.`),
    ...diagnoseApplication(own, settings),
    diagnoseIntents(own, settings),
    ...(own.id === settings.applicationId ? [await diagnoseCommands(api, settings)] : []),
    servers.length === 0
      ? bad("The bot is in no server", `add it with ${inviteLink(settings.applicationId, settings)}`)
      : good(`The bot is in ${count(servers.length, "server")}.`),
    ...looks.flatMap((one) => diagnoseChannels(one, settings)),
    ...diagnoseWhole(looks, settings),
    ...(settings.human === null ? [] : [await diagnoseHuman(api, settings.human, looks)]),
  ];
}

/** What no single server tells. */
function diagnoseWhole(looks: readonly Look[], { channels }: DiscordSettings): Finding[] {
  if (looks.length === 0) return [];
  if (channels.length > 0 && looks.every(({ wanted }) => wanted === 0))
    return [bad("None of DISCORD_CHANNELS is in a server of the bot", "correct the ids, or add the bot there")];
  return looks.every((one) => one.wanted === one.lacking.length)
    ? [
        bad(
          "The bot can answer in no channel at all",
          "allow it in one's settings › Permissions, or give its role more",
        ),
      ]
    : [];
}

/** Whether Discord will let the bot have what it asks for. */
function diagnoseIntents({ flags }: z.infer<typeof application>, { readsContent }: DiscordSettings): Finding {
  const isAllowed = (flags & MESSAGE_CONTENT) !== 0;
  if (readsContent && !isAllowed)
    return bad(
      "DISCORD_MESSAGE_CONTENT is on, but Discord does not allow the bot Message Content",
      "switch on Message Content Intent at your app › Bot, or set it to off",
    );
  if (readsContent) return good("Intents: Guilds, GuildMessages, DirectMessages and the privileged Message Content.");
  return isAllowed
    ? warning(
        "Discord allows the bot the privileged intent Message Content, which it does not use",
        "switch it off at your app › Bot, or set DISCORD_MESSAGE_CONTENT=on",
      )
    : good("Intents: Guilds, GuildMessages and DirectMessages, none of which is privileged.");
}

/** Whether whom the replies name is there. */
async function diagnoseHuman(api: Api, human: string, looks: readonly Look[]): Promise<Finding> {
  const id = /\d{15,21}/.exec(human)?.[0] ?? "";
  if (human.includes("@")) {
    const found = looks.flatMap(({ roles }) => roles).find((one) => one.id === id);
    return found === undefined
      ? bad(`DISCORD_HUMAN is no role of the bot's servers (${id})`, "copy the role's id anew, with @ before it")
      : good(`Whom to ask instead: the role ${found.name}.`);
  }
  try {
    const { name } = server.parse(await api.get(Routes.channel(id)));
    return good(`Whom to ask instead: #${name}.`);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const remedy = "copy the channel's id anew, or allow the bot View Channel there";
    return bad(`DISCORD_HUMAN is no channel that the bot can see (${id})`, remedy);
  }
}

function diagnoseApplication(own: z.infer<typeof application>, { applicationId }: DiscordSettings): Finding[] {
  const { id, integration_types_config: installs } = own;
  const isInstallable = installs === null || installs === undefined || "1" in installs;
  return [
    id === applicationId
      ? good("DISCORD_APPLICATION_ID is that of the token.")
      : bad("DISCORD_APPLICATION_ID is not that of the token", `set it to ${id}`),
    ...(isInstallable
      ? []
      : [warning("People can't install the bot for themselves", "tick User Install at your app › Installation")]),
  ];
}

async function diagnoseCommands(api: Api, { applicationId, guildId }: DiscordSettings): Promise<Finding> {
  const [scope, route] =
    guildId === null
      ? (["everywhere", Routes.applicationCommands(applicationId)] as const)
      : (["server", Routes.applicationGuildCommands(applicationId, guildId)] as const);
  return hashCommands(await api.get(route), scope) === hashCommands(commandsOf(scope), scope)
    ? good(`The commands are registered${guildId === null ? "" : ` in the server ${guildId}`}.`)
    : bad("The commands are not those of this version", "run footnote discord register");
}

/** What the bot may not do in the channels of a server in which it is to answer. */
interface Look {
  readonly server: string;
  readonly roles: readonly z.infer<typeof role>[];
  /** How many channels it is to answer in. */
  readonly wanted: number;
  readonly lacking: readonly { readonly channel: Channel; readonly missing: readonly string[] }[];
}

async function lookAt(api: Api, { id, name }: Server, bot: string, settings: DiscordSettings): Promise<Look> {
  const { channels } = settings;
  const all = z.array(channel).parse(await api.get(Routes.guildChannels(id)));
  const roles = z.array(role).parse(await api.get(Routes.guildRoles(id)));
  const own = member.parse(await api.get(Routes.guildMember(id, bot)));
  const wanted = all.filter((one) =>
    channels.length === 0 ? [...TEXT_CHANNELS, ...FORUMS].includes(one.type) : channels.includes(one.id),
  );
  const lacking = wanted.flatMap((one) => {
    const held = permissionsIn(one, id, bot, own.roles, roles);
    const isNeeded = (bit: bigint): boolean => bit !== PERMISSIONS["Send Messages"] || !FORUMS.includes(one.type);
    const missing = Object.entries(permissionsFor(settings)).filter(([, bit]) => isNeeded(bit) && (held & bit) !== bit);
    return missing.length === 0 ? [] : [{ channel: one, missing: missing.map(([permission]) => permission) }];
  });
  return { server: name, roles, wanted: wanted.length, lacking };
}

function diagnoseChannels({ server, wanted, lacking }: Look, settings: DiscordSettings): Finding[] {
  if (wanted === 0) return [];
  // Where no channel is named, one that is closed to the bot may well be meant to be.
  const judge = settings.channels.length === 0 ? warning : bad;
  const told = lacking
    .slice(0, SHOWN)
    .map(({ channel, missing }) =>
      judge(
        `${server} › #${channel.name} (${channel.id}): it lacks ${missing.join(", ")}`,
        "allow it in the channel's settings › Permissions",
      ),
    );
  const more = lacking.length - told.length;
  return [
    good(`${server}: it can answer in ${wanted - lacking.length} of ${count(wanted, "channel")}.`),
    ...told,
    ...(more > 0 ? [judge(`${server}: ${count(more, "other channel")} alike`, "allow it there too")] : []),
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
