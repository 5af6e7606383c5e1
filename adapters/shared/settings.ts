// Reads the environment variables of a chat adapter into typed settings; no other file of one reads them.

import { isIP } from "node:net";
import { z } from "zod";
import { OperatorError } from "../../src/errors.ts";
import { INDEX_CHOICES, type IndexChoice } from "../../src/retrieval/index-choice.ts";
import type { SourceAddresses } from "./source-address.ts";

/** Where and how what a bot remembers is kept. */
export interface StateSettings {
  /** Folder for index snapshots and, where `databaseUrl` is null, for the database. */
  readonly data: string;
  /** PostgreSQL's; null for SQLite in the data folder. */
  readonly databaseUrl: string | null;
  /** What people are hashed with, the one in use first; [] for one that the database keeps. */
  readonly keys: readonly string[];
  /** How long votes and counts are kept. */
  readonly keepDays: number;
}

/** What every chat adapter is told. */
export interface CommonSettings extends StateSettings, SourceAddresses {
  /** Folder to answer from; null for the built-in corpus. */
  readonly corpus: string | null;
  /** Which index to make of a corpus. */
  readonly index: IndexChoice;
  /** Per person; 0 for no limit. */
  readonly questionsPerMinute: number;
  readonly logsQuestions: boolean;
  /** Whether questions that were not answered well are kept for the operator to read. */
  readonly keepsMisses: boolean;
  /** Port of `/healthz`; null where none is wanted. */
  readonly healthPort: number | null;
  /** What servers bind to. */
  readonly host: string;
  readonly logLevel: LogLevel;
}

export type LogLevel = (typeof LOG_LEVELS)[number];

/** As `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` say; null for none. */
export interface ProxySettings {
  readonly httpProxy: string | null;
  readonly httpsProxy: string | null;
  readonly noProxy: string | null;
}

export interface SlackSettings extends CommonSettings {
  /** Through which Slack is reached. */
  readonly proxy: ProxySettings;
  readonly botToken: string;
  readonly connection: SlackConnection;
  /** Base of the Web API, ending in a slash. */
  readonly apiUrl: string;
  /** Ids of the channels to answer in; empty for wherever invited. */
  readonly channels: readonly string[];
  /** Whether people of other organisations are answered in channels shared with them. */
  readonly answersExternal: boolean;
  /** Ids of the channels in whose threads no mention is needed. */
  readonly followUpChannels: readonly string[];
  /** Id of the channel or user group that is offered where the documents have no answer. */
  readonly human: string | null;
  /** Id of the channel that gets a report each week. */
  readonly reportChannel: string | null;
}

export type SlackConnection =
  | { readonly kind: "socket"; readonly appToken: string }
  | { readonly kind: "http"; readonly signingSecret: string; readonly port: number };

export interface DiscordSettings extends CommonSettings {
  readonly token: string;
  readonly applicationId: string;
  /** Guild in which commands are registered at once; null for everywhere. */
  readonly guildId: string | null;
  /** Base of the REST API; null for Discord's own. */
  readonly apiUrl: string | null;
  /** Whether the bot uses the privileged intent Message Content. */
  readonly readsContent: boolean;
  /** Whether a mention in a channel is answered in a thread of its own. */
  readonly opensThreads: boolean;
  readonly channels: readonly string[];
  readonly human: string | null;
  /** Id of the channel that gets a report each week. */
  readonly reportChannel: string | null;
}

export interface WebSettings extends CommonSettings {
  /** Where the pages are reached from outside, without a slash at its end; null for this machine's own address. */
  readonly publicUrl: string | null;
  /** Origins whose pages may show the widget. */
  readonly widgetOrigins: readonly string[];
  /** Addresses of the proxies that may say for whom they ask. */
  readonly trustedProxies: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
const QUESTIONS_PER_MINUTE = 10;
const KEEP_DAYS = 30;
const PORT = 3000;

/**
 * What the settings of every platform hold.
 * @throws OperatorError naming the variable and its remedy, never its value
 * @internal Its tests use it alone: each platform reads these with its own.
 */
export function readCommonSettings(environment: Environment = process.env): CommonSettings {
  return commonOf(parse(commonVariables, environment));
}

/** @throws OperatorError naming the variable and its remedy, never its value */
export function readIndexSettings(environment: Environment = process.env): Pick<CommonSettings, "data" | "index"> {
  const { FOOTNOTE_DATA: data, FOOTNOTE_INDEX: index } = parse(indexVariables, environment);
  return { data, index };
}

/** @throws OperatorError naming the variable and its remedy, never its value */
export function readStateSettings(environment: Environment = process.env): StateSettings {
  return stateOf(parse(stateVariables, environment));
}

/** @throws OperatorError naming the variable and its remedy, never its value */
export function readSlackSettings(environment: Environment = process.env): SlackSettings {
  const read = parse(slackVariables, environment);
  return {
    ...commonOf(read),
    botToken: read.SLACK_BOT_TOKEN,
    connection: connectionOf(read),
    apiUrl: read.SLACK_API_URL.endsWith("/") ? read.SLACK_API_URL : `${read.SLACK_API_URL}/`,
    answersExternal: read.SLACK_CONNECT,
    proxy: proxyOf(environment),
    channels: read.SLACK_CHANNELS,
    followUpChannels: read.SLACK_FOLLOW_UP_CHANNELS,
    human: read.SLACK_HUMAN ?? null,
    reportChannel: read.SLACK_REPORT_CHANNEL ?? null,
  };
}

/** @throws OperatorError naming the variable and its remedy, never its value */
export function readDiscordSettings(environment: Environment = process.env): DiscordSettings {
  const read = parse(discordVariables, environment);
  return {
    ...commonOf(read),
    token: read.DISCORD_TOKEN,
    applicationId: read.DISCORD_APPLICATION_ID,
    guildId: read.DISCORD_GUILD_ID ?? null,
    apiUrl: read.DISCORD_API_URL ?? null,
    readsContent: read.DISCORD_MESSAGE_CONTENT,
    opensThreads: read.DISCORD_REPLY_IN === "thread",
    channels: read.DISCORD_CHANNELS,
    human: read.DISCORD_HUMAN ?? null,
    reportChannel: read.DISCORD_REPORT_CHANNEL ?? null,
  };
}

/** @throws OperatorError naming the variable and its remedy, never its value */
export function readWebSettings(environment: Environment = process.env): WebSettings {
  const read = parse(webVariables, environment);
  return {
    ...commonOf(read),
    publicUrl: read.FOOTNOTE_PUBLIC_URL ?? null,
    widgetOrigins: read.FOOTNOTE_WIDGET_ORIGINS,
    trustedProxies: read.FOOTNOTE_TRUSTED_PROXY,
  };
}

/**
 * Whom a platform's replies offer where the documents have no answer, also where nothing else of it is set.
 * @throws OperatorError naming the variable and its remedy, never its value
 */
export function readHuman(platform: "slack" | "discord", environment: Environment = process.env): string | null {
  const human =
    platform === "slack"
      ? parse(slackVariables.pick({ SLACK_HUMAN: true }), environment).SLACK_HUMAN
      : parse(discordVariables.pick({ DISCORD_HUMAN: true }), environment).DISCORD_HUMAN;
  return human ?? null;
}

/**
 * Where documents can be read, also where nothing else is set.
 * @throws OperatorError naming the variable and its remedy, never its value
 */
export const readSourceAddresses = (environment: Environment = process.env): SourceAddresses =>
  addressesOf(parse(addressVariables, environment));

/**
 * In either spelling, the small one first, as other programs read them.
 * @throws OperatorError naming the variable and its remedy, never its value
 */
function proxyOf(environment: Environment): ProxySettings {
  const read = parse(proxyVariables, environment);
  return {
    httpProxy: read.http_proxy ?? read.HTTP_PROXY ?? null,
    httpsProxy: read.https_proxy ?? read.HTTPS_PROXY ?? null,
    noProxy: read.no_proxy ?? read.NO_PROXY ?? null,
  };
}

/** An empty variable is one that is not set, as in `.env.example`. */
const withoutEmpty = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ""));

const required = (remedy: string) => z.string({ error: () => `is missing; ${remedy}` }).trim();
const list = z
  .string()
  .default("")
  .transform((text) => text.split(/[\s,]+/).filter((entry) => entry !== ""));
const idList = (shape: RegExp, remedy: string) =>
  list.refine((ids) => ids.every((one) => shape.test(one)), { error: `names something else than ids; ${remedy}` });
const whole = (least: number, most: number) =>
  z
    .string()
    .trim()
    .regex(/^\d+$/, { error: `is no whole number; set it to one from ${least} to ${most}` })
    .transform(Number)
    .refine((value) => value >= least && value <= most, { error: `is out of range; set it from ${least} to ${most}` });
const port = whole(0, 65_535);
const onOrOff = (unless: "on" | "off") =>
  z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.enum(["1", "true", "on", "yes", "0", "false", "off", "no"], { error: "is unclear; set it to on or off" }))
    .default(unless)
    .transform((value) => ["1", "true", "on", "yes"].includes(value));
const url = z
  .string()
  .trim()
  .pipe(z.url({ protocol: /^https?$/, error: "is no URL; set an http or https address" }));

const indexVariables = z.object({
  FOOTNOTE_DATA: z.string().default("./data"),
  FOOTNOTE_INDEX: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.enum(INDEX_CHOICES, { error: `is no index; set one of ${INDEX_CHOICES.join(", ")}` }))
    .default("auto"),
});

const KEY_LENGTH_MIN = 32;
const KEEP_DAYS_MAX = 3650;

const stateVariables = z.object({
  FOOTNOTE_DATA: indexVariables.shape.FOOTNOTE_DATA,
  DATABASE_URL: z
    .string()
    .trim()
    .regex(/^postgres(?:ql)?:\/\//, {
      error: "is no address of PostgreSQL; set one that begins with postgresql://, or leave it empty for SQLite",
    })
    .optional(),
  FOOTNOTE_KEYS: list.refine((keys) => keys.every((key) => key.length >= KEY_LENGTH_MIN), {
    error: `holds a key that is too short; make each with openssl rand -hex 32`,
  }),
  FOOTNOTE_KEEP_DAYS: whole(1, KEEP_DAYS_MAX).default(KEEP_DAYS),
});

/** Without the slash that it may end in. */
const publicUrl = url
  .refine((address) => !/[?#]/.test(address), { error: "has a query or a fragment; set an address without" })
  .transform((address) => address.replace(/\/+$/, ""))
  .optional();

const addressVariables = z.object({
  FOOTNOTE_SOURCE_URL: url
    .refine((template) => template.includes("{file}"), {
      error: "names no file; write {file} where it goes, and {start} and {end} for its lines",
    })
    .optional(),
  FOOTNOTE_PUBLIC_URL: publicUrl,
});

const commonVariables = z.object({
  FOOTNOTE_CORPUS: z.string().optional(),
  ...addressVariables.shape,
  ...indexVariables.shape,
  ...stateVariables.shape,
  FOOTNOTE_QUESTIONS_PER_MINUTE: whole(0, 100_000).default(QUESTIONS_PER_MINUTE),
  FOOTNOTE_LOG_QUESTIONS: onOrOff("off"),
  FOOTNOTE_INBOX: onOrOff("on"),
  HEALTH_PORT: port.optional(),
  HOST: z.string().trim().default("127.0.0.1"),
  LOG_LEVEL: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.enum(LOG_LEVELS, { error: `is no level; set one of ${LOG_LEVELS.join(", ")}` }))
    .default("info"),
});

const proxy = url.optional();
const proxyVariables = z.object({
  ...{ http_proxy: proxy, HTTP_PROXY: proxy, https_proxy: proxy, HTTPS_PROXY: proxy },
  ...{ no_proxy: z.string().optional(), NO_PROXY: z.string().optional() },
});

const SLACK_APPS = "https://api.slack.com/apps";
const slackChannels = idList(
  /^[CGD][A-Z0-9]+$/,
  "copy them from the foot of each channel's details (they begin with C or G)",
);

const slackVariables = commonVariables.extend({
  SLACK_BOT_TOKEN: required(`copy it from ${SLACK_APPS} › your app › OAuth & Permissions`).startsWith("xoxb-", {
    error: "is no bot token; copy the one that begins with xoxb-",
  }),
  SLACK_APP_TOKEN: z
    .string()
    .trim()
    .startsWith("xapp-", { error: "is no app-level token; copy the one that begins with xapp-" })
    .optional(),
  SLACK_SIGNING_SECRET: z.string().trim().optional(),
  PORT: port.default(PORT),
  SLACK_API_URL: url.default("https://slack.com/api/"),
  SLACK_CONNECT: onOrOff("off"),
  SLACK_CHANNELS: slackChannels,
  SLACK_FOLLOW_UP_CHANNELS: slackChannels,
  SLACK_HUMAN: z
    .string()
    .trim()
    .regex(/^[CGS][A-Z0-9]+$/, { error: "is no id; set a channel's (C…) or a user group's (S…)" })
    .optional(),
  SLACK_REPORT_CHANNEL: z
    .string()
    .trim()
    .regex(/^[CG][A-Z0-9]+$/, { error: "is no id; copy it from the foot of the channel's details" })
    .optional(),
});

const DISCORD_APPS = "https://discord.com/developers/applications";
const SNOWFLAKE = /^\d{15,21}$/;
const COPY_ID = "switch on Developer Mode in Discord and use Copy ID";

const discordVariables = commonVariables.extend({
  DISCORD_TOKEN: required(`copy it from ${DISCORD_APPS} › your app › Bot`),
  DISCORD_APPLICATION_ID: required(`copy it from ${DISCORD_APPS} › your app › General Information`).regex(SNOWFLAKE, {
    error: "is no id; copy the Application ID, digits only",
  }),
  DISCORD_GUILD_ID: z
    .string()
    .trim()
    .regex(SNOWFLAKE, { error: `is no id; ${COPY_ID}` })
    .optional(),
  DISCORD_API_URL: url.optional(),
  DISCORD_MESSAGE_CONTENT: onOrOff("off"),
  DISCORD_REPLY_IN: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.enum(["channel", "thread"], { error: "is unclear; set it to channel or thread" }))
    .default("channel"),
  DISCORD_CHANNELS: idList(SNOWFLAKE, COPY_ID),
  DISCORD_HUMAN: z
    .string()
    .trim()
    .regex(/^(?:<?#|<?@&?)?\d{15,21}>?$/, { error: "is no id; set a channel's, or a role's with @ before it" })
    .optional(),
  DISCORD_REPORT_CHANNEL: z
    .string()
    .trim()
    .regex(SNOWFLAKE, { error: `is no id; ${COPY_ID}` })
    .optional(),
});

const isOrigin = (text: string): boolean =>
  /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text;

const webVariables = commonVariables.extend({
  FOOTNOTE_PUBLIC_URL: publicUrl,
  FOOTNOTE_WIDGET_ORIGINS: list.refine((origins) => origins.every(isOrigin), {
    error: "names something else than origins; set such as https://wiki.example.org, without a path",
  }),
  FOOTNOTE_TRUSTED_PROXY: list.refine((addresses) => addresses.every((one) => isIP(one) !== 0), {
    error: "names something else than IP addresses; set those that the proxy connects from",
  }),
});

function parse<T>(variables: z.ZodType<T>, environment: Environment): T {
  const read = variables.safeParse(withoutEmpty(environment));
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
  const [first = "the environment can't be read", ...others] = problems;
  const [what = first, ...remedy] = first.split("; ");
  throw new OperatorError(what, [remedy.join("; "), ...others].join("; also, "));
}

function commonOf(read: z.infer<typeof commonVariables>): CommonSettings {
  return {
    corpus: read.FOOTNOTE_CORPUS ?? null,
    ...stateOf(read),
    ...addressesOf(read),
    index: read.FOOTNOTE_INDEX,
    questionsPerMinute: read.FOOTNOTE_QUESTIONS_PER_MINUTE,
    logsQuestions: read.FOOTNOTE_LOG_QUESTIONS,
    keepsMisses: read.FOOTNOTE_INBOX,
    healthPort: read.HEALTH_PORT ?? null,
    host: read.HOST,
    logLevel: read.LOG_LEVEL,
  };
}

const stateOf = (read: z.infer<typeof stateVariables>): StateSettings => ({
  data: read.FOOTNOTE_DATA,
  databaseUrl: read.DATABASE_URL ?? null,
  keys: read.FOOTNOTE_KEYS,
  keepDays: read.FOOTNOTE_KEEP_DAYS,
});

const addressesOf = (read: z.infer<typeof addressVariables>): SourceAddresses => ({
  sourceUrl: read.FOOTNOTE_SOURCE_URL ?? null,
  publicUrl: read.FOOTNOTE_PUBLIC_URL ?? null,
});

function connectionOf(read: z.infer<typeof slackVariables>): SlackConnection {
  if (read.SLACK_APP_TOKEN !== undefined) return { kind: "socket", appToken: read.SLACK_APP_TOKEN };
  if (read.SLACK_SIGNING_SECRET !== undefined)
    return { kind: "http", signingSecret: read.SLACK_SIGNING_SECRET, port: read.PORT };
  throw new OperatorError(
    "SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both missing",
    `set one from ${SLACK_APPS} › your app › Basic Information: the app-level token for Socket Mode, the signing secret for HTTP`,
  );
}
