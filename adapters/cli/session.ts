// A line typed in `footnote chat` to what is said back; remembers the thread. Knows no terminal.

import { type Engine, THREAD_QUESTIONS_MAX } from "../../src/engine.ts";
import type { Reply } from "../../src/reply.ts";
import { namesOf, titleOf } from "../shared/names.ts";
import { clean } from "../shared/one-line.ts";
import type { View } from "../shared/terminal.ts";
import { count } from "../shared/wording.ts";
import { hang, stack } from "./layout.ts";
import { renderReply } from "./render.ts";
import { renderSources } from "./sources.ts";
import { renderTopics } from "./topics.ts";
import { renderWhy, whyOf } from "./why.ts";

export interface Session {
  /** What to print; null where the line is empty or ends the session. */
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

/**
 * @param engine asked anew for every line: the corpus can be reloaded, and the thread goes on
 * @param view asked anew for every reply: a terminal can be resized
 */
export function createSession(engine: () => Engine, view: () => View): Session {
  let thread: readonly string[] = [];
  let last: { readonly question: string; readonly after: readonly string[] } | null = null;
  let picks: readonly string[] = [];
  let isOver = false;

  const show = (reply: Reply): string => {
    picks = reply.kind === "clarify" ? reply.options.map(({ question }) => question) : suggestionsOf(reply);
    return renderReply(reply, { ...view(), isPickable: true });
  };
  const remember = (question: string): void => {
    thread = [...thread, question].slice(-THREAD_QUESTIONS_MAX);
  };
  const ask = async (question: string): Promise<string> => {
    last = { question, after: thread };
    const reply = await engine().answer(question, thread);
    remember(question);
    return show(reply);
  };
  const compare = async (topic: string): Promise<string> => {
    const answering = engine();
    const reply = await answering.compare(topic);
    const title = titleOf(reply, namesOf(answering.corpus));
    if (title !== null) {
      last = { question: title, after: thread };
      remember(title);
    }
    return show(reply);
  };
  const pick = async (number: number): Promise<string> => {
    const question = picks[number - 1];
    if (question === undefined) return `There is no ${number} to pick; ${count(picks.length, "choice")} above.`;
    return `› ${clean(question)}\n\n${await ask(question)}`;
  };
  const obey = async (command: string, rest: string): Promise<string | null> => {
    switch (command) {
      case "/compare":
        return compare(rest);
      case "/topics":
        return renderTopics(engine(), view());
      case "/sources":
        return renderSources(engine().corpus, view());
      case "/why":
        if (last === null) return "Nothing has been asked yet.";
        return renderWhy(await whyOf(await engine().explain(last.question, last.after)), view());
      case "/new":
        thread = [];
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
