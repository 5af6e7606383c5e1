// What people write besides plain questions: pointing at others' questions, edits, forwards, workflows, deletions, "stop".
// @module-tag slow

import { expect, test } from "vitest";
import { hear } from "../../../adapters/slack/inbound.ts";
import { readMessage } from "../../../adapters/slack/text.ts";
import { direct, inChannel, mention, press } from "./deliveries.ts";
import { seen } from "./limits.ts";
import { run } from "./running.ts";
import { BOT } from "./stand-in.ts";

const QUESTION = "How fast does a container start compared with a VM?";
const ANSWERED = "Startup time";
const THREAD = "1700000000.800001";
const quiet = (ms = 200) => new Promise((resolve) => setTimeout(resolve, ms));

const SAID = [
  { type: "message", user: "U2", ts: THREAD, text: QUESTION },
  { type: "message", user: "U3", ts: "1700000000.800002", text: "no idea, sorry" },
  { type: "message", user: BOT, bot_id: "B0BOT", ts: "1700000000.800003", text: "What is Docker?" },
];

test.each(["^", "can you answer this?", "☝️", ""])("%j under somebody's question answers that", async (text) => {
  const { event, slack } = await run();
  slack.said = SAID;
  await event(mention(text, { thread: THREAD, ts: "1700000000.800009" }));
  const { args } = await slack.call("chat.postMessage");
  expect(seen(args)).toContain(ANSWERED);
  expect(seen(args)).toContain(`In answer to: ${QUESTION}`);
});

test("at the top of a channel, what points is answered with the question said last there", async () => {
  const { event, slack } = await run();
  slack.said = [SAID[0] ?? {}];
  await event(mention("^", { ts: "1700000000.800009" }));
  expect(seen((await slack.call("chat.postMessage")).args)).toContain(ANSWERED);
  expect((await slack.call("conversations.history")).args).toMatchObject({ latest: "1700000000.800009" });
});

test("where the thread can't be read, who points is told what works, and an empty mention gets the help", async () => {
  const { event, slack } = await run();
  slack.said = null;
  await event(mention("^", { thread: THREAD }));
  expect((await slack.call("chat.postEphemeral")).args.text).toContain("Answer this");
  await event(mention("", { thread: THREAD }));
  expect(seen((await slack.call("chat.postMessage")).args)).toContain("Ask me a question");
});

const edited = (before: string, after: string, more: object = {}) =>
  inChannel("", {
    more: {
      subtype: "message_changed",
      message: { type: "message", user: "U1", ts: "1700000000.800020", text: after, edited: { ts: "1.1" } },
      previous_message: { type: "message", user: "U1", ts: "1700000000.800020", text: before },
      ...more,
    },
  });

test("an edit that adds a mention is answered once; any other edit is not", async () => {
  const { event, slack } = await run();
  await event(edited("Is Docker fast?", "Is Docker secure?"));
  await event(edited(`<@${BOT}> ${QUESTION}`, `<@${BOT}> ${QUESTION}!`));
  await event(edited(QUESTION, `<@${BOT}> ${QUESTION}`));
  await event(mention(QUESTION, { ts: "1700000000.800020", more: { edited: { ts: "1.1", user: "U1" } } }));
  await quiet();
  expect((await slack.called("chat.postMessage")).map(({ args }) => args.thread_ts)).toEqual(["1700000000.800020"]);
});

test.each([
  ["a forwarded message", "", [{ is_share: true, text: QUESTION, from_url: "https://tea.slack.com/x" }]],
  ["a forwarded message that is pointed at", "can you answer this?", [{ is_msg_unfurl: true, text: QUESTION }]],
  ["an attachment without a text", "", [{ fallback: QUESTION }]],
])("%s is read", async (_, text, attachments) => {
  const { event, slack } = await run();
  await event(direct(text, { more: { attachments } }));
  expect(seen((await slack.call("chat.postMessage")).args)).toContain(ANSWERED);
});

test("the preview of a link is nobody's question", () => {
  const attachments = [{ from_url: "https://a.example/", title: "Is Docker secure?", text: "It is." }];
  expect(hear(direct("see https://a.example/", { more: { attachments } }), BOT)?.question).toBe(
    "see https://a.example/",
  );
});

test("a message that only its blocks say is read", () => {
  const elements = [{ type: "rich_text_section", elements: [{ type: "text", text: QUESTION }] }];
  const blocks = [{ type: "rich_text", elements }];
  expect(hear(direct("", { more: { blocks } }), BOT)?.question).toBe(QUESTION);
});

test.each([
  ["why ```std::vector::size:100: &lt;b&gt; <@U2>```?", "why ```std::vector::size:100: <b> <@U2>```?"],
  ["what is `a:smile:b`", "what is `a:smile:b`"],
  ["what is std::map::at in :whale: C++", "what is std::map::at in C++"],
  ["`<https://a.example|a.example>` is down", "`a.example` is down"],
])("code in %j is read as it is written", (written, read) => {
  expect(readMessage(written, BOT)).toBe(read);
});

test("a workflow's message is answered where it mentions the bot, another bot's is not", async () => {
  const { event, slack } = await run();
  const bot = { bot_id: "B7", user: undefined, subtype: "bot_message" };
  await event(mention(QUESTION, { more: bot }));
  await event(inChannel(QUESTION, { more: { ...bot, bot_profile: { is_workflow_bot: true } } }));
  await event(
    mention(`<@U5> asks: ${QUESTION}`, { ts: THREAD, more: { ...bot, bot_profile: { is_workflow_bot: true } } }),
  );
  await quiet();
  expect((await slack.called("chat.postMessage")).map(({ args }) => args.thread_ts)).toEqual([THREAD]);
});

const gone = (ts: string, how: "message_deleted" | "tombstone") =>
  direct("", {
    more: {
      previous_message: { type: "message", user: "U1", ts, text: QUESTION },
      ...(how === "message_deleted"
        ? { subtype: how, deleted_ts: ts }
        : { subtype: "message_changed", message: { subtype: "tombstone", user: "USLACKBOT", ts, text: "gone" } }),
    },
  });

test.each(["message_deleted", "tombstone"] as const)(
  "a question that is gone (%s) takes its reply away",
  async (how) => {
    const { event, slack } = await run();
    slack.said = [];
    await event(direct(QUESTION, { ts: THREAD }));
    await event(direct("Is Docker secure?", { thread: THREAD, ts: "1700000000.800031" }));
    await slack.called("chat.postMessage", 2);
    await quiet(50);
    await event(gone(THREAD, how));
    expect((await slack.call("chat.delete")).args).toMatchObject({ channel: "D1" });
    expect(slack.posted).toHaveLength(1);
    await event(gone("1700000000.800099", how));
    await quiet();
    expect(await slack.called("chat.delete")).toHaveLength(1);
  },
);

test("thanks are answered with a word, and nothing is looked up", async () => {
  const { event, slack } = await run();
  await event(mention("thanks!"));
  expect((await slack.call("chat.postEphemeral")).args.text).toBe("You're welcome.");
  expect(slack.posted).toEqual([]);
});

test("after `stop` a thread is quiet until somebody mentions the bot in it", async () => {
  const { event, slack } = await run({ SLACK_FOLLOW_UP_CHANNELS: "C1" });
  await event(mention(QUESTION, { ts: THREAD }));
  await slack.called("chat.postMessage");
  await event(inChannel("stop", { thread: THREAD }));
  expect((await slack.call("chat.postEphemeral")).args.text).toContain("stay quiet");
  await event(inChannel("and what about security?", { thread: THREAD }));
  await quiet();
  expect(slack.posted).toHaveLength(1);
  await event(mention("Is Docker secure?", { thread: THREAD }));
  await slack.called("chat.postMessage", 2);
  await event(inChannel("and what about storage?", { thread: THREAD }));
  expect(await slack.called("chat.postMessage", 3)).toHaveLength(3);
});

const external = (text: string) => {
  const said = mention(text, { user: "U9", more: { user_team: "T9", source_team: "T9", team: "T9" } });
  return { ...said, is_ext_shared_channel: true, authorizations: [{ team_id: "T1", enterprise_id: null }] };
};

test("people of other organisations are answered only where that is allowed, and told so once", async () => {
  const { event, interact, slack } = await run();
  await event(external(QUESTION));
  await event(external("Is Docker secure?"));
  await interact(
    press(
      { action_id: "ask:0", value: '{"kind":"ask","asked":{"kind":"ask","question":"Is Docker secure?","after":[]}}' },
      slack.responseUrl(),
      {
        user: { id: "U9", name: "eve", team_id: "T9" },
      },
    ),
  );
  await quiet();
  const told = await slack.called("chat.postEphemeral");
  expect(told.map(({ args }) => [args.user, args.text])).toEqual([["U9", expect.stringContaining("organisation")]]);
  expect(slack.posted).toEqual([]);
  expect(slack.calls.filter(({ method }) => method === "respond")).toEqual([]);
  const open = await run({ SLACK_CONNECT: "on" });
  await open.event(external(QUESTION));
  await open.slack.called("chat.postMessage");
});
