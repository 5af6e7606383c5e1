// Trains linear SVMs on labelled example questions, and classifies a question by word and character n-grams.

import type { Dictionary } from "../structures/term-dictionary.ts";
import { analyze, type Lexicon, type Token } from "../text/analyzer.ts";
import { countFeatures, ngramsOf, type Vector, vectorize } from "./ngrams.ts";

export interface LabelledText {
  readonly text: string;
  readonly label: string;
}

export interface Classification {
  /** By label, the linear SVM's decision value: above 0 inside the class, about -1 far outside. */
  readonly margins: ReadonlyMap<string, number>;
  /** Cosine to each remembered example, in the order of training; 0 to 1. */
  readonly similarities: Float32Array;
}

/** What training leaves: plain data that can be saved. */
export interface ClassifierModel {
  readonly labels: readonly string[];
  readonly features: Dictionary;
  readonly idf: Float32Array;
  /** A row a label, a column a feature, one more column for the bias. */
  readonly weights: Float32Array;
  /** How many examples questions are compared with. */
  readonly remembered: number;
  /** The remembered examples' vectors, by feature: where its postings start, the examples that have it, their values. */
  readonly postingStarts: Uint32Array;
  readonly postingExamples: Uint16Array;
  readonly postingValues: Float32Array;
}

export interface Classifier {
  /** @param tokens of a question, as `analyze` gives them */
  classify(tokens: readonly Token[]): Classification;
}

const SVM_COST = 1;
const PASSES_MAX = 12;
const VIOLATION_MAX = 0.1;

/**
 * Trains one L2-regularised, squared-hinge SVM a label by dual coordinate descent (Hsieh et al. 2008).
 * Deterministic: the order of the examples is shuffled by a generator with a fixed seed.
 * @param remembered how many examples, from the first, questions are compared with; at most 65,535
 */
export function trainClassifier(
  examples: readonly LabelledText[],
  lexicon: Lexicon,
  remembered = examples.length,
): ClassifierModel {
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  const grams = examples.map(({ text }) => ngramsOf(analyze(text, lexicon), lexicon));
  const { features, idf, featureIds, isShared } = countFeatures(grams);
  const vectors = grams.map((gram) => vectorize(gram, featureIds, idf));
  const labelIds = new Map(labels.map((label, at) => [label, at]));
  const allLabels = Uint16Array.from(examples, ({ label }) => labelIds.get(label) ?? 0);
  const width = features.length + 1;
  const weights = new Float32Array(labels.length * width);
  const rows = layOut(vectors.map((vector) => keepFeatures(vector, isShared)));
  for (let label = 0; label < labels.length; label++)
    weights.set(
      trainOneAgainstRest(rows, (at) => allLabels[at] === label, width),
      label * width,
    );
  const postings = invert(vectors.slice(0, remembered), features.length);
  return { labels, features: featureIds, idf, weights, remembered, ...postings };
}

export function createClassifier(model: ClassifierModel, lexicon: Lexicon): Classifier {
  const { labels, weights, remembered, postingStarts, postingExamples, postingValues } = model;
  const width = model.idf.length + 1;
  return {
    classify(tokens) {
      const vector = vectorize(ngramsOf(tokens, lexicon), model.features, model.idf);
      const similarities = new Float32Array(remembered);
      for (let at = 0; at < vector.features.length; at++) {
        const feature = vector.features[at] ?? 0;
        const value = vector.values[at] ?? 0;
        for (let p = postingStarts[feature] ?? 0; p < (postingStarts[feature + 1] ?? 0); p++) {
          const example = postingExamples[p] ?? 0;
          similarities[example] = (similarities[example] ?? 0) + value * (postingValues[p] ?? 0);
        }
      }
      const margins = new Map(labels.map((label, at) => [label, marginOf(weights, at * width, width, vector)]));
      return { margins, similarities };
    },
  };
}

function marginOf(weights: Float32Array, offset: number, width: number, { features, values }: Vector): number {
  let sum = weights[offset + width - 1] ?? 0;
  for (let at = 0; at < features.length; at++) sum += (weights[offset + (features[at] ?? 0)] ?? 0) * (values[at] ?? 0);
  return sum;
}

/** The examples one after the other, as every label's training reads them: objects would be followed a million times. */
interface Rows {
  /** Where each example's features start; one more at the end. */
  readonly starts: Uint32Array;
  readonly features: Uint32Array;
  readonly values: Float32Array;
  /** What a step is divided by: the squared length with the bias, and the slack's share. */
  readonly squares: Float64Array;
  /** The order of the examples in each pass, the same for all labels. */
  readonly orders: readonly Uint32Array[];
}

const DIAGONAL = 1 / (2 * SVM_COST);

/** What holds of a vector's features, their values unchanged. */
function keepFeatures({ features, values }: Vector, isKept: (feature: number) => boolean): Vector {
  return { features: features.filter(isKept), values: values.filter((_, at) => isKept(features[at] ?? 0)) };
}

function layOut(vectors: readonly Vector[]): Rows {
  const starts = new Uint32Array(vectors.length + 1);
  for (const [at, { features }] of vectors.entries()) starts[at + 1] = (starts[at] ?? 0) + features.length;
  const features = new Uint32Array(starts[vectors.length] ?? 0);
  const values = new Float32Array(features.length);
  for (const [at, vector] of vectors.entries()) {
    features.set(vector.features, starts[at]);
    values.set(vector.values, starts[at]);
  }
  const squares = Float64Array.from(
    vectors,
    (vector) => vector.values.reduce((sum, value) => sum + value * value, 1) + DIAGONAL,
  );
  const order = Uint32Array.from(vectors, (_, at) => at);
  const random = generator(1);
  const orders = Array.from({ length: PASSES_MAX }, () => {
    shuffle(order, random);
    return order.slice();
  });
  return { starts, features, values, squares, orders };
}

function trainOneAgainstRest(rows: Rows, isInside: (at: number) => boolean, width: number): Float64Array {
  const { starts, features, values, squares } = rows;
  const weights = new Float64Array(width);
  const alphas = new Float64Array(squares.length);
  for (const order of rows.orders) {
    let violation = 0;
    for (const at of order) {
      const from = starts[at] ?? 0;
      const to = starts[at + 1] ?? 0;
      const sign = isInside(at) ? 1 : -1;
      const alpha = alphas[at] ?? 0;
      let product = weights[width - 1] ?? 0;
      for (let f = from; f < to; f++) product += (weights[features[f] as number] as number) * (values[f] as number);
      const gradient = sign * product - 1 + alpha * DIAGONAL;
      const projected = alpha === 0 ? Math.min(gradient, 0) : gradient;
      violation = Math.max(violation, Math.abs(projected));
      if (projected === 0) continue;
      const next = Math.max(alpha - gradient / (squares[at] ?? 1), 0);
      const step = (next - alpha) * sign;
      alphas[at] = next;
      for (let f = from; f < to; f++) {
        const feature = features[f] as number;
        weights[feature] = (weights[feature] as number) + step * (values[f] as number);
      }
      weights[width - 1] = (weights[width - 1] ?? 0) + step;
    }
    if (violation < VIOLATION_MAX) break;
  }
  return weights;
}

/** Vectors of examples to postings of features. */
function invert(
  vectors: readonly Vector[],
  featureCount: number,
): Pick<ClassifierModel, "postingStarts" | "postingExamples" | "postingValues"> {
  const postingStarts = new Uint32Array(featureCount + 1);
  for (const { features } of vectors)
    for (const feature of features) postingStarts[feature + 1] = (postingStarts[feature + 1] ?? 0) + 1;
  for (let at = 0; at < featureCount; at++)
    postingStarts[at + 1] = (postingStarts[at + 1] ?? 0) + (postingStarts[at] ?? 0);
  const next = postingStarts.slice();
  const postingExamples = new Uint16Array(postingStarts[featureCount] ?? 0);
  const postingValues = new Float32Array(postingExamples.length);
  for (const [example, { features, values }] of vectors.entries())
    for (let at = 0; at < features.length; at++) {
      const feature = features[at] ?? 0;
      const place = next[feature] ?? 0;
      postingExamples[place] = example;
      postingValues[place] = values[at] ?? 0;
      next[feature] = place + 1;
    }
  return { postingStarts, postingExamples, postingValues };
}

/** A linear congruential generator (Numerical Recipes): the same numbers on every machine, 0 ≤ x < 1. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffle(order: Uint32Array, random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const kept = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = kept;
  }
}
