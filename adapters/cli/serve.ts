// Serves the web pages, and a bot beside them where one is wanted; gives the pages the drawings of the others.

import { OperatorError } from "../../src/errors.ts";
import type { CorpusOptions } from "../shared/corpus.ts";
import type { Drawings } from "../web/drawings.ts";
import type { Beside } from "../web/main.ts";
import { renderReply } from "./render.ts";

export interface ServeOptions extends CorpusOptions {
  readonly port: string;
  readonly with?: "slack" | "discord";
}

const PORT_MAX = 65_535;

/**
 * @returns the exit status
 * @throws OperatorError when arguments, environment or corpus are wrong
 */
export async function serve({ port, with: bot, ...options }: ServeOptions): Promise<number> {
  if (!/^\d{1,5}$/.test(port) || Number(port) > PORT_MAX)
    throw new OperatorError("--port is no port", `write a number from 0 to ${PORT_MAX} behind it`);
  const { run } = await import("../web/main.ts");
  const beside: Beside | null = bot === undefined ? null : (await botOf(bot)).run;
  return run({ ...options, port: Number(port) }, await loadDrawings(), beside, (address) =>
    process.stderr.write(`footnote: ask at ${address}\n`),
  );
}

/** How others draw a reply. */
export async function loadDrawings(): Promise<Drawings> {
  const [slack, discord] = await Promise.all([import("../slack/preview.ts"), import("../discord/preview.ts")]);
  return {
    terminal: (reply, names, width) => renderReply(reply, { width, colour: true, names }),
    slack: slack.bodyOf,
    discord: discord.bodyOf,
  };
}

const botOf = (name: "slack" | "discord"): Promise<{ readonly run: Beside }> =>
  name === "slack" ? import("../slack/main.ts") : import("../discord/main.ts");
