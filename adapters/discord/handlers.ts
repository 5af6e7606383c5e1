// Brings a Discord message that is meant for the bot to the desk, and shows the outcome below it.

import type { REST } from "discord.js";
import type { Engine } from "../../src/engine.ts";
import { claimsOf, type Turn } from "../shared/attend.ts";
import type { Desk } from "../shared/desk.ts";
import type { Claims } from "../shared/memory.ts";
import { NOTICE } from "../shared/wording.ts";
import type { Backlog } from "./backlog.ts";
import { keysOf, workspaceOf } from "./conversation.ts";
import type { Said } from "./inbound.ts";
import { Below } from "./outgoing.ts";
import { DISCORD_NOTICE } from "./pages.ts";
import { renderReply } from "./render.ts";
import { type View, viewFor } from "./view.ts";

export interface MessageOptions {
  readonly desk: Desk;
  readonly viewOf: (engine: Engine) => View;
  readonly claims: Claims;
  readonly backlog: Backlog;
  readonly rest: REST;
  /** Id of the bot's user. */
  readonly self: () => string;
  /** The clock, in milliseconds since 1970. */
  readonly now: () => number;
}

/** A burst gets one notice in so long. */
const BUSY_NOTICE_MS = 10_000;
/** A person gets one notice of a kind in so long. */
const PERSON_NOTICE_MS = 60_000;

/** What the bot does on a message. */
export class Listener {
  constructor(private readonly options: MessageOptions) {}

  async hear(said: Said, turn: Turn): Promise<void> {
    const { backlog } = this.options;
    const wasTaken = await backlog.run(said.channel, () => this.answer(said, turn));
    if (!wasTaken && (await this.isFirst(`busy:${said.channel}`, BUSY_NOTICE_MS)))
      await this.below(said, turn).notify(DISCORD_NOTICE.busy);
  }

  async apologise(said: Said, turn: Turn): Promise<void> {
    await this.below(said, turn).notify(NOTICE.failed);
  }

  private async answer(said: Said, turn: Turn): Promise<void> {
    const { desk, viewOf } = this.options;
    const { id, guild, channel, isConversation, person, replyTo, entry, question } = said;
    if (question === null) return this.notifyOnce(said, turn, "unheard", DISCORD_NOTICE.unheard);
    await desk.answer({
      entry,
      workspace: workspaceOf(guild),
      event: turn.key ?? `discord:message:${id}`,
      // After a lost connection Discord may send again what it has sent.
      claims: claimsOf(turn, [`discord:message:${id}`]),
      isAgain: turn.attempt > 1,
      person,
      wish: { kind: "ask", question },
      isQuiet: false,
      keys: keysOf({ guild, channel, isConversation, replyTo, isHidden: false }),
      outlet: {
        post: ({ reply, engine, receipt }) =>
          this.below(said, turn).answer(renderReply(reply, viewFor(viewOf(engine), receipt))),
        holdOff: (retryAfterMs) => this.notifyOnce(said, turn, "limit", NOTICE.limited(retryAfterMs)),
      },
    });
  }

  private async notifyOnce(said: Said, turn: Turn, kind: string, notice: string): Promise<void> {
    if (await this.isFirst(`${kind}:${said.person}`, PERSON_NOTICE_MS)) await this.below(said, turn).notify(notice);
  }

  /** Whether this is the first of its kind in a while. */
  private isFirst(what: string, everyMs: number): Promise<boolean> {
    const { claims, now } = this.options;
    return claims.claim(`discord:${what}:${Math.floor(now() / everyMs)}`);
  }

  private below(said: Said, turn: Turn): Below {
    return new Below(this.options.rest, said, turn, this.options.self());
  }
}
