// Sources and what is to be switched off in them to the sources with it switched off. Production code knows no switches.

import { basename } from "node:path";

/**
 * How a rule is switched off. Both forms stand alike in the TypeScript and in what is compiled of it, so that a test can
 * look for them without a build, and both are looked for in all of `src`, so that a file may move.
 */
export type Edit = Declared | Piece;

/** What is declared by a name at the top of a module takes another value. */
interface Declared {
  readonly declared: string;
  /** An expression in which `was` is the value that it had; `ablate` helps to change sets and weights. */
  readonly becomes: string;
  /** The module, without folder and ending, where several declare the name. */
  readonly module?: string | undefined;
}

/** A stretch of code, whatever its white space, is replaced by another. */
interface Piece {
  readonly piece: string;
  readonly becomes: string;
  readonly module?: string | undefined;
}

/** Modules by their path below the sources, with their text. */
export type Sources = ReadonlyMap<string, string>;

export const declared = (name: string, becomes: string, module?: string): Edit => ({ declared: name, becomes, module });
export const piece = (text: string, becomes: string, module?: string): Edit => ({ piece: text, becomes, module });

/** Why an edit can't be made: not found, or found more than once; null where it stands at exactly one place. */
export function faultOf(edit: Edit, sources: Sources): string | null {
  const places = placesOf(edit, sources);
  if (places.length === 1) return null;
  const sought = "declared" in edit ? `a declaration of ${edit.declared}` : `“${edit.piece}”`;
  const where = edit.module === undefined ? "" : ` in ${edit.module}`;
  if (places.length === 0) return `${sought} is not found${where}`;
  return `${sought} is found ${places.length} times${where}: ${places.map(({ file }) => file).join(", ")}`;
}

/**
 * The modules that these edits change, with their new text.
 * @throws Error naming an edit that is not found exactly once
 */
export function applied(edits: readonly Edit[], sources: Sources): Map<string, string> {
  const changed = new Map<string, string>();
  for (const edit of edits) {
    const now = new Map([...sources, ...changed]);
    const fault = faultOf(edit, now);
    const [place] = placesOf(edit, now);
    if (fault !== null || place === undefined) throw new Error(fault ?? "an edit without a place");
    changed.set(place.file, switchedOff(edit, now.get(place.file) ?? "", place));
  }
  return changed;
}

interface Place {
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

function placesOf(edit: Edit, sources: Sources): Place[] {
  return [...sources].flatMap(([file, text]) => {
    if (edit.module !== undefined && basename(file).replace(/\.[jt]s$/, "") !== edit.module) return [];
    const found = "declared" in edit ? declarationsOf(edit.declared, text) : stretchesOf(edit.piece, text);
    return found.map(([from, to]) => ({ file, from, to }));
  });
}

/** Where the keyword stands that declares a name. */
function declarationsOf(name: string, text: string): [from: number, to: number][] {
  const declaration = new RegExp(String.raw`^(?:export )?(?:async )?(const|let|function) ${name}\b`, "gm");
  return [...text.matchAll(declaration)].map(({ 0: whole, 1: keyword = "", index }) => {
    const from = index + whole.indexOf(keyword);
    return [from, from + keyword.length];
  });
}

/** Where a piece stands: compared without white space, since a compiler lays lines out anew. */
function stretchesOf(sought: string, text: string): [from: number, to: number][] {
  const longest = (sought.match(/\w+/g) ?? []).reduce((one, other) => (other.length > one.length ? other : one), "");
  if (!text.includes(longest)) return [];
  const places: number[] = [];
  let bare = "";
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign.trim() === "") continue;
    bare += sign;
    places.push(at);
  }
  const wanted = sought.replace(/\s+/g, "");
  const found: [number, number][] = [];
  for (let at = bare.indexOf(wanted); at >= 0; at = bare.indexOf(wanted, at + wanted.length))
    found.push([places[at] ?? 0, (places[at + wanted.length - 1] ?? 0) + 1]);
  return found;
}

/** A name is given its other value where the module ends: whoever imports it sees that one. */
function switchedOff(edit: Edit, text: string, { from, to }: Place): string {
  if ("piece" in edit) return `${text.slice(0, from)}${edit.becomes}${text.slice(to)}`;
  const keyword = text.slice(from, to) === "const" ? "let" : text.slice(from, to);
  return `${text.slice(0, from)}${keyword}${text.slice(to)}\n${edit.declared} = ((was) => (${edit.becomes}))(${edit.declared});\n`;
}
