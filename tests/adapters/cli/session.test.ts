// A chat as the lines of both sides.

import { beforeAll, expect, test } from "vitest";
import { createSession, type Session } from "../../../adapters/cli/session.ts";
import { createMemory } from "../../../adapters/shared/memory.ts";
import type { Engine } from "../../../src/engine.ts";
import { openEngine } from "../../../src/store/open.ts";
import { folderWith, TOPICAL } from "./corpora.ts";

const folder = folderWith(TOPICAL);
let engine: Engine;
beforeAll(async () => {
  engine = await openEngine(folder);
});
const start = (): Session =>
  createSession({
    engine: () => engine,
    view: () => ({ width: 80, colour: false, names: new Map() }),
    memory: createMemory(() => 0),
  });

const dialogues: readonly { name: string; lines: readonly string[]; says: RegExp | null }[] = [
  { name: "a question is answered", lines: ["Where is tea stored?"], says: /^Tea is stored in a dark tin\. \[1\]/ },
  { name: "an empty line says nothing", lines: ["  "], says: null },
  { name: "/compare shows both sides", lines: ["/compare brewing"], says: /Two minutes \[1\].*Four minutes \[2\]/ },
  { name: "/compare alone offers topics", lines: ["/compare"], says: /1\. Brewing time/ },
  { name: "a number picks an option", lines: ["/compare", "1"], says: /^› Brewing time\n\nBrewing time\n/ },
  {
    name: "a number picks a suggestion",
    lines: ["How long is tea brewed?", "1"],
    says: /^› Where is tea stored\?\n\nTea is stored/,
  },
  {
    name: "a number beyond the last is told",
    lines: ["How long is tea brewed?", "7"],
    says: /^There is no 7 to pick; 1 choice above\.$/,
  },
  { name: "a number with nothing to pick is a question", lines: ["7"], says: /^No answer/ },
  { name: "/topics lists them", lines: ["/topics"], says: /Brewing time {2}brewing\n {4}How long is tea brewed\?/ },
  { name: "/sources says what quotes are of", lines: ["/sources"], says: /These documents restate their pages/ },
  { name: "/why before any question", lines: ["/why"], says: /^Nothing has been asked yet\.$/ },
  {
    name: "/why explains the last question",
    lines: ["Where is tea stored?", "/why"],
    says: /^Question\s+Where is tea stored\?[\s\S]*Gate\s+speaks/,
  },
  {
    name: "/why leaves the suggestions to pick from",
    lines: ["How long is tea brewed?", "/why", "1"],
    says: /^› Where is tea stored\?/,
  },
  { name: "/new forgets", lines: ["Where is tea stored?", "/new", "/why"], says: /^Nothing has been asked yet\.$/ },
  { name: "/help lists the commands", lines: ["/help"], says: /\/compare TOPIC/ },
  { name: "an unknown command gets a line", lines: ["/brew now"], says: /^\/brew is no command; \/help lists them\.$/ },
  { name: "a path is no command", lines: ["/etc/tea where is tea stored?"], says: /^(?!.*no command)/ },
];

test.each(dialogues)("$name", async ({ lines, says }) => {
  const session = start();
  let last: string | null = null;
  for (const line of lines) last = await session.respond(line);
  if (says === null) expect(last).toBeNull();
  else expect(last).toMatch(says);
  expect(session.isOver).toBe(false);
});

test("the thread is remembered", async () => {
  const session = start();
  await session.respond("How long is green tea brewed?");
  expect(await session.respond("and black tea?")).toContain("Continuing with: ");
});

test("a comparison is remembered as its topic", async () => {
  const session = start();
  await session.respond("/compare brewing");
  expect(await session.respond("and black tea?")).toContain("Continuing with: ");
});

test("a new thread leans on nothing of the one before", async () => {
  const session = start();
  for (const line of ["How long is green tea brewed?", "/new"]) await session.respond(line);
  expect(await session.respond("and black tea?")).not.toContain("Continuing with");
});

test("/quit ends it", async () => {
  const session = start();
  expect(await session.respond("/quit")).toBeNull();
  expect(session.isOver).toBe(true);
});
