// The loop in Discord, from a question that is not answered to the one who asked hearing that it is; votes with their reasons.

// @module-tag slow

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startWalk, type Walk } from "../walk.ts";
import { ASKER, BOT, CHANNEL, type Json, messageOf, pressOf } from "./events.ts";
import { buttonsOf } from "./limits.ts";
import type { Posted } from "./rest.ts";
import { isHidden, shown, TOKEN } from "./running.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";

const SEEN = { timeout: 30_000, interval: 50 };
const MISSED = "what tin should the leaves go into";

interface Started extends Walk {
  readonly discord: StandIn;
  say(text: string): Promise<Posted>;
  push(of: Posted, words: string): Promise<Posted>;
}

async function start(): Promise<Started> {
  const discord = await startStandIn();
  onTestFinished(() => discord.close());
  const walk = startWalk();
  await walk.bot("discord", { DISCORD_TOKEN: TOKEN, DISCORD_APPLICATION_ID: BOT, DISCORD_API_URL: discord.url });
  const send = (event: Json): Promise<Posted> => {
    discord.dispatch("data" in event ? "INTERACTION_CREATE" : "MESSAGE_CREATE", event);
    return discord.next();
  };
  return {
    ...walk,
    discord,
    say: (text) => send(messageOf(`<@${BOT}> ${text}`)),
    push: (of, words) => {
      const found = buttonsOf(of).find(({ label }) => label === words);
      if (found === undefined) throw new Error(`no button "${words}" on ${shown(of)}`);
      return send(pressOf(found.custom_id, of));
    },
  };
}

test("a miss is drafted as a topic, and whoever wanted to hear of it is told once below it, and notified", async () => {
  const { discord, say, push, inbox, footnote, folder } = await start();
  const miss = await say(MISSED);
  expect(shown(miss)).toContain("The documents do not answer that");
  expect(shown(await push(miss, "Tell me when it is answered"))).toBe("I will tell you once that is answered.");
  await expect.poll(inbox, SEEN).toMatchObject([{ asked: 1, waiting: 1, state: "open" }]);
  const [group] = await inbox();

  const drafted = await footnote("inbox", "new", group?.id ?? "");
  expect([drafted.stderr, drafted.status]).toEqual(["", 0]);
  expect(readFileSync(join(folder, "faq.yaml"), "utf8")).toMatch(
    /next: \["How long is tea brewed\?"\]\n {2}- id: what-tin-should-the-leaves\n[\s\S]*- tea: Tea is stored in a dark tin\.\nelsewhere/,
  );
  const told = await discord.next();
  expect(shown(told)).toMatch(
    new RegExp(`^<@${ASKER}> This is answered now\\.\\n[\\s\\S]*Tea is stored in a dark tin`),
  );
  expect(told).toMatchObject({ where: `channel ${CHANNEL}`, allowed_mentions: { parse: [], users: [ASKER] } });
  expect(await inbox()).toMatchObject([{ waiting: 0, state: "answered" }]);
  expect((await footnote("inbox", "undo")).status).toBe(0);
  await expect.poll(async () => (await inbox())[0]?.state, SEEN).toBe("open");
}, 90_000);

test("a vote against an answer asks why in one press, hidden from others, and a changed mind takes it back", async () => {
  const { say, push, inbox } = await start();
  const answer = await say("Where is tea stored?");
  const why = await push(answer, "👎");
  expect([isHidden(why), buttonsOf(why).map(({ label }) => label)]).toEqual([
    true,
    ["Wrong", "Incomplete", "Out of date", "Not what I asked"],
  ]);
  await expect.poll(inbox, SEEN).toMatchObject([{ state: "open", why: ["voted down"] }]);
  const noted = await push(why, "Not what I asked");
  expect(shown(noted)).toMatch(/^Thanks, noted: not what I asked\./);
  await expect.poll(inbox, SEEN).toMatchObject([{ why: ["voted down: not what I asked"] }]);
  expect(shown(await push(noted, "Tell me when it is answered"))).toBe("I will tell you once that is answered.");
  await expect.poll(inbox, SEEN).toMatchObject([{ waiting: 1 }]);
  await push(answer, "👍");
  await expect.poll(inbox, SEEN).toEqual([]);
}, 90_000);
