import { expect, test } from "vitest";
import { type AnswerType, answerTypeOf, holdsAnswerType } from "../../src/question/answer-type.ts";
import { tokenize } from "../../src/text/analyzer.ts";

const EXPECTS: readonly (readonly [string, AnswerType])[] = [
  ["Docker vs KVM", "comparison"],
  ["How does Docker compare with KVM?", "comparison"],
  ["What's the difference between a VM and a container?", "comparison"],
  ["How do they differ?", "comparison"],
  ["Docker versus KVM side by side", "comparison"],
  ["how long does it take", "time"],
  ["How fast is it?", "time"],
  ["How many seconds does it take?", "time"],
  ["how much time does it need", "time"],
  ["when does the shop open", "date"],
  ["until when may we use the kettle", "date"],
  ["who helps when the kettle breaks", "person"],
  ["how much is a kettle", "money"],
  ["how much of the water is left", "number"],
  ["how far can it be carried", "number"],
  ["how high is the shelf", "length"],
  ["how hot is the water", "temperature"],
  ["how much does a kettle from the shop in the old town cost", "money"],
  ["what does a kettle cost", "money"],
  ["how much does a kettle cost", "money"],
  ["what is the price of a kettle", "money"],
  ["how many kettles are there", "number"],
  ["what is the maximum number of kettles", "number"],
  ["How big is an image?", "number"],
  ["why is it hot", "reason"],
  ["How come it is slow?", "reason"],
  ["What makes it slow?", "reason"],
  ["who owns the kettle", "person"],
  ["where is the kettle", "place"],
  ["whats a kettle", "definition"],
  ["what is a kettle", "definition"],
  ["So what are kettles?", "definition"],
  ["What does LXC stand for?", "definition"],
  ["Which one starts faster?", "choice"],
  ["In what mode does it run?", "choice"],
  ["Whose kettle is it?", "person"],
  ["how do I boil water", "manner"],
  ["kettle", "thing"],
  ["Is a kettle hot?", "thing"],
  ["???", "thing"],
  ["", "thing"],
];

test.each(EXPECTS)("“%s” expects a %s", (ask, expected) => {
  expect(answerTypeOf(tokenize(ask))).toBe(expected);
});

const HOLDS: readonly { readonly ask: string; readonly text: string; readonly held: number }[] = [
  { ask: "how long does it take", text: "It takes four minutes.", held: 1 },
  { ask: "how long does it take", text: "It takes patience.", held: 0 },
  { ask: "how long is it kept", text: "Default: 7d", held: 1 },
  { ask: "how high is it", text: "It is 2.10 m high.", held: 1 },
  { ask: "how high is it", text: "It stands on the first three shelves.", held: 0 },
  { ask: "how hot is it", text: "It is kept at 80 °C.", held: 1 },
  { ask: "how many minutes does it take", text: "Minutes pass.", held: 0 },
  { ask: "how much does it cost", text: "It costs 30 euros.", held: 1 },
  { ask: "how much does it cost", text: "It costs a lot.", held: 0 },
  { ask: "10 kettles: how many plugs do they need?", text: "10 kettles need 10 plugs.", held: 1 },
  { ask: "10 kettles: how many plugs do they need?", text: "10 kettles need plugs.", held: 0 },
  { ask: "when is it open", text: "It is open on Monday.", held: 1 },
  { ask: "what is the phone number of the shop", text: "The shop has two phones.", held: 0 },
  { ask: "what is the phone number of the shop", text: "Call the shop at 030 1234567.", held: 1 },
  { ask: "who owns it", text: "It belongs to Ada.", held: 1 },
  { ask: "kettle", text: "Anything.", held: 0.5 },
];

test.each(HOLDS)("“$text” holds what “$ask” expects: $held", ({ ask, text, held }) => {
  expect(holdsAnswerType(answerTypeOf(tokenize(ask)), text, new Set(tokenize(ask)))).toBe(held);
});
