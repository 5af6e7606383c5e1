// A file's text to a Document: front matter, title and blocks, by the file's ending.

import { parse as parseYaml } from "yaml";
import { z } from "zod";
import type { Block, Document } from "./document.ts";
import { CorpusError } from "./errors.ts";
import { parseMarkdown } from "./markdown.ts";
import { readPlainText } from "./plain-text.ts";

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
  const isMarkdown = path.toLowerCase().endsWith(".md");
  const { blocks, meta, firstHeading }: Read = isMarkdown
    ? readMarkdown(path, text)
    : { ...readPlainText(text), meta: {} };
  if (blocks.length === 0) throw new CorpusError(path, null, "holds no text to quote", "add text or remove the file");
  const title = meta.title ?? firstHeading ?? id.split("/").at(-1) ?? id;
  return {
    id,
    file: path,
    title,
    origin: meta.origin ?? path,
    url: meta.url ?? null,
    retrieved: meta.retrieved ?? null,
    blocks: blocks.map((block) => ({ ...block, section: below(title, block.section) })),
  };
}

/** A heading path without the heading that is the document's title. */
function below(title: string, section: string): string {
  if (section === title) return "";
  const prefix = `${title} › `;
  return section.startsWith(prefix) ? section.slice(prefix.length) : section;
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
