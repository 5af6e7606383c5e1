import { describe, expect, test } from "vitest";
import { holdsAsked, type QuestionType, typeOf, unitsOf } from "../src/answer-type.ts";

const TYPES: Record<QuestionType, readonly string[]> = {
  compare: [
    "Docker vs KVM",
    "How does Docker compare with KVM?",
    "What's the difference between a VM and a container?",
    "How do they differ?",
    "Docker versus KVM side by side",
  ],
  duration: [
    "How long does a VM boot?",
    "How fast is it?",
    "How many seconds does it take?",
    "how much time does it need",
  ],
  quantity: [
    "How many containers fit?",
    "How much memory does it use?",
    "How big is an image?",
    "the maximum number of VMs",
  ],
  define: [
    "What is Docker?",
    "whats a hypervisor",
    "What does LXC stand for?",
    "Define namespace",
    "So what are cgroups?",
  ],
  why: ["Why is it slow?", "How come it is slow?", "What makes it slow?", "the reason it is slow"],
  how: ["How does it work?", "How do I start it?", "How do I protect a host against a container?"],
  which: ["Which one starts faster?", "In what mode does it run?"],
  who: ["Who maintains it?", "Whose kernel does it use?"],
  where: ["Where is the image stored?"],
  when: ["When should I use a VM?"],
  open: ["docker startup", "Is Docker fast?", "", "???"],
};
const ROWS = Object.entries(TYPES).flatMap(([type, list]) => list.map((ask) => ({ type, ask })));

describe("how a question asks", () => {
  test.each(ROWS)("$ask → $type", ({ type, ask }) => {
    expect(typeOf(ask)).toBe(type);
  });
});

const HELD: Record<string, { type: QuestionType; text: string; holds: number }> = {
  "seconds answer how long": { type: "duration", text: "It takes two seconds.", holds: 1 },
  "a comparison answers how fast": { type: "duration", text: "It is faster.", holds: 1 },
  "a colour does not": { type: "duration", text: "It is blue.", holds: 0 },
  "a digit answers how many": { type: "quantity", text: "There are 12.", holds: 1 },
  "a number word does": { type: "quantity", text: "There are twelve or two.", holds: 1 },
  "a name does not": { type: "quantity", text: "It is Docker.", holds: 0 },
  "because answers why": { type: "why", text: "It waits because of the disk.", holds: 1 },
  "a plain statement does not": { type: "why", text: "It waits.", holds: 0 },
  "while answers when": { type: "when", text: "It waits while you type.", holds: 1 },
  "what a thing is can't be told": { type: "define", text: "It waits.", holds: 0.5 },
  "an open question can't be told": { type: "open", text: "It waits.", holds: 0.5 },
};

describe("whether a text holds what is asked", () => {
  test.each(Object.entries(HELD))("%s", (_, { type, text, holds }) => {
    expect(holdsAsked(type, text)).toBe(holds);
  });
});

const UNITS: Record<string, { text: string; units: readonly string[] }> = {
  "short and long are one": { text: "5 ms or milliseconds", units: ["time"] },
  "several are all named": { text: "10 MB in 2 minutes", units: ["time", "size"] },
  "a sign is a unit": { text: "5 % of $3", units: ["share", "money"] },
  "part of a word is none": { text: "secondary minutely items", units: [] },
  "a text without any": { text: "a container", units: [] },
};

describe("units", () => {
  test.each(Object.entries(UNITS))("%s", (_, { text, units }) => {
    expect(unitsOf(text)).toEqual(units);
  });
});
