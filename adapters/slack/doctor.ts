// Checks a Slack configuration: what is right, what is wrong, and what to do about it.

import { webApi } from "@slack/bolt";
import { OperatorError } from "../../src/errors.ts";
import { bad, type Finding, good, warning } from "../shared/doctor-finding.ts";
import { clean } from "../shared/one-line.ts";
import type { SlackSettings } from "../shared/settings.ts";
import { failureOf, REFUSED_TOKEN } from "./failure.ts";
import { CALL_TIMEOUT_MS, clientOptions } from "./outgoing.ts";
import { detour } from "./proxy.ts";

/**
 * Looks at tokens, and at the scopes granted beside those that are needed.
 * @throws OperatorError where a token is refused or Slack can't be reached
 */
export async function diagnose(settings: SlackSettings): Promise<Finding[]> {
  const { botToken, followUpChannels } = settings;
  const client = new webApi.WebClient(botToken, optionsFor(settings));
  const bot = await called("SLACK_BOT_TOKEN", () => client.auth.test());
  const granted = new Set(bot.response_metadata?.scopes ?? []);
  const needed = await manifestScopes();
  // Which of them a channel takes, its id doesn't give away.
  const histories = followUpChannels.length > 0 ? HISTORIES : [];
  const isDeaf = histories.length > 0 && !histories.some((scope) => granted.has(scope));
  const missing = [...needed.filter((scope) => !granted.has(scope)), ...(isDeaf ? [HISTORIES.join(" or ")] : [])];
  // With these it reads what is pointed at, and finds its own messages again.
  const spare = [...granted].filter((scope) => ![...needed, ...HISTORIES].includes(scope));
  return [
    good(`The bot token is that of ${clean(bot.user ?? "the bot")} in ${clean(bot.team ?? "the workspace")}.`),
    missing.length === 0
      ? good(`All ${needed.length + (histories.length > 0 ? 1 : 0)} scopes are granted.`)
      : bad(`Scopes are missing: ${missing.join(", ")}`, `add them under ${SCOPES}, then install the app again`),
    ...(spare.length === 0
      ? []
      : [
          warning(
            `Scopes are granted that nothing here uses: ${spare.map(clean).join(", ")}`,
            `remove them under ${SCOPES}, then install the app again`,
          ),
        ]),
    await diagnoseConnection(settings),
  ];
}

const SCOPES = "OAuth & Permissions › Bot Token Scopes";

/** For follow-ups without a mention and for reading threads: in public channels, in private ones. */
const HISTORIES = ["channels:history", "groups:history"];

/** Whoever runs the doctor waits for it, and for nothing else. */
const optionsFor = ({ apiUrl, proxy }: SlackSettings): webApi.WebClientOptions => ({
  ...clientOptions(apiUrl, CALL_TIMEOUT_MS, detour(proxy)?.fetch),
  retryConfig: { retries: 2, factor: 2, minTimeout: 250, randomize: false },
  rejectRateLimitedCalls: false,
});

async function diagnoseConnection(settings: SlackSettings): Promise<Finding> {
  const { connection } = settings;
  if (connection.kind === "http")
    return good(`HTTP mode on port ${connection.port}: Slack must reach /slack/events there over HTTPS.`);
  const client = new webApi.WebClient(connection.appToken, optionsFor(settings));
  try {
    await called("SLACK_APP_TOKEN", () => client.apps.connections.open({}));
  } catch (error) {
    if (failureOf(error).code !== "missing_scope") throw error;
    return bad(
      "The app-level token may not connect",
      "make one with the scope connections:write under Basic Information › App-Level Tokens",
    );
  }
  return good("Socket Mode can connect with the app-level token.");
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
