// What the Slack app does when things go wrong: twice delivered, forged, malformed, refused, late, or stopped midway.
// @module-tag slow

import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { createMemory } from "../../../adapters/shared/memory.ts";
import { OperatorError } from "../../../src/errors.ts";
import * as slackSays from "./deliveries.ts";
import { run } from "./running.ts";
import { type Delivery, deliver } from "./stand-in.ts";

const QUESTION = "How fast does a container start compared with a VM?";
const { command, homeOpened, inChannel, mention, press } = slackSays;
const quiet = (ms = 200) => new Promise((resolve) => setTimeout(resolve, ms));

test("the same event delivered again is answered once", async () => {
  const { event, slack } = await run();
  const said = mention(QUESTION);
  await event(said);
  await slack.called("chat.postMessage");
  await event(said, { headers: { "x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout" } });
  await quiet();
  expect(await slack.called("chat.postMessage")).toHaveLength(1);
});

test("the same event delivered ten times at once is answered once", async () => {
  const { event, slack } = await run();
  const said = mention(QUESTION);
  await Promise.all(Array.from({ length: 10 }, () => event(said)));
  await quiet();
  expect(await slack.called("chat.postMessage")).toHaveLength(1);
});

test("a retry whose first delivery never arrived is answered", async () => {
  const { event, slack } = await run();
  await event(mention(QUESTION), {
    headers: { "x-slack-retry-num": "2", "x-slack-retry-reason": "connection_failed" },
  });
  expect(await slack.called("chat.postMessage")).toHaveLength(1);
});

test("a message that arrives as mention and as message is answered once, in either order", async () => {
  const { event, slack } = await run({ SLACK_FOLLOW_UP_CHANNELS: "C1" });
  const thread = "1700000000.000100";
  await event(mention(QUESTION, { ts: thread }));
  await slack.called("chat.postMessage");
  const both = (ts: string) => [
    mention("and security?", { ts, thread }),
    inChannel("<@U0BOT> and security?", { ts, thread }),
  ];
  for (const said of both("1700000000.000101")) await event(said);
  for (const said of both("1700000000.000102").reverse()) await event(said);
  await slack.called("chat.postMessage", 3);
  await quiet();
  expect(await slack.called("chat.postMessage")).toHaveLength(3);
});

test("two questions in one thread at once are both answered", async () => {
  const { event, slack } = await run();
  await Promise.all([
    event(mention(QUESTION, { thread: "1.1" })),
    event(mention("Is Docker secure?", { thread: "1.1" })),
  ]);
  expect(await slack.called("chat.postMessage", 2)).toHaveLength(2);
});

const now = (): number => Math.floor(Date.now() / 1000);
const REFUSED: readonly [name: string, body: string, how: Delivery, status: number][] = [
  ["a wrong signature", JSON.stringify(mention(QUESTION)), { secret: "wrong" }, 401],
  ["a stamp from six minutes ago", JSON.stringify(mention(QUESTION)), { stamp: now() - 360 }, 401],
  ["a stamp from six minutes ahead", JSON.stringify(mention(QUESTION)), { stamp: now() + 360 }, 401],
  [
    "a stamp that is no number",
    JSON.stringify(mention(QUESTION)),
    { headers: { "x-slack-request-timestamp": "soon" } },
    401,
  ],
  ["a signed null", "null", {}, 400],
  ["an unsigned null", "null", { secret: "wrong" }, 401],
  ["a signed list", "[]", {}, 400],
  ["a signed number", "7", {}, 400],
  ["a form whose payload is null", "payload=null", { form: true }, 400],
  ["a form whose payload is no JSON", "payload={", { form: true }, 400],
  ["half a body", '{"event":', {}, 400],
  ["nothing", "", {}, 400],
  ["300 KB", JSON.stringify(mention("x".repeat(300_000))), {}, 413],
  ["an event that is null", '{"type":"event_callback","event":null}', {}, 500],
];

test.each(REFUSED)("%s is refused, and the next question is answered", async (_, body, how, status) => {
  const { event, slack } = await run();
  expect(await event(body, how)).toBe(status);
  await event(mention(QUESTION));
  expect(await slack.called("chat.postMessage")).toHaveLength(1);
});

test("a body that is too long closes its connection", async () => {
  const { app, event, slack } = await run();
  const socket = connect(app.port() ?? 0, "127.0.0.1");
  const head = "POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 400000\r\n";
  socket.write(`${head}x-slack-request-timestamp: ${now()}\r\n\r\n${"x".repeat(300_000)}`);
  let said = "";
  socket.on("data", (part) => {
    said += String(part);
  });
  await once(socket, "close");
  expect(said).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close/i);
  await event(mention(QUESTION));
  expect(await slack.called("chat.postMessage")).toHaveLength(1);
});

test.each([
  ["without a user", { user: undefined }],
  ["with numbers for texts", { text: 7, ts: 8 }],
  ["with a channel that is an object", { channel: { id: "C1" } }],
])("an event %s is acknowledged and ignored", async (_, more) => {
  const { event, slack } = await run();
  expect(await event(mention(QUESTION, { more }))).toBe(200);
  await quiet(100);
  expect(slack.calls.map(({ method }) => method)).toEqual(["auth.test"]);
});

test("it acknowledges before it works: a slow Slack keeps nobody waiting", async () => {
  const { event, slack } = await run();
  slack.trouble("chat.postMessage", { kind: "slow", ms: 1500 });
  const start = performance.now();
  await event(mention(QUESTION));
  expect(performance.now() - start).toBeLessThan(1000);
  await slack.called("chat.postMessage");
});

test.each([
  ["a rate limit of a second", { kind: "status", status: 429, retryAfterS: 1 }],
  ["a server error", { kind: "status", status: 500 }],
  ["a reset connection", { kind: "reset" }],
] as const)("%s is waited out and tried again", async (_, trouble) => {
  const { event, slack } = await run();
  slack.trouble("chat.postMessage", trouble);
  await event(mention(QUESTION));
  const first = await slack.call("chat.postMessage");
  const second = await slack.call("chat.postMessage", 2);
  if (trouble.kind === "status" && trouble.status === 429) expect(second.at - first.at).toBeGreaterThan(990);
  await quiet();
  expect(await slack.called("chat.postMessage")).toHaveLength(2);
});

test.each([
  ["a call without an answer", { kind: "slow", ms: 400 }],
  ["a server error behind which it was posted", { kind: "posted", butHears: "status" }],
  ["a reset behind which it was posted", { kind: "posted", butHears: "reset" }],
] as const)("%s is looked for in its thread, and not posted twice", async (_, trouble) => {
  const { event, slack } = await run({}, { callTimeoutMs: 300 });
  slack.trouble("chat.postMessage", trouble);
  await event(mention(QUESTION, { ts: "1700000000.000700" }));
  const looked = await slack.call("conversations.replies");
  expect(looked.args).toMatchObject({ ts: "1700000000.000700", include_all_metadata: true });
  await quiet(500);
  expect(slack.posted).toHaveLength(1);
  expect(await slack.called("chat.postMessage")).toHaveLength(1);
});

test("a rate limit in one channel holds up no other channel, no Home tab and no command", async () => {
  const { event, interact, slack } = await run();
  slack.trouble("chat.postMessage", { kind: "status", status: 429, retryAfterS: 3 });
  await event(mention(QUESTION, { channel: "C1" }));
  await slack.called("chat.postMessage");
  const start = performance.now();
  await event(mention(QUESTION, { channel: "C2" }));
  await event(homeOpened("home"));
  await interact(command("/ask", QUESTION, slack.responseUrl()));
  await Promise.all([slack.called("chat.postMessage", 2), slack.called("views.publish"), slack.called("respond")]);
  expect(performance.now() - start).toBeLessThan(2500);
  expect(slack.posted.map(({ channel }) => channel)).toEqual(["C2"]);
  await slack.called("chat.postMessage", 3);
  expect(slack.posted.map(({ channel }) => channel)).toEqual(["C2", "C1"]);
});

test.each(["token_revoked", "is_archived", "not_in_channel"])("%s is tried once", async (error) => {
  const { event, slack, logged } = await run();
  slack.trouble("chat.postMessage", { kind: "error", error }, 5);
  slack.trouble("chat.postEphemeral", { kind: "error", error }, 5);
  await event(mention(QUESTION));
  await expect.poll(logged).toMatch(new RegExp(`"workspace":"T1","channel":"C1","event":"Ev\\d+","code":"${error}"`));
  await quiet(600);
  expect(await slack.called("chat.postMessage")).toHaveLength(1);
  expect((await slack.called("chat.postEphemeral", 0)).length).toBe(error === "token_revoked" ? 0 : 1);
});

test("what passes on Slack's side is tried again", async () => {
  const { event, slack } = await run();
  slack.trouble("chat.postMessage", { kind: "error", error: "internal_error" });
  await event(mention(QUESTION));
  await slack.called("chat.postMessage", 2);
  expect(slack.posted).toHaveLength(1);
});

test("a call that nobody took is given up and made again", async () => {
  const { event, slack } = await run({}, { callTimeoutMs: 300 });
  slack.trouble("chat.postMessage", { kind: "silence" });
  await event(mention(QUESTION));
  expect(await slack.called("chat.postMessage", 2)).toHaveLength(2);
});

test("a response without an answer is given up and tried again", async () => {
  const { interact, slack } = await run({}, { callTimeoutMs: 200 });
  slack.trouble("respond", { kind: "silence" });
  await interact(command("/ask", QUESTION, slack.responseUrl()));
  expect(await slack.called("respond", 2)).toHaveLength(2);
});

test("a response that meets a rate limit waits as long as Slack says", async () => {
  const { interact, slack } = await run();
  slack.trouble("respond", { kind: "status", status: 429, retryAfterS: 1 });
  await interact(command("/ask", QUESTION, slack.responseUrl()));
  const first = await slack.call("respond");
  const second = await slack.call("respond", 2);
  expect(second.at - first.at).toBeGreaterThan(990);
});

test("where Slack refuses the blocks of a response, it is given as text", async () => {
  const { interact, slack } = await run();
  slack.trouble("respond", { kind: "error", error: "invalid_blocks" });
  await interact(command("/ask", QUESTION, slack.responseUrl()));
  const { args } = await slack.call("respond", 2);
  expect(args).toMatchObject({ blocks: [], response_type: "ephemeral", text: expect.stringContaining("[1]") });
});

test("a response that Slack takes no more is logged with its place and remedy, not tried again, and told under Messages", async () => {
  const { interact, slack, logged } = await run();
  slack.trouble("respond", { kind: "error", error: "expired_url" }, 3);
  await interact(command("/ask", QUESTION, slack.responseUrl()));
  const told = await slack.call("chat.postMessage");
  expect(told.args).toMatchObject({ channel: "U1", text: expect.stringContaining("ask again") });
  await quiet();
  expect(await slack.called("respond")).toHaveLength(1);
  expect(logged()).toMatch(
    /"workspace":"T1","channel":"C1","event":"trigger-\d+".*"code":"expired_url","remedy":"ask again/,
  );
});

test.each(["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"])(
  "where Slack refuses the blocks with %s, the reply is posted as text, and that is logged",
  async (error) => {
    const { event, slack, logged } = await run();
    slack.trouble("chat.postMessage", { kind: "error", error });
    await event(mention(QUESTION));
    const second = await slack.call("chat.postMessage", 2);
    expect(second.args).toMatchObject({ blocks: [], text: expect.stringContaining("[1]") });
    expect(logged()).toMatch(new RegExp(`"code":"${error}".*"blocks":\\["rich_text".*sent as plain text`));
  },
);

test("after three failures it gives up, says so in the log, and tells the person", async () => {
  const { event, slack, logged } = await run();
  slack.trouble("chat.postMessage", { kind: "status", status: 503 }, 3);
  await event(mention(QUESTION));
  const told = await slack.call("chat.postEphemeral");
  expect(told.args).toMatchObject({ channel: "C1", user: "U1", text: expect.stringContaining("Something went wrong") });
  expect(await slack.called("chat.postMessage")).toHaveLength(3);
  expect(logged()).toContain('"code":"http_503"');
});

test.each([
  ["not_in_channel", undefined, "invite the bot"],
  ["missing_scope", "chat:write.public", "add the scope chat:write.public"],
])("%s is logged with its remedy", async (error, needed, remedy) => {
  const { event, slack, logged } = await run();
  slack.trouble("chat.postMessage", { kind: "error", error, ...(needed ? { needed } : {}) });
  slack.trouble("chat.postEphemeral", { kind: "error", error });
  await event(mention(QUESTION));
  await slack.called("chat.postEphemeral");
  await quiet(100);
  expect(logged()).toContain(`"code":"${error}"`);
  expect(logged()).toContain(remedy);
});

test("where Slack said no, a further delivery is answered after all", async () => {
  const { event, slack } = await run();
  const said = mention(QUESTION);
  slack.trouble("chat.postMessage", { kind: "error", error: "not_in_channel" });
  await event(said);
  await slack.called("chat.postEphemeral");
  await event(said);
  expect(await slack.called("chat.postMessage", 2)).toHaveLength(2);
});

test("a response that fails is tried again; one whose address is used up is not", async () => {
  const { interact, slack } = await run();
  slack.trouble("respond", { kind: "status", status: 500 });
  await interact(command("/ask", QUESTION, slack.responseUrl()));
  await slack.called("respond", 2);
  slack.trouble("respond", { kind: "error", error: "expired_url" }, 2);
  await interact(command("/ask", QUESTION, slack.responseUrl()));
  await slack.called("respond", 3);
  await quiet(400);
  expect(await slack.called("respond")).toHaveLength(3);
});

test("whoever asks too often is told how long to wait, alone", async () => {
  const { event, slack } = await run({ FOOTNOTE_QUESTIONS_PER_MINUTE: "2" });
  for (let asked = 0; asked < 3; asked++) await event(mention(QUESTION));
  await event(mention(QUESTION, { user: "U2" }));
  const told = await slack.call("chat.postEphemeral");
  expect(told.args).toMatchObject({ user: "U1", text: expect.stringMatching(/ask again in \d+ seconds/) });
  expect(await slack.called("chat.postMessage", 3)).toHaveLength(3);
});

test("a store that fails is told to the person, and the app lives on", async () => {
  const memory = createMemory(Date.now);
  let isBroken = true;
  const recall = async (key: string): Promise<readonly string[]> => {
    if (isBroken) throw new Error("the store is away");
    return memory.threads.recall(key);
  };
  const { event, slack, logged } = await run({}, { memory: { ...memory, threads: { ...memory.threads, recall } } });
  await event(mention(QUESTION));
  await slack.called("chat.postEphemeral");
  expect(logged()).toContain('"code":"unexpected"');
  isBroken = false;
  await event(mention(QUESTION));
  await slack.called("chat.postMessage");
});

test("what is asked is logged only where the operator wants it, and a token never", async () => {
  const silent = await run();
  await silent.event(mention(`${QUESTION} xoxb-1234-secret`));
  await silent.slack.called("chat.postMessage");
  await quiet(50);
  expect(silent.logged()).toMatch(/"kind":"\w+","topic":"startup-time".*"latencyMs":\d+/);
  expect(silent.logged()).not.toMatch(/How fast|xoxb-/);
  const open = await run({ FOOTNOTE_LOG_QUESTIONS: "on" });
  await open.event(mention(`${QUESTION} xoxb-1234-secret`));
  await open.slack.called("chat.postMessage");
  await quiet(50);
  expect(open.logged()).toContain("How fast");
  expect(open.logged()).not.toContain("xoxb-1234");
});

test("stopping under load finishes what has begun and takes nothing new", async () => {
  const { app, event, slack } = await run();
  slack.trouble("chat.postMessage", { kind: "slow", ms: 300 }, 40);
  await Promise.all(Array.from({ length: 40 }, () => event(mention(QUESTION))));
  const port = app.port() ?? 0;
  expect(await app.stop(10_000)).toBe(true);
  expect(await slack.called("chat.postMessage")).toHaveLength(40);
  await expect(deliver(port, JSON.stringify(mention(QUESTION)))).rejects.toThrow();
});

test("stopping doesn't wait longer than it may", async () => {
  const { app, event, slack } = await run();
  slack.trouble("chat.postMessage", { kind: "slow", ms: 2000 });
  await event(mention(QUESTION));
  await slack.called("chat.postMessage");
  const start = performance.now();
  expect(await app.stop(200)).toBe(false);
  expect(performance.now() - start).toBeLessThan(1000);
});

test.each(["invalid_auth", "account_inactive"])(
  "a token refused with %s is an operator's error with its remedy",
  async (error) => {
    const refused = run({}, {}, (slack) => slack.trouble("auth.test", { kind: "error", error }));
    await expect(refused).rejects.toThrow(OperatorError);
    await expect(refused).rejects.toThrow(`Slack refuses SLACK_BOT_TOKEN (${error})`);
  },
);

test("the address is confirmed to Slack, which asks with a challenge", async () => {
  const { app } = await run();
  const asked = JSON.stringify({ type: "url_verification", challenge: "a word" });
  expect(await deliver(app.port() ?? 0, asked)).toBe(200);
  expect(await deliver(app.port() ?? 0, asked, { secret: "wrong" })).toBe(401);
});

test("health is told over HTTP, and other paths are nobody's", async () => {
  const { app } = await run();
  const at = async (path: string, method = "GET"): Promise<number> =>
    (await fetch(`http://127.0.0.1:${app.port()}${path}`, { method })).status;
  expect(await Promise.all([at("/healthz"), at("/healthz", "POST"), at("/"), at("/slack/events")])).toEqual([
    200, 405, 404, 405,
  ]);
});

test("a button pressed twice at once asks once", async () => {
  const { interact, slack } = await run();
  const pressed = press(
    { action_id: "ask:0", value: '{"kind":"ask","asked":{"kind":"ask","question":"Is Docker secure?","after":[]}}' },
    slack.responseUrl(),
  );
  await Promise.all([interact(pressed), interact(pressed)]);
  await quiet();
  expect(await slack.called("respond")).toHaveLength(1);
});
