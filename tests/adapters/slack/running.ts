// A real Bolt app before the stand-in, as tests start it.

import { PassThrough } from "node:stream";
import { afterAll, afterEach } from "vitest";
import { BUILT_IN } from "../../../adapters/shared/built-in.ts";
import { createLog } from "../../../adapters/shared/log.ts";
import { readSlackSettings } from "../../../adapters/shared/settings.ts";
import { createSlackApp, type SlackApp, type SlackOptions } from "../../../adapters/slack/bot.ts";
import type { Engine } from "../../../src/engine.ts";
import { openEngine } from "../../../src/store/open.ts";
import { asForm } from "./deliveries.ts";
import { type Delivery, deliver, SECRET, type StandIn, startStandIn } from "./stand-in.ts";

export const engine: Engine = await openEngine(BUILT_IN.folder, BUILT_IN.snapshot);

export interface Running {
  readonly app: SlackApp;
  readonly slack: StandIn;
  /** Delivers an event, resolves with the status. */
  event(body: object | string, how?: Delivery): Promise<number>;
  /** Delivers a command, shortcut or press. */
  interact(body: object): Promise<number>;
  /** What was logged. */
  logged(): string;
}

const closers: (() => Promise<unknown>)[] = [];
const closeAll = async (): Promise<void> => {
  for (const close of closers.splice(0)) await close();
};
afterEach(closeAll);
afterAll(closeAll);

export async function run(
  variables: Readonly<Record<string, string>> = {},
  {
    engine: answering = engine,
    scopes,
    ...given
  }: Partial<SlackOptions> & { readonly engine?: Engine; readonly scopes?: string } = {},
  prepare: (slack: StandIn) => void = () => {},
): Promise<Running> {
  const slack = await startStandIn(scopes);
  closers.push(() => slack.close());
  prepare(slack);
  const settings = readSlackSettings({
    SLACK_BOT_TOKEN: "xoxb-test-token",
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_API_URL: slack.apiUrl,
    PORT: "0",
    FOOTNOTE_QUESTIONS_PER_MINUTE: "0",
    ...variables,
  });
  const lines = new PassThrough();
  let log = "";
  lines.on("data", (part) => {
    log += String(part);
  });
  const app = createSlackApp(() => answering, { settings, log: createLog(settings, lines), ...given });
  closers.unshift(() => app.stop(5000));
  await app.start();
  const port = (): number => app.port() ?? 0;
  return {
    app,
    slack,
    event: (body, how) => deliver(port(), typeof body === "string" ? body : JSON.stringify(body), how),
    interact: (body) => deliver(port(), asForm(body), { form: true }),
    logged: () => log,
  };
}
