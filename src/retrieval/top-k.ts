// Keeps the best few of scored passages, in a heap that never holds more.

import type { Hit } from "./retriever.ts";

/** The best hits of those offered: higher scores first, among equals lower numbers. */
export class TopK {
  /** The worst of those kept stands first; each is better than its parent at half its place. */
  private readonly passages: number[] = [];
  private readonly scores: number[] = [];

  /** @param limit how many are kept, at least 1 */
  constructor(private readonly limit: number) {}

  /** What a score must reach to be among the best; 0 while there is room. */
  get least(): number {
    return this.scores.length < this.limit ? 0 : (this.scores[0] ?? 0);
  }

  offer(passage: number, score: number): void {
    if (this.scores.length < this.limit) {
      this.passages.push(passage);
      this.scores.push(score);
      this.rise(this.scores.length - 1);
    } else if (score > (this.scores[0] ?? 0) || (score === this.scores[0] && passage < (this.passages[0] ?? 0))) {
      this.passages[0] = passage;
      this.scores[0] = score;
      this.sink();
    }
  }

  hits(): Hit[] {
    return this.passages
      .map((passage, at): Hit => ({ passage, score: this.scores[at] ?? 0 }))
      .sort((a, b) => b.score - a.score || a.passage - b.passage);
  }

  private rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!this.isWorse(at, parent)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  private sink(): void {
    for (let at = 0; ; ) {
      let worst = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < this.scores.length && this.isWorse(child, worst)) worst = child;
      if (worst === at) return;
      this.swap(at, worst);
      at = worst;
    }
  }

  private isWorse(one: number, other: number): boolean {
    const difference = (this.scores[one] ?? 0) - (this.scores[other] ?? 0);
    return difference < 0 || (difference === 0 && (this.passages[one] ?? 0) > (this.passages[other] ?? 0));
  }

  private swap(one: number, other: number): void {
    [this.scores[one], this.scores[other]] = [this.scores[other] ?? 0, this.scores[one] ?? 0];
    [this.passages[one], this.passages[other]] = [this.passages[other] ?? 0, this.passages[one] ?? 0];
  }
}
