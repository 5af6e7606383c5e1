// Declares the commands that people find in Discord, as they are registered there.

import { createHash } from "node:crypto";
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIApplicationCommandsJSONBody,
} from "discord.js";
import { z } from "zod";

export const ANSWER_THIS = "Answer this";
export const DELETE_ANSWER = "Delete this answer";
export const MARK_SOLVED = "Mark as solved";

/** For servers and for people who add the bot to their account; in servers, direct messages and group chats. */
const everywhere = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
};

const hide = {
  type: ApplicationCommandOptionType.Boolean,
  name: "hide",
  description: "Show the reply to you only",
} as const;

/** Those of the whole application. */
export const COMMANDS: readonly RESTPostAPIApplicationCommandsJSONBody[] = [
  {
    ...everywhere,
    type: ApplicationCommandType.ChatInput,
    name: "ask",
    description: "Answer a question from the documents, with a source for every statement",
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: "question",
        description: "In your own words; in a thread, a follow-up works too",
        required: true,
        autocomplete: true,
      },
      hide,
      {
        type: ApplicationCommandOptionType.User,
        name: "for",
        description: "Whom the answer is for: they are notified",
      },
    ],
  },
  {
    ...everywhere,
    type: ApplicationCommandType.ChatInput,
    name: "compare",
    description: "Show both sides of a topic",
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: "topic",
        description: "A topic, or what it is about in your own words",
        required: true,
        autocomplete: true,
      },
      hide,
    ],
  },
  {
    ...everywhere,
    type: ApplicationCommandType.ChatInput,
    name: "sources",
    description: "List the documents that answers come from",
    options: [hide],
  },
  {
    ...everywhere,
    type: ApplicationCommandType.ChatInput,
    name: "privacy",
    description: "Say what is kept of you, or delete it",
    options: [
      {
        type: ApplicationCommandOptionType.Boolean,
        name: "delete",
        description: "Delete all that is kept of you",
      },
    ],
  },
  ...[ANSWER_THIS, DELETE_ANSWER, MARK_SOLVED].map((name) => ({
    ...{ ...everywhere, type: ApplicationCommandType.Message as const, name },
  })),
];

const option = z.object({
  type: z.number(),
  name: z.string(),
  description: z.string(),
  required: z.boolean().default(false),
  autocomplete: z.boolean().default(false),
});
/** The fields that we set, of what Discord returns; it adds ids, versions and defaults. */
const registered = z.array(
  z.object({
    type: z.number(),
    name: z.string(),
    description: z.string().default(""),
    options: z.array(option).default([]),
    integration_types: z
      .array(z.number())
      .nullish()
      .transform((list) => [...(list ?? [])].sort()),
    contexts: z
      .array(z.number())
      .nullish()
      .transform((list) => [...(list ?? [])].sort()),
  }),
);

/** Where commands are: everywhere, or in one server. */
export type Scope = "everywhere" | "server";

/** Who may use a command, and where, Discord takes and keeps for global commands only. */
export const commandsOf = (scope: Scope): readonly RESTPostAPIApplicationCommandsJSONBody[] =>
  scope === "everywhere"
    ? COMMANDS
    : COMMANDS.map(({ integration_types: _who, contexts: _where, ...command }) => command);

/** Equal for equal lists of commands, whatever their order and whatever Discord has added. */
export function hashCommands(commands: unknown, scope: Scope): string {
  const plain = registered
    .parse(commands)
    .map((command) => (scope === "everywhere" ? command : { ...command, integration_types: [], contexts: [] }))
    .map((command) => JSON.stringify(command));
  return createHash("sha256").update(plain.sort().join("\n")).digest("hex").slice(0, 12);
}

/** What the bot needs in a channel, and nothing of an administrator's. */
export const PERMISSIONS = {
  "View Channels": PermissionFlagsBits.ViewChannel,
  "Send Messages": PermissionFlagsBits.SendMessages,
  "Send Messages in Threads": PermissionFlagsBits.SendMessagesInThreads,
  "Read Message History": PermissionFlagsBits.ReadMessageHistory,
} as const;

/** The same, and what it needs to open threads where it is told to. */
export const permissionsFor = ({
  opensThreads,
}: {
  readonly opensThreads: boolean;
}): Readonly<Record<string, bigint>> =>
  opensThreads ? { ...PERMISSIONS, "Create Public Threads": PermissionFlagsBits.CreatePublicThreads } : PERMISSIONS;

/** Where somebody adds the bot to a server. */
export function inviteLink(applicationId: string, needs: Parameters<typeof permissionsFor>[0]): string {
  const permissions = Object.values(permissionsFor(needs)).reduce((all, one) => all | one, 0n);
  return authorize({
    client_id: applicationId,
    scope: "bot applications.commands",
    permissions: `${permissions}`,
  });
}

/** Where somebody adds the commands to their own account, for every server and direct message. */
export const personalLink = (applicationId: string): string =>
  authorize({
    client_id: applicationId,
    scope: "applications.commands",
    integration_type: `${ApplicationIntegrationType.UserInstall}`,
  });

const authorize = (query: Readonly<Record<string, string>>): string =>
  `https://discord.com/oauth2/authorize?${new URLSearchParams(query)}`;
