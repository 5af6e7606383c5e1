// `footnote slack doctor`: tokens and scopes as Slack sees them, to what is to be fixed.

import { webApi } from "@slack/bolt";
import { OperatorError } from "../../src/errors.ts";
import { print } from "../cli/terminal.ts";
import { readSlackSettings, type SlackSettings } from "../environment.ts";
import { failureOf, REFUSED_TOKEN } from "./failure.ts";
import { clientOptions } from "./outgoing.ts";
import { clean } from "./text.ts";

/** One thing that was looked at; `fix` is null where all is well. */
export interface Finding {
  readonly what: string;
  readonly fix: string | null;
}

/**
 * Prints what it found.
 * @returns the exit status: 1 where something is to be fixed
 * @throws OperatorError when a token is missing or refused
 */
export async function doctor(): Promise<number> {
  const findings = await examine(readSlackSettings());
  for (const { what, fix } of findings) print(fix === null ? `ok   ${what}` : `fix  ${what}\n     ${fix}`);
  return findings.some(({ fix }) => fix !== null) ? 1 : 0;
}

/** @throws OperatorError when a token is refused */
export async function examine(settings: SlackSettings): Promise<Finding[]> {
  const { botToken, apiUrl, connection, followUpChannels } = settings;
  const bot = await called("SLACK_BOT_TOKEN", () => new webApi.WebClient(botToken, clientOptions(apiUrl)).auth.test());
  const granted = new Set(bot.response_metadata?.scopes ?? []);
  const needed = [...(await manifestScopes()), ...(followUpChannels.length > 0 ? ["channels:history"] : [])];
  const missing = needed.filter((scope) => !granted.has(scope));
  const spare = [...granted].filter((scope) => !needed.includes(scope) && !OPTIONAL.has(scope));
  const findings: Finding[] = [
    { what: `bot token: ${clean(bot.user ?? "the bot")} in ${clean(bot.team ?? "the workspace")}`, fix: null },
    missing.length === 0
      ? { what: `scopes: all ${needed.length} granted`, fix: null }
      : {
          what: `scopes missing: ${missing.join(", ")}`,
          fix: "add them under OAuth & Permissions › Bot Token Scopes, then install the app again",
        },
  ];
  if (spare.length > 0)
    findings.push({
      what: `scopes granted that nothing here uses: ${spare.map(clean).join(", ")}`,
      fix: "remove them under OAuth & Permissions, then install the app again",
    });
  findings.push(await connectionFinding(apiUrl, connection));
  return findings;
}

/** Only for follow-ups in private channels, which an id doesn't give away. */
const OPTIONAL = new Set(["groups:history"]);

async function connectionFinding(apiUrl: string, connection: SlackSettings["connection"]): Promise<Finding> {
  if (connection.kind === "http")
    return { what: `HTTP mode on port ${connection.port}: Slack must reach /slack/events there over HTTPS`, fix: null };
  const client = new webApi.WebClient(connection.appToken, clientOptions(apiUrl));
  try {
    await called("SLACK_APP_TOKEN", () => client.apps.connections.open({}));
  } catch (error) {
    if (failureOf(error).code !== "missing_scope") throw error;
    return {
      what: "app-level token: may not connect",
      fix: "make one with the scope connections:write under Basic Information",
    };
  }
  return { what: "app-level token: Socket Mode can connect", fix: null };
}

async function called<T>(variable: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const { code, remedy } = failureOf(error);
    if (code === "missing_scope") throw error;
    if (REFUSED_TOKEN.has(code))
      throw new OperatorError(`Slack refuses ${variable} (${code})`, "copy the token anew, or install the app again");
    throw new OperatorError(`Slack could not be asked about ${variable} (${code})`, remedy);
  }
}

/** The manifest stays a file by itself, to be pasted into Slack. */
const manifestScopes = async (): Promise<string[]> =>
  (await import("./manifest.json", { with: { type: "json" } })).default.oauth_config.scopes.bot;
