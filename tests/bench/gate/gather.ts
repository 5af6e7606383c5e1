// FAQs and the questions to ask them to what the gate sees of each question: what its weights are fitted on.

import { BUILT_IN } from "../../../adapters/shared/built-in.ts";
import { createEngine, type Engine } from "../../../src/engine.ts";
import { engineWithout } from "../../../src/quality/leave-one-out.ts";
import { compile } from "../../../src/store/open.ts";
import type { AbstentionFeatures } from "../../../src/topics/abstention.ts";
import { foreignQuestions, train } from "../../../src/train.ts";
import { inTurn } from "../frame/suite.ts";
import type { Data, IntentSet, LabelledQuestion } from "../peers/data.ts";
import { randomFrom, sample, shuffled } from "../peers/random.ts";
import { type AskedQuestion, corpusOf, drawnFrom, idOf, isNoTopic, type Shape, simulate } from "./simulate.ts";

/** A question that was asked, and what the gate saw of it. */
export interface Seen extends Pick<AskedQuestion, "kind" | "topic"> {
  readonly faq: string;
  /** The best topic. */
  readonly found: string | null;
  /** Null where the gate was not asked: something else settled it. */
  readonly signals: AbstentionFeatures | null;
}

/** The FAQs that were made of one set, or the built-in one. */
export interface Gathered {
  readonly name: string;
  readonly isFitted: boolean;
  readonly seen: readonly Seen[];
}

/** Sets of fewer questions are judged, not fitted on. */
export const LARGE_FROM = 1000;
const SEED = 20_261_128;
/** Questions of other sets, asked of each FAQ. */
const FOREIGN = 100;
const ASKING = { own: 80, siblings: 40 };
const FOLDS = 10;
const BUILT_IN_FOLDS = 5;
const EVERYDAY = 600;

const NOTHING = { groups: 0, examples: 0 };
/** Small and large, with few examples and many, told thinly and fully, with nothing named as outside and with much. */
const SHAPES: readonly Shape[] = [
  { topics: 5, examples: [2, 4], statements: "thin", outside: { groups: 10, examples: 15 } },
  { topics: 10, examples: [3, 8], statements: "full", outside: NOTHING },
  { topics: 15, examples: [8, 12], statements: "thin", outside: { groups: 8, examples: 30 } },
  { topics: 25, examples: [2, 20], statements: "full", outside: { groups: 3, examples: 5 } },
  { topics: 10, examples: [10, 20], statements: "thin", outside: { groups: 10, examples: 15 } },
  { topics: 15, examples: [2, 6], statements: "full", outside: NOTHING },
  { topics: 30, examples: [5, 15], statements: "thin", outside: { groups: 3, examples: 30 } },
  { topics: 8, examples: [15, 20], statements: "full", outside: { groups: 3, examples: 5 } },
];

/** The questions of every other of a set's topics, in the order of their names: some for fitting, some for judging. */
export function halfOf({ questions }: IntentSet, half: "fitted" | "judged"): readonly LabelledQuestion[] {
  const intents = [...new Set(questions.map(({ intent }) => intent))].filter((intent) => !isNoTopic(intent)).sort();
  const kept = new Set(intents.filter((_, at) => at % 2 === (half === "fitted" ? 0 : 1)));
  return questions.filter(({ intent }) => kept.has(intent));
}

/** @param say told of each collection as it is done */
export async function gather({ intents }: Data, say: (line: string) => void): Promise<readonly Gathered[]> {
  const gathered: Gathered[] = [];
  for (const set of intents) {
    const foreign = intents.filter((other) => other !== set);
    const isFitted = set.questions.length >= LARGE_FROM;
    const seen = isFitted ? await askSimulated(set, foreign) : await askByFolds(set, foreign);
    gathered.push({ name: set.name, isFitted, seen });
    say(`${set.name}: ${seen.length} questions asked`);
  }
  const builtIn = await askBuiltIn(intents);
  say(`built-in: ${builtIn.length} questions asked`);
  return [...gathered, { name: "built-in", isFitted: true, seen: builtIn }];
}

async function askSimulated(set: IntentSet, others: readonly IntentSet[]): Promise<Seen[]> {
  const seen = await inTurn(SHAPES, async (shape, at) => {
    const random = randomFrom(SEED + at);
    const { corpus, asked } = simulate(halfOf(set, "fitted"), shape, ASKING, random);
    const foreign = foreignOf(others, FOREIGN, random);
    return ask(`${set.name} ${at}`, await createEngine(corpus, await train(corpus)), [...asked, ...foreign]);
  });
  return seen.flat();
}

/** A small set as one FAQ: a tenth of its questions at a time is asked of one that was taught the others. */
async function askByFolds({ name, questions }: IntentSet, others: readonly IntentSet[]): Promise<Seen[]> {
  const random = randomFrom(SEED);
  const inside = shuffled(
    questions.filter(({ intent }) => !isNoTopic(intent)),
    random,
  );
  const seen = await inTurn(Array.from({ length: FOLDS }), async (_, fold) => {
    const corpus = corpusOf(drawnFrom(inside.filter((_, at) => at % FOLDS !== fold)), []);
    const own = inside.filter((_, at) => at % FOLDS === fold);
    return ask(name, await createEngine(corpus, await train(corpus)), [
      ...own.map(({ text, intent }) => ({ text, topic: idOf(intent), kind: "own" as const })),
      ...foreignOf(others, FOREIGN, random),
    ]);
  });
  return seen.flat();
}

/** The FAQ that ships, each fold of its questions held out: its outside questions are `named`, its foreign ones `sibling`. */
async function askBuiltIn(others: readonly IntentSet[]): Promise<Seen[]> {
  const compiled = await compile(BUILT_IN.folder);
  const { topics, outside } = compiled.corpus.faq;
  const none = (text: string, kind: AskedQuestion["kind"]): AskedQuestion => ({ text, topic: null, kind });
  const questions: AskedQuestion[] = [
    ...topics.flatMap(({ id, statements }) =>
      statements.flatMap(({ examples }) =>
        examples.map(({ question }) => ({ text: question, topic: id, kind: "own" as const })),
      ),
    ),
    ...outside.flatMap(({ examples }) => examples.map((text) => none(text, "named"))),
    ...(await foreignQuestions()).map((text) => none(text, "sibling")),
  ];
  const everyday = foreignOf(others, EVERYDAY, randomFrom(SEED));
  const seen = await inTurn(Array.from({ length: BUILT_IN_FOLDS }), async (_, fold) => {
    const heldOut = questions.filter((_, at) => at % BUILT_IN_FOLDS === fold);
    const engine = await engineWithout(new Set(heldOut.map(({ text }) => text)), compiled);
    return ask("built-in", engine, [...heldOut, ...everyday.filter((_, at) => at % BUILT_IN_FOLDS === fold)]);
  });
  return seen.flat();
}

/** Questions of other sets, each set alike; out of scope anywhere is not asked here: it is kept for judging. */
function foreignOf(sets: readonly IntentSet[], count: number, random: () => number): AskedQuestion[] {
  return sets.flatMap(({ questions }) =>
    sample(
      questions.filter(({ intent }) => !isNoTopic(intent)),
      Math.ceil(count / sets.length),
      random,
    ).map(({ text }) => ({ text, topic: null, kind: "foreign" as const })),
  );
}

async function ask(faq: string, engine: Engine, questions: readonly AskedQuestion[]): Promise<Seen[]> {
  return inTurn(questions, async ({ text, topic, kind }): Promise<Seen> => {
    const [resolution] = (await engine.explain(text)).resolutions;
    const match = resolution?.match ?? null;
    const found = match?.topics[0]?.topic.id ?? null;
    return { faq, topic, kind, found, signals: resolution?.odds == null ? null : (match?.signals ?? null) };
  });
}
