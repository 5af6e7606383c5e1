// A file's text to a Document: front matter, title and blocks, by the file's ending.

import { z } from "zod";
import { type Block, type Document, type Ending, endingOf } from "../../document.ts";
import { CorpusError } from "../../errors.ts";
import { parseHtml } from "./html.ts";
import { parseMarkdown } from "./markdown.ts";
import { readPlainText } from "./plain-text.ts";
import { parseYaml } from "./yaml.ts";

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
  const { blocks, meta, firstHeading } = READERS[endingOf(path) ?? ".txt"](path, text);
  if (blocks.every(({ kind }) => kind === "furniture")) {
    const holds = firstHeading === null ? "holds no text to quote" : "holds no text to quote, only headings";
    throw new CorpusError(path, null, holds, "add text or remove the file");
  }
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

/** A heading path without the heading that is the document's title, which may name the site as well. */
function below(title: string, section: string): string {
  if (section === title) return "";
  if (section.startsWith(`${title} › `)) return section.slice(title.length + 3);
  const [first = "", ...rest] = section.split(" › ");
  const isTitle = title.startsWith(first) && /^\s+[-|–—·»:]\s/u.test(title.slice(first.length));
  return isTitle ? rest.join(" › ") : section;
}

interface Read {
  readonly blocks: readonly Block[];
  readonly meta: z.infer<typeof frontMatter>;
  readonly firstHeading: string | null;
}

const READERS: Readonly<Record<Ending, (path: string, text: string) => Read>> = {
  ".md": readMarkdown,
  ".html": readHtml,
  ".htm": readHtml,
  ".txt": (path, text) => ({ ...readPlainText(text, path), meta: {} }),
};

function readHtml(path: string, text: string): Read {
  const { title, firstHeading, blocks } = parseHtml(text, path);
  return { blocks, firstHeading, meta: title === null ? {} : { title } };
}

function readMarkdown(path: string, text: string): Read {
  const { frontMatter: yaml, firstHeading, blocks } = parseMarkdown(text, path);
  return { blocks, firstHeading, meta: readFrontMatter(path, yaml) };
}

function readFrontMatter(path: string, yaml: string): z.infer<typeof frontMatter> {
  const raw = valuesOf(path, yaml);
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

function valuesOf(path: string, yaml: string): unknown {
  try {
    return parseYaml(yaml, path, 1).values;
  } catch (error) {
    if (!(error instanceof CorpusError)) throw error;
    throw new CorpusError(path, error.line, `front matter: ${error.problem}`, "mend the YAML between the --- lines");
  }
}
