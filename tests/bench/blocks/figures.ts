// Judged cases to figures: how good the order is, what is said at which precision, and what is found as it ships.

import { holdsAnswer, isAnswerable } from "./cases.ts";
import type { Judged } from "./held-out.ts";

const percent = (part: number, whole: number): string => (whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)}`);

const answerableOf = (cases: readonly Judged[]): Judged[] => cases.filter(({ example }) => isAnswerable(example.asked));

/** Of the answerable: the first block, one of three, one of ten holds the answer; of sections the same; what is shown first. */
export function orderFigures(cases: readonly Judged[]): string {
  const own = answerableOf(cases);
  const within = (ranks: readonly number[], n: number): string =>
    percent(ranks.filter((rank) => rank >= 0 && rank < n).length, own.length);
  const blocks = own.map(({ ranked }) => ranked.findIndex(({ isRight }) => isRight));
  const sections = own.map(({ ranked, example }) => {
    const order = [...new Set(ranked.map(({ section }) => section))];
    return order.findIndex((section) => {
      const shown = example.folder.sections[section];
      return shown !== undefined && holdsAnswer(example.asked, shown);
    });
  });
  const shown = percent(own.filter(({ isRight }) => isRight).length, own.length);
  const of = (ranks: readonly number[]): string => [1, 3, 10].map((n) => within(ranks, n)).join(" / ");
  return `shown first right ${shown} · blocks ${of(blocks)} · sections ${of(sections)} · of ${own.length}`;
}

/** At shares of the answerable that are said: precision, right, near misses and off-topic questions answered. */
export function curve(cases: readonly Judged[]): string[] {
  const own = answerableOf(cases);
  const sorted = cases.toSorted((a, b) => b.right - a.right);
  return [0.2, 0.3, 0.4, 0.5, 1].map((share) => {
    const said = share === 1 ? sorted : sorted.slice(0, Math.round(share * own.length));
    const right = said.filter(({ isRight }) => isRight).length;
    const wrong = (shape: string): string => percent(ofShape(said, shape).length, ofShape(cases, shape).length);
    const name = share === 1 ? "always" : `${100 * share} %`;
    return `said ${name}: precision ${percent(right, said.length)} · right ${percent(right, own.length)} · near misses ${wrong("near-miss")} · off topic ${wrong("off-topic")}`;
  });
}

const ofShape = (cases: readonly Judged[], shape: string): Judged[] =>
  cases.filter(({ example }) => example.asked.shape === shape);

/** With the thresholds of the other folders. */
export function shippedFigures(cases: readonly Judged[]): string {
  const own = answerableOf(cases);
  const isSaid = (one: Judged): boolean => one.right >= one.rightFrom;
  const isLed = (one: Judged): boolean => !isSaid(one) && one.answerable > one.answerableFrom;
  const said = cases.filter(isSaid);
  const right = said.filter(({ isRight }) => isRight).length;
  const led = own.filter(isLed);
  const found = led.filter(({ leads }) => leads.includes(true)).length;
  const first = led.filter(({ leads }) => leads[0] === true).length;
  const [near, off] = [ofShape(cases, "near-miss"), ofShape(cases, "off-topic")];
  const parts = [
    `precision ${percent(right, said.length)}`,
    `right ${percent(right, own.length)}`,
    `found ${percent(right + found, own.length)}`,
    `right or led first ${percent(right + first, own.length)}`,
    `led astray ${percent(led.length - found, own.length)}`,
    `near misses answered ${percent(near.filter(isSaid).length, near.length)}`,
    `off topic answered ${off.filter(isSaid).length}, led ${off.filter(isLed).length} of ${off.length}`,
  ];
  return parts.join(" · ");
}
