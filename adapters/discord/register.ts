// Registers this version's commands with Discord where they are not there already.

import { type REST, Routes } from "discord.js";
import { z } from "zod";
import { OperatorError } from "../../src/errors.ts";
import type { DiscordSettings } from "../shared/settings.ts";
import { type Api, openApi, serversOf } from "./api.ts";
import { COMMANDS, commandsOf, hashCommands, inviteLink, personalLink, type Scope } from "./commands.ts";

/**
 * Puts the commands in place: in the one server named, where they show at once, else everywhere. The other place is
 * emptied, since a command that is in both would be listed twice.
 * @param say called with a line for the operator
 * @throws OperatorError where Discord refuses the token, the id or the server
 */
export async function register(settings: DiscordSettings, say: (line: string) => void): Promise<void> {
  const { applicationId, guildId } = settings;
  const api = openApi(settings);
  const everywhere = Routes.applicationCommands(applicationId);
  if (guildId === null) {
    await put(api, everywhere, "everywhere", "everywhere", say);
    for (const { id, name } of await serversOf(api))
      await empty(api, Routes.applicationGuildCommands(applicationId, id), `the server ${name}`, say).catch(
        (error: unknown) => {
          // It may list none of the bot's commands; what matters is done.
          if (!(error instanceof OperatorError)) throw error;
          say(`Not looked at, the server ${name}: ${error.message}`);
        },
      );
  } else {
    await put(api, Routes.applicationGuildCommands(applicationId, guildId), "server", `the server ${guildId}`, say);
    await empty(api, everywhere, "everywhere else", say);
  }
  if (guildId === null) say(`Add it to your own account: ${personalLink(applicationId)}`);
  say(`Add the bot to a server: ${inviteLink(applicationId, settings)}`);
}

const list = z.array(z.unknown());

async function put(
  api: Api,
  route: Parameters<REST["get"]>[0],
  scope: Scope,
  where: string,
  say: (line: string) => void,
): Promise<void> {
  const names = COMMANDS.map(({ name, type }) => (type === 3 ? `“${name}”` : `/${name}`)).join(", ");
  const commands = commandsOf(scope);
  if (hashCommands(await api.get(route), scope) === hashCommands(commands, scope))
    return say(`Unchanged, ${where}: ${names}`);
  await api.put(route, commands);
  say(`Registered, ${where}: ${names}`);
}

async function empty(
  api: Api,
  route: Parameters<REST["get"]>[0],
  where: string,
  say: (line: string) => void,
): Promise<void> {
  const count = list.parse(await api.get(route)).length;
  if (count === 0) return;
  await api.put(route, []);
  say(`Removed, ${where}: ${count} commands that would have been listed twice`);
}
