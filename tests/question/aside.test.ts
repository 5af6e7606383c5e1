// Messages to the bot that ask nothing of the documents themselves.

import { expect, test } from "vitest";
import { type Aside, asideOf } from "../../src/question/aside.ts";

const SAID: readonly (readonly [message: string, aside: Aside | null])[] = [
  ["^", "pointing"],
  ["^^^", "pointing"],
  ["👆🏽", "pointing"],
  ["this", "pointing"],
  ["Can you answer this?", "pointing"],
  ["could you please answer that one for her", "pointing"],
  ["please explain the above, thanks!", "pointing"],
  ["any ideas?", "pointing"],
  ["stop", "stop"],
  ["Please stop it!", "stop"],
  ["be quiet", "stop"],
  ["thanks!", "thanks"],
  ["thank you very much", "thanks"],
  ["", null],
  ["?", null],
  ["Where is tea stored?", null],
  ["how do I stop a container", null],
  ["stop a container", null],
  ["can you answer this: where is tea stored?", null],
  ["what is this", null],
  ["thanks, and where is tea stored?", null],
  ["x^2", null],
];
test.each(SAID)("%j is %s", (message, aside) => expect(asideOf(message)).toBe(aside));
