// Lines of a file to what they say without the marks of their format: what a quote of them is compared with.

/** The text of these lines, white space and Markdown's marks folded; of an HTML file without tags and entities. */
export const unmarked = (text: string, file: string): string =>
  foldMarks(/\.html?$/i.test(file) ? withoutTags(text) : withoutLinks(text));

/** Marks inside a sentence part nothing: "`one`, `two`" says "one, two". */
const foldMarks = (text: string): string =>
  text
    .replace(/[*_`]+/g, "")
    .replace(/[\s>|#]+/g, " ")
    .trim();

const withoutLinks = (text: string): string =>
  text.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/\\(?=[\\*_`#|])/g, "");

/** Tags inside a sentence part no words, all others do. On purpose not the parser by which documents are read. */
const withoutTags = (text: string): string =>
  text
    .replace(/<!--[\s\S]*?-->/g, " ")
    .replace(/<\/?(?:a|abbr|b|cite|code|em|i|kbd|mark|q|s|small|span|strong|sub|sup|time|u)(?:\s[^<>]*)?>/gi, "")
    .replace(/<\/?[a-z!][^<>]*>/gi, " ")
    .replace(/&(?:#(\d+)|#x([\da-f]+)|([a-z]+));/gi, (entity, decimal, hex, name) => {
      if (name !== undefined) return ENTITIES.get(name) ?? entity;
      return String.fromCodePoint(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal));
    });

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", "\u00a0"],
  ["minus", "−"],
  ["ndash", "–"],
  ["mdash", "—"],
  ["hellip", "…"],
  ["lsquo", "‘"],
  ["rsquo", "’"],
  ["ldquo", "“"],
  ["rdquo", "”"],
  ["rarr", "→"],
]);
