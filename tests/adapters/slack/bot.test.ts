// The Slack app over real HTTP with real signatures: every way in, and what comes back.

import { expect, test } from "vitest";
import * as slackSays from "./deliveries.ts";
import { buttonOf, everywhere, seen } from "./limits.ts";
import { engine, run } from "./running.ts";
import { BOT } from "./stand-in.ts";

const QUESTION = "How fast does a container start compared with a VM?";
const { command, direct, homeOpened, mention, press, shortcut } = slackSays;
const quiet = (ms = 150) => new Promise((resolve) => setTimeout(resolve, ms));

test("a mention is answered in its thread, once, with marks, sources and nothing unfurled", async () => {
  const { event, slack } = await run();
  expect(await event(mention(QUESTION, { ts: "1700000000.000001" }))).toBe(200);
  const { args, token } = await slack.call("chat.postMessage");
  expect(args).toMatchObject({
    channel: "C1",
    thread_ts: "1700000000.000001",
    unfurl_links: false,
    unfurl_media: false,
  });
  expect(token).toBe("xoxb-test-token");
  expect(seen(args)).toMatch(/\[1\][\s\S]*4 sources: Comparing VMs and Containers/);
});

test("the marks lead to their lines where the settings say where documents can be read", async () => {
  const { event, slack } = await run({ FOOTNOTE_SOURCE_URL: "https://git.example/{file}#L{start}-L{end}" });
  await event(mention(QUESTION));
  const { args } = await slack.call("chat.postMessage");
  const links = everywhere(args.blocks).filter(({ type }) => type === "link");
  expect(links.length).toBeGreaterThan(3);
  for (const { url } of links) expect(url).toMatch(/^https:\/\/git\.example\/documents\/[\w.-]+#L\d+-L\d+$/);
});

test("a mention in a thread is answered in that thread", async () => {
  const { event, slack } = await run();
  await event(mention(QUESTION, { thread: "1600000000.000001" }));
  expect((await slack.call("chat.postMessage")).args.thread_ts).toBe("1600000000.000001");
});

test("an empty mention gets the help", async () => {
  const { event, slack } = await run();
  await event(mention(""));
  expect(seen((await slack.call("chat.postMessage")).args)).toContain("Ask me a question");
});

test("a direct message is answered in a thread of its own", async () => {
  const { event, slack } = await run();
  await event(direct(QUESTION, { ts: "1700000000.000002" }));
  expect((await slack.call("chat.postMessage")).args).toMatchObject({
    channel: "D1",
    thread_ts: "1700000000.000002",
  });
});

test("opening Messages sets prompts without a thread; opening Home publishes what it knows", async () => {
  const { event, slack } = await run();
  await event(homeOpened("messages"));
  const [prompted] = await slack.called("assistant.threads.setSuggestedPrompts");
  expect(prompted?.args).toMatchObject({ channel_id: "D1" });
  expect(prompted?.args).not.toHaveProperty("thread_ts");
  await event(homeOpened("home"));
  const [published] = await slack.called("views.publish");
  const home = seen(published?.args.view);
  for (const part of ["What I know", "Difference Between KVM and Containers", "What you ask is not logged"])
    expect(home).toContain(part);
});

test("/ask answers the person alone and can be shared once, naming who shared it", async () => {
  const { interact, slack } = await run();
  expect(await interact(command("/ask", QUESTION, slack.responseUrl()))).toBe(200);
  const reply = await slack.call("respond");
  expect(reply.args).toMatchObject({ response_type: "ephemeral" });
  expect(seen(reply.args)).toContain(`You asked: ${QUESTION}`);
  const container = { container: { type: "message", message_ts: stampNow(), channel_id: "C1", is_ephemeral: true } };
  await interact(press(buttonOf(reply, "share"), slack.responseUrl(), container));
  const shared = await slack.call("respond", 2);
  expect(shared.args).toMatchObject({ response_type: "in_channel", replace_original: false });
  expect(seen(shared.args)).toContain("Shared by ada");
  await interact(press(buttonOf(reply, "share"), slack.responseUrl(), container));
  expect((await slack.call("respond", 3)).args).toMatchObject({
    response_type: "ephemeral",
    text: "That reply is shared already.",
  });
});

test("after thirty minutes sharing says how to ask again", async () => {
  const { interact, slack } = await run();
  await interact(command("/ask", QUESTION, slack.responseUrl()));
  const reply = await slack.call("respond");
  await interact(
    press(buttonOf(reply, "share"), slack.responseUrl(), {
      container: { message_ts: "1700000000.000001", is_ephemeral: true },
    }),
  );
  const [, told] = await slack.called("respond", 2);
  expect(told?.args).toMatchObject({ response_type: "ephemeral", text: expect.stringContaining(`/ask ${QUESTION}`) });
});

test("/compare shows a table; of an unknown topic, it offers all topics in a menu, and a prefixed name is the same command", async () => {
  const { interact, slack } = await run();
  await interact(command("/compare", "startup time", slack.responseUrl()));
  await slack.called("respond");
  await interact(command("/footnote-compare", "bananas", slack.responseUrl()));
  const table = await slack.call("respond");
  const topics = await slack.call("respond", 2);
  expect(JSON.stringify(table.args.blocks)).toContain("data_table");
  const [menu, ...others] = everywhere(topics.args).filter(({ type }) => type === "static_select");
  expect(others).toEqual([]);
  const options = everywhere(menu).flatMap(({ value }) => (typeof value === "string" ? [value] : []));
  expect(options.length).toBe(engine.corpus.faq.topics.filter(({ rows }) => rows.length > 0).length);
  const chosen = { type: "static_select", action_id: String(menu?.action_id), selected_option: { value: options[3] } };
  await interact(press(chosen, slack.responseUrl(), { container: { message_ts: stampNow(), is_ephemeral: true } }));
  const compared = await slack.call("respond", 3);
  expect(JSON.stringify(compared.args.blocks)).toContain("data_table");
  expect(seen(compared.args)).toContain(options[3]);
});

test("a topic longer than a button can carry is still compared", async () => {
  const { interact, slack } = await run();
  await interact(command("/compare", `startup time ${"<&".repeat(2000)}`, slack.responseUrl()));
  expect((await slack.call("respond")).args.response_type).toBe("ephemeral");
});

test("the shortcut answers somebody's message to the one who asks, and says so where there is no text", async () => {
  const { interact, slack } = await run();
  await interact(shortcut(QUESTION, slack.responseUrl()));
  await interact(shortcut(undefined, slack.responseUrl()));
  const answered = await slack.call("respond");
  const empty = await slack.call("respond", 2);
  expect(seen(answered.args)).toContain("Answering the message");
  expect(answered.args.response_type).toBe("ephemeral");
  expect(empty.args.text).toContain("no text");
});

test("a suggestion is asked in the thread of its reply, with the thread's memory", async () => {
  const { event, interact, slack } = await run();
  await event(mention(QUESTION, { ts: "1700000000.000003" }));
  const reply = await slack.call("chat.postMessage");
  const held = { message: { ts: "1700000001.000100", thread_ts: "1700000000.000003" } };
  await interact(press(buttonOf(reply, "ask:0"), slack.responseUrl(), held));
  const next = await slack.call("respond");
  expect(next.args).toMatchObject({
    response_type: "in_channel",
    thread_ts: "1700000000.000003",
    replace_original: false,
  });
  expect(seen(next.args)).toContain("ada asked:");
});

test("the quotes are shown to the one who presses", async () => {
  const { event, interact, slack } = await run();
  await event(mention(QUESTION));
  const reply = await slack.call("chat.postMessage");
  await interact(press(buttonOf(reply, "show:quotes"), slack.responseUrl()));
  const quotes = await slack.call("respond");
  expect(quotes.args.response_type).toBe("ephemeral");
  expect(JSON.stringify(quotes.args.blocks)).toContain("rich_text_quote");
});

test("a vote is counted and thanked; thumbs down names a person to ask", async () => {
  const { event, interact, slack, logged } = await run({ SLACK_HUMAN: "C0HELP" });
  await event(mention(QUESTION));
  const reply = await slack.call("chat.postMessage");
  const feedback = everywhere(reply.args).find(({ type }) => type === "feedback_buttons");
  const down = everywhere(feedback).find(({ accessibility_label }) =>
    String(accessibility_label).includes("not helpful"),
  );
  await interact(press({ action_id: String(feedback?.action_id), value: String(down?.value) }, slack.responseUrl()));
  expect((await slack.call("respond")).args.text).toContain("<#C0HELP>");
  expect(logged()).toMatch(/"value":"down","topic":"startup-time".*"voted"/);
});

test.each([
  ["an id of an earlier version", { action_id: "footnote_old", value: "{}" }],
  ["a value that is no JSON", { action_id: "ask:0", value: "{" }],
  ["a value of another kind", { action_id: "share:0", value: '{"kind":"human"}' }],
  ["no value, as a menu's", { action_id: "menu", value: undefined }],
  ["values of no known type", { action_id: 7, value: null }],
])("a button with %s gets a polite answer", async (_, button) => {
  const { interact, slack } = await run();
  expect(await interact(press(button, slack.responseUrl()))).toBe(200);
  expect((await slack.call("respond")).args).toMatchObject({
    response_type: "ephemeral",
    text: expect.stringContaining("earlier version"),
  });
});

test("a button on a message whose kind is not known any more is answered too", async () => {
  const { interact, slack } = await run();
  await interact(press({ action_id: "x", value: "" }, slack.responseUrl(), { container: { type: "attachment" } }));
  expect((await slack.call("respond")).args.text).toContain("earlier version");
});

test("a button whose documents have changed since says so", async () => {
  const { event, interact, slack } = await run();
  await event(mention(QUESTION));
  const reply = await slack.call("chat.postMessage");
  const { action_id, value } = buttonOf(reply, "show:quotes");
  await interact(
    press({ action_id, value: value.replace(/"mark":"\w{12}"/, '"mark":"000000000000"') }, slack.responseUrl()),
  );
  expect((await slack.call("respond")).args.text).toContain("documents have changed");
});

test("a button on the Home tab opens its answer in a window, whose buttons go on in it", async () => {
  const { event, interact, slack } = await run();
  await event(homeOpened("home"));
  const home = await slack.call("views.publish");
  const pressed = press(buttonOf(home, "ask:0"), undefined, {
    ...{ channel: undefined, container: { type: "view", view_id: "V1" }, view: { id: "V1", type: "home" } },
  });
  await interact(pressed);
  const opened = await slack.call("views.open");
  expect(opened.args).toMatchObject({ trigger_id: pressed.trigger_id, view: { type: "modal" } });
  expect(seen(opened.args.view)).toContain("You asked:");
  expect(JSON.stringify(opened.args.view)).not.toContain("Share in channel");
  const inWindow = {
    channel: undefined,
    container: { type: "view", view_id: "V2" },
    view: { id: "V2", type: "modal" },
  };
  await interact(press(buttonOf(opened, "show:quotes"), undefined, inWindow));
  expect(seen((await slack.call("views.push")).args.view)).toMatch(/\[1\][\s\S]*line/);
  await interact(press(buttonOf(opened, "ask:0"), undefined, inWindow));
  expect((await slack.call("views.update")).args).toMatchObject({ view_id: "V2" });
  expect(slack.calls.map(({ method }) => method)).not.toContain("chat.postMessage");
});

test("a window that comes too late is answered under Messages", async () => {
  const { event, interact, slack } = await run();
  await event(homeOpened("home"));
  const home = await slack.call("views.publish");
  slack.trouble("views.open", { kind: "error", error: "expired_trigger_id" });
  await interact(press(buttonOf(home, "ask:0"), undefined, { channel: undefined, view: { id: "V1", type: "home" } }));
  expect((await slack.call("chat.postMessage")).args).toMatchObject({ channel: "U1" });
  expect(await slack.called("views.open")).toHaveLength(1);
});

test.each([
  ["another bot's", { bot_id: "B2" }],
  ["its own", { user: BOT }],
  ["an edited", { subtype: "message_changed", edited: { ts: "1.1" } }],
  ["a deleted", { subtype: "message_deleted" }],
  ["a join", { subtype: "channel_join" }],
])("%s message is ignored", async (_, more) => {
  const { event, slack } = await run();
  expect(await event(direct(QUESTION, { more }))).toBe(200);
  await quiet();
  expect(slack.calls.map(({ method }) => method)).toEqual(["auth.test"]);
});

test("outside its channels it stays silent, and tells a command where it answers", async () => {
  const { event, interact, slack } = await run({ SLACK_CHANNELS: "C9" });
  await event(mention(QUESTION));
  await interact(command("/ask", QUESTION, slack.responseUrl()));
  expect((await slack.call("respond")).args.text).toContain("<#C9>");
  await event(mention(QUESTION, { channel: "C9" }));
  expect((await slack.called("chat.postMessage")).map(({ args }) => args.channel)).toEqual(["C9"]);
});

test.each([
  "<!channel> <@U2> @here is Docker &lt;b&gt; faster?",
  "\u202Ehow fast\u202C \u0007does <https://evil.example|a container> start?",
  "x".repeat(20_000),
  "*_~`".repeat(500),
])("a hostile question like %j pings nobody, above its reply or in it", async (text) => {
  const { interact, slack } = await run();
  await interact(command("/ask", text, slack.responseUrl()));
  const reply = await slack.call("respond");
  expect(JSON.stringify(reply.args)).not.toMatch(/<[!@]|@here|@channel|\p{Cc}|\u202E/u);
});

const stampNow = (): string => `${Math.floor(Date.now() / 1000)}.000100`;
