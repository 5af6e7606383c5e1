// Draws the Home tab, and the prompts that open a conversation, from what the bot knows.

import type { types } from "@slack/bolt";
import type { Engine } from "../../src/engine.ts";
import type { SlackSettings } from "../shared/settings.ts";
import { shorten } from "../shared/shorten.ts";
import { pressable } from "./buttons.ts";
import { link, mrkdwn, plain } from "./escape.ts";
import { actions, type Block, contexts, header, sections } from "./layout.ts";
import { BUTTON_LENGTH_MAX, PROMPTS_MAX } from "./limits.ts";

type Known = Pick<Engine, "corpus" | "offers">;

const DOCUMENTS_SHOWN_MAX = 40;
const EXAMPLES_MAX = 5;
const CHANNELS_NAMED_MAX = 20;

/** What it knows, what can be asked, and what becomes of a question. */
export function renderHome(engine: Known, settings: SlackSettings): types.HomeView {
  const { documents } = engine.corpus;
  const shown = documents.slice(0, DOCUMENTS_SHOWN_MAX);
  const more = documents.length - shown.length;
  const blocks: Block[] = [
    header("Ask, and see where it says so"),
    ...sections([
      "I answer from the documents below, with a source for every statement. Where they do not say, I say so.",
      "Mention me in a channel, write to me under *Messages*, use `/ask` or `/compare`, or choose *Answer this* from a message's menu.",
    ]),
    ...contexts(["Try one of these"]),
    ...actions(
      examples(engine, EXAMPLES_MAX).flatMap((question, at) =>
        pressable(at, question, { kind: "ask", question, after: [] }, `Ask: ${question}`),
      ),
    ),
    header("What I know"),
    ...sections([
      ...shown.map(({ title, url, origin, retrieved }) => {
        const name = shorten(title, 200).text;
        const from = [shorten(origin, 300).text, ...(retrieved === null ? [] : [`as of ${retrieved}`])];
        return `• ${link(url, name)} – ${mrkdwn(from.join(", "))}`;
      }),
      ...(more > 0 ? [`… and ${more} more`] : []),
    ]),
    header("Your questions"),
    ...sections([privacyNote(settings)]),
  ];
  return { type: "home", blocks };
}

/** Questions that open a conversation. https://docs.slack.dev/reference/methods/assistant.threads.setSuggestedPrompts */
export const prompts = (engine: Known) =>
  examples(engine, PROMPTS_MAX).map((question) => ({
    title: shorten(plain(question), BUTTON_LENGTH_MAX).text,
    message: question,
  }));

const examples = ({ offers }: Known, count: number): string[] => {
  const questions = offers.map(({ question }) => question);
  return [...new Set(questions)].slice(0, count);
};

const privacyNote = ({ logsQuestions, followUpChannels }: SlackSettings): string =>
  [
    "I read messages that mention me or are written to me, and what these point at.",
    ...(followUpChannels.length === 0
      ? []
      : [
          `In ${followUpChannels
            .slice(0, CHANNELS_NAMED_MAX)
            .map((id) => `<#${id}>`)
            .join(", ")} I also look at questions in threads where I have answered.`,
        ]),
    "A thread's questions are kept for a day, so that you can ask on; nothing is sent to anybody else.",
    logsQuestions ? "Whoever runs me has chosen to log what is asked." : "What you ask is not logged.",
    "`/privacy` says what is kept of you, and deletes it.",
  ].join(" ");
