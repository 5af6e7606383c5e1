// A file's text to a Document: front matter, title and blocks, by the file's ending.

import { parse as parseYaml } from "yaml";
import { z } from "zod";
import type { Block, Document } from "./document.ts";
import { CorpusError } from "./errors.ts";
import { parseMarkdown } from "./markdown.ts";
import { sentencesWithLines, squeeze } from "./sentences.ts";

const frontMatter = z.looseObject({
  title: z.string().trim().min(1).optional(),
  origin: z.string().trim().min(1).optional(),
  url: z.url({ protocol: /^https?$/ }).nullish(),
  retrieved: z.union([z.string(), z.date().transform((date) => date.toISOString().slice(0, 10))]).nullish(),
});

/**
 * @param path below the corpus folder, with forward slashes
 * @throws CorpusError when the front matter is not valid or the file holds no text
 */
export function readDocument(path: string, text: string): Document {
  const id = path.replace(/^documents\//, "").replace(/\.[^./]+$/, "");
  const { blocks, meta, firstHeading } = path.toLowerCase().endsWith(".md")
    ? readMarkdown(path, text)
    : readPlainText(text);
  if (blocks.length === 0) throw new CorpusError(path, null, "holds no text to quote", "add text or remove the file");
  return {
    id,
    file: path,
    title: meta.title ?? firstHeading ?? id.split("/").at(-1) ?? id,
    origin: meta.origin ?? path,
    url: meta.url ?? null,
    retrieved: meta.retrieved ?? null,
    blocks,
  };
}

interface Read {
  readonly blocks: readonly Block[];
  readonly meta: z.infer<typeof frontMatter>;
  readonly firstHeading: string | null;
}

function readMarkdown(path: string, text: string): Read {
  const { frontMatter: yaml, firstHeading, blocks } = parseMarkdown(text);
  return { blocks, firstHeading, meta: readFrontMatter(path, yaml) };
}

function readFrontMatter(path: string, yaml: string): z.infer<typeof frontMatter> {
  let raw: unknown;
  try {
    raw = parseYaml(yaml, { maxAliasCount: 100 });
  } catch (error) {
    const [headline = ""] = String(error instanceof Error ? error.message : error).split("\n");
    throw new CorpusError(path, 1, `front matter: ${headline}`, "mend the YAML between the --- lines");
  }
  const parsed = frontMatter.safeParse(raw ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CorpusError(
    path,
    1,
    `front matter ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not valid"}`,
    "mend it",
  );
}

/** Paragraphs are what blank lines part; a single line without a full stop that precedes a paragraph is its heading. */
function readPlainText(source: string): Read {
  const lines = source
    .replace(/\r\n?/g, "\n")
    .replace(/^\uFEFF/, "")
    .split("\n");
  const blocks: Block[] = [];
  let section = "";
  let firstHeading: string | null = null;
  for (let at = 0; at < lines.length; ) {
    let end = at;
    while (end < lines.length && lines[end]?.trim() !== "") end++;
    if (end > at) {
      const text = lines.slice(at, end).join("\n");
      if (end === at + 1 && isHeading(text)) {
        section = squeeze(text);
        firstHeading ??= section;
      } else {
        const start = at + 1;
        const lineOf = (offset: number): number => start + (text.slice(0, offset).match(/\n/g)?.length ?? 0);
        blocks.push({
          kind: "paragraph",
          section,
          sentences: sentencesWithLines(text, lineOf),
          header: "",
          restates: null,
        });
      }
    }
    at = end + 1;
  }
  return { blocks, firstHeading, meta: {} };
}

const HEADING_LENGTH_MAX = 80;
const isHeading = (line: string): boolean => line.trim().length <= HEADING_LENGTH_MAX && !/[.!:;,]\s*$/.test(line);
