// The same app over Socket Mode, against a loopback WebSocket.
// @module-tag slow

import { expect, test } from "vitest";
import { OperatorError } from "../../../src/errors.ts";
import { command, mention, press } from "./deliveries.ts";
import { run } from "./running.ts";

const QUESTION = "How fast does a container start compared with a VM?";
const SOCKET = { SLACK_APP_TOKEN: "xapp-test-token" };

test("an event, a command and a button are acknowledged and answered", async () => {
  const { app, slack } = await run(SOCKET);
  expect(app.isHealthy()).toBe(true);
  expect((await slack.call("apps.connections.open")).token).toBe("xapp-test-token");
  await slack.push("events_api", mention(QUESTION));
  await slack.called("chat.postMessage");
  await slack.push("slash_commands", command("/ask", QUESTION, slack.responseUrl()));
  await slack.called("respond");
  await slack.push("interactive", press({ action_id: "old", value: "" }, slack.responseUrl()));
  expect((await slack.call("respond", 2)).args.text).toContain("earlier version");
});

test("an envelope delivered twice is answered once", async () => {
  const { slack } = await run(SOCKET);
  const said = mention(QUESTION);
  await Promise.all([slack.push("events_api", said), slack.push("events_api", said)]);
  await slack.push("events_api", mention("Is Docker secure?"));
  await slack.called("chat.postMessage", 2);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(await slack.called("chat.postMessage")).toHaveLength(2);
});

test("text that is no envelope harms nobody", async () => {
  const { slack } = await run(SOCKET);
  for (const text of ["{", "[]", '{"type":"events_api","envelope_id":"x","payload":{"event":{}}}']) slack.pushRaw(text);
  await slack.push("events_api", mention(QUESTION));
  expect(await slack.called("chat.postMessage")).toHaveLength(1);
});

test("a lost connection is not healthy, and is made again", async () => {
  const { app, slack } = await run(SOCKET);
  slack.hangUp();
  await expect.poll(() => app.isHealthy(), { timeout: 5000 }).toBe(false);
  await expect.poll(() => app.isHealthy(), { timeout: 15_000 }).toBe(true);
  await slack.push("events_api", mention(QUESTION));
  expect(await slack.called("chat.postMessage")).toHaveLength(1);
});

test("a refused app-level token is an operator's error", async () => {
  const refused = run(SOCKET, {}, (slack) =>
    slack.trouble("apps.connections.open", { kind: "error", error: "invalid_auth" }),
  );
  await expect(refused).rejects.toThrow(OperatorError);
  await expect(refused).rejects.toThrow("Slack refuses SLACK_APP_TOKEN");
});

test("stopping lets answers on their way arrive", async () => {
  const { app, slack } = await run(SOCKET);
  slack.trouble("chat.postMessage", { kind: "slow", ms: 300 });
  await slack.push("events_api", mention(QUESTION));
  expect(await app.stop(5000)).toBe(true);
  expect(await slack.called("chat.postMessage")).toHaveLength(1);
});
