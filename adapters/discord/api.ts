// Calls Discord's REST API for an operator's commands; a refusal becomes an error that names the remedy.

import { DiscordAPIError, HTTPError, REST, Routes } from "discord.js";
import { z } from "zod";
import { OperatorError } from "../../src/errors.ts";
import type { DiscordSettings } from "../shared/settings.ts";
import { REFUSED_TOKEN } from "./gateway.ts";

type Route = Parameters<REST["get"]>[0];

export interface Api {
  /** @throws OperatorError where Discord refuses or can't be reached */
  get(route: Route, query?: Readonly<Record<string, string>>): Promise<unknown>;
  /** @throws OperatorError where Discord refuses or can't be reached */
  put(route: Route, body: unknown): Promise<unknown>;
}

export function openApi({ token, apiUrl }: Pick<DiscordSettings, "token" | "apiUrl">): Api {
  const rest = new REST(apiUrl === null ? {} : { api: apiUrl.replace(/\/$/, "") }).setToken(token);
  return {
    get: (route, query = {}) =>
      rest.get(route, { query: new URLSearchParams(query) }).catch((error: unknown) => refuse(route, error)),
    put: (route, body) => rest.put(route, { body }).catch((error: unknown) => refuse(route, error)),
  };
}

/** A server that the bot is in. */
export interface Server {
  readonly id: string;
  readonly name: string;
}

/** https://docs.discord.com/developers/resources/user#get-current-user-guilds */
const SERVERS_A_PAGE = 200;
const serverList = z.array(z.object({ id: z.string(), name: z.string() }));

/**
 * All servers that the bot is in, page after page.
 * @throws OperatorError where Discord refuses or can't be reached
 */
export async function serversOf(api: Api): Promise<readonly Server[]> {
  const servers: Server[] = [];
  for (let after = "0"; ; ) {
    const query = { limit: String(SERVERS_A_PAGE), after };
    const page = serverList.parse(await api.get(Routes.userGuilds(), query));
    const [last] = page.slice(-1);
    servers.push(...page);
    if (last === undefined || page.length < SERVERS_A_PAGE || last.id === after) return servers;
    after = last.id;
  }
}

function refuse(route: Route, error: unknown): never {
  if (error instanceof DiscordAPIError) {
    if (error.status === 401) throw REFUSED_TOKEN;
    const what = `Discord refuses ${error.method} ${route} (${error.status}: ${error.message.replace(/\s+/g, " ")})`;
    throw new OperatorError(
      what,
      "check DISCORD_APPLICATION_ID and DISCORD_GUILD_ID, and that the bot is in that server",
    );
  }
  const why = error instanceof HTTPError ? `${error.status}` : error instanceof Error ? error.message : String(error);
  throw new OperatorError(`Discord can't be reached (${why})`, "check the network, or DISCORD_API_URL if it is set");
}
