import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Engine } from "../../src/engine.ts";
import { openEngine } from "../../src/store/open.ts";

const root = join(import.meta.dirname, "../..");

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine(join(root, "corpus"), join(root, "dist", "corpus.snapshot"));
});

const isOneOfSeveral = async (message: string): Promise<boolean> =>
  (await engine.answer(message)).reading.notes.includes("one-of-several");

describe("what one sentence puts together is taken apart: the first is answered, the others are suggested", () => {
  const TAKEN_APART: Record<string, { topic: string; others: readonly string[] }> = {
    "What is KVM and what is Docker?": { topic: "how-kvm-works", others: ["what is Docker?"] },
    "Are containers less secure than VMs, and can I run Windows on Linux with them?": {
      topic: "security-isolation",
      others: ["can I run Windows on Linux with them?"],
    },
    "boot time and disk space of vms vs docker?": { topic: "startup-time", others: ["disk space of vms vs docker?"] },
    "Which is faster and more secure, docker or kvm?": {
      topic: "performance-overhead",
      others: ["Which is more secure, docker or kvm?"],
    },
    "Is a virtual machine cheaper and safer than docker?": {
      topic: "cost",
      others: ["Is a virtual machine safer than docker?"],
    },
    "Compare Docker and KVM in startup time, disk space, and networking": {
      topic: "startup-time",
      others: ["Compare Docker and KVM in disk space", "Compare Docker and KVM in networking"],
    },
  };

  for (const [message, { topic, others }] of Object.entries(TAKEN_APART))
    test(message, async () => {
      const reply = await engine.answer(message);
      expect(reply.reading).toMatchObject({ topic, notes: ["one-of-several"] });
      expect("suggestions" in reply && reply.suggestions.slice(0, others.length)).toEqual(others);
    });
});

describe("what is one question stays one", () => {
  const WHOLE = [
    "How do VMs and containers differ in networking?",
    "Compare KVM and Docker",
    "Why does booting a VM need more time and memory than starting a container?",
    "Which one is the right choice for speed and efficiency?",
    "Do VMs and containers work together?",
    "What is a container and what is it good for?",
    "We use a lot of small services and some big databases, and our people know Linux and a bit of Windows, so containers or VMs?",
    "security and isolation",
    "and",
    "and and and?",
    "docker, and",
  ];

  for (const message of WHOLE) test(message, async () => expect(await isOneOfSeveral(message)).toBe(false));
});

describe("in a thread", () => {
  const answers = async (question: string, before: string): Promise<string> =>
    (await engine.answer(question, [before])).kind;

  test("what its topic knows nothing of is asked of what it is about, and not answered by it", async () => {
    for (const before of ["What is KVM?", "How does KVM work?"])
      for (const question of ["Is it free?", "and is it free?", "Is it open source?"])
        expect({ before, question, kind: await answers(question, before) }).toEqual({
          before,
          question,
          kind: expect.stringMatching(/^(?:unknown|leads)$/),
        });
    expect(await engine.answer("Is it open source?", ["What is Docker?"])).toMatchObject({
      kind: "answer",
      verdict: { text: expect.stringMatching(/^Docker is .*open source/) },
    });
  });

  test("what says little of its own goes on with all of it", async () => {
    const { reading } = await engine.answer("does it work well?", ["How fast does a container start?"]);
    expect(reading.fromThread).toContain("startup-time");
  });
});

test("a later question of a message leans on the one before it", async () => {
  const reply = await engine.answer("Where should I run untrusted code? Why?");
  expect("suggestions" in reply && reply.suggestions[0]).toBe("Why?");
});

test("a name that nobody knows is printed whole", async () => {
  const reply = await engine.answer("Do you support Hyper-V?");
  expect(reply).toMatchObject({ kind: "unknown", text: expect.stringContaining("“Hyper-V”") });
});
