// Chats in a terminal or through a pipe: reads a line, prints the reply, until the input ends.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { clearScreenDown, cursorTo, moveCursor } from "node:readline";
import { createInterface, type Interface } from "node:readline/promises";
import type { Engine } from "../../src/engine.ts";
import type { Corpus } from "../../src/ingest/library.ts";
import { audienceOf, type CorpusOptions, folderOf, open, openOptions, snapshotOf } from "../shared/corpus.ts";
import { createMemory } from "../shared/memory.ts";
import { clean } from "../shared/one-line.ts";
import type { Change, Reloading } from "../shared/reloading.ts";
import { print, viewOf } from "../shared/terminal.ts";
import { count } from "../shared/wording.ts";
import { fold } from "./layout.ts";
import { linesOfInput } from "./lines.ts";
import { createSession, type Session } from "./session.ts";

const PROMPT = "footnote> ";
const HISTORY_LINES_MAX = 500;

export interface ChatOptions extends CorpusOptions {
  /** Whether the corpus is read again when its files change. */
  readonly watch?: boolean;
}

export async function chat(options: ChatOptions): Promise<void> {
  const first = await open(options);
  const reloading = options.watch ? await createFollowing(first, folderOf(options), options) : null;
  const engine = (): Engine => reloading?.engine ?? first;
  // What is remembered lasts as long as the chat, however long that is.
  const memory = createMemory(() => 0);
  const session = createSession({ engine, view: () => viewOf(engine().corpus), memory });
  const isInteractive = process.stdin.isTTY && process.stdout.isTTY;
  if (isInteractive) {
    const watched = reloading === null ? [] : [`watching ${clean(folderOf(options))}`];
    say(`Footnote · ${[...sizeOf(first.corpus), ...watched].join(" · ")}`);
    say("Ask a question. /help lists the commands, Ctrl-D leaves.");
    print("");
  }
  try {
    await (isInteractive ? converse(session, reloading) : answerPipe(session, reloading));
  } finally {
    await reloading?.close();
  }
}

/** The watcher is loaded only where it is asked for. */
async function createFollowing(first: Engine, folder: string, chosen: ChatOptions): Promise<Reloading> {
  const { createReloading, reopenAside } = await import("../shared/reloading.ts");
  // Nothing is drawn into the chat while an index is made.
  const options = {
    ...{ ...(await openOptions(() => {})), onProgress: () => {} },
    ...{ isStrict: chosen.strict === true, audience: audienceOf(chosen) },
  };
  return createReloading(first, {
    folder,
    snapshot: snapshotOf(folder),
    reopen: (reopening, signal) => reopenAside({ ...reopening, options }, signal),
  });
}

async function answerPipe(session: Session, reloading: Reloading | null): Promise<void> {
  // Results alone go to stdout.
  reloading?.follow((change) => process.stderr.write(`${wordsOf(change)}\n`));
  for await (const line of linesOfInput()) {
    const said = await session.respond(line);
    if (said !== null) print(`${said}\n`);
    if (session.isOver) return;
  }
}

/** Resolves when the person has left, and has the answers to all that they asked. */
async function converse(session: Session, reloading: Reloading | null): Promise<void> {
  const file = historyFile();
  const reader = createInterface({
    input: process.stdin,
    output: process.stdout,
    // A dumb terminal edits lines itself, and would show readline's control sequences.
    terminal: process.env.TERM !== "dumb",
    prompt: PROMPT,
    history: readHistory(file),
    historySize: HISTORY_LINES_MAX,
    removeHistoryDuplicates: true,
  });
  let history: readonly string[] = [];
  let isLeaving = false;
  let isClosed = false;
  const closed = new Promise<void>((resolve) => reader.once("close", resolve)).then(() => {
    isClosed = true;
  });
  const answer = async (line: string): Promise<void> => {
    if (session.isOver) return;
    const said = await session.respond(line);
    if (said !== null) print(`\n${said}\n`);
    if (session.isOver) reader.close();
    else if (!isClosed) reader.prompt();
  };
  /** Lines that are pasted at once are answered one by one. */
  let answered = Promise.resolve();
  reader.on("history", (lines) => {
    history = [...lines];
  });
  reader.on("line", (line) => {
    isLeaving = false;
    answered = answered.then(() => answer(line));
    answered.catch(() => reader.close());
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
  reloading?.follow((change) => {
    if (!isClosed) interrupt(reader, wordsOf(change));
  });
  await closed;
  await answered;
  if (!session.isOver) print("");
  if (history.length > 0) saveHistory(file, history);
}

/** Says something above the line that is being typed. */
function interrupt(reader: Interface, text: string): void {
  if (!reader.terminal) {
    print("");
    say(text);
    reader.prompt();
    return;
  }
  moveCursor(process.stdout, 0, -reader.getCursorPos().rows);
  cursorTo(process.stdout, 0);
  clearScreenDown(process.stdout);
  say(text);
  // readline redraws from as many rows above the cursor as it left it below the prompt: none of them is there now.
  Object.assign(reader, { prevRows: 0 });
  reader.prompt(true);
}

/** Prints a line, folded to the terminal. */
const say = (text: string): boolean => print(fold(text, viewOf().width).join("\n"));

const sizeOf = ({ documents, faq }: Corpus): string[] => [
  count(documents.length, "document"),
  ...(faq.topics.length > 0 ? [count(faq.topics.length, "topic")] : []),
];

/** One line. */
function wordsOf(change: Change): string {
  switch (change.kind) {
    case "reloaded":
      return `Reloaded: ${[...sizeOf(change.corpus), change.corpus.hash].join(" · ")}`;
    case "kept":
      return `Not reloaded, answering as before: ${clean(change.problem)}`;
  }
}

/**
 * In the data folder where one is set, else where the XDG Base Directory Specification puts state; null for a user
 * without a home.
 */
function historyFile(): string | null {
  const { FOOTNOTE_DATA, XDG_STATE_HOME } = process.env;
  if (FOOTNOTE_DATA) return join(FOOTNOTE_DATA, "chat-history");
  try {
    return join(XDG_STATE_HOME || join(homedir(), ".local", "state"), "footnote", "chat-history");
  } catch {
    return null;
  }
}

/** Newest first, as readline wants it. */
function readHistory(file: string | null): string[] {
  if (file === null) return [];
  try {
    return readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line !== "");
  } catch {
    return [];
  }
}

/** A history that can't be written is only forgotten. */
function saveHistory(file: string | null, history: readonly string[]): void {
  if (file === null) return;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${history.join("\n")}\n`, { mode: 0o600 });
  } catch {
    // Nothing to tell: the chat itself went well.
  }
}
