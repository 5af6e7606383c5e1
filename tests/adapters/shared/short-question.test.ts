// Questions as labels of buttons.

import { expect, test } from "vitest";
import { shortQuestion } from "../../../adapters/shared/short-question.ts";
import { anyText } from "../../contracts/replies.ts";
import { fc } from "../../fast-check.ts";

test.each([
  ["Why are containers so quick to start?", "Why are containers so quick to start?"],
  ["Can a process (also as root) break out of it?", "Can a process break out of it?"],
  ["Could you please tell me how long black tea takes?", "How long black tea takes?"],
  ["When is the office open, and who has a key to it?", "When is the office open…"],
  ["What's the difference between a VM and a container?", "Difference between VM and container?"],
  ["How can I make the containers more secure?", "How can I make containers more secure?"],
  ["Why are containers less isolated than VMs?", "Why are containers less isolated…"],
  ["What is stored in the old glass tea jars?", "What is stored in old glass tea jars?"],
  ["Install the gateway on Debian or Ubuntu: Troubles", "Install the gateway…: Troubles"],
  ["Does a container start in seconds or in milliseconds?", "Does a container start in seconds…"],
  ["Unbrokenunbrokenunbrokenunbrokenunbroken", "Unbrokenunbrokenunbrokenunbrokenunbro…"],
])("“%s” is “%s”", (question, label) => expect(shortQuestion(question, 38)).toBe(label));

test("no label is longer than its limit, and only what says nothing is empty", () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 4, max: 80 }), (question, max) => {
      expect(shortQuestion(question, max).length).toBeLessThanOrEqual(max);
    }),
  );
});
