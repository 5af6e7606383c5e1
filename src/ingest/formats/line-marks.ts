// Finds the marks of Markdown's dialects that take a line of their own: notes, tabs and what folds open.

import { indentOf, isBlank, type SourceLine } from "./source-lines.ts";

/** Lines that stand inside of something, by their places in the file. */
export interface Container {
  /** The line that opens it. */
  readonly open: number;
  /** The last line, which may close it. */
  readonly close: number;
  /** In Markdown. */
  readonly label?: string;
  /** Where it stands, if not where the container opens. */
  readonly labelLine?: number | undefined;
  readonly isTab?: boolean;
  readonly note?: string;
  /** By how many spaces what it holds is indented; null for as many as there are. */
  readonly indent: number | null;
}

const MKDOCS_NOTE = /^(\s*)(?:!!!|\?\?\?\+?)\s+(?:([\w-]+(?:\s+[\w-]+)*)\s*)?(?:"(.*)"|'(.*)')?\s*$/;
const MKDOCS_TAB = /^(\s*)===[!+]*\s+(?:"(.*)"|'(.*)')\s*$/;
const DIRECTIVE = /^(\s*)(:{3,})\s*(?:\{?([A-Za-z][\w-]*)\}?(?:\[(.*?)\])?)\s*(?:\{([^{}]*)\})?\s*(.*)$/;
const SLASHES = /^(\s*)(\/{3,})\s*([\w-]+)?\s*(?:\|\s*(.*))?$/;
const ALERT = /^([\s>]*>\s*)\[!([A-Za-z]+)\][+-]?\s*/;
/** What MkDocs adds to the kind of a note to place it. */
const PLACING = /\s+(?:inline|end|left|right|annotate)\b/g;
const INDENT = 4;

/** Takes the marks away and says what they contain. */
export function readLineMarks(lines: SourceLine[]): Container[] {
  const found: Container[] = [];
  const open: { readonly at: number; readonly mark: string; readonly rest: Omit<Container, "open" | "close"> }[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.role !== "text" || line.text.length > LENGTH_MAX) continue;
    const { text } = line;
    const indented = indentedMark(text);
    if (indented !== null) {
      found.push({ ...indented, open: at, close: endOfIndented(lines, at), indent: INDENT });
      line.text = leading(text);
      continue;
    }
    const alert = ALERT.exec(text);
    if (alert !== null) {
      found.push({ open: at, close: endOfQuotation(lines, at), note: (alert[2] ?? "").toLowerCase(), indent: 0 });
      line.text = text.replace(ALERT, "$1");
      continue;
    }
    const mark = /^\s*(:{3,}|\/{3,})/.exec(text)?.[1];
    if (mark === undefined) continue;
    if (text.trim() === mark) {
      const same = open.findLastIndex((one) => one.mark === mark);
      const from = same >= 0 ? same : open.findLastIndex((one) => one.mark[0] === mark[0]);
      for (const one of from >= 0 ? open.splice(from) : []) found.push({ ...one.rest, open: one.at, close: at });
      if (from >= 0 || mark.startsWith(":")) line.text = leading(text);
      continue;
    }
    const rest = directiveOf(text);
    if (rest === null) continue;
    open.push({ at, mark, rest });
    line.text = leading(text);
  }
  for (const { at, rest } of open) found.push({ ...rest, open: at, close: lines.length - 1 });
  return found;
}

const leading = (text: string): string => " ".repeat(indentOf(text));

/** A line that a person wrote as a mark is not longer. */
const LENGTH_MAX = 500;

function indentedMark(text: string): Pick<Container, "label" | "note" | "isTab"> | null {
  const tab = MKDOCS_TAB.exec(text);
  if (tab !== null) return { ...labelled(tab[2] ?? tab[3]), isTab: true };
  const note = MKDOCS_NOTE.exec(text);
  if (note === null || (note[2] === undefined && note[3] === undefined && note[4] === undefined)) return null;
  const kind = (note[2] ?? "note").replace(PLACING, "").split(/\s/)[0]?.toLowerCase() ?? "note";
  return { ...labelled(note[3] ?? note[4]), note: kind };
}

const labelled = (label: string | undefined): { label?: string } =>
  label === undefined || isBlank(label) ? {} : { label: label.trim() };

function endOfIndented(lines: readonly SourceLine[], at: number): number {
  const least = indentOf(lines[at]?.text ?? "") + INDENT;
  let end = at;
  for (let next = at + 1; next < lines.length; next++) {
    const text = lines[next]?.text.replaceAll("\t", "    ") ?? "";
    if (isBlank(text)) continue;
    if (indentOf(text) < least) break;
    end = next;
  }
  return end;
}

function endOfQuotation(lines: readonly SourceLine[], at: number): number {
  let end = at;
  while (/^\s*>/.test(lines[end + 1]?.text ?? "")) end++;
  return end;
}

/** `:::note[Title]`, `:::note Title`, `::: tab Windows`, `:::{tip} Title`, `/// note | Title`. */
function directiveOf(text: string): Omit<Container, "open" | "close"> | null {
  const slashes = SLASHES.exec(text);
  if (slashes?.[3] !== undefined) return ofKind(slashes[3], slashes[4]);
  const directive = DIRECTIVE.exec(text);
  if (directive === null) return null;
  const [, , , kind = "", bracketed, attributes = "", rest = ""] = directive;
  const attribute = /\b(?:title|label|name)\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1];
  return ofKind(kind, bracketed ?? attribute ?? rest);
}

function ofKind(name: string, title: string | undefined): Omit<Container, "open" | "close"> {
  const kind = name.toLowerCase();
  const label = labelled(title);
  if (/^tab(?!s|le|-set)/.test(kind)) return { ...label, isTab: true, indent: null };
  if (/^(?:details|dropdown|collapse|spoiler|tabs|tab-set|div|columns?|cards?|grid|steps?|group|container)$/.test(kind))
    return { ...label, indent: null };
  return { ...label, note: kind, indent: null };
}
