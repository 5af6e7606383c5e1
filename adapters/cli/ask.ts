// Answers one question, or compares one topic, on stdout.

import { type CorpusOptions, open } from "../shared/corpus.ts";
import { print, printJson, viewOf } from "../shared/terminal.ts";
import { renderReply } from "./render.ts";

export interface AskOptions extends CorpusOptions {
  readonly why?: boolean;
  readonly as?: "slack" | "discord";
}

export async function ask(question: string, options: AskOptions): Promise<void> {
  const engine = await open(options);
  if (options.why) {
    const { whyOf } = await import("../shared/why.ts");
    const { renderWhy } = await import("./why.ts");
    const why = await whyOf(await engine.explain(question));
    options.json ? printJson(why) : print(renderWhy(why, viewOf(engine.corpus)));
    return;
  }
  const reply = await engine.answer(question);
  if (options.as === "slack") {
    const { bodyOf } = await import("../slack/preview.ts");
    printJson(bodyOf(question, reply, engine));
    return;
  }
  if (options.as === "discord") {
    const { bodyOf } = await import("../discord/preview.ts");
    printJson(bodyOf(reply, engine));
    return;
  }
  options.json ? printJson(reply) : print(renderReply(reply, viewOf(engine.corpus)));
}

export async function compare(topic: string, options: CorpusOptions): Promise<void> {
  const engine = await open(options);
  const reply = await engine.compare(topic);
  options.json ? printJson(reply) : print(renderReply(reply, viewOf(engine.corpus)));
}
