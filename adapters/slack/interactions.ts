// Does what a pressed button asks for.

import type { Engine } from "../../src/engine.ts";
import { claimsOf, ONCE, type Turn } from "../shared/attend.ts";
import type { ChannelSettings } from "../shared/channels.ts";
import type { Desk, Told } from "../shared/desk.ts";
import type { Feedback } from "../shared/loop/feedback.ts";
import { type Claims, VOTE_REASONS } from "../shared/memory.ts";
import { StoreError } from "../shared/state/store.ts";
import { FEEDBACK, NOTICE, REASONS } from "../shared/wording.ts";
import { type Asked, BUTTON, markOf, type Pressed, type Shown, writeButton } from "./buttons.ts";
import { keysOf, PRIVATE, threadKey, workspaceOf } from "./conversation.ts";
import { mrkdwn } from "./escape.ts";
import type { Press } from "./inbound.ts";
import { actions, type Button, button, type Message, messageOf, say, sections } from "./layout.ts";
import type { Place } from "./outgoing.ts";
import { outletAt } from "./outlet.ts";
import { renderRest, renderSources } from "./pages.ts";
import { renderReply } from "./render.ts";
import { addressOf } from "./telling.ts";
import { humanMention, seenAs, type Views } from "./view.ts";

/** Where the outcome of a press can go. */
export interface PressPlaces {
  /** As visible as the message that holds the button. */
  readonly here: Place;
  /** For everybody in the channel. */
  readonly everybody: Place;
}

export interface PressingOptions {
  readonly desk: Desk;
  readonly claims: Claims;
  readonly viewsOf: (engine: Engine) => Views;
  /** Null where nothing is kept. */
  readonly feedback: Feedback | null;
  /** Id of the channel or user group to ask instead. */
  readonly human: string | null;
  /** Milliseconds. */
  readonly now: () => number;
}

/** A response address lives so long: https://docs.slack.dev/interactivity/handling-user-interaction/#message_responses */
const SHARED_WITHIN_MS = 30 * 60 * 1000;

/** What buttons do. */
export class Pressing {
  constructor(private readonly options: PressingOptions) {}

  /** @param own how the channel is set that it was pressed in */
  async press(press: Press, places: PressPlaces, own: ChannelSettings, turn = ONCE): Promise<void> {
    const { here } = places;
    const human = own.human ?? this.options.human;
    const button = press.pressed;
    switch (button?.kind) {
      case undefined:
        return here.whisper(
          say("That button is from an earlier version of me. Please ask again: mention me or use `/ask`."),
        );
      case "ask":
        return this.ask(button.asked, press, here, { own, turn });
      case "show":
        return this.show(button, here, own);
      case "share":
        return this.share(button.of, press, places, own);
      case "vote":
        return this.vote(button, press, here, human);
      case "why":
        return this.explain(button, press, here);
      case "hear":
        return this.hear(button, press, here);
      case "none":
        return this.meantNone(button, press, here);
      case "human":
        return here.whisper(say(human === null ? "Nobody is named here to ask." : NOTICE.person(humanMention(human))));
    }
  }

  private ask(
    asked: Asked,
    press: Press,
    place: Place,
    { own, turn }: { readonly own: ChannelSettings; readonly turn: Turn },
  ): Promise<void> {
    const { desk, viewsOf } = this.options;
    const { team, channel, person, personName, message, thread, trigger, window } = press;
    // A window has nothing to share it with.
    const isPrivate = press.isPrivate && window === undefined;
    const isAlone = isPrivate || channel === null || message === null;
    const lead = `${isAlone ? "You" : personName} asked: ${wordsOf(asked)}`;
    return desk.answer({
      entry: "button",
      workspace: workspaceOf(team),
      event: turn.key ?? `press:${team}:${trigger}`,
      claims: claimsOf(turn, [`press:${team}:${trigger}`]),
      isAgain: turn.attempt > 1,
      person: `${team}:${person}`,
      wish: asked,
      isQuiet: false,
      audience: own.audience,
      keys: isAlone ? PRIVATE : keysOf(team, channel, thread, thread ?? message),
      outlet: outletAt(place, asked, seenAs({ isPrivate, lead }, own), viewsOf),
    });
  }

  private async show({ what, page, of }: Pressed & { readonly kind: "show" }, here: Place, own: ChannelSettings) {
    const told = await this.restore(of, own);
    if (told === null) return here.whisper(say(changed(of.asked)));
    const { reply, engine } = told;
    const view = this.options.viewsOf(engine)(of.asked, { isPrivate: true, lead: null });
    return here.whisper(what === "rest" ? renderRest(reply, view, page) : renderSources(reply, view, page));
  }

  private async share({ asked, mark }: Shown, press: Press, { here, everybody }: PressPlaces, own: ChannelSettings) {
    const { now, claims, desk, viewsOf } = this.options;
    if (press.message !== null && now() - Number(press.message) * 1000 > SHARED_WITHIN_MS)
      return here.whisper(say(`Slack lets me share a reply for 30 minutes only. ${again(asked)}`));
    const told = await this.restore({ asked, mark }, own);
    if (told === null) return here.whisper(say(changed(asked)));
    const claim = `share:${keyOf(press)}:${mark}`;
    if (!(await desk.isFirst([claim]))) return here.whisper(say("That reply is shared already."));
    // The question may be somebody else's, whose message the shortcut was used on.
    const lead = `Shared by ${press.personName}, in answer to: ${wordsOf(asked)}`;
    try {
      await everybody.post(renderReply(told.reply, viewsOf(told.engine)(asked, { isPrivate: false, lead })));
    } catch (error) {
      await claims.release(claim);
      throw error;
    }
  }

  private async vote(
    { value, topic, receipt }: Pressed & { readonly kind: "vote" },
    press: Press,
    here: Place,
    human: string | null,
  ): Promise<void> {
    const { desk, feedback } = this.options;
    const message = keyOf(press);
    const known = receipt === undefined ? {} : { receipt };
    await orSay(here, NOTICE.voteNotKept, async () => {
      await desk.vote({ message, person: `${press.team}:${press.person}`, value, topic, ...known });
      const thanks = NOTICE.voted(value, human === null ? null : humanMention(human));
      const why =
        value === "down" && feedback !== null ? whyButtons({ message, topic, thread: threadOf(press), ...known }) : [];
      return here.whisper(why.length === 0 ? say(thanks) : offering(`${thanks} ${NOTICE.whatWasWrong}`, why));
    });
  }

  private async explain(
    { reason, message, topic, receipt, thread }: Pressed & { readonly kind: "why" },
    press: Press,
    here: Place,
  ): Promise<void> {
    const { desk, feedback } = this.options;
    const known = receipt === undefined ? {} : { receipt };
    await orSay(here, NOTICE.voteNotKept, async () => {
      // The button came from a message of this workspace, but what it says came from outside.
      if (!message.startsWith(workspaceOf(press.team))) return here.whisper(say(NOTICE.failed));
      await desk.vote({ message, person: `${press.team}:${press.person}`, value: "down", topic, reason, ...known });
      const later = receipt !== undefined && feedback?.canTellLater === true ? hearButton(receipt, thread) : [];
      return here.whisper(offering(NOTICE.explained(reason), later));
    });
  }

  private async hear(
    { receipt, thread }: Pressed & { readonly kind: "hear" },
    press: Press,
    here: Place,
  ): Promise<void> {
    const { feedback } = this.options;
    await orSay(here, NOTICE.notKept, async () => {
      const { team, person } = press;
      const address = JSON.stringify(addressOf(press, thread));
      const whose = { receipt, workspace: workspaceOf(team), person: `${team}:${person}`, address };
      const isKept = (await feedback?.hear(whose)) ?? false;
      return here.whisper(say(isKept ? NOTICE.hearing : NOTICE.notHeard));
    });
  }

  private async meantNone({ receipt }: Pressed & { readonly kind: "none" }, press: Press, here: Place): Promise<void> {
    const { feedback } = this.options;
    await orSay(here, NOTICE.notKept, async () => {
      await feedback?.meantNone(receipt);
      const later = feedback?.canTellLater === true ? hearButton(receipt, threadOf(press)) : [];
      return here.whisper(offering(NOTICE.meantNone, later));
    });
  }

  /** The reply as it was given; null where the corpus has changed since. */
  private async restore({ asked, mark }: Shown, { audience }: ChannelSettings): Promise<Told | null> {
    const told = await this.options.desk.reply(asked, asked.kind === "ask" ? asked.after : [], audience);
    return markOf(told.reply) === mark ? told : null;
  }
}

/** Does what needs the store; where that is away, the person is told. */
async function orSay(here: Place, away: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    await here.whisper(say(away));
  }
}

const offering = (text: string, buttons: readonly Button[]): Message =>
  messageOf([...sections([text]), ...actions(buttons)]);

const whyButtons = (
  of: Pick<Pressed & { readonly kind: "why" }, "message" | "topic" | "receipt" | "thread">,
): Button[] =>
  VOTE_REASONS.flatMap((reason) => {
    const value = writeButton({ kind: "why", reason, ...of });
    return value === null ? [] : [button(`${BUTTON.why}:${reason}`, REASONS[reason], value)];
  });

/** Of the message that holds the button; none where only one person sees it. */
const threadOf = ({ isPrivate, thread, message }: Press): string | undefined =>
  isPrivate ? undefined : (thread ?? message ?? undefined);

function hearButton(receipt: string, thread: string | undefined): Button[] {
  const value = writeButton({ kind: "hear", receipt, thread });
  return value === null ? [] : [button(`${BUTTON.hear}:0`, FEEDBACK.hear, value)];
}

/** The message that holds the button. */
const keyOf = ({ team, channel, person, message }: Press): string =>
  threadKey(team, channel ?? person, message ?? "home");

const wordsOf = (asked: Asked): string => (asked.kind === "ask" ? asked.question : `compare ${asked.topic}`);
const again = (asked: Asked): string =>
  `To see it again: ${asked.kind === "ask" ? "/ask" : "/compare"} ${mrkdwn((asked.kind === "ask" ? asked.question : asked.topic).slice(0, 300))}`;
const changed = (asked: Asked): string => `My documents have changed since that reply. ${again(asked)}`;
