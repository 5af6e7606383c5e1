// Who sees what in Slack, and what leans on what: threads, follow-ups, direct messages, and what is for one person.
// @module-tag slow

import { expect, test } from "vitest";
import { command, direct, inChannel, mention, press, shortcut } from "./deliveries.ts";
import { buttonOf, seen } from "./limits.ts";
import { run } from "./running.ts";
import type { StandIn } from "./stand-in.ts";

const QUESTION = "How fast does a container start compared with a VM?";
const THREAD = "1700000000.900001";
const CARRIED = "Continuing with: Startup time";
const quiet = (ms = 150) => new Promise((resolve) => setTimeout(resolve, ms));
const posted = async (slack: StandIn, count: number) =>
  (await slack.called("chat.postMessage", count)).map(({ args }) => seen(args));

test("a thread carries its topic, and the reply says what it continues with", async () => {
  const { event, slack } = await run();
  await event(mention(QUESTION, { ts: THREAD }));
  await slack.called("chat.postMessage");
  await event(mention("why?", { thread: THREAD }));
  expect((await posted(slack, 2))[1]).toContain(CARRIED);
});

test("nothing crosses threads or channels", async () => {
  const { event, slack } = await run();
  await event(mention(QUESTION, { ts: THREAD }));
  await slack.called("chat.postMessage");
  await event(mention("why?", { thread: "1700000000.900002" }));
  await event(mention("why?", { thread: THREAD, channel: "C2" }));
  for (const text of (await posted(slack, 3)).slice(1)) expect(text).not.toContain("Startup time");
});

test("a direct conversation goes on at its top and in its threads", async () => {
  const { event, slack } = await run();
  await event(direct(QUESTION, { ts: THREAD }));
  await slack.called("chat.postMessage");
  await event(direct("Is Docker secure?", { ts: "1700000000.900003" }));
  await slack.called("chat.postMessage", 2);
  await event(direct("why?", { thread: THREAD }));
  await slack.called("chat.postMessage", 3);
  await event(direct("and what about security?"));
  await slack.called("chat.postMessage", 4);
  await event(direct("why?"));
  const [, , inThread, , atTop] = await posted(slack, 5);
  expect(inThread).toContain(CARRIED);
  expect(atTop).toContain("Continuing with: Security");
});

test("the shortcut leans on the thread that it is used in, and leaves nothing behind in it", async () => {
  const { event, interact, slack } = await run();
  await event(mention(QUESTION, { ts: THREAD }));
  await slack.called("chat.postMessage");
  const said = { message: { type: "message", user: "U2", ts: "1700000000.900005", thread_ts: THREAD, text: "why?" } };
  await interact(shortcut("", slack.responseUrl(), said));
  expect(seen((await slack.call("respond")).args)).toContain(CARRIED);
  const other = { message: { ...said.message, thread_ts: "1700000000.900006", text: QUESTION } };
  await interact(shortcut("", slack.responseUrl(), other));
  await slack.called("respond", 2);
  await event(mention("why?", { thread: "1700000000.900006" }));
  expect((await posted(slack, 2))[1]).not.toContain("Startup time");
});

test("a follow-up without a mention is answered only where that is switched on and the bot has answered", async () => {
  const { event, slack } = await run({ SLACK_FOLLOW_UP_CHANNELS: "C1" });
  await event(inChannel("Which is safer?", { thread: "1700000000.900010" }));
  await event(mention(QUESTION, { ts: THREAD }));
  await event(mention(QUESTION, { channel: "C2", ts: THREAD }));
  await slack.called("chat.postMessage", 2);
  await event(inChannel("and what about security?", { thread: THREAD }));
  await slack.called("chat.postMessage", 3);
  await event(inChannel("Which is safer?", { channel: "C2", thread: THREAD }));
  await event(inChannel("Which is safer?"));
  await quiet();
  const places = (await slack.called("chat.postMessage")).map(({ args }) => [args.channel, args.thread_ts]);
  expect(places.sort()).toEqual([
    ["C1", THREAD],
    ["C1", THREAD],
    ["C2", THREAD],
  ]);
});

test.each([
  "thanks everybody!",
  "what can you do?",
  "What is the capital of France?",
  "What is the difference between Docker and Podman?",
  "Wie schnell startet ein Container?",
  "I will deploy this tomorrow",
  "<@U2> what do you think of security?",
  "<!here> is Docker secure?",
])("a follow-up like %j, which nobody asked of the bot, is left alone", async (text) => {
  const { event, slack } = await run({ SLACK_FOLLOW_UP_CHANNELS: "C1" });
  await event(mention(QUESTION, { ts: THREAD }));
  await slack.called("chat.postMessage");
  await event(inChannel(text, { thread: THREAD }));
  await quiet();
  expect(slack.calls.map(({ method }) => method)).toEqual(["auth.test", "chat.postMessage"]);
});

test("what is left alone counts for nobody's limit", async () => {
  const { event, slack } = await run({ SLACK_FOLLOW_UP_CHANNELS: "C1", FOOTNOTE_QUESTIONS_PER_MINUTE: "2" });
  await event(mention(QUESTION, { ts: THREAD }));
  await slack.called("chat.postMessage");
  for (let said = 0; said < 5; said++) await event(inChannel("What is the capital of France?", { thread: THREAD }));
  await event(mention("Is Docker secure?", { thread: THREAD }));
  expect(await slack.called("chat.postMessage", 2)).toHaveLength(2);
});

test("a follow-up that nobody asked of the bot is passed over in silence once its person is over the limit", async () => {
  const { event, slack } = await run({ SLACK_FOLLOW_UP_CHANNELS: "C1", FOOTNOTE_QUESTIONS_PER_MINUTE: "1" });
  await event(mention(QUESTION, { ts: THREAD }));
  await slack.called("chat.postMessage");
  await event(inChannel("and what about security?", { thread: THREAD }));
  await event(mention("Is Docker secure?", { thread: THREAD, user: "U2" }));
  await slack.called("chat.postMessage", 2);
  expect(slack.calls.map(({ method }) => method)).toEqual(["auth.test", "chat.postMessage", "chat.postMessage"]);
});

test("a mention that is heard as a message first is answered all the same, also with an unknown", async () => {
  const { event, slack } = await run({ SLACK_FOLLOW_UP_CHANNELS: "C1" });
  await event(mention(QUESTION, { ts: THREAD }));
  await slack.called("chat.postMessage");
  const said = { ts: "1700000000.900020", thread: THREAD };
  await event(inChannel("<@U0BOT> What is the capital of France?", said));
  await event(mention("What is the capital of France?", said));
  await quiet();
  expect((await posted(slack, 2)).slice(1)).toEqual([expect.stringContaining("Not my subject")]);
});

test("what is for one person is shown where that one is: in a thread only where there is one", async () => {
  const { event, slack } = await run({ FOOTNOTE_QUESTIONS_PER_MINUTE: "1" });
  await event(mention(QUESTION));
  await event(mention(QUESTION));
  await event(mention(QUESTION, { thread: THREAD }));
  const [atTop, inThread] = await slack.called("chat.postEphemeral", 2);
  expect(atTop?.args).not.toHaveProperty("thread_ts");
  expect(inThread?.args).toMatchObject({ thread_ts: THREAD });
});

test("quotes of a reply at the top of a channel are shown there, and its suggestions are answered in its thread", async () => {
  const { interact, slack } = await run();
  await interact(command("/ask", QUESTION, slack.responseUrl()));
  const reply = await slack.call("respond");
  const shared = { message: { ts: THREAD }, container: { message_ts: THREAD, is_ephemeral: false } };
  await interact(press(buttonOf(reply, "show:quotes"), slack.responseUrl(), shared));
  expect((await slack.call("respond", 2)).args).not.toHaveProperty("thread_ts");
  await interact(press(buttonOf(reply, "ask:0"), slack.responseUrl(), shared));
  expect((await slack.call("respond", 3)).args).toMatchObject({ response_type: "in_channel", thread_ts: THREAD });
});

test("a reply to somebody's message is shared in that thread, and not as the sharer's question", async () => {
  const { interact, slack } = await run();
  const text = "hey <@U3>, is Docker secure?";
  const said = { message: { type: "message", user: "U2", ts: "1700000000.900030", thread_ts: THREAD, text } };
  await interact(shortcut(text, slack.responseUrl(), said));
  const reply = await slack.call("respond");
  expect(reply.args).toMatchObject({ response_type: "ephemeral", thread_ts: THREAD });
  const container = { message_ts: `${Math.floor(Date.now() / 1000)}.000100`, thread_ts: THREAD, is_ephemeral: true };
  await interact(press(buttonOf(reply, "share"), slack.responseUrl(), { container }));
  const shared = await slack.call("respond", 2);
  expect(shared.args).toMatchObject({ response_type: "in_channel", thread_ts: THREAD });
  expect(seen(shared.args)).toContain("Shared by ada, in answer to: hey, is Docker secure?");
});
