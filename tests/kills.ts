// Two processes that answer in Slack and in Discord from one store, one of which is killed again and again: what is lost,
// and what stands there twice.

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { StateSettings } from "../adapters/shared/settings.ts";
import { openStore } from "../adapters/shared/state/state.ts";
import type { Store } from "../adapters/shared/state/store.ts";
import { BOT, directMessageOf, type Json, pressOf, user } from "./adapters/discord/events.ts";
import { type StandIn as Discord, startStandIn as startDiscord } from "./adapters/discord/stand-in.ts";
import { asForm, command, mention, press } from "./adapters/slack/deliveries.ts";
import {
  deliver,
  READING_SCOPES,
  SECRET,
  type StandIn as Slack,
  startStandIn as startSlack,
} from "./adapters/slack/stand-in.ts";

/** What became of everything, once all is quiet. */
export interface Survived {
  readonly kills: number;
  /** Questions that Slack heard were taken, and such that Discord delivered. */
  readonly acknowledged: number;
  readonly lost: readonly string[];
  readonly twice: readonly string[];
  readonly votes: number;
  readonly votesLost: readonly string[];
  /** Slack's commands: their replies can't be looked up, so a kill may cost one more. */
  readonly commands: number;
  readonly commandsLost: readonly string[];
  readonly commandsTwice: number;
  readonly dead: number;
}

const QUESTION = "How fast does a container start compared with a VM?";
const ROUND = 4;
const LEASE_MS = 3000;
const POST_MS = 250;
const READY_MS_MAX = 120_000;
const QUIET_MS_MAX = 180_000;
const ROOT = resolve(import.meta.dirname, "..");
/** The built program, seen from the sources and from itself. */
const DIST = pathToFileURL(existsSync(join(ROOT, "package.json")) ? join(ROOT, "dist") : ROOT).href;

/** Both bots in one process, as two processes would run them. */
const CHILD = `
  const load = (path) => import("${DIST}/" + path + ".js");
  const { createLog } = await load("adapters/shared/log");
  const { readSlackSettings, readDiscordSettings } = await load("adapters/shared/settings");
  const { openState } = await load("adapters/shared/state/state");
  const { createSlackApp } = await load("adapters/slack/bot");
  const { createDiscordBot } = await load("adapters/discord/bot");
  const { BUILT_IN } = await load("adapters/shared/built-in");
  const { openEngine } = await load("src/store/open");
  const opened = await openEngine(BUILT_IN.folder, BUILT_IN.snapshot);
  const engine = () => opened;
  const settings = readSlackSettings();
  const log = createLog(settings);
  const leaseMs = ${LEASE_MS};
  const state = await openState({ ...settings, platform: "slack", log, leaseMs });
  const app = createSlackApp(engine, { settings, log, state, leaseMs });
  const discordSettings = readDiscordSettings();
  const discordState = await openState({ ...discordSettings, platform: "discord", log, leaseMs });
  const { memory, limit } = discordState;
  const ws = { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) };
  const options = { ...discordSettings, memory, limit, state: discordState, log, leaseMs, now: Date.now, ws };
  const bot = createDiscordBot(engine, options);
  await bot.start();
  await app.start();
  process.stdout.write(app.port() + "\\n");
`;

interface Running {
  readonly child: ChildProcess;
  readonly port: number;
}

interface Platforms {
  readonly slack: Slack;
  readonly discord: Discord;
}

async function start({ slack, discord }: Platforms, { data, databaseUrl }: StateSettings): Promise<Running> {
  const env = {
    ...{ PATH: process.env.PATH ?? "", SLACK_BOT_TOKEN: "xoxb-test-token", SLACK_SIGNING_SECRET: SECRET, PORT: "0" },
    ...{ SLACK_API_URL: slack.apiUrl, FOOTNOTE_QUESTIONS_PER_MINUTE: "0", FOOTNOTE_DATA: data, LOG_LEVEL: "fatal" },
    ...{ DISCORD_TOKEN: "token", DISCORD_APPLICATION_ID: BOT, DISCORD_API_URL: discord.url },
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
  };
  const child = spawn(process.execPath, ["--input-type=module", "-e", CHILD], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await new Promise<number>((done, fail) => {
    child.stdout.once("data", (line) => done(Number(line)));
    child.once("exit", () => fail(new Error("a bot ended before it was ready")));
    setTimeout(() => fail(new Error("a bot did not become ready")), READY_MS_MAX).unref();
  });
  return { child, port };
}

/** What was sent, by what tells it apart. */
interface Sent {
  readonly slack: string[];
  readonly discord: string[];
  readonly commands: string[];
  readonly voters: string[];
}

/** @throws where a process does not come up, or what was kept is not worked off */
export async function surviveKills(
  settings: StateSettings,
  kills: number,
  onStep: (step: string) => void = () => {},
): Promise<Survived> {
  const platforms = { slack: await startSlack(READING_SCOPES), discord: await startDiscord() };
  const { slack, discord } = platforms;
  discord.delayMs = POST_MS;
  const sent: Sent = { slack: [], discord: [], commands: [], voters: [] };
  let processes: readonly Running[] = [];
  try {
    processes = await Promise.all([start(platforms, settings), start(platforms, settings)]);
    for (let kill = 0; kill < kills; kill++) {
      onStep(`${kill} of ${kills} kills`);
      slack.trouble("chat.postMessage", { kind: "slow", ms: POST_MS }, 2 * ROUND);
      const sending = send(platforms, processes, kill, sent);
      await sleep(20 + ((kill * 137) % 500));
      const killed = kill % 2;
      const old = processes[killed];
      old?.child.kill("SIGKILL");
      await sending;
      if (old?.child.exitCode === null && old.child.signalCode === null) await once(old.child, "exit");
      const next = await start(platforms, settings);
      processes = processes.map((running, at) => (at === killed ? next : running));
    }
    const store = await openStore(settings);
    try {
      return await judge(platforms, store, sent, kills);
    } finally {
      await store.close();
    }
  } finally {
    for (const { child } of processes) child.kill("SIGKILL");
    await slack.close();
    await discord.close();
  }
}

/** A round of questions, commands and votes over both platforms. */
async function send({ slack, discord }: Platforms, to: readonly Running[], round: number, sent: Sent): Promise<void> {
  const isTaken = async (at: number, body: string, form: boolean): Promise<boolean> =>
    (await deliver(to[at % 2]?.port ?? 0, body, form ? { form: true } : {}).catch(() => 0)) === 200;
  const asking = Array.from({ length: ROUND }, async (_, at) => {
    const ts = `${1_700_000_000 + round}.${String(at).padStart(6, "0")}`;
    const said = JSON.stringify(mention(QUESTION, { ts, event: `Ev${ts}` }));
    // Slack sends again what nobody took, to any process; every third is taken by both.
    const wasTaken = await isTaken(at, said, false);
    const isTakenAgain = (!wasTaken || at % 3 === 0) && (await isTaken(at + 1, said, false));
    if (wasTaken || isTakenAgain) sent.slack.push(ts);
    const voter = `U${round}x${at}`;
    const vote = { action_id: "vote:0", value: '{"kind":"vote","value":"up","topic":null}' };
    const pressed = asForm(press(vote, slack.responseUrl(), { user: { id: voter, name: "ada" } }));
    if (await isTaken(at, pressed, true)) sent.voters.push(`T1:${voter}`);
  });
  const name = `Ada${round}`;
  const commanding = async (): Promise<void> => {
    const form = asForm(command("/ask", `${QUESTION} ${name}`, slack.responseUrl()));
    // Every other one to the process that is killed next.
    if (await isTaken(Math.floor(round / 2), form, true)) sent.commands.push(name);
  };
  for (let at = 0; at < ROUND; at++) {
    // In channels of their own, since Discord limits how much is posted in one.
    const said = directMessageOf(QUESTION, {
      channel_id: String(310_000_000_000_000_000n + BigInt(round * ROUND + at)),
    });
    discord.dispatch("MESSAGE_CREATE", said);
    sent.discord.push(String(said.id));
    const voter = String(410_000_000_000_000_000n + BigInt(round * ROUND + at));
    const pressed = pressOf("1:vote:up:startup-time", null, { member: memberOf(voter), id: voter });
    discord.dispatch("INTERACTION_CREATE", pressed);
  }
  await Promise.all([...asking, commanding()]);
}

const memberOf = (id: string): Json => ({
  ...{ user: user(id), roles: [], joined_at: "2026-01-01T00:00:00.000Z", deaf: false, mute: false },
  ...{ flags: 0, permissions: "0" },
});

async function judge({ slack, discord }: Platforms, store: Store, sent: Sent, kills: number): Promise<Survived> {
  for (const deadline = Date.now() + QUIET_MS_MAX; ; await sleep(100)) {
    const { open } = await store.outbox.depth();
    if (open === 0) break;
    if (Date.now() > deadline) throw new Error(`${open} events are still open`);
  }
  const answered = [
    ...slack.posted.map(({ thread_ts }) => `slack ${String(thread_ts)}`),
    ...discord.posted.flatMap((posted) => messageAnswered(posted) ?? []),
  ];
  const asked = [...sent.slack.map((ts) => `slack ${ts}`), ...sent.discord.map((id) => `discord ${id}`)];
  const commanded = slack.calls.filter(({ method }) => method === "respond").map(({ args }) => JSON.stringify(args));
  const repliesTo = (name: string): number => commanded.filter((args) => new RegExp(`${name}\\b`).test(args)).length;
  // A response says that Discord was told so.
  const pressed = discord.got.flatMap(({ path }) => /^\/interactions\/(41\d+)\/\w+\/callback$/.exec(path)?.[1] ?? []);
  const voters = [...sent.voters, ...new Set(pressed)];
  const records = await Promise.all(voters.map((voter) => store.care.recordOf(voter)));
  const { dead } = await store.outbox.depth();
  return {
    ...{ kills, acknowledged: asked.length, votes: voters.length, commands: sent.commands.length, dead },
    lost: asked.filter((one) => !answered.includes(one)),
    twice: answered.filter((one, at) => answered.indexOf(one) !== at),
    votesLost: voters.filter((_, at) => records[at]?.votes.length !== 1),
    commandsLost: sent.commands.filter((name) => repliesTo(name) === 0),
    commandsTwice: sent.commands.reduce((sum, name) => sum + Math.max(0, repliesTo(name) - 1), 0),
  };
}

/** The message that a posted one is the answer to. */
function messageAnswered(posted: object): string | null {
  const reference: unknown = "message_reference" in posted ? posted.message_reference : null;
  if (typeof reference !== "object" || reference === null || !("message_id" in reference)) return null;
  return `discord ${String(reference.message_id)}`;
}
