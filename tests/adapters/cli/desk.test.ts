// How the terminal deals with a question.

import { beforeAll } from "vitest";
import { createSession } from "../../../adapters/cli/session.ts";
import type { Engine } from "../../../src/engine.ts";
import { openEngine } from "../../../src/store/open.ts";
import { describeDesk } from "../../contracts/desk.ts";
import { folderWith, TOPICAL } from "./corpora.ts";

const folder = folderWith(TOPICAL);
let engine: Engine;
beforeAll(async () => {
  engine = await openEngine(folder);
});

// Nobody is limited here and nothing is logged; a reply is printed when all is done.
describeDesk(
  {
    name: "Terminal",
    engine: () => engine,
    start: async (given) => {
      const session = createSession({
        engine: () => given.engine,
        view: () => ({ width: 200, colour: false, names: new Map() }),
        memory: given.memory,
      });
      const printed: string[] = [];
      const say = async (line: string): Promise<void> => {
        printed.push((await session.respond(line)) ?? "");
      };
      return { ask: say, compare: (topic) => say(`/compare ${topic}`), shown: () => printed, logged: () => "" };
    },
  },
  ["recall", "answer", "remember", "post"],
);
