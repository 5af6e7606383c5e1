// What the operator does: run, register and doctor, as commands of the built program. Needs `npm run build`.
// @module-tag slow

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { COMMANDS, hashCommands, inviteLink, personalLink } from "../../../adapters/discord/commands.ts";
import { LOOPBACK, serveHealth } from "../../../adapters/shared/health.ts";
import { folderWith, TOPICAL } from "../cli/corpora.ts";
import { BOT, BOT_ROLE, CHANNEL, GUILD, messageOf, THREAD } from "./events.ts";
import { brokenLimits } from "./limits.ts";
import { eventually, TOKEN } from "./running.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";

const MAIN = resolve(import.meta.dirname, "../../../dist/adapters/cli/main.js");
if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing; npm run build makes it`);
const topical = folderWith(TOPICAL);

let discord: StandIn;
beforeEach(async () => {
  discord = await startStandIn();
});
afterEach(() => discord.close());

function start(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const settings = {
    DISCORD_TOKEN: TOKEN,
    DISCORD_APPLICATION_ID: BOT,
    DISCORD_API_URL: discord.url,
    FOOTNOTE_CORPUS: topical,
  };
  return spawn(process.execPath, [MAIN, ...args], {
    cwd: topical,
    env: { PATH: process.env.PATH ?? "", ...settings, ...env },
  });
}

async function ended(child: ChildProcess): Promise<{ status: number | null; stdout: string; stderr: string }> {
  if (child.stdout === null || child.stderr === null) throw new Error("the child has no pipes");
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { status: Number(status), stdout, stderr };
}
const footnote = (args: readonly string[], env: Record<string, string> = {}) => ended(start(args, env));

/** A process that starts on a busy machine takes its time. */
const STARTED = { timeout: 40_000, interval: 20 };

async function freePort(): Promise<number> {
  const { port, close } = await serveHealth({ isHealthy: () => true, port: 0, host: LOOPBACK });
  await close();
  return port;
}

describe("footnote discord", () => {
  test("answers, is healthy, says so, and ends with 0 at SIGTERM", async () => {
    const port = await freePort();
    const child = start(["discord"], { HEALTH_PORT: String(port) });
    const end = ended(child);
    const health = async (): Promise<number> =>
      fetch(`http://127.0.0.1:${port}/healthz`).then(
        ({ status }) => status,
        () => 0,
      );
    await expect.poll(health, STARTED).toBe(200);
    discord.dispatch("MESSAGE_CREATE", messageOf(`<@${BOT}> Where is tea stored?`));
    expect(JSON.stringify(await discord.next())).toContain("dark tin");
    const stoppedAt = Date.now();
    child.kill("SIGTERM");
    const { status, stdout, stderr } = await end;
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
    expect(Date.now() - stoppedAt).toBeLessThan(10_000);
    const lines = stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ msg }) => msg)).toEqual(["ready", "answered", "stopped"]);
    expect(lines[1]).toMatchObject({ platform: "discord", entry: "mention", kind: "answer", topic: "storage" });
    expect(stderr).not.toMatch(/stored\?|M{20}/);
  }, 60_000);

  test("ends with 0 within ten seconds of SIGTERM though Discord does not answer", async () => {
    const child = start(["discord"]);
    const end = ended(child);
    await expect.poll(() => discord.sessions.length, STARTED).toBe(1);
    discord.fail(/messages$/, "hang");
    discord.dispatch("MESSAGE_CREATE", messageOf(`<@${BOT}> Where is tea stored?`));
    await eventually(() => discord.got.some(({ path }) => path.endsWith("/messages"))).toBe(true);
    const stoppedAt = Date.now();
    child.kill("SIGTERM");
    expect((await end).status).toBe(0);
    expect(Date.now() - stoppedAt).toBeLessThan(10_000);
  }, 30_000);

  test("whose token Discord does not know ends with 2 before it connects", async () => {
    discord.fail(/^\/gateway\/bot$/, "401");
    const { status, stderr } = await footnote(["discord"], { LOG_LEVEL: "silent" });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/^Discord refuses DISCORD_TOKEN; /),
    });
    expect(discord.sessions).toEqual([]);
  });

  test.each([4004, 4013, 4014])(
    "refused with %i ends with 2 and a remedy, not in a loop",
    async (code) => {
      discord.refusesWith = code;
      const { status, stderr } = await footnote(["discord"], { LOG_LEVEL: "silent" });
      expect(status).toBe(2);
      expect(stderr).toMatch(/^Discord refuses .+; .+\n$/);
      expect(stderr).not.toContain(TOKEN);
    },
    20_000,
  );

  test("that can't reach Discord ends with 1 and says why in the log", async () => {
    const { status, stderr } = await footnote(["discord"], { DISCORD_API_URL: `http://127.0.0.1:${await freePort()}` });
    expect(status).toBe(1);
    expect(JSON.parse(stderr.trim().split("\n").at(-1) ?? "")).toMatchObject({ level: "fatal", msg: "ended" });
  }, 60_000);

  test("without a token names it and where to find it", async () => {
    const { status, stderr } = await footnote(["discord"], { DISCORD_TOKEN: "" });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/^DISCORD_TOKEN is missing; .+\n$/),
    });
  });
});

const everywhere = `/applications/${BOT}/commands`;
const inGuild = `/applications/${BOT}/guilds/${GUILD}/commands`;
const puts = (): string[] => discord.got.filter(({ method }) => method === "PUT").map(({ path }) => path);

describe("footnote discord register", () => {
  beforeEach(() => {
    discord.pages.set(everywhere, []);
    discord.pages.set(inGuild, []);
    discord.pages.set("/users/@me/guilds", [{ id: GUILD, name: "Guild" }]);
  });

  test("puts the commands everywhere once, and a second time nowhere", async () => {
    const { status, stdout } = await footnote(["discord", "register"]);
    expect(status).toBe(0);
    expect(stdout).toBe(
      `Registered, everywhere: /ask, /compare, /sources, /privacy, “Answer this”, “Delete this answer”, “Mark as solved”\nAdd it to your own account: ${personalLink(BOT)}\nAdd the bot to a server: ${inviteLink(BOT, { opensThreads: false })}\n`,
    );
    expect((await footnote(["discord", "register"])).stdout).toMatch(/^Unchanged, everywhere/);
    expect(puts()).toEqual([everywhere]);
  });

  test("looks at every server, however many there are", async () => {
    const servers = Array.from({ length: 401 }, (_, at) => ({ id: String(2_000_000_000 + at), name: `Guild ${at}` }));
    discord.pages.set("/users/@me/guilds", servers);
    for (const { id } of servers) discord.pages.set(`/applications/${BOT}/guilds/${id}/commands`, []);
    discord.pages.set(`/applications/${BOT}/guilds/${servers[400]?.id}/commands`, COMMANDS);
    const { stdout } = await footnote(["discord", "register"]);
    expect(stdout).toContain("Removed, the server Guild 400:");
    expect(discord.got.filter(({ path }) => path === "/users/@me/guilds").length).toBe(3);
  }, 60_000);

  test("in one server empties the list of everywhere, and the other way round, and says so", async () => {
    discord.pages.set(everywhere, COMMANDS);
    expect((await footnote(["discord", "register"], { DISCORD_GUILD_ID: GUILD })).stdout).toMatch(
      /^Registered, the server 2\d+: .+\nRemoved, everywhere else: 7 commands/,
    );
    expect((await footnote(["discord", "register"])).stdout).toMatch(
      /^Registered, everywhere: .+\nRemoved, the server Guild: 7 commands/,
    );
    expect(puts()).toEqual([inGuild, everywhere, everywhere, inGuild]);
  });

  test("in one server leaves out what Discord keeps for global commands only, and puts nothing a second time", async () => {
    const inServer = { DISCORD_GUILD_ID: GUILD };
    await footnote(["discord", "register"], inServer);
    const put = discord.got.find(({ method }) => method === "PUT");
    expect(JSON.stringify(put?.body)).toMatch(/^\[\{"type":1,"name":"ask"(?!.*"(?:contexts|integration_types)")/);
    expect((await footnote(["discord", "register"], inServer)).stdout).toMatch(/^Unchanged, the server/);
    expect((await footnote(["discord", "doctor"], inServer)).stdout).not.toContain("not those of this version");
    expect(puts()).toEqual([inGuild]);
  });

  test("goes on where a server does not show its list, and still ends with the link", async () => {
    discord.pages.delete(inGuild);
    const { status, stdout } = await footnote(["discord", "register"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Registered, everywhere: .+\nNot looked at, the server Guild: .+\n/);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe(
      `Add the bot to a server: ${inviteLink(BOT, { opensThreads: false })}`,
    );
  });

  test("says what Discord refuses", async () => {
    discord.pages.clear();
    const { status, stderr } = await footnote(["discord", "register"]);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/^Discord refuses GET .+; check DISCORD_APPLICATION_ID.+\n$/),
    });
  });
});

describe("the commands", () => {
  test("hash alike in any order and with what Discord adds, and differently once changed", () => {
    const returned = [...COMMANDS]
      .reverse()
      .map((command) => ({ ...command, id: "1", version: "2", nsfw: false, dm_permission: true }));
    const changed = COMMANDS.map((command) => ({ ...command, description: "x" }));
    expect(hashCommands(returned, "everywhere")).toBe(hashCommands(COMMANDS, "everywhere"));
    for (const scope of ["everywhere", "server"] as const)
      expect(hashCommands(changed, scope)).not.toBe(hashCommands(COMMANDS, scope));
  });

  test("are within Discord's limits and can be installed to a server and to a person", () => {
    for (const command of COMMANDS) {
      expect(command).toMatchObject({ integration_types: [0, 1], contexts: [0, 1, 2] });
      if ("description" in command) expect(command.description?.length).toBeLessThanOrEqual(100);
      if ("options" in command)
        for (const { description } of command.options ?? []) expect(description.length).toBeLessThanOrEqual(100);
    }
  });

  test("come with an invite that asks for four permissions and no administrator", () => {
    const permissions = BigInt(
      new URL(inviteLink(BOT, { opensThreads: false })).searchParams.get("permissions") ?? "0",
    );
    expect(permissions).toBe((1n << 10n) | (1n << 11n) | (1n << 38n) | (1n << 16n));
    expect(inviteLink(BOT, { opensThreads: true })).toContain(`permissions=${permissions | (1n << 35n)}`);
  });
});

describe("footnote discord doctor", () => {
  const EVERY = String((1n << 10n) | (1n << 11n) | (1n << 38n) | (1n << 16n));
  const SEND = String(1n << 11n);
  const channel = (id: string, name: string, deny: string): unknown => ({
    ...{ id, name, type: 0 },
    permission_overwrites: [{ id: GUILD, type: 0, allow: "0", deny }],
  });
  beforeEach(() => {
    discord.pages.set("/users/@me", { id: BOT, username: "footnote" });
    discord.pages.set("/applications/@me", { id: BOT, integration_types_config: { 0: {}, 1: {} } });
    discord.pages.set(everywhere, COMMANDS);
    discord.pages.set("/users/@me/guilds", [{ id: GUILD, name: "Guild" }]);
    discord.pages.set(`/guilds/${GUILD}/channels`, [channel(CHANNEL, "general", "0"), channel(THREAD, "rules", SEND)]);
    discord.pages.set(`/guilds/${GUILD}/roles`, [{ id: GUILD, permissions: EVERY }]);
    discord.pages.set(`/guilds/${GUILD}/members/${BOT}`, { roles: [] });
  });

  test("finds all well, but warns of a channel it can't write in", async () => {
    const { status, stdout } = await footnote(["discord", "doctor"]);
    expect(status).toBe(0);
    expect(stdout).toBe(`✓ The token is that of footnote.
✓ DISCORD_APPLICATION_ID is that of the token.
✓ Intents: Guilds, GuildMessages and DirectMessages, none of which is privileged.
✓ The commands are registered.
✓ The bot is in 1 server.
✓ Guild: it can answer in 1 of 2 channels.
! Guild › #rules (${THREAD}): it lacks Send Messages; allow it in the channel's settings › Permissions
`);
  });

  test("looks into forums, where posts alone are written in", async () => {
    discord.pages.set(`/guilds/${GUILD}/channels`, [
      { ...Object(channel(CHANNEL, "questions", SEND)), type: 15 },
      { ...Object(channel(THREAD, "ideas", String(1n << 38n))), type: 15 },
    ]);
    const { stdout } = await footnote(["discord", "doctor"]);
    expect(stdout).toContain("Guild: it can answer in 1 of 2 channels.");
    expect(stdout).toContain(`#ideas (${THREAD}): it lacks Send Messages in Threads;`);
  });

  test("fails where the bot can answer nowhere: in no channel, or in no server", async () => {
    discord.pages.set(`/guilds/${GUILD}/channels`, [channel(THREAD, "rules", SEND)]);
    const nowhere = await footnote(["discord", "doctor"]);
    expect([nowhere.status, nowhere.stdout]).toEqual([
      1,
      expect.stringContaining("✗ The bot can answer in no channel at all; allow it"),
    ]);
    discord.pages.set("/users/@me/guilds", []);
    const alone = await footnote(["discord", "doctor"]);
    expect([alone.status, alone.stdout]).toEqual([
      1,
      expect.stringContaining("✗ The bot is in no server; add it with"),
    ]);
  });

  test("looks whether whom to ask instead is there", async () => {
    const other = "300000000000000077";
    const doctor = async (human: string): Promise<string> =>
      (await footnote(["discord", "doctor"], { DISCORD_HUMAN: human })).stdout;
    discord.pages.set(`/channels/${CHANNEL}`, { id: CHANNEL, name: "helpdesk" });
    expect(await doctor(CHANNEL)).toContain("✓ Whom to ask instead: #helpdesk.");
    expect(await doctor(other)).toContain(`✗ DISCORD_HUMAN is no channel that the bot can see (${other}); copy`);
    discord.pages.set(`/guilds/${GUILD}/roles`, [
      { id: GUILD, permissions: EVERY },
      { id: BOT_ROLE, name: "helpers", permissions: "0" },
    ]);
    expect(await doctor(`@${BOT_ROLE}`)).toContain("✓ Whom to ask instead: the role helpers.");
    expect(await doctor(`@${other}`)).toContain(`✗ DISCORD_HUMAN is no role of the bot's servers (${other});`);
  }, 60_000);

  test("reads from Discord whether it may have the intent that it is told to use", async () => {
    const on = { DISCORD_MESSAGE_CONTENT: "on" };
    const refused = await footnote(["discord", "doctor"], on);
    expect([refused.status, refused.stdout]).toEqual([
      1,
      expect.stringContaining("✗ DISCORD_MESSAGE_CONTENT is on, but Discord does not allow the bot Message Content;"),
    ]);
    discord.pages.set("/applications/@me", { id: BOT, flags: 1 << 19 });
    expect((await footnote(["discord", "doctor"], on)).stdout).toContain("and the privileged Message Content.");
    expect((await footnote(["discord", "doctor"])).stdout).toContain("! Discord allows the bot the privileged intent");
  }, 60_000);

  test("fails where a channel to answer in is closed, and where commands are missing", async () => {
    discord.pages.set(everywhere, []);
    const { status, stdout } = await footnote(["discord", "doctor"], { DISCORD_CHANNELS: THREAD });
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /✗ The commands are not those of this version; run footnote discord register[\s\S]*✗ Guild › #rules/,
    );
  });

  test("fails where the application is another's", async () => {
    const { status, stdout } = await footnote(["discord", "doctor", "--json"], {
      DISCORD_APPLICATION_ID: `${BOT.slice(0, -1)}9`,
    });
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toContainEqual({
      level: "bad",
      what: "DISCORD_APPLICATION_ID is not that of the token",
      remedy: `set it to ${BOT}`,
    });
  });
});

test("footnote ask --as discord prints a body that Discord takes", async () => {
  const { status, stdout } = await footnote(["ask", "--as", "discord", "Where is tea stored?"]);
  expect(status).toBe(0);
  expect(brokenLimits(JSON.parse(stdout))).toEqual([]);
  expect(stdout).toContain("dark tin");
});
