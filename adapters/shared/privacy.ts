// What a person is told about what is kept of them, and what becomes of it when they or their workspace want it gone.

import type { Log, Platform } from "./log.ts";
import type { CommonSettings } from "./settings.ts";
import type { State } from "./state/state.ts";
import { StoreError } from "./state/store.ts";
import { count } from "./wording.ts";

/** The answers to /privacy, in plain words without mark-up. */
export interface Privacy {
  /** What is kept, of everybody and of this person. */
  tell(person: string): Promise<string>;
  /** Deletes all that is kept of a person, and says so. */
  forget(person: string): Promise<string>;
  /**
   * Deletes all that is kept of a workspace or server that the bot has left.
   * @param workspace what begins its keys
   * @throws StoreError where that can't be done just now
   */
  forgetWorkspace(workspace: string): Promise<void>;
}

type Told = Pick<CommonSettings, "keepDays" | "logsQuestions" | "keepsMisses">;

/** @param state left out where this process's memory is all there is */
export function createPrivacy(state: State | undefined, settings: Told, log: Log, platform: Platform): Privacy {
  const store = () => {
    const opened = state?.store() ?? null;
    if (opened === null) throw new StoreError("away", "nothing is kept just now", "see the log for the reason");
    return opened;
  };
  const orAway = async (work: () => Promise<string>, away: string): Promise<string> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      state?.away(error);
      return away;
    }
  };
  return {
    async tell(person) {
      const own = await orAway(async () => {
        const { questions, votes, replies, asked, hearing } = await store().care.recordOf(person);
        const counted = replies.reduce((sum, reply) => sum + reply.count, 0);
        return `Of you I keep now: ${count(questions.length, "question")} of threads, ${count(votes.length, "vote")}, and that you got ${counted === 1 ? "1 reply" : `${counted} replies`}. Further, ${count(asked.filter(({ missed }) => missed !== null).length, "question")} that I did not answer well, and ${count(hearing.length, "wish", "wishes")} to hear of an answer.`;
      }, "Of you nothing can be looked up just now.");
      return [...policy(settings), own, DELETE].join("\n");
    },
    forget: (person) =>
      orAway(async () => {
        const entries = await store().care.forget(person);
        log.info({ platform, entries }, "a person had what is kept of them deleted");
        return "Everything that I kept of you is deleted. What you ask from now on is kept as before; the command shows how.";
      }, "That can't be deleted just now. Please try again later."),
    async forgetWorkspace(workspace) {
      if (state === undefined) return;
      const entries = await store().care.forgetWorkspace(workspace);
      log.info({ platform, entries }, "left a workspace, and what was kept of it is deleted");
    },
  };
}

const policy = ({ keepDays, logsQuestions, keepsMisses }: Told): readonly string[] => [
  "Your question is kept until it is answered, and as part of its thread for a day, so that you can ask on.",
  `Votes, and how often what kind of reply was given, are kept for ${count(keepDays, "day")}, with a keyed hash in place of your name.`,
  keepsMisses
    ? `A question that I did not answer well is kept for ${count(keepDays, "day")}, without mentions, addresses and long numbers, so that whoever runs me can mend that; where to tell you of it, only if you asked for it.`
    : "That I did not answer a question well is counted, without its words.",
  `${logsQuestions ? "Whoever runs me has chosen to log what is asked." : "What you ask is not logged."} Nothing is sent to anybody else.`,
];

const DELETE = "To delete all that is kept of you, use the command again and say delete.";
