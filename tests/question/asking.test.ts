import { expect, test } from "vitest";
import { asks, asksForSilence, namesSomebody } from "../../src/question/asking.ts";

test.each([
  ["stop", true],
  ["Please stop!", true],
  ["be quiet, footnote", true],
  ["shut up", true],
  ["stop it please.", true],
  ["How do I stop a container?", false],
  ["stop the container first", false],
  ["full stop", false],
  ["", false],
])("%j asks for silence: %j", (text, is) => {
  expect(asksForSilence(text)).toBe(is);
});

test.each([
  ["@tom which kernel is that?", true],
  ["any idea, @petra?", true],
  ["mail me at tom@example.org?", false],
  ["what is 3 @ 4?", false],
])("%j names somebody: %j", (text, is) => {
  expect(namesSomebody(text)).toBe(is);
});

test("what has a question mark or opens as a question asks", () => {
  expect(["is it slow", "slow, is it?", "and why"].map(asks)).toEqual([true, true, true]);
  expect(["lgtm", "I will ask"].map(asks)).toEqual([false, false]);
});
