// Questions that were not answered well to groups that one fix may mend: alike in their words and in what is nearest to them.

import type { Engine, Explanation } from "../engine.ts";
import { lexiconGroups } from "../ingest/subjects.ts";
import type { Reply } from "../reply.ts";
import { byCodePoint } from "../structures/order.ts";
import { createLexicon, type Lexicon, plain, queryTerms } from "../text/analyzer.ts";

export interface MissedQuestion {
  readonly id: string;
  readonly question: string;
  /** The earlier questions of its thread. */
  readonly after: readonly string[];
}

/** What stands nearest to a question; nulls for nothing. */
export interface Nearest {
  readonly topic: string | null;
  /** Of a document, with its heading path. */
  readonly section: string | null;
}

export interface Wording {
  readonly question: string;
  readonly after: readonly string[];
  readonly count: number;
  /** Whether it says what it means only with the earlier questions of its thread. */
  readonly leans: boolean;
}

export interface MissGroup {
  /** Of its oldest question, so that it stays the same while others join. */
  readonly id: string;
  /** Of all its questions, the oldest first. */
  readonly ids: readonly string[];
  /** Each wording once, the most asked first. */
  readonly wordings: readonly Wording[];
  readonly nearest: Nearest;
  /** What it gets from the engine as it is now. */
  readonly reply: Reply;
  readonly terms: readonly string[];
}

/** Set by hand: two questions of which half of all words are the other's too are taken for one. A matter of taste. */
const ALIKE_FROM = 0.5;

interface Heard {
  readonly key: string;
  readonly terms: ReadonlySet<string>;
  readonly nearest: Nearest;
  readonly reply: Reply;
  readonly leans: boolean;
}

interface Gathered {
  readonly of: Heard;
  readonly members: (MissedQuestion & { readonly leans: boolean })[];
}

/**
 * @param misses the oldest first
 * @returns the most asked first; ties in the order of their oldest
 */
export async function groupMisses(misses: readonly MissedQuestion[], engine: Engine): Promise<readonly MissGroup[]> {
  const lexicon = createLexicon(lexiconGroups(engine.corpus.faq));
  const heard = new Map<string, Heard>();
  const groups: Gathered[] = [];
  for (const { id, question, after } of misses) {
    const key = JSON.stringify([plain(question), ...after.map(plain)]);
    const of = heard.get(key) ?? hear(key, await engine.explain(question, after), lexicon);
    heard.set(key, of);
    const member = { id, question, after, leans: of.leans };
    const group = groups.find((one) => isAlike(one.of, of));
    if (group === undefined) groups.push({ of, members: [member] });
    else group.members.push(member);
  }
  return groups.map(drawGroup).sort((a, b) => b.ids.length - a.ids.length);
}

function hear(key: string, { question, resolutions, reply }: Explanation, lexicon: Lexicon): Heard {
  const [resolution] = resolutions;
  const understood = resolution?.question.terms ?? queryTerms(question.text, lexicon);
  return {
    key,
    terms: new Set(understood),
    nearest: { topic: resolution?.match?.topics[0]?.topic.id ?? null, section: sectionOf(reply) },
    reply,
    leans: reply.reading.fromThread.length > 0,
  };
}

function sectionOf(reply: Reply): string | null {
  const at = (document: string, section: string): string => (section === "" ? document : `${document} › ${section}`);
  if (reply.kind === "unknown") return reply.nearest.map(({ document, section }) => at(document, section))[0] ?? null;
  if (!("citations" in reply)) return null;
  return reply.citations.map(({ document, section }) => at(document, section))[0] ?? null;
}

/** Alike in what is nearest and in their words; the same words are the same question, wherever they lead. */
function isAlike(one: Heard, other: Heard): boolean {
  if (one.key === other.key) return true;
  const isNear = one.nearest.topic === other.nearest.topic;
  const shared = [...one.terms].filter((term) => other.terms.has(term)).length;
  const all = one.terms.size + other.terms.size - shared;
  return isNear && all > 0 && shared / all >= ALIKE_FROM;
}

function drawGroup({ of, members }: Gathered): MissGroup {
  const wordings = new Map<string, Wording>();
  for (const { question, after, leans } of members) {
    const key = plain(question);
    const { count, ...known } = wordings.get(key) ?? { question, after, leans, count: 0 };
    wordings.set(key, { ...known, count: count + 1 });
  }
  return {
    id: members[0]?.id ?? "",
    ids: members.map(({ id }) => id),
    wordings: [...wordings.values()].sort((a, b) => b.count - a.count),
    nearest: of.nearest,
    reply: of.reply,
    terms: [...of.terms].sort(byCodePoint),
  };
}
