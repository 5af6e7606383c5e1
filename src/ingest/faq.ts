// Reads faq.yaml into subjects and topics, and finds each quote at exactly one place of its document.

import { isMap, isScalar, isSeq, type Node } from "yaml";
import type { z } from "zod";
import { type AtLeastOne, type Document, type Grounded, isAtLeastOne, locate, type Quote } from "../document.ts";
import { CorpusError } from "../errors.ts";
import { QUOTE_LENGTH_MAX } from "../reply.ts";
import { plain } from "../text/analyzer.ts";
import { faqSchema, type RawCell, type RawTopic } from "./faq-schema.ts";
import { parseYaml, type Yaml } from "./formats/yaml.ts";

/** One of the two things that are compared. */
export interface Subject {
  readonly id: string;
  readonly name: string;
  /** Words that mean the subject itself. */
  readonly aliases: readonly string[];
  /** Names of kinds of it: they bring the subject to mind, but are called by their own name. */
  readonly kinds: readonly string[];
}

/** A question that a statement answers. */
export interface Example {
  readonly question: string;
}

/** A statement that can head a reply: a topic's verdict, one of its points, or what is said of a disagreement. */
export interface Statement extends Grounded {
  /** Topic id and place, e.g. "startup-time#2". */
  readonly id: string;
  readonly kind: "verdict" | "point" | "disagreement";
  /** Subject ids; both or none where it speaks of both. */
  readonly about: readonly string[];
  readonly examples: readonly Example[];
  /** Id of the disagreement that is shown with it. */
  readonly disputed: string | null;
  /** Words of the text that no quote holds, each with the reason given for it. */
  readonly declared: Readonly<Record<string, string>>;
  /** Line in faq.yaml. */
  readonly line: number;
}

/** A cell of a comparison; a point without questions of its own. */
export type Cell = Omit<Statement, "kind" | "about" | "examples" | "disputed">;

export interface ComparisonRow {
  readonly aspect: string;
  /** In the order of the subjects; null where the documents do not say. */
  readonly cells: readonly [Cell | null, Cell | null];
  readonly disputed: string | null;
}

export interface DisagreementEntry {
  readonly id: string;
  /** Names what is disputed and claims nothing. */
  readonly text: string;
  readonly sides: readonly Cell[];
}

export interface Topic {
  readonly id: string;
  readonly title: string;
  readonly names: readonly string[];
  /** The verdict first, then the points, then what is said of each disagreement. */
  readonly statements: AtLeastOne<Statement>;
  readonly rows: readonly ComparisonRow[];
  readonly disagreements: readonly DisagreementEntry[];
  readonly next: readonly string[];
  readonly line: number;
}

/** Questions about the field that the documents do not answer. */
export interface OutsideGroup {
  readonly title: string;
  readonly examples: readonly string[];
}

export interface Faq {
  readonly subjects: readonly Subject[];
  readonly synonyms: readonly (readonly string[])[];
  readonly opposites: readonly (readonly [string, string])[];
  readonly topics: readonly Topic[];
  readonly outside: readonly OutsideGroup[];
  /** What a question gets that no topic answers: silence, or the documents' own best sentences. */
  readonly elsewhere: "silent" | "leads" | "quote";
}

export const EMPTY_FAQ: Faq = {
  subjects: [],
  synonyms: [],
  opposites: [],
  topics: [],
  outside: [],
  elsewhere: "quote",
};

type Path = readonly (string | number)[];

/**
 * Reads faq.yaml against the documents that it quotes.
 * @param file what errors name the file
 * @throws CorpusError with file, line and remedy: unknown key, quote not found or found twice, duplicate topic,
 * question asked of two topics, alias shared by two subjects
 */
export function parseFaq(source: string, file: string, documents: readonly Document[]): Faq {
  return new FaqReader(source, file, documents).read();
}

class FaqReader {
  private readonly yaml: Yaml;
  private readonly byId: ReadonlyMap<string, Document>;
  /** By the entry of faq.yaml. */
  private readonly located = new Map<object, Quote>();

  constructor(
    source: string,
    private readonly file: string,
    documents: readonly Document[],
  ) {
    this.yaml = parseYaml(source, file);
    this.byId = new Map(documents.map((document) => [document.id, document]));
  }

  read(): Faq {
    const parsed = faqSchema.safeParse(this.yaml.values ?? {});
    if (!parsed.success) throw asOne(parsed.error.issues.map((issue) => this.shapeError(issue)));
    const raw = parsed.data;
    this.locateQuotes(raw.topics);
    this.refuseSharedAliases(raw.subjects);
    const topics = raw.topics.map((entry, index) =>
      this.topic(
        entry,
        ["topics", index],
        raw.subjects.map((s) => s.id),
      ),
    );
    this.refuseTwice(topics, ({ id }) => [id], "topic id", "rename one of them");
    this.refuseTwice(
      topics,
      ({ names, title }) => [...new Set([title, ...names].map(plain))],
      "topic name",
      "keep it in one topic",
    );
    this.refuseTwice(
      topics.flatMap(({ statements }) => statements),
      (entry) => entry.examples.map(({ question }) => plain(question)),
      "question",
      "keep it where it is answered best",
    );
    return { ...raw, topics };
  }

  private topic(entry: RawTopic, path: Path, subjects: readonly string[]): Topic {
    const disagreements = entry.disagreements.map((one, index) => ({
      id: one.id,
      text: one.point,
      sides: one.sides.map((side, at) =>
        this.cell(side, [...path, "disagreements", index, "sides", at], `${entry.id}!${one.id}.${at}`),
      ),
    }));
    const known = new Set(disagreements.map((one) => one.id));
    const resolve = (name: string | null, at: Path): string | null => {
      if (name !== null && !known.has(name))
        throw this.error(at, `no disagreement "${name}" in topic "${entry.id}"`, "add it to the topic's disagreements");
      return name;
    };
    const verdict: Statement = {
      ...this.cell(entry.verdict, [...path, "verdict"], `${entry.id}#0`),
      kind: "verdict",
      about: [],
      examples: entry.examples.map(readAsked),
      disputed: resolve(entry.verdict.disputed, [...path, "verdict"]),
    };
    const points = entry.points.map((one, index): Statement => {
      const at = [...path, "points", index];
      const stranger = one.about.find((name) => !subjects.includes(name));
      if (stranger !== undefined)
        throw this.error([...at, "about"], `no subject "${stranger}"`, `use ${subjects.join(" or ")}`);
      return {
        ...this.cell(one, at, `${entry.id}#${index + 1}`),
        kind: "point",
        about: one.about,
        examples: one.asked.map(readAsked),
        disputed: resolve(one.disputed, at),
      };
    });
    const disputes = entry.disagreements.map(
      (one, index): Statement => ({
        ...this.cell(one.verdict, [...path, "disagreements", index, "verdict"], `${entry.id}!${one.id}`),
        kind: "disagreement",
        about: [],
        examples: one.asked.map(readAsked),
        disputed: one.id,
      }),
    );
    const rows = entry.comparison.map((row, index) =>
      this.row(row, [...path, "comparison", index], entry.id, subjects, resolve),
    );
    return {
      id: entry.id,
      title: entry.title,
      names: entry.names,
      statements: [verdict, ...points, ...disputes],
      rows,
      disagreements,
      next: entry.next,
      line: this.lineOf(path),
    };
  }

  private row(
    raw: RawTopic["comparison"][number],
    path: Path,
    topicId: string,
    subjects: readonly string[],
    resolve: (name: string | null, at: Path) => string | null,
  ): ComparisonRow {
    const { aspect, disputed: name, ...cells } = raw;
    const stranger = Object.keys(cells).find((key) => !subjects.includes(key));
    if (stranger !== undefined)
      throw this.error([...path, stranger], `no subject "${stranger}"`, `use ${subjects.join(" or ")}`);
    const side = (subject: string | undefined): Cell | null => {
      const entry = subject === undefined ? undefined : cells[subject];
      return entry === undefined
        ? null
        : this.cell(entry as RawCell, [...path, subject ?? ""], `${topicId}/${aspect}.${subject}`);
    };
    return { aspect, cells: [side(subjects[0]), side(subjects[1])], disputed: resolve(name, path) };
  }

  private cell(raw: RawCell, path: Path, cellId: string): Cell {
    const quotes = raw.quotes.map((entry, index) => this.quote(entry, [...path, "quotes", index]));
    if (!isAtLeastOne(quotes)) throw this.error(path, "a statement without a quote", "quote a sentence that proves it");
    return { id: cellId, text: raw.text, quotes, declared: raw.declared, line: this.lineOf(path) };
  }

  private quote(entry: Record<string, string>, path: Path): Quote {
    const quote = this.located.get(entry);
    if (quote === undefined) throw this.error(path, "a quote that was not looked for", "report this");
    return quote;
  }

  /** Finds every quote of the topics, before anything is made of them. @throws CorpusError that tells of all that fail */
  private locateQuotes(topics: readonly RawTopic[]): void {
    const errors: CorpusError[] = [];
    const cells = topics.flatMap((topic, at) => cellsIn(topic, ["topics", at]));
    for (const [{ quotes }, path] of cells)
      for (const [at, entry] of quotes.entries()) {
        const found = this.locate(entry, [...path, "quotes", at]);
        if (found instanceof CorpusError) errors.push(found);
        else this.located.set(entry, found);
      }
    if (errors.length > 0) throw asOne(errors);
  }

  private locate(entry: Record<string, string>, path: Path): Quote | CorpusError {
    const [name = "", fragment = ""] = Object.entries(entry)[0] ?? [];
    const { document, heading } = this.named(name);
    if (document === undefined)
      return this.error(path, `no document "${name}"`, `use one of: ${[...this.byId.keys()].join(", ")}`);
    const located = locate(document, fragment, heading);
    const shown = fragment.length > 80 ? `${fragment.slice(0, 80)}…` : fragment;
    const where = heading === null ? document.file : `${document.file} under "${heading}"`;
    if (!located.ok && located.found === 0)
      return this.error(path, `quote not found in ${where}: "${shown}"`, "copy the sentence as it stands there now");
    if (!located.ok) {
      const [, other] = located.headings.map((section) => section.split(" › ").at(-1) ?? "");
      const named = other === undefined ? "" : `, or name its heading: "${document.id}#${other}"`;
      return this.error(
        path,
        `quote found ${located.found} times in ${where}: "${shown}"`,
        `quote more of the sentence${named}`,
      );
    }
    if (located.quote.text.length > QUOTE_LENGTH_MAX)
      return this.error(path, `quote of ${located.quote.text.length} characters`, `quote at most ${QUOTE_LENGTH_MAX}`);
    return located.quote;
  }

  /** A document by its id, or by its id and a heading in it: "travel#Hotels". */
  private named(name: string): { readonly document: Document | undefined; readonly heading: string | null } {
    const whole = this.byId.get(name);
    const at = name.indexOf("#");
    if (whole !== undefined || at < 0) return { document: whole, heading: null };
    return { document: this.byId.get(name.slice(0, at).trim()), heading: name.slice(at + 1).trim() };
  }

  private refuseSharedAliases(subjects: readonly Subject[]): void {
    const owner = new Map<string, Subject>();
    for (const [index, subject] of subjects.entries())
      for (const name of [subject.id, ...subject.aliases, ...subject.kinds]) {
        const other = owner.get(plain(name));
        if (other !== undefined && other !== subject)
          throw this.error(
            ["subjects", index],
            `"${name}" names both ${other.id} and ${subject.id}`,
            "keep it with one subject",
          );
        owner.set(plain(name), subject);
      }
  }

  private refuseTwice<T extends { readonly line: number }>(
    entries: readonly T[],
    keys: (entry: T) => readonly string[],
    what: string,
    remedy: string,
  ): void {
    const seen = new Map<string, number>();
    for (const entry of entries)
      for (const key of keys(entry)) {
        const before = seen.get(key);
        if (before !== undefined)
          throw new CorpusError(this.file, entry.line, `${what} "${key}" stands at line ${before} too`, remedy);
        seen.set(key, entry.line);
      }
  }

  private lineOf(path: Path): number {
    let node: unknown = this.yaml.tree.contents;
    let offset = 0;
    for (const key of path) {
      if (isMap(node)) node = node.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value;
      else if (isSeq(node)) node = node.items[Number(key)];
      else break;
      offset = (node as Node | null)?.range?.[0] ?? offset;
    }
    return this.yaml.counter.linePos(offset).line;
  }

  private shapeError({ path, message }: z.core.$ZodIssue): CorpusError {
    const keys = path.filter((key): key is string | number => typeof key !== "symbol");
    const problem = `${keys.join(".") || "faq.yaml"}: ${message}`;
    return this.error(keys, problem, "see the corpus README for the keys of each entry");
  }

  private error(path: Path, problem: string, remedy: string): CorpusError {
    return new CorpusError(this.file, this.lineOf(path), problem, remedy);
  }
}

/** Every cell of a topic with the keys that lead to it, in order. */
function cellsIn(topic: RawTopic, path: Path): readonly (readonly [RawCell, Path])[] {
  const { verdict, points, comparison, disagreements } = topic;
  return [
    [verdict, [...path, "verdict"]],
    ...points.map((one, at): [RawCell, Path] => [one, [...path, "points", at]]),
    ...comparison.flatMap(({ aspect: _, disputed: __, ...sides }, at) =>
      Object.entries(sides).map(([side, one]): [RawCell, Path] => [one, [...path, "comparison", at, side]]),
    ),
    ...disagreements.flatMap(({ verdict: said, sides }, at): [RawCell, Path][] => {
      const here = [...path, "disagreements", at];
      return [
        [said, [...here, "verdict"]],
        ...sides.map((one, side): [RawCell, Path] => [one, [...here, "sides", side]]),
      ];
    }),
  ];
}

/** The first of several errors, with the others. */
function asOne([first, ...further]: readonly CorpusError[]): CorpusError {
  if (first === undefined) throw new Error("no error to tell of");
  return new CorpusError(first.file, first.line, first.problem, first.remedy, further);
}

const readAsked = (question: string): Example => ({ question });
