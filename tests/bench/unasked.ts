// How often the bot would speak where nobody asked it: of what is not for it, and of what the documents answer.

import { UNASKED } from "../../src/answer/unasked.ts";
import type { Engine } from "../../src/engine.ts";
import type { Row, Suite } from "./frame/suite.ts";
import { fitBound } from "./unasked/fit.ts";
import { type Message, openBuiltIn, readMessages } from "./unasked/messages.ts";

export const suite: Suite = {
  title: "answers without a mention, built-in corpus",
  async run(onStep) {
    onStep("asking");
    const engine = await openBuiltIn();
    const { fitted, judged } = readMessages();
    const bound = await fitBound(fitted, engine);
    return [
      {
        name: "log-odds it must reach",
        value: `${UNASKED.oddsMin}`,
        aim: { text: "as fitted", isReached: bound === UNASKED.oddsMin },
        note: "npm run bench -- fit-unasked writes it",
      },
      ...(await rowsOf("fitted on", fitted, engine)),
      ...(await rowsOf("left out", judged, engine)),
    ];
  },
};

async function rowsOf(name: string, messages: readonly Message[], engine: Engine): Promise<readonly Row[]> {
  const told: Message[] = [];
  for (const one of messages) if ((await engine.answerUnasked(one.text)) !== null) told.push(one);
  const all = messages.filter(({ answerable }) => answerable).length;
  const right = told.filter(({ answerable }) => answerable).length;
  const wrong = told.length - right;
  return [
    {
      name: `not for the bot, answered (${name})`,
      value: `${wrong} of ${messages.length - all}`,
      aim: { text: "none", isReached: wrong === 0 },
      note: told
        .filter(({ answerable }) => !answerable)
        .map(({ id }) => id)
        .join(", "),
    },
    {
      name: `the documents answer, answered (${name})`,
      value: `${right} of ${all}`,
      aim: { text: "half", isReached: 2 * right >= all },
    },
  ];
}
