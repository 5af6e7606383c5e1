// What people do with an answer that stands in a channel: who asked may delete it or mark it as solved.

import type { REST } from "discord.js";
import { ONCE } from "../shared/attend.ts";
import { readPress } from "./buttons.ts";
import type { Addressed, Standing, Wanted } from "./inbound.ts";
import { changeCard, muted } from "./layout.ts";
import { DISCORD_NOTICE } from "./notices.ts";
import { Below, isForbidden } from "./outgoing.ts";
import type { Reading } from "./reading.ts";

export interface AnswersOptions {
  readonly rest: REST;
  readonly reading: Reading;
  readonly self: () => string;
}

/** The bot's answers, as messages. */
export class Answers {
  constructor(private readonly options: AnswersOptions) {}

  /** Does what is wanted of an answer; returns what to tell who wants it. */
  async treat({ kind, answer }: Extract<Wanted, { kind: "delete" | "solved" }>, by: Addressed): Promise<string> {
    if (!answer.isOwn) return DISCORD_NOTICE.notMine;
    if (!(await this.mayTreat(answer, by))) return DISCORD_NOTICE.notYours;
    try {
      return kind === "delete" ? await this.remove(answer, by) : await this.solve(answer, by);
    } catch (error) {
      if (!isForbidden(error)) throw error;
      return DISCORD_NOTICE.notThere;
    }
  }

  private async remove({ message, question }: Standing, by: Addressed): Promise<string> {
    await this.below(question ?? message, by).remove({ channel: by.channel, message });
    return DISCORD_NOTICE.deleted;
  }

  private async solve({ message, question, shown }: Standing, by: Addressed): Promise<string> {
    // Who has an answer asks no more.
    const card = changeCard(shown, muted(`✅ Solved, says <@${by.person}>`), (id) => readPress(id)?.kind !== "ask");
    if (card === null) return DISCORD_NOTICE.notMine;
    await this.below(question ?? message, by).change({ channel: by.channel, message }, card);
    return DISCORD_NOTICE.solved;
  }

  /** Who asked, and who keeps order. */
  private async mayTreat(
    { asker, mayModerate, question }: Standing,
    { channel, guild, person }: Addressed,
  ): Promise<boolean> {
    if (mayModerate || guild === null || asker === person) return true;
    return asker === null && question !== null && (await this.options.reading.author(channel, question)) === person;
  }

  private below(id: string, { channel }: Addressed): Below {
    return new Below(this.options.rest, { id, channel }, ONCE, this.options.self());
  }
}
