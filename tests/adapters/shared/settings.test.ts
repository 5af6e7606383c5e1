// Environment variables to settings, and what the operator reads when one is wrong.

import { expect, test } from "vitest";
import {
  readCommonSettings,
  readDiscordSettings,
  readIndexSettings,
  readSlackSettings,
  readSourceAddresses,
  readStateSettings,
  readWebSettings,
} from "../../../adapters/shared/settings.ts";
import { OperatorError } from "../../../src/errors.ts";

const SLACK = { SLACK_BOT_TOKEN: "xoxb-secret-1", SLACK_SIGNING_SECRET: "signing-secret" };
const DISCORD = { DISCORD_TOKEN: "discord-secret", DISCORD_APPLICATION_ID: "123456789012345678" };

function messageOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof OperatorError) return error.message;
  }
  return "";
}

test("defaults are those of the contract", () => {
  expect(readCommonSettings({})).toEqual({
    corpus: null,
    data: "./data",
    databaseUrl: null,
    keys: [],
    keepDays: 30,
    keepsMisses: true,
    sourceUrl: null,
    publicUrl: null,
    index: "auto",
    questionsPerMinute: 10,
    logsQuestions: false,
    healthPort: null,
    host: "127.0.0.1",
    logLevel: "info",
  });
  expect(readSlackSettings(SLACK)).toMatchObject({
    connection: { kind: "http", port: 3000 },
    apiUrl: "https://slack.com/api/",
    channels: [],
    followUpChannels: [],
    human: null,
  });
});

test("where documents can be read is read with its places, and refused without a file's", () => {
  const sourceUrl = "https://git.example.org/blob/main/{file}#L{start}-L{end}";
  expect(readSourceAddresses({ FOOTNOTE_SOURCE_URL: sourceUrl })).toEqual({ sourceUrl, publicUrl: null });
  expect(messageOf(() => readSourceAddresses({ FOOTNOTE_SOURCE_URL: "https://git.example.org" }))).toMatch(
    /^FOOTNOTE_SOURCE_URL names no file; write \{file\}/,
  );
  expect(messageOf(() => readSourceAddresses({ FOOTNOTE_PUBLIC_URL: "footnote" }))).toMatch(
    /^FOOTNOTE_PUBLIC_URL is no URL/,
  );
});

test("an app-level token means Socket Mode, also beside a signing secret", () => {
  const { connection } = readSlackSettings({ ...SLACK, SLACK_APP_TOKEN: "xapp-1" });
  expect(connection).toEqual({ kind: "socket", appToken: "xapp-1" });
});

test("Discord needs no privilege and replies in the channel, unless it is told otherwise", () => {
  expect(readDiscordSettings(DISCORD)).toMatchObject({ readsContent: false, opensThreads: false });
  const told = { ...DISCORD, DISCORD_MESSAGE_CONTENT: "on", DISCORD_REPLY_IN: "thread" };
  expect(readDiscordSettings(told)).toMatchObject({ readsContent: true, opensThreads: true });
  expect(messageOf(() => readDiscordSettings({ ...DISCORD, DISCORD_REPLY_IN: "here" }))).toMatch(
    /^DISCORD_REPLY_IN is unclear; set it to channel or thread/,
  );
});

test("an empty variable is one that is not set", () => {
  expect(readSlackSettings({ ...SLACK, SLACK_APP_TOKEN: " ", PORT: "", SLACK_HUMAN: "" }).connection.kind).toBe("http");
});

test("lists are separated by commas or blanks", () => {
  expect(readSlackSettings({ ...SLACK, SLACK_CHANNELS: "C1, C2 G3" }).channels).toEqual(["C1", "C2", "G3"]);
});

test("keys are a list, the one in use first", () => {
  const [first, second] = ["a".repeat(64), "b".repeat(64)];
  expect(readStateSettings({ FOOTNOTE_KEYS: `${first},${second}`, DATABASE_URL: "postgresql:///footnote" })).toEqual({
    data: "./data",
    databaseUrl: "postgresql:///footnote",
    keys: [first, second],
    keepDays: 30,
  });
});

test("an index is named in any case", () => {
  expect(readIndexSettings({ FOOTNOTE_INDEX: " Compact ", FOOTNOTE_DATA: "/srv" })).toEqual({
    index: "compact",
    data: "/srv",
  });
});

test("the web pages know their public address without its last slash, and whom they trust", () => {
  const read = readWebSettings({
    FOOTNOTE_PUBLIC_URL: "https://intra.example/footnote/",
    FOOTNOTE_WIDGET_ORIGINS: "https://wiki.example, http://localhost:3000",
    FOOTNOTE_TRUSTED_PROXY: "10.0.0.1 ::1",
  });
  expect(read).toMatchObject({
    publicUrl: "https://intra.example/footnote",
    widgetOrigins: ["https://wiki.example", "http://localhost:3000"],
    trustedProxies: ["10.0.0.1", "::1"],
  });
  expect(readWebSettings({})).toMatchObject({ publicUrl: null, widgetOrigins: [], trustedProxies: [] });
});

const WRONG: readonly [name: string, read: () => unknown, told: RegExp][] = [
  [
    "an index that there is not",
    () => readIndexSettings({ FOOTNOTE_INDEX: "lucene" }),
    /^FOOTNOTE_INDEX is no index; set one of auto, minisearch, compact$/,
  ],
  [
    "a missing bot token",
    () => readSlackSettings({ SLACK_SIGNING_SECRET: "x" }),
    /^SLACK_BOT_TOKEN is missing; copy it/,
  ],
  [
    "no way to connect",
    () => readSlackSettings({ SLACK_BOT_TOKEN: "xoxb-1" }),
    /SLACK_APP_TOKEN and SLACK_SIGNING_SECRET/,
  ],
  [
    "a user token",
    () => readSlackSettings({ ...SLACK, SLACK_BOT_TOKEN: "xoxp-secret" }),
    /SLACK_BOT_TOKEN is no bot token/,
  ],
  [
    "a channel's name",
    () => readSlackSettings({ ...SLACK, SLACK_CHANNELS: "#general" }),
    /SLACK_CHANNELS names .* ids/,
  ],
  ["a port out of range", () => readSlackSettings({ ...SLACK, PORT: "70000" }), /PORT is out of range/],
  ["a number in words", () => readCommonSettings({ FOOTNOTE_QUESTIONS_PER_MINUTE: "ten" }), /is no whole number/],
  [
    "an address of another database",
    () => readStateSettings({ DATABASE_URL: "mysql://me:hidden-secret@db" }),
    /^DATABASE_URL is no address of PostgreSQL; set one that begins with postgresql:/,
  ],
  [
    "a short key",
    () => readStateSettings({ FOOTNOTE_KEYS: "short-secret" }),
    /^FOOTNOTE_KEYS holds .* too short; make/,
  ],
  ["no day at all", () => readStateSettings({ FOOTNOTE_KEEP_DAYS: "0" }), /^FOOTNOTE_KEEP_DAYS is out of range; set/],
  [
    "a public address that is none",
    () => readWebSettings({ FOOTNOTE_PUBLIC_URL: "ask.example" }),
    /^FOOTNOTE_PUBLIC_URL is no URL; set/,
  ],
  [
    "a public address with a query",
    () => readWebSettings({ FOOTNOTE_PUBLIC_URL: "https://ask.example/?secret=1" }),
    /^FOOTNOTE_PUBLIC_URL has a query or a fragment; set/,
  ],
  [
    "a page in place of an origin",
    () => readWebSettings({ FOOTNOTE_WIDGET_ORIGINS: "https://wiki.example/secret" }),
    /^FOOTNOTE_WIDGET_ORIGINS names something else than origins; set such as/,
  ],
  [
    "every origin",
    () => readWebSettings({ FOOTNOTE_WIDGET_ORIGINS: "*" }),
    /^FOOTNOTE_WIDGET_ORIGINS names something else than origins; set such as/,
  ],
  [
    "a proxy's name",
    () => readWebSettings({ FOOTNOTE_TRUSTED_PROXY: "proxy.secret" }),
    /^FOOTNOTE_TRUSTED_PROXY names something else than IP addresses; set/,
  ],
  ["a level that is none", () => readCommonSettings({ LOG_LEVEL: "loud" }), /LOG_LEVEL is no level; set one of/],
  ["a missing Discord token", () => readDiscordSettings({}), /DISCORD_TOKEN is missing/],
  ["a server's name", () => readDiscordSettings({ ...DISCORD, DISCORD_GUILD_ID: "home" }), /DISCORD_GUILD_ID is no id/],
  [
    "a person's name",
    () => readDiscordSettings({ ...DISCORD, DISCORD_HUMAN: "@ada" }),
    /DISCORD_HUMAN is no id; set a/,
  ],
];

for (const [name, read, told] of WRONG)
  test(`${name} is named with its remedy, on one line and without its value`, () => {
    const message = messageOf(read);
    expect(message).toMatch(told);
    expect(message).not.toMatch(/\n|-secret|#general|70000|loud/);
  });

test("two mistakes are told at once", () => {
  expect(messageOf(() => readDiscordSettings({ LOG_LEVEL: "loud" }))).toMatch(
    /LOG_LEVEL.*DISCORD_|DISCORD_.*LOG_LEVEL/,
  );
});
