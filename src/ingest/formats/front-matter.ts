// Reads what stands above a page's text in YAML, TOML or JSON; the page below keeps its line numbers.

import { parse as parseToml, TomlError } from "smol-toml";
import { z } from "zod";
import type { AtLeastOne } from "../../document.ts";
import { CorpusError } from "../../errors.ts";
import { readAudience } from "./audience.ts";
import { dateOf } from "./updated.ts";
import { parseYaml } from "./yaml.ts";

export interface FrontMatter {
  readonly title?: string | undefined;
  readonly origin?: string | undefined;
  readonly url?: string | undefined;
  readonly retrieved?: string | undefined;
  readonly updated?: string | undefined;
  /** Who may see it; left out where everybody may. */
  readonly audience?: AtLeastOne<string> | undefined;
  /** What the page is about in a sentence, and the line that says so. */
  readonly description?: { readonly text: string; readonly line: number } | undefined;
}

/** Front matter as it stands in a file. */
export interface Fenced {
  readonly language: "yaml" | "toml" | "json";
  /** What stands between its marks. */
  readonly source: string;
  /** How many lines stand before the source. */
  readonly offset: number;
}

/** Front matter is a handful of lines; what is longer is something else. */
const LENGTH_MAX = 20_000;

const FENCES = [
  { language: "yaml", pattern: /^---[ \t]*\n(?:([\s\S]*?)\n)??(?:---|\.\.\.)[ \t]*(?:\n|$)/, offset: 1 },
  { language: "toml", pattern: /^\+\+\+[ \t]*\n(?:([\s\S]*?)\n)??\+\+\+[ \t]*(?:\n|$)/, offset: 1 },
  { language: "json", pattern: /^(\{[ \t]*\n[ \t]*"[\s\S]*?\n\})[ \t]*(?:\n|$)/, offset: 0 },
] as const;

/**
 * @param text with line feeds as its only line ends
 * @param file what errors name the file
 * @returns the front matter, null without any, and the text with blank lines in its place
 * @throws CorpusError when it is too long
 */
export function splitFrontMatter(text: string, file: string): { fenced: Fenced | null; body: string } {
  for (const { language, pattern, offset } of FENCES) {
    const [whole, source = ""] = pattern.exec(text) ?? [];
    if (whole === undefined || (language === "yaml" && !isYaml(source))) continue;
    if (source.length > LENGTH_MAX)
      throw new CorpusError(file, 1, `front matter of more than ${LENGTH_MAX} characters`, "shorten it");
    return { fenced: { language, source, offset }, body: whole.replace(/[^\n]/g, "") + text.slice(whole.length) };
  }
  return { fenced: null, body: text };
}

/** Prose between two rules is no front matter: what is has a key, or opens a collection. */
const isYaml = (source: string): boolean =>
  source.trim() === "" || /^\s*(?:[^\s#:][^\n:]*:(?:\s|$)|[-[{])/m.test(source);

/** Of no value that a document needs, whatever it is: a reader takes what fits and passes over the rest. */
const lenient = <T extends z.ZodType>(type: T) => type.optional().catch(undefined);
const text = z.union([z.string(), z.number().transform(String)]).pipe(z.string().trim().min(1));
const day = z.union([text, z.date().transform((date) => date.toISOString().slice(0, 10))]);
const values = z.looseObject({
  title: lenient(text),
  origin: lenient(text),
  url: lenient(z.url({ protocol: /^https?$/ })),
  retrieved: lenient(day),
  description: lenient(text),
});
/** Under what keys generators of sites keep when a page was last changed, the plainest first. */
const UPDATED = [
  "updated",
  "last_updated",
  "lastUpdated",
  "lastmod",
  "last_modified_at",
  "modified",
  "ms.date",
] as const;

/**
 * @param file what errors name the file
 * @throws CorpusError when it is no mapping in its language, one that keeps its parser busy, or does not say clearly who
 * may see the document
 */
export function readFrontMatter({ language, source, offset }: Fenced, file: string): FrontMatter {
  const raw = READERS[language](source, file, offset) ?? {};
  if (typeof raw !== "object" || Array.isArray(raw))
    throw new CorpusError(file, 1, "front matter: is no mapping of keys to values", "mend it");
  const { title, origin, url, retrieved, description, ...rest } = values.parse(raw);
  const lineOf = (key: string): number =>
    offset +
    1 +
    Math.max(
      0,
      source.split("\n").findIndex((line) => line.trimStart().replace(/^"/, "").startsWith(key)),
    );
  const [audienceKey, audience] = Object.entries(raw).find(([key]) => key.toLowerCase() === "audience") ?? [];
  const dated = UPDATED.map((key) => rest[key]).find((value) => value !== undefined && value !== null);
  return {
    title,
    origin,
    url,
    retrieved,
    audience: audienceKey === undefined ? undefined : readAudience(audience, file, lineOf(audienceKey)),
    updated: updatedOf(dated) ?? updatedOf(lastUpdate.safeParse(rest).data?.last_update.date),
    description: description === undefined ? undefined : { text: description, line: lineOf("description") },
  };
}

function updatedOf(value: unknown): string | undefined {
  const { data } = day.safeParse(value);
  return data === undefined ? undefined : dateOf(data);
}

/** As Docusaurus keeps it. */
const lastUpdate = z.object({ last_update: z.object({ date: z.unknown() }) });

const READERS: Readonly<Record<Fenced["language"], (source: string, file: string, offset: number) => unknown>> = {
  yaml(source, file, offset) {
    try {
      return parseYaml(source, file, offset, { takesLastOfKeys: true }).values;
    } catch (error) {
      if (!(error instanceof CorpusError)) throw error;
      throw new CorpusError(file, error.line, `front matter: ${error.problem}`, "mend the YAML between the --- lines");
    }
  },
  toml(source, file, offset) {
    try {
      return parseToml(source);
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      const [problem = ""] = error.message.split("\n");
      throw new CorpusError(
        file,
        offset + error.line,
        `front matter: ${problem}`,
        "mend the TOML between the +++ lines",
      );
    }
  },
  json(source, file) {
    try {
      return JSON.parse(source);
    } catch (error) {
      const problem = error instanceof Error ? error.message.replace(/\s+/g, " ") : String(error);
      throw new CorpusError(file, 1, `front matter: ${problem}`, "mend the JSON before the text");
    }
  },
};
