// A terminal or a pipe to a chat: line in, reply out, until it ends.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline/promises";
import { count } from "../wording.ts";
import { type CorpusOptions, open } from "./corpus.ts";
import { linesOf } from "./lines.ts";
import { createSession, type Session } from "./session.ts";
import { print, viewOf } from "./terminal.ts";

const PROMPT = "footnote> ";
const HISTORY_LINES_MAX = 500;

export async function chat(options: CorpusOptions): Promise<void> {
  const engine = await open(options);
  const session = createSession(engine, () => viewOf(engine.corpus));
  if (!process.stdin.isTTY || !process.stdout.isTTY) return answerPipe(session);
  const { documents, faq } = engine.corpus;
  const size = [
    count(documents.length, "document"),
    ...(faq.topics.length > 0 ? [count(faq.topics.length, "topic")] : []),
  ];
  print(`Footnote · ${size.join(" · ")}\nAsk a question. /help lists the commands, Ctrl-D leaves.\n`);
  return converse(session);
}

async function answerPipe(session: Session): Promise<void> {
  for await (const line of linesOf(process.stdin)) {
    const said = session.respond(line);
    if (said !== null) print(`${said}\n`);
    if (session.isOver) return;
  }
}

/** Resolves when the person leaves. */
function converse(session: Session): Promise<void> {
  const file = historyFile();
  const reader = createInterface({
    input: process.stdin,
    output: process.stdout,
    prompt: PROMPT,
    history: readHistory(file),
    historySize: HISTORY_LINES_MAX,
    removeHistoryDuplicates: true,
  });
  let history: readonly string[] = [];
  let isLeaving = false;
  reader.on("history", (lines) => {
    history = [...lines];
  });
  reader.on("line", (line) => {
    isLeaving = false;
    const said = session.respond(line);
    if (said !== null) print(`\n${said}\n`);
    if (session.isOver) reader.close();
    else reader.prompt();
  });
  reader.on("SIGINT", () => {
    if (reader.line === "" && isLeaving) return reader.close();
    isLeaving = reader.line === "";
    print(isLeaving ? "\nCtrl-C again leaves." : "");
    // Ctrl-U and Ctrl-K: everything left and right of the cursor.
    reader.write(null, { ctrl: true, name: "e" });
    reader.write(null, { ctrl: true, name: "u" });
    reader.prompt();
  });
  reader.prompt();
  return new Promise((resolve) => {
    reader.on("close", () => {
      if (!session.isOver) print("");
      if (history.length > 0) saveHistory(file, history);
      resolve();
    });
  });
}

/** In the data folder where one is set, else where the XDG Base Directory Specification puts state. */
function historyFile(): string {
  const { FOOTNOTE_DATA, XDG_STATE_HOME } = process.env;
  if (FOOTNOTE_DATA) return join(FOOTNOTE_DATA, "chat-history");
  return join(XDG_STATE_HOME || join(homedir(), ".local", "state"), "footnote", "chat-history");
}

/** Newest first, as readline wants it. */
function readHistory(file: string): string[] {
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "");
  } catch {
    return [];
  }
}

/** A history that can't be written is only forgotten. */
function saveHistory(file: string, history: readonly string[]): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${history.join("\n")}\n`, { mode: 0o600 });
  } catch {
    // Nothing to tell: the chat itself went well.
  }
}
