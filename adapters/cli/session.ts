// Answers the lines typed in `footnote chat` and remembers their thread; knows no terminal.

import type { Engine } from "../../src/engine.ts";
import type { Reply } from "../../src/reply.ts";
import { Desk, type Given, type Wish } from "../shared/desk.ts";
import type { Memory } from "../shared/memory.ts";
import { clean } from "../shared/one-line.ts";
import type { View } from "../shared/terminal.ts";
import { whyOf } from "../shared/why.ts";
import { count } from "../shared/wording.ts";
import { hang, stack } from "./layout.ts";
import { renderReply } from "./render.ts";
import { renderSources } from "./sources.ts";
import { renderTopics } from "./topics.ts";
import { renderWhy } from "./why.ts";

export interface Session {
  /** What to print; null where the line is empty or ends the session. The next line is given when this one is answered. */
  respond(line: string): Promise<string | null>;
  readonly isOver: boolean;
}

const COMMANDS: readonly (readonly [string, string])[] = [
  ["/compare TOPIC", "both sides of a topic beside each other"],
  ["/topics", "what can be asked"],
  ["/sources", "the documents, and where each came from"],
  ["/why", "how the last question was read and answered"],
  ["/new", "forget the questions so far"],
  ["/help", "this list"],
  ["/quit", "leave; Ctrl-D does too"],
];
const LEAD_WIDTH = 18;

export interface SessionOptions {
  /** Asked anew for every line: the corpus can be reloaded, and the thread goes on. */
  readonly engine: () => Engine;
  /** Asked anew for every reply: a terminal can be resized. */
  readonly view: () => View;
  readonly memory: Memory;
}

export function createSession({ engine, view, memory }: SessionOptions): Session {
  // Whoever sits at the terminal is alone: nothing is delivered twice, limited or logged.
  const desk = new Desk({ engine, memory, limit: null, journal: null, now: () => 0, isRefusal: () => false });
  let threads = 0;
  let last: { readonly question: string; readonly after: readonly string[] } | null = null;
  let picks: readonly string[] = [];
  let isOver = false;

  const show = ({ reply, after, remembered }: Given): string => {
    if (remembered !== null) last = { question: remembered, after };
    picks = reply.kind === "clarify" ? reply.options.map(({ question }) => question) : suggestionsOf(reply);
    return renderReply(reply, { ...view(), isPickable: true });
  };
  const put = async (wish: Wish): Promise<string> => {
    const thread = `thread ${threads}`;
    let shown = "";
    await desk.answer({
      ...{ entry: "line", claims: [], person: "you", wish, isQuiet: false },
      keys: { recalls: thread, remembers: [thread], begins: null },
      outlet: {
        post: async (given) => {
          shown = show(given);
          return null;
        },
        holdOff: async () => {},
      },
    });
    return shown;
  };
  const ask = (question: string): Promise<string> => put({ kind: "ask", question });
  const pick = async (number: number): Promise<string> => {
    const question = picks[number - 1];
    if (question === undefined) return `There is no ${number} to pick; ${count(picks.length, "choice")} above.`;
    return `› ${clean(question)}\n\n${await ask(question)}`;
  };
  const obey = async (command: string, rest: string): Promise<string | null> => {
    switch (command) {
      case "/compare":
        return put({ kind: "compare", topic: rest });
      case "/topics":
        return renderTopics(engine(), view());
      case "/sources":
        return renderSources(engine().corpus, view());
      case "/why":
        if (last === null) return "Nothing has been asked yet.";
        return renderWhy(await whyOf(await engine().explain(last.question, last.after)), view());
      case "/new":
        threads += 1;
        picks = [];
        last = null;
        return "A new thread: the questions so far are forgotten.";
      case "/help":
        return renderHelp(view());
      case "/quit":
      case "/exit":
        isOver = true;
        return null;
      default:
        return `${clean(command)} is no command; /help lists them.`;
    }
  };

  return {
    get isOver() {
      return isOver;
    },
    async respond(line) {
      const text = line.trim();
      if (text === "") return null;
      // A path is no command: "/etc/passwd" goes to the engine.
      const [, command, rest = ""] = /^(\/[a-z]*)(?:\s+(.*))?$/is.exec(text) ?? [];
      if (command !== undefined) return obey(command.toLowerCase(), rest.trim());
      return picks.length > 0 && /^\d{1,2}\.?$/.test(text) ? pick(Number.parseInt(text, 10)) : ask(text);
    },
  };
}

const suggestionsOf = (reply: Reply): readonly string[] => ("suggestions" in reply ? reply.suggestions : []);

const renderHelp = ({ width }: View): string =>
  stack([
    hang("", "Ask a question, or one that leans on the one before. A number picks what is offered.", width),
    COMMANDS.flatMap(([command, does]) => hang(`  ${command}`.padEnd(LEAD_WIDTH), does, width)),
  ]);
