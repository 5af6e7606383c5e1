// Reads a paragraph of reStructuredText into the run of its text: roles, links and substitutions as what they show.

import { Run } from "./run.ts";

/** A line of a file, without the indentation of what it stands in. */
export interface RstLine {
  readonly text: string;
  readonly number: number;
}

/** What stands for a name between strokes. */
export type Substitutions = ReadonlyMap<string, string>;

/** Marks end within so many characters, or they are none. */
const MARKED = "[^`]{1,400}?";
const INLINE = new RegExp(
  [
    "``(?<code>[^`](?:[\\s\\S]{0,400}?[^`])??)``(?!`)",
    `(?<![\\w:]):(?<role>[\\w:+.-]{1,60}):\`(?<roled>${MARKED})\``,
    `_?\`(?<linked>${MARKED})\`(?::(?<after>[\\w:+.-]{1,60}):|_{0,2})`,
    "\\*\\*(?=\\S)(?<strong>[\\s\\S]{1,400}?\\S)\\*\\*",
    "(?<![\\w*])\\*(?=[^\\s*])(?<emphasis>[^*]{1,400}?)\\*(?!\\w)",
    "\\[(?<note>#[\\w-]*|\\*|\\d{1,3})\\]_",
    "\\[(?<citation>[\\w.-]{1,60})\\]_",
    "(?<!\\w)\\|(?<substitution>[^|\\s](?:[^|\\n]{0,80}[^|\\s])?)\\|_{0,2}",
    "(?<![\\w\\\\])(?<reference>[A-Za-z0-9](?:[\\w.+-]{0,60}[A-Za-z0-9])?)__?(?![\\w`])",
    "\\\\(?<escaped>[\\s\\S])",
  ].join("|"),
  "g",
);

/** Roles whose text is shown as code. */
const CODE =
  /^(?:code|file|command|program|option|envvar|kbd|samp|literal|func|class|meth|mod|attr|data|exc|obj|const|makevar|mailheader|mimetype|regexp|(?:py|c|cpp|js|rst|std):.*)$/;

/** @param lines in the order of the file, some of which may be left out */
export function rstRun(lines: readonly RstLine[], substitutions: Substitutions): Run {
  const run = new Run("\n");
  const [first] = lines;
  if (first === undefined) return run;
  // Between two lines stand as many line ends as in the file.
  const text = lines
    .map((own, at) => "\n".repeat(own.number - (lines[at - 1]?.number ?? own.number)) + own.text)
    .join("");
  let line = first.number;
  let from = 0;
  const addPlain = (until: number): void => {
    const piece = text.slice(from, until);
    if (piece !== "") run.add(piece, line);
    line += lineEndsIn(piece);
  };
  for (const match of text.matchAll(INLINE)) {
    addPlain(match.index);
    addMarked(match.groups ?? {}, run, line, substitutions);
    line += lineEndsIn(match[0]);
    from = match.index + match[0].length;
  }
  addPlain(text.length);
  return run;
}

const lineEndsIn = (text: string): number => text.split("\n").length - 1;

type Groups = Readonly<Record<string, string | undefined>>;

function addMarked(groups: Groups, run: Run, line: number, substitutions: Substitutions): void {
  const { code, strong, emphasis, citation, substitution, reference, escaped } = groups;
  const role = groups.role ?? groups.after;
  const interpreted = groups.roled ?? groups.linked;
  if (code !== undefined) run.code(() => run.add(code, line));
  else if (interpreted !== undefined) {
    const text = shownBy(role, interpreted);
    if (role !== undefined && CODE.test(role)) run.code(() => run.add(text, line));
    else run.add(text, line);
  } else if (substitution !== undefined) run.add(substitutions.get(substitution) ?? nameOf(substitution), line);
  else if (escaped !== undefined) run.add(/\s/.test(escaped) ? "" : escaped, line);
  else run.add(strong ?? emphasis ?? reference ?? (citation === undefined ? "" : `[${citation}]`), line);
}

/** What a site's settings put in place of a name says what the name says; a version or a day leaves a gap. */
const nameOf = (substitution: string): string =>
  /^(?:version|release|today)$/.test(substitution) ? "…" : substitution;

/** What a role shows of its text: a title without its target, a name without its path where it asks for that. */
function shownBy(role: string | undefined, text: string): string {
  const titled = /^([\s\S]*?)\s*<[^<>]*>$/.exec(text)?.[1];
  if (titled !== undefined && titled !== "") return titled;
  if (role === "pep" || role === "rfc") return `${role.toUpperCase()} ${text}`;
  if (titled === "") return text.replace(/[<>]/g, "");
  if (role === undefined || !CODE.test(role)) return text.replace(/^!/, "");
  return text.startsWith("~") ? (text.split(".").at(-1) ?? text) : text.replace(/^!/, "");
}
