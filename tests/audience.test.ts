// What a channel is shown of documents that are kept for others: nothing, whatever is asked and wherever it is shown.
// @module-tag slow

import { describe, expect, test } from "vitest";
import { renderSources as renderSourcesInTerminal } from "../adapters/cli/sources.ts";
import { renderTopics } from "../adapters/cli/topics.ts";
import { renderWhy } from "../adapters/cli/why.ts";
import { createChoices } from "../adapters/discord/choices.ts";
import { renderSources } from "../adapters/discord/pages.ts";
import { bodyOf as bodyInDiscord } from "../adapters/discord/preview.ts";
import { createView } from "../adapters/discord/view.ts";
import { readSlackSettings } from "../adapters/shared/settings.ts";
import { NO_ADDRESSES } from "../adapters/shared/source-address.ts";
import { unreadOf } from "../adapters/shared/unread.ts";
import { whyOf } from "../adapters/shared/why.ts";
import { prompts, renderHome } from "../adapters/slack/home.ts";
import { bodyOf as bodyInSlack } from "../adapters/slack/preview.ts";
import { createEngine, type Engine } from "../src/engine.ts";
import { openCorpus, openEngine } from "../src/store/open.ts";
import { folderWith } from "./adapters/cli/corpora.ts";
import { fc } from "./fast-check.ts";

const RUNS = Number(process.env.FOOTNOTE_PROPERTY_RUNS ?? 6);
const TERMINAL = { width: 80, colour: false, names: new Map<string, string>() };
const SLACK = readSlackSettings({ SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "s" });

/** The engine of what these may see of files, made in this thread. */
async function viewOf(files: Readonly<Record<string, string>>, audience?: readonly string[]): Promise<Engine> {
  const folder = folderWith(files);
  const { corpus, model, openView } = await openCorpus(folder, undefined, { audience });
  return createEngine(corpus, model, openView);
}

/** Everything that anybody in a channel can be shown on a question and without one, as one text. */
async function shownOf(engine: Engine, questions: readonly string[]): Promise<string> {
  const { corpus, offers } = engine;
  const view = createView(engine, { human: null, addresses: NO_ADDRESSES, now: () => 0 });
  const choices = createChoices(engine, view.places);
  const shown: unknown[] = [
    ...[offers, renderTopics(engine, TERMINAL), renderSourcesInTerminal(corpus, TERMINAL), renderSources(corpus)],
    ...[renderHome(engine, SLACK), prompts(engine), unreadOf(corpus), [...view.names]],
  ];
  for (const question of questions) {
    const [earlier = ""] = questions;
    for (const after of [[], [earlier]]) {
      const reply = await engine.answer(question, after);
      shown.push(reply, bodyInSlack("", reply, engine), bodyInDiscord(reply, engine));
    }
    const compared = await engine.compare(question);
    shown.push(compared, bodyInSlack("", compared, engine));
    shown.push(renderWhy(await whyOf(await engine.explain(question)), TERMINAL));
    shown.push(engine.suggest(question, 25), engine.suggest(question.slice(0, 3), 25, "comparison"));
    shown.push(choices.questions(question), choices.topics(question.slice(0, 2)));
  }
  return JSON.stringify(shown).toLowerCase();
}

/** What everybody knows; no secret is near one of these. */
const COMMON = "holiday laptop kitchen invoice garden meeting travel budget parking ticket window printer".split(" ");
const AUDIENCES = ["hr", "board", "legal"];

/** A word that stands in one document only, long enough for its misspellings to be corrected. */
const secretOf = (number: number, letters: string): string => `zq${letters}${"bdfgk"[number % 5]}${number}x`;

interface Page {
  readonly audience: readonly string[];
  readonly secrets: readonly string[];
  readonly topics: readonly [string, string];
  readonly shape: "prose" | "table" | "steps";
}

const page = (number: number): fc.Arbitrary<Page> =>
  fc.record({
    audience: fc.oneof(fc.constant<string[]>([]), fc.subarray(AUDIENCES, { minLength: 1 })),
    secrets: fc
      .array(fc.stringMatching(/^[a-y]{5,8}$/), { minLength: 2, maxLength: 3 })
      .map((list) => list.map((letters, at) => secretOf(10 * number + at, letters))),
    topics: fc.tuple(fc.constantFrom(...COMMON), fc.constantFrom(...COMMON)),
    shape: fc.constantFrom("prose", "table", "steps"),
  });
const pages = fc.tuple(page(1), page(2), page(3), page(4), page(5));

const BODIES: Record<Page["shape"], (page: Page) => string> = {
  prose: ({ secrets: [one = "", two = ""], topics: [a, b] }) =>
    `The ${one} decides about every ${a} in spring. A ${b} costs 40 euros per ${two}.\n\nThe ${one} ${two} committee (${two.slice(0, 3).toUpperCase()}) meets weekly.`,
  table: ({ secrets: [one = "", two = ""], topics: [a, b] }) =>
    `| Aspect | ${one} | ${b} |\n| --- | --- | --- |\n| ${a} | 4 euros | 5 ${two} |\n| price | cheap | dear |`,
  steps: ({ secrets: [one = "", two = ""], topics: [a, b] }) =>
    `To get a ${a} do the following:\n\n1. Call the ${one} desk.\n2. Name your ${b}.\n3. Wait for the ${two}.\n\n    open ${one} --with ${two}`,
};

const nameOf = (at: number, { secrets: [one = ""] }: Page): string => `documents/${one}-page-${at}.md`;

function textOf(at: number, own: Page): string {
  const { audience, secrets, topics } = own;
  const kept = audience.length === 0 ? "" : `audience: [${audience.join(", ")}]\n`;
  const [one = "", two = ""] = secrets;
  return `---\n${kept}title: ${topics[0]} and ${one} ${at}\n---\n\n# ${topics[0]} and ${one} ${at}\n\nThe ${topics[1]} rule number ${at} is about ${two}.\n\n## ${topics[1]} ${two}\n\n${BODIES[own.shape](own)}\n`;
}

/** A topic about each page, a general part that names all secrets, and topics that lean on two pages. */
function faqOf(all: readonly Page[], of: readonly number[]): string {
  const quote = (at: number): string => {
    const own = all[at];
    return own === undefined
      ? ""
      : `{ "${nameOf(at, own).slice("documents/".length, -3)}": "The ${own.topics[1]} rule number ${at} is about ${own.secrets[1]}." }`;
  };
  const topics = of.map((at) => {
    const { topics: [a, b] = ["", ""], secrets: [one = "", two = ""] = [] } = all[at] ?? {};
    return `  - id: about-${one}
    title: ${a} by ${one}
    names: [${two} rules]
    examples: ["What is the rule about ${one} and ${a}?", "Who made the ${b} rule ${at} of ${two}?"]
    verdict: { text: "The ${b} rule number ${at} is about ${two}.", quotes: [${quote(at)}] }
    next: [${of.map((other) => `"What is the rule about ${all[other]?.secrets[0]} and ${all[other]?.topics[0]}?"`).join(", ")}]`;
  });
  const secrets = of.map((at) => all[at]?.secrets[0]);
  const synonyms = of.map((at) => `  - [${all[at]?.secrets[1]}, "${COMMON[at]} thing"]`);
  return `synonyms:\n${synonyms.join("\n")}\noutside:\n  - { title: Others, examples: [${secrets.map((one) => `"Where is ${one}?"`).join(", ")}] }\ntopics:\n${topics.join("\n")}\n`;
}

const sees = ({ audience }: Page, names: readonly string[]): boolean =>
  audience.length === 0 || audience.some((name) => names.includes(name));

const misspelt = (word: string): string => `${word.slice(0, 4)}${word.slice(5)}`;

/** Questions that hold no secret, but come near to all of them. */
function questionsOn(all: readonly Page[]): readonly string[] {
  const near = all.flatMap(({ secrets, topics: [a, b] }, at) => [
    `What is ${misspelt(secrets[0] ?? "")}?`,
    `who decides about the ${a} in spring`,
    `How much is a ${b}?`,
    `rule number ${at} about ${misspelt(secrets[1] ?? "")}`,
    `compare ${a} and ${b}`,
  ]);
  return [...near, "", "help", "What can I ask?", "What does HR keep?", "open", "committee", "which desk do I call?"];
}

/** Where two texts part; null where they are one. */
function difference(one: string, other: string): readonly [string, string] | null {
  if (one === other) return null;
  let at = 0;
  while (one[at] === other[at]) at++;
  return [one.slice(Math.max(0, at - 100), at + 100), other.slice(Math.max(0, at - 100), at + 100)];
}

const cases = fc.record({ pages, names: fc.subarray(AUDIENCES), hasFaq: fc.boolean() });

test("two sections are compared only by who may see both", async () => {
  const files = {
    "faq.yaml": "elsewhere: quote\ntopics: []\n",
    "open.md": "# Plans\n\n## Deep\n\nThe Deep plan is for companies.\n",
    "kept.md": "---\naudience: [board]\n---\n# Drafts\n\n## Zanthor\n\nIt is for quorbits.\n",
  };
  const asked = "What is the difference between Deep and Zanthor?";
  const sides = async (names: readonly string[]): Promise<string> =>
    JSON.stringify(await (await viewOf(files, names)).compare(asked));
  expect(await sides(["board"])).toContain("quorbits");
  for (const names of [[], ["hr"]]) expect(await sides(names)).not.toContain("quorbits");
});

describe("a channel", () => {
  test(
    "is never shown a word, a name or an id that stands only in documents kept for others",
    () =>
      fc.assert(
        fc.asyncProperty(cases, async ({ pages, names, hasFaq }) => {
          const all = pages.map((_, at) => at);
          const files = Object.fromEntries(pages.map((own, at) => [nameOf(at, own), textOf(at, own)]));
          const engine = await viewOf({ ...files, ...(hasFaq ? { "faq.yaml": faqOf(pages, all) } : {}) }, names);
          const shown = await shownOf(engine, questionsOn(pages));
          for (const own of pages.filter((one) => !sees(one, names)))
            for (const secret of own.secrets) expect(shown).not.toContain(secret);
        }),
        { numRuns: RUNS, endOnFailure: true },
      ),
    60_000 + RUNS * 10_000,
  );

  test(
    "is shown what it would be shown if the rest were not there, to the byte",
    () =>
      fc.assert(
        fc.asyncProperty(cases, async ({ pages, names, hasFaq }) => {
          const seen = pages.flatMap((own, at) => (sees(own, names) ? [at] : []));
          if (seen.length === 0) return;
          const all = pages.map((_, at) => at);
          const filesOf = (of: readonly number[]) =>
            Object.fromEntries(
              of.flatMap((at) => {
                const own = pages[at];
                return own === undefined ? [] : [[nameOf(at, own), textOf(at, own)]];
              }),
            );
          const faq = (of: readonly number[]) => (hasFaq ? { "faq.yaml": faqOf(pages, of) } : {});
          const part = await viewOf({ ...filesOf(all), ...faq(all) }, names);
          const alone = await viewOf({ ...filesOf(seen), ...faq(seen) });
          const questions = questionsOn(pages);
          // The hash of a FAQ without what is hidden is not that of a file without it; buttons carry a mark of the reply.
          const same = (shown: string, { corpus }: Engine): string =>
            hasFaq ? shown.replaceAll(corpus.hash, "HASH").replace(/(mark\\+":\\+")[0-9a-f]{12}/g, "$1") : shown;
          const [one, other] = [await shownOf(part, questions), await shownOf(alone, questions)];
          expect(difference(same(one, part), same(other, alone))).toBeNull();
        }),
        { numRuns: RUNS, endOnFailure: true },
      ),
    60_000 + RUNS * 10_000,
  );
});

const HANDBOOK = {
  "documents/leave.md": "# Leave\n\nEverybody gets 28 days of leave.\n",
  "documents/pay.md": "---\naudience: [HR, board]\n---\n# Pay\n\nThe Zanthor band is paid 91,000 euros.\n",
  "documents/pay.txt": "Pay day\n\nSalaries are paid on the 25th of each month.\n",
  "documents/sale.html":
    '<title>Sale</title><meta name="audience" content="board"><main><p>The board sells the Plumbago factory.</p></main>',
  "faq.yaml": `
topics:
  - id: leave
    title: Leave
    examples: ["How much leave do I get?", "How many days of leave are there?"]
    verdict: { text: "Everybody gets 28 days.", quotes: [{ leave: "Everybody gets 28 days of leave." }] }
    points:
      - { text: "The band is paid more.", asked: ["What do bands get?"], quotes: [{ pay.md: "The Zanthor band is paid 91,000 euros." }, { leave: "Everybody gets 28 days of leave." }] }
    next: ["What is the factory worth?", "How many days of leave are there?"]
  - id: sale
    title: The factory
    examples: ["What is the factory worth?", "Is the factory sold?"]
    verdict: { text: "It is sold.", quotes: [{ sale: "The board sells the Plumbago factory." }] }
`,
};

describe("a view of a folder", () => {
  test("has the documents that are everybody's and those of each of its names, and says all names that there are", async () => {
    const ids = async (names?: readonly string[]) =>
      (await viewOf(HANDBOOK, names)).corpus.documents.map(({ id }) => id);
    expect(await ids()).toEqual(["leave", "pay.md", "pay.txt", "sale"]);
    expect(await ids([])).toEqual(["leave", "pay"]);
    expect(await ids([" Hr "])).toEqual(["leave", "pay.md", "pay.txt"]);
    expect(await ids(["board"])).toEqual(["leave", "pay.md", "pay.txt", "sale"]);
    expect(await ids(["nobody"])).toEqual(["leave", "pay"]);
    expect((await viewOf(HANDBOOK, [])).corpus.audiences).toEqual(["board", "hr"]);
  });

  test("offers no topic whose verdict it does not see, and states nothing that leans on a hidden quote", async () => {
    const engine = await viewOf(HANDBOOK, ["hr"]);
    expect(engine.corpus.faq.topics.map(({ id }) => id)).toEqual(["leave"]);
    expect(engine.corpus.faq.topics[0]?.statements.map(({ text }) => text)).toEqual([
      "Everybody gets 28 days.",
      "The band is paid more.",
    ]);
    expect(engine.corpus.faq.topics[0]?.next).toEqual(["How many days of leave are there?"]);
    const outside = await viewOf(HANDBOOK, []);
    expect(outside.corpus.faq.topics[0]?.statements.map(({ text }) => text)).toEqual(["Everybody gets 28 days."]);
  });

  test("is the same engine for the same names, whoever is asked for it", async () => {
    const engine = await openEngine(folderWith(HANDBOOK), undefined, { audience: [] });
    const hr = await engine.viewFor(["HR"]);
    expect(await hr.viewFor(["nobody", "hr"])).toBe(hr);
    expect(await hr.viewFor([])).toBe(engine);
    expect((await hr.answer("What is the zantor band paid?")).reading.corrected).toEqual([
      { from: "zantor", to: "zanthor" },
    ]);
    expect(engine.openViews()).toEqual([[], ["hr"]]);
  });

  test("of a folder that keeps nothing for anybody is the folder's own engine", async () => {
    const engine = await openEngine(folderWith({ "leave.md": HANDBOOK["documents/leave.md"] }));
    expect(await engine.viewFor(["hr"])).toBe(engine);
  });

  test("of which nothing may be seen answers that it does not know", async () => {
    const engine = await viewOf({ "pay.md": HANDBOOK["documents/pay.md"] }, []);
    expect(engine.corpus.documents).toEqual([]);
    expect((await engine.answer("What is the Zanthor band paid?")).kind).toBe("unknown");
    expect((await engine.answer("help")).kind).toBe("help");
  });

  test.each(["minisearch", "compact"] as const)(
    "is kept beside the whole and read back, and made anew when the folder changes: %s",
    async (index) => {
      const [folder, data] = [folderWith(HANDBOOK), folderWith({})];
      const replies = async (audience?: readonly string[]) => {
        const events: string[] = [];
        const { corpus, model } = await openCorpus(folder, undefined, {
          ...{ data, index, audience },
          onEvent: ({ kind }) => events.push(kind),
        });
        const engine = await createEngine(corpus, model);
        return { events, reply: JSON.stringify(await engine.answer("When are salaries paid?")) };
      };
      const first = await replies([]);
      expect(first.events).toEqual(["built", "built"]);
      expect(await replies([])).toEqual({ ...first, events: ["loaded", "loaded"] });
      expect((await replies()).events).toEqual(["loaded"]);
      const whole = await replies();
      expect(whole.reply).not.toBe(first.reply);
    },
  );
});
