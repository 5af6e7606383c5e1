// The same app over Socket Mode, against a loopback WebSocket.
// @module-tag slow

import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
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

test.each([
  ["invalid_auth", 3, "app-level token"],
  ["missing_scope", 1, "connections:write"],
  ["account_inactive", 1, "install the app again"],
])(
  "where Slack refuses to take it back with %s, it ends with the variable and its remedy",
  async (error, times, remedy) => {
    const { app, slack } = await run(SOCKET);
    slack.trouble("apps.connections.open", { kind: "error", error }, times);
    slack.hangUp();
    const ended = await app.ended;
    expect(ended).toBeInstanceOf(OperatorError);
    expect(ended.message).toContain(`Slack refuses SLACK_APP_TOKEN (${error})`);
    expect(ended.message).toContain(remedy);
    expect(app.isHealthy()).toBe(false);
  },
);

test.each([
  ["a server error", { kind: "status", status: 503 }],
  ["a rate limit", { kind: "status", status: 429, retryAfterS: 1 }],
  ["a reset", { kind: "reset" }],
  ["a trouble of Slack's own", { kind: "error", error: "internal_error" }],
  ["a refusal that passes", { kind: "error", error: "invalid_auth" }],
] as const)("%s on the way back is waited out, and logged", async (_, trouble) => {
  const { app, slack, logged } = await run(SOCKET);
  slack.trouble("apps.connections.open", trouble, 2);
  slack.hangUp();
  await slack.called("apps.connections.open", 4);
  await expect.poll(() => app.isHealthy(), { timeout: 15_000 }).toBe(true);
  expect(logged()).toMatch(/"code":"\w+".*"not connected, tried again"/);
  await slack.push("events_api", mention(QUESTION));
  expect(await slack.called("chat.postMessage")).toHaveLength(1);
});

test.each([
  ["HTTP", {}],
  ["Socket Mode", SOCKET],
])("over %s, a token that is revoked shows in the health, and so does one that works again", async (_, variables) => {
  const { app, slack, logged } = await run(variables, { tokenCheckMs: 50 });
  expect(app.isHealthy()).toBe(true);
  slack.trouble("auth.test", { kind: "error", error: "token_revoked" }, 3);
  await expect.poll(() => app.isHealthy(), { interval: 5, timeout: 5000 }).toBe(false);
  const port = app.port();
  if (port !== null) expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(503);
  await expect.poll(() => app.isHealthy(), { timeout: 5000 }).toBe(true);
  expect(logged()).toContain("Slack refuses SLACK_BOT_TOKEN");
});

test("a call that Slack refuses for its token has the token asked about at once", async () => {
  const { app, event, slack } = await run();
  slack.trouble("chat.postMessage", { kind: "error", error: "token_revoked" });
  slack.trouble("auth.test", { kind: "error", error: "token_revoked" });
  await event(mention(QUESTION));
  await expect.poll(() => app.isHealthy(), { timeout: 5000 }).toBe(false);
});

/** A proxy that connects whoever asks to a place, and says so. */
async function startProxy() {
  const asked: string[] = [];
  const proxy = createServer().on("connect", (request, socket, head) => {
    asked.push(String(request.url));
    const [host = "", port = ""] = String(request.url).split(":");
    const through = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      through.write(head);
      through.pipe(socket).pipe(through);
    });
    for (const [one, other] of [
      [through, socket],
      [socket, through],
    ] as const)
      one.on("error", () => other.destroy());
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  onTestFinished(() => void proxy.close());
  const address = proxy.address();
  return { asked, url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}` };
}

test.each([
  ["HTTP", {}],
  ["Socket Mode", SOCKET],
])("over %s, everything to Slack goes through the proxy that is set", async (_, variables) => {
  const proxy = await startProxy();
  const { event, interact, slack } = await run({ ...variables, HTTP_PROXY: proxy.url });
  const isSocket = "SLACK_APP_TOKEN" in variables;
  await (isSocket ? slack.push("events_api", mention(QUESTION)) : event(mention(QUESTION)));
  await slack.called("chat.postMessage");
  const asking = command("/ask", QUESTION, slack.responseUrl());
  await (isSocket ? slack.push("slash_commands", asking) : interact(asking));
  await slack.called("respond");
  expect(new Set(proxy.asked)).toEqual(new Set([new URL(slack.apiUrl).host]));
  if (isSocket) expect(proxy.asked.length).toBeGreaterThan(1);
  const direct = await run({ ...variables, HTTP_PROXY: "http://127.0.0.1:9", NO_PROXY: "127.0.0.1" });
  expect(direct.app.isHealthy()).toBe(true);
});
