import { describe, expect, test } from "vitest";
import { type QuestionType, questionTypeOf } from "../../src/question/answer-type.ts";

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
    expect(questionTypeOf(ask)).toBe(type);
  });
});
