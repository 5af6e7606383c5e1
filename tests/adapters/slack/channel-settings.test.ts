// What admins set for a channel in Slack, and what holds there: whose documents, unasked answers, whom to ask. Needs
// `npm run build`.
// @module-tag slow

import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { createChannels } from "../../../adapters/shared/channels.ts";
import { ABOUT_SECRET, openKept, SECRET } from "../kept-for.ts";
import { command, homeOpened, inChannel, mention, press } from "./deliveries.ts";
import { type Running, run } from "./running.ts";
import { ADMIN } from "./stand-in.ts";

const kept = await openKept();
const ASKED = "why do vms take so much more disk than containers?";

/** A choice in a menu of the settings. */
const choose = (url: string, name: string, values: readonly string[], change: object = {}) =>
  press(
    {
      ...{ action_id: `setting:${name}`, value: undefined },
      ...(name === "audience"
        ? { type: "multi_static_select", selected_options: values.map((value) => ({ value })) }
        : name === "human"
          ? { type: "multi_conversations_select", selected_conversations: values }
          : { type: "static_select", selected_option: { value: values[0] } }),
    },
    url,
    { user: { id: ADMIN, name: "ada" }, ...change },
  );
const said = async ({ slack }: Running, number: number): Promise<string> =>
  JSON.stringify((await slack.call("respond", number)).args);
const posts = ({ slack }: Running) => slack.calls.filter(({ method }) => method === "chat.postMessage");

test("/footnote settings shows an admin a menu for each setting, and others that they may not", async () => {
  const running = await run({}, { engine: kept });
  const { slack, interact } = running;
  await interact(command("/footnote", "settings", slack.responseUrl(), { user_id: ADMIN }));
  const shown = await said(running, 1);
  for (const text of [
    "Settings of this channel",
    "Documents",
    "Answer without a mention",
    "Follow-ups",
    "A person to ask",
  ])
    expect(shown).toContain(text);
  expect(shown).toContain('"value":"hr"');
  expect(shown).toContain('"response_type":"ephemeral"');
  await interact(command("/footnote", "settings", slack.responseUrl()));
  expect(await said(running, 2)).toContain("Only admins and owners");
  await interact(choose(slack.responseUrl(), "audience", ["hr"], { user: { id: "U1", name: "eve" } }));
  expect(await said(running, 3)).toContain("Only admins and owners");
  await interact(command("/footnote", "settings", slack.responseUrl(), { user_id: ADMIN, channel_id: "D1" }));
  expect(await said(running, 4)).toContain("Settings are a channel's");
});

test("without the scope to tell admins nobody changes anything", async () => {
  const running = await run({}, { engine: kept }, (slack) =>
    slack.trouble("users.info", { kind: "error", error: "missing_scope", needed: "users:read" }),
  );
  await running.interact(choose(running.slack.responseUrl(), "audience", ["hr"]));
  expect(await said(running, 1)).toContain("users:read");
});

test("a channel is shown the documents it is set to, by every way in, and no other channel is", async () => {
  const running = await run({}, { engine: kept });
  const { slack, event, interact, logged } = running;
  await event(mention(ABOUT_SECRET));
  await slack.called("chat.postMessage", 1);
  await interact(choose(slack.responseUrl(), "audience", ["hr", "board"]));
  const changed = (await slack.call("respond", 1)).args;
  expect(changed.replace_original).toBe(true);
  expect(JSON.stringify(changed)).toContain("board (no document is for it now)");
  await event(mention(ABOUT_SECRET));
  await slack.called("chat.postMessage", 2);
  await event(mention(ABOUT_SECRET, { channel: "C2" }));
  await slack.called("chat.postMessage", 3);
  const seen = posts(running).map(({ args }) => JSON.stringify(args).includes(SECRET));
  expect(seen).toEqual([false, true, false]);
  await interact(command("/ask", ABOUT_SECRET, slack.responseUrl()));
  await interact(command("/ask", ABOUT_SECRET, slack.responseUrl(), { channel_id: "C2" }));
  await slack.called("respond", 3);
  expect([await said(running, 2), await said(running, 3)].map((text) => text.includes(SECRET))).toEqual([true, false]);
  await event(homeOpened("home"));
  expect(JSON.stringify((await slack.call("views.publish")).args)).not.toContain("Pay bands");
  expect(logged()).toMatch(
    /"channel":"T1:C1","person":"T1:U0ADMIN","setting":"audience","before":\[\],"after":\["board","hr"\]/,
  );
  expect(
    logged().match(/"audience":"board","msg":"a channel is set to an audience that no document is kept for"/g),
  ).toHaveLength(1);
});

test("buttons show a reply again as its channel sees it", async () => {
  const channels = createChannels(Date.now);
  await channels.set({ channel: "T1:C1", person: "T1:U1", setting: { name: "audience", value: ["hr"] } });
  const running = await run({}, { engine: kept, channels });
  const { slack, event, interact } = running;
  await event(mention(ABOUT_SECRET));
  const { args } = await slack.call("chat.postMessage");
  const button = /\{"type":"button","action_id":"show:quotes".*?"value":("(?:[^"\\]|\\.)*")/.exec(
    JSON.stringify(args),
  )?.[1];
  const quotes = { action_id: "show:quotes", value: JSON.parse(button ?? '""') };
  await interact(press(quotes, slack.responseUrl()));
  expect(await said(running, 1)).toContain(SECRET);
  await interact(press(quotes, slack.responseUrl(), { channel: { id: "C2", name: "general" } }));
  expect(await said(running, 2)).toContain("My documents have changed");
});

test("nothing is answered without a mention until that is switched on, then only what is sure, and stop is heard", async () => {
  const running = await run();
  const { slack, event, interact } = running;
  await event(inChannel(ASKED));
  await interact(choose(slack.responseUrl(), "answersUnasked", ["true"]));
  await slack.called("respond", 1);
  await sleep(300);
  expect(posts(running)).toEqual([]);
  for (const text of [
    "lgtm",
    "is anybody going to lunch?",
    "how much disk do our vms use?",
    `<@U2> ${ASKED}`,
    "Is Docker good?",
  ])
    await event(inChannel(text));
  await event(inChannel(ASKED, { channel: "C2" }));
  await event(inChannel(ASKED, { ts: "1700000000.000900" }));
  await slack.called("chat.postMessage", 1);
  await sleep(500);
  expect(posts(running).map(({ args }) => [args.channel, args.thread_ts])).toEqual([["C1", "1700000000.000900"]]);
  await event(inChannel("stop", { thread: "1700000000.000900" }));
  await sleep(200);
  await event(inChannel(ASKED, { thread: "1700000000.000900" }));
  await event(inChannel(ASKED, { ts: "1700000000.000901" }));
  await slack.called("chat.postMessage", 2);
  await event(inChannel("Please stop!"));
  await sleep(200);
  await event(inChannel(ASKED));
  await sleep(500);
  expect(posts(running).map(({ args }) => args.thread_ts)).toEqual(["1700000000.000900", "1700000000.000901"]);
});

test("whom to ask, and follow-ups, are as the channel is set", async () => {
  const running = await run({ SLACK_HUMAN: "C7" });
  const { slack, event, interact } = running;
  await interact(choose(slack.responseUrl(), "human", ["C9"]));
  await interact(choose(slack.responseUrl(), "followsUp", ["true"]));
  await slack.called("respond", 2);
  await event(mention("What is the capital of France?", { ts: "1700000000.000700" }));
  const { args } = await slack.call("chat.postMessage");
  expect(JSON.stringify(args)).toContain("<#C9>");
  await event(inChannel(ASKED, { thread: "1700000000.000700" }));
  await slack.called("chat.postMessage", 2);
  await interact(choose(slack.responseUrl(), "human", []));
  await slack.called("respond", 3);
  await event(mention("What is the capital of France?"));
  expect(JSON.stringify((await slack.call("chat.postMessage", 3)).args)).toContain("<#C7>");
});
