// Calls Discord's REST API for an operator's commands; a refusal becomes an error that names the remedy.

import { DiscordAPIError, HTTPError, REST } from "discord.js";
import { OperatorError } from "../../src/errors.ts";
import type { DiscordSettings } from "../shared/settings.ts";
import { REFUSED_TOKEN } from "./gateway.ts";

type Route = Parameters<REST["get"]>[0];

export interface Api {
  /** @throws OperatorError where Discord refuses or can't be reached */
  get(route: Route): Promise<unknown>;
  /** @throws OperatorError where Discord refuses or can't be reached */
  put(route: Route, body: unknown): Promise<unknown>;
}

export function openApi({ token, apiUrl }: Pick<DiscordSettings, "token" | "apiUrl">): Api {
  const rest = new REST(apiUrl === null ? {} : { api: apiUrl.replace(/\/$/, "") }).setToken(token);
  return {
    get: (route) => rest.get(route).catch((error: unknown) => refuse(route, error)),
    put: (route, body) => rest.put(route, { body }).catch((error: unknown) => refuse(route, error)),
  };
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
