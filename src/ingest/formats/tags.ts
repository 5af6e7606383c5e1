// Reads a tag in Markdown (a component, an element, a shortcode, a macro) with its attributes.

/** A tag of JSX or HTML, a shortcode of Hugo, a tag of Liquid or Jinja. */
export interface Tag {
  readonly family: "element" | "shortcode" | "liquid";
  readonly form: "open" | "close" | "void";
  readonly name: string;
  readonly attributes: readonly Attribute[];
  /** Behind its last character. */
  readonly end: number;
}

export interface Attribute {
  /** "" for a value without a name. */
  readonly name: string;
  /** Null for what is computed, or where there is only a name. */
  readonly value: string | null;
  /** Where it begins, counted from the start of the tag. */
  readonly at: number;
}

/** No tag that a person wrote is longer. */
const LENGTH_MAX = 4000;

/** The tag that begins at a place in a text; null where none does. */
export function tagAt(text: string, at: number): Tag | null {
  if (text.startsWith("{{<", at)) return shortcodeAt(text, at, ">}}");
  if (text.startsWith("{{%", at)) return shortcodeAt(text, at, "%}}");
  if (text.startsWith("{%", at)) return liquidAt(text, at);
  return text[at] === "<" ? elementAt(text, at) : null;
}

/** @param close what ends it */
function shortcodeAt(text: string, at: number, close: string): Tag | null {
  const inside = insideOf(text, at + 3, close);
  if (inside === null) return null;
  const [, slash, name = "", rest = ""] = /^(\/?)([^\s/"']+)([\s\S]*)$/.exec(inside.trim()) ?? [];
  if (name === "") return null;
  const isVoid = /\/\s*$/.test(rest);
  const attributes = parametersOf(isVoid ? rest.replace(/\/\s*$/, "") : rest, 3 + inside.indexOf(rest));
  const form = slash === "/" ? "close" : isVoid ? "void" : "open";
  return { family: "shortcode", form, name, attributes, end: at + 3 + inside.length + close.length };
}

function liquidAt(text: string, at: number): Tag | null {
  const inside = insideOf(text, at + 2, "%}");
  if (inside === null) return null;
  const [, word = "", rest = ""] = /^[-+]?\s*([\w-]+)([\s\S]*?)[-+]?$/.exec(inside.trim()) ?? [];
  const ended = /^end_?(\w.*)$/.exec(word)?.[1];
  const form = ended === undefined ? "open" : "close";
  return {
    family: "liquid",
    form,
    name: ended ?? word,
    attributes: parametersOf(rest, 2 + inside.indexOf(rest)),
    end: at + inside.length + 4,
  };
}

function insideOf(text: string, from: number, close: string): string | null {
  const inside = text.slice(from, from + LENGTH_MAX);
  const length = inside.indexOf(close);
  return length < 0 ? null : inside.slice(0, length);
}

const PARAMETER =
  /([\w.:@-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^\s"'`]+))|"([^"]*)"|'([^']*)'|`([^`]*)`|([^\s"'`]+)/g;

const parametersOf = (source: string, from: number): Attribute[] =>
  [...source.matchAll(PARAMETER)].map(({ index, 1: name = "", ...values }) => ({
    name,
    value: [2, 3, 4, 5, 6, 7, 8, 9].map((at) => values[at]).find((value) => value !== undefined) ?? null,
    at: from + index,
  }));

const NAME = /[A-Za-z][\w.:-]*/y;
const ATTRIBUTE_NAME = /[\w.:@$-]+/y;
const SPACE = /\s*/y;

/** A tag of HTML or JSX, whose attributes may be computed between braces. */
function elementAt(text: string, at: number): Tag | null {
  const isClose = text[at + 1] === "/";
  const from = at + (isClose ? 2 : 1);
  const name = matchAt(NAME, text, from);
  let place = from + name.length;
  const attributes: Attribute[] = [];
  // A fragment of JSX, "<>", has no name.
  if (name === "" && text[place] !== ">") return null;
  for (const end = Math.min(text.length, at + LENGTH_MAX); place < end; ) {
    place += matchAt(SPACE, text, place).length;
    if (text[place] === ">")
      return { family: "element", form: isClose ? "close" : "open", name, attributes, end: place + 1 };
    if (text.startsWith("/>", place)) return { family: "element", form: "void", name, attributes, end: place + 2 };
    if (text[place] === "{") {
      const after = behindBraces(text, place, end);
      if (after === null) return null;
      place = after;
      continue;
    }
    const key = matchAt(ATTRIBUTE_NAME, text, place);
    if (key === "") return null;
    place += key.length;
    const value = valueAt(text, place, end);
    if (value === undefined) return null;
    attributes.push({ name: key, value: value.value, at: place - key.length - at });
    place = value.after;
  }
  return null;
}

/** What an attribute is set to; undefined where it does not end. */
function valueAt(text: string, at: number, end: number): { value: string | null; after: number } | undefined {
  const equals = at + matchAt(SPACE, text, at).length;
  if (text[equals] !== "=") return { value: null, after: at };
  const from = equals + 1 + matchAt(SPACE, text, equals + 1).length;
  const quote = text[from];
  if (quote === '"' || quote === "'") {
    const close = text.indexOf(quote, from + 1);
    return close < 0 || close > end ? undefined : { value: text.slice(from + 1, close), after: close + 1 };
  }
  if (quote === "{") {
    const after = behindBraces(text, from, end);
    if (after === null) return undefined;
    const [, , literal = null] = /^\{\s*(["'`])([^"'`]*)\1\s*\}$/.exec(text.slice(from, after)) ?? [];
    return { value: literal, after };
  }
  const value = /[^\s"'=<>`{}]+/y;
  value.lastIndex = from;
  const [bare = ""] = value.exec(text) ?? [];
  const trimmed = bare.endsWith("/") && text[from + bare.length] === ">" ? bare.slice(0, -1) : bare;
  return trimmed === "" ? undefined : { value: trimmed, after: from + trimmed.length };
}

/** Behind the brace that closes the one at a place; null where none does. */
export function behindBraces(text: string, at: number, end = at + LENGTH_MAX): number | null {
  let depth = 0;
  for (let place = at; place < Math.min(end, text.length); place++) {
    const sign = text[place];
    if (sign === "{") depth++;
    else if (sign === "}" && --depth === 0) return place + 1;
  }
  return null;
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}

/** Attributes that say nothing to a reader, whatever they are set to. */
const TECHNICAL =
  /^(?:id|key|ref|rel|src|href|to|url|link|class|className|style|width|height|size|color|colour|align|valign|border|target|lang|dir|role|type|icon|img|image|logo|file|path|slug|anchor|group|groupId|default|defaultValue|queryString|lazy|loading|markdown|format|code|expression|\w*(?:Id|Url|Src|Source|Path|Class|Style|Icon|Color|Name))$/;
const VALUE =
  /^(?:true|false|null|undefined|#[\da-f]{3,8}|[\d.]+(?:px|em|rem|%|vh|vw)|(?:[a-z][\w+.-]*:)?\/\/\S*|mailto:\S*|[.~]?\.?\/\S*|#\S*|\S+\.(?:png|jpe?g|gif|svg|webp|ico|mp4|webm|md|mdx|html?|css|js|tsx?|ya?ml|json|xml|pdf))$/i;

/**
 * What the attributes of a tag without contents say to a reader: their words, in order and on their lines; no addresses,
 * sizes or switches.
 * @param source the tag as it stands in the file
 */
export function wordsOf({ attributes }: Tag, source: string): string {
  let words = "";
  let from = 0;
  for (const { name, value, at } of attributes) {
    const text = value?.trim() ?? "";
    const isShown =
      /^[A-Za-z]+$/.test(name) && !TECHNICAL.test(name) && !VALUE.test(text) && /[\p{L}\p{N}]/u.test(text);
    if (!isShown) continue;
    words += `${lineEndsIn(source.slice(from, at))}${words === "" ? "" : " "}${text}`;
    from = at + lengthOf(source, at, value ?? "");
  }
  return words + lineEndsIn(source.slice(from));
}

const lineEndsIn = (text: string): string => text.replace(/[^\n]/g, "");

/** How long an attribute is, up to the end of its value. */
const lengthOf = (source: string, at: number, value: string): number =>
  Math.max(0, source.indexOf(value, at) - at) + value.length;
