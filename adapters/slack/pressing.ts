// A button that was pressed to what it does.

import { logVoted } from "../log.ts";
import { NOTICE } from "../wording.ts";
import type { Answering, Surroundings } from "./answering.ts";
import { type Asked, markOf, type Shown } from "./buttons.ts";
import { conversationOf, PRIVATE, threadKey } from "./conversation.ts";
import { humanMention } from "./human.ts";
import type { Press } from "./inbound.ts";
import type { Place } from "./outgoing.ts";
import { renderQuotes, renderReply, renderRest, say } from "./render.ts";
import { mrkdwn } from "./text.ts";

/** Where the outcome of a press can go. */
export interface PressPlaces {
  /** As visible as the message that holds the button. */
  readonly here: Place;
  /** For everybody in the channel. */
  readonly everybody: Place;
}

/** A response address lives so long: https://docs.slack.dev/interactivity/handling-user-interaction/#message_responses */
const SHARED_WITHIN_MS = 30 * 60 * 1000;

export function createPressing({ memory, settings, log, now }: Surroundings, answering: Answering) {
  return async function press(pressed: Press, { here, everybody }: PressPlaces): Promise<void> {
    const { pressed: button, team, channel, person, personName, message, thread, isPrivate, trigger } = pressed;
    const key = threadKey(team, channel ?? person, message ?? "home");
    switch (button?.kind) {
      case undefined:
        return here.whisper(
          say("That button is from an earlier version of me. Please ask again: mention me or use `/ask`."),
        );
      case "ask": {
        const isAlone = isPrivate || channel === null || message === null;
        return answering.answer({
          entry: "button",
          claims: [`press:${team}:${trigger}`],
          person: `${team}:${person}`,
          asked: button.asked,
          conversation: isAlone ? PRIVATE : conversationOf(team, channel, thread, thread ?? message),
          lead: `${isAlone ? "You" : personName} asked: ${wordsOf(button.asked)}`,
          isPrivate,
          isQuiet: false,
          place: here,
        });
      }
      case "show": {
        const shown = restore(button.of);
        if (shown === null) return here.whisper(say(changed(button.of.asked)));
        const view = answering.viewOf(button.of.asked, { isPrivate: true, lead: null });
        const { what, page } = button;
        return here.whisper(what === "rest" ? renderRest(shown, view, page) : renderQuotes(shown, view.asked, page));
      }
      case "share": {
        if (message !== null && now() - Number(message) * 1000 > SHARED_WITHIN_MS)
          return here.whisper(say(`Slack lets me share a reply for 30 minutes only. ${again(button.of.asked)}`));
        const reply = restore(button.of);
        if (reply === null) return here.whisper(say(changed(button.of.asked)));
        const claim = `share:${key}:${button.of.mark}`;
        if (!(await answering.isFirst([claim]))) return here.whisper(say("That reply is shared already."));
        // The question may be somebody else's, whose message the shortcut was used on.
        const lead = `Shared by ${personName}, in answer to: ${wordsOf(button.of.asked)}`;
        try {
          return await everybody.post(
            renderReply(reply, answering.viewOf(button.of.asked, { isPrivate: false, lead })),
          );
        } catch (error) {
          await memory.claims.release(claim);
          throw error;
        }
      }
      case "vote": {
        const { value, topic } = button;
        const vote = { message: key, person: `${team}:${person}`, value, topic };
        await memory.votes.cast(vote);
        logVoted(log, "slack", vote);
        return here.whisper(say(NOTICE.voted(value, settings.human === null ? null : humanMention(settings.human))));
      }
      case "human":
        return here.whisper(
          say(settings.human === null ? "Nobody is named here to ask." : NOTICE.person(humanMention(settings.human))),
        );
    }
  };

  /** The reply as it was given; null where the corpus has changed since. */
  function restore({ asked, mark }: Shown) {
    const reply = answering.replyTo(asked);
    return markOf(reply) === mark ? reply : null;
  }
}

const wordsOf = (asked: Asked): string => (asked.kind === "ask" ? asked.question : `compare ${asked.topic}`);
const again = (asked: Asked): string =>
  `To see it again: ${asked.kind === "ask" ? "/ask" : "/compare"} ${mrkdwn((asked.kind === "ask" ? asked.question : asked.topic).slice(0, 300))}`;
const changed = (asked: Asked): string => `My documents have changed since that reply. ${again(asked)}`;
