// The loop in Slack, from a question that is not answered to the one who asked hearing that it is; votes with their reasons.

// @module-tag slow

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startWalk, type Walk } from "../walk.ts";
import { asForm, mention, press } from "./deliveries.ts";
import { type Call, deliver, SECRET, type StandIn, startStandIn } from "./stand-in.ts";

const SEEN = { timeout: 30_000, interval: 50 };
const MISSED = "what tin should the leaves go into";

interface Started extends Walk {
  readonly slack: StandIn;
  say(text: string, user?: string): Promise<void>;
  /** Presses a button of a message, as it stands there or, after a whisper, alone. */
  push(button: Button, change?: object): Promise<void>;
}

interface Button {
  readonly action_id: string;
  readonly value: string;
}

async function start(env: Readonly<Record<string, string>> = {}): Promise<Started> {
  const slack = await startStandIn();
  onTestFinished(() => slack.close());
  const walk = startWalk();
  const log = await walk.bot("slack", {
    ...{ SLACK_BOT_TOKEN: "xoxb-test-token", SLACK_SIGNING_SECRET: SECRET, SLACK_API_URL: slack.apiUrl, PORT: "0" },
    ...env,
  });
  const port = Number(/"port":(\d+)/.exec(log())?.[1] ?? 0);
  const send = async (body: string, form = false): Promise<void> => {
    expect(await deliver(port, body, { form })).toBe(200);
  };
  return {
    ...walk,
    slack,
    say: (text, user = "U1") => send(JSON.stringify(mention(text, { user }))),
    push: (button, change = {}) => send(asForm(press(button, slack.responseUrl(), change)), true),
  };
}

/** All buttons of what was posted or said, by their words. */
function buttonsOf({ args }: Pick<Call, "args">): ReadonlyMap<string, Button> {
  const found = new Map<string, Button>();
  JSON.parse(JSON.stringify(args.blocks ?? []), (_, value) => {
    if (value?.type === "button") found.set(value.text.text, { action_id: value.action_id, value: value.value });
    if (value?.type === "feedback_buttons")
      for (const side of ["positive_button", "negative_button"])
        found.set(value[side].text.text, { action_id: value.action_id, value: value[side].value });
    return value;
  });
  return found;
}
function button(of: Pick<Call, "args">, words: string): Button {
  const found = buttonsOf(of).get(words);
  if (found === undefined) throw new Error(`no button "${words}", but ${[...buttonsOf(of).keys()].join(", ")}`);
  return found;
}

test("a miss is assigned, every known question asked again, and whoever wanted to hear of it is told once in the thread", async () => {
  const { slack, say, push, inbox, footnote, folder } = await start();
  await say(MISSED);
  await say(`${MISSED}?`, "U2");
  const [miss] = await slack.called("chat.postMessage", 2);
  if (miss === undefined) throw new Error("nothing was posted");
  expect(String(miss.args.text)).toContain("The documents do not answer that");
  const where = { container: { type: "message", message_ts: "1700000001.000100", is_ephemeral: false } };
  const thread = { message: { thread_ts: String(miss.args.thread_ts) } };
  await push(button(miss, "Tell me when it is answered"), { ...where, ...thread });
  expect((await slack.call("respond")).args.text).toBe("I will tell you once that is answered.");
  await expect.poll(inbox, SEEN).toMatchObject([{ asked: 2, waiting: 1, state: "open" }]);
  const [group] = await inbox();

  const assigned = await footnote("inbox", "assign", group?.id.slice(0, 6) ?? "", "Storage");
  expect(assigned.stdout).toMatch(/Asked \d+ known questions again: 1 of 1 missed one answered now/);
  expect([assigned.stderr, assigned.status]).toEqual(["", 0]);
  expect(readFileSync(join(folder, "faq.yaml"), "utf8")).toContain(`"What do I keep tea in?", "${MISSED}"]`);

  const told = await slack.call("chat.postMessage", 3);
  expect(told.args).toMatchObject({ channel: "C1", thread_ts: miss.args.thread_ts });
  expect(told.args.text).toMatch(/^<@U1> This is answered now\.\n[\s\S]*Tea is stored in a dark tin\./);
  await say(MISSED, "U3");
  expect((await slack.call("chat.postMessage", 4)).args.text).toContain("Tea is stored in a dark tin.");
  expect(await inbox()).toMatchObject([{ waiting: 0, state: "answered" }]);

  expect((await footnote("inbox", "undo")).stdout).toContain("2 misses open again");
  expect(readFileSync(join(folder, "faq.yaml"), "utf8")).not.toContain(MISSED);
  await expect.poll(async () => (await inbox())[0]?.state, SEEN).toBe("open");
  expect(slack.posted).toHaveLength(4);
}, 90_000);

test("a vote against an answer asks why in one press, and a changed mind takes it back", async () => {
  const { slack, say, push, inbox } = await start();
  await say("Where is tea stored?");
  const answer = await slack.call("chat.postMessage");
  const where = { container: { type: "message", message_ts: "1700000001.000100", is_ephemeral: false } };
  await push(button(answer, "Not helpful"), where);
  const asked = await slack.call("respond");
  expect(asked.args).toMatchObject({ response_type: "ephemeral" });
  expect([...buttonsOf(asked).keys()]).toEqual(["Wrong", "Incomplete", "Out of date", "Not what I asked"]);
  await expect.poll(inbox, SEEN).toMatchObject([{ state: "open", why: ["voted down"] }]);
  await push(button(asked, "Out of date"), { container: { type: "message", is_ephemeral: true } });
  expect((await slack.call("respond", 2)).args.text).toMatch(/^Thanks, noted: out of date\./);
  await expect.poll(inbox, SEEN).toMatchObject([{ why: ["voted down: out of date"] }]);
  await push(button(answer, "Helpful"), where);
  await slack.call("respond", 3);
  expect(await inbox()).toEqual([]);
}, 90_000);

test("with FOOTNOTE_INBOX=off a miss leaves its count only, and nobody is offered to hear more", async () => {
  const { slack, say, footnote, inbox } = await start({ FOOTNOTE_INBOX: "off" });
  await say(MISSED);
  expect([...buttonsOf(await slack.call("chat.postMessage")).keys()]).not.toContain("Tell me when it is answered");
  await expect.poll(async () => (await footnote("inbox")).stdout, SEEN).toContain("1 miss without words");
  expect(await inbox()).toEqual([]);
}, 60_000);
