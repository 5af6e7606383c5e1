// Foreign text to HTML that shows it and nothing else; every page is made of these.

import { html } from "hono/html";
import { clean } from "../shared/one-line.ts";

/** A piece of a page; whatever was put into it is escaped. */
export type Html = ReturnType<typeof html>;

/** One line of foreign text; "`…`" is drawn as code. */
export const inline = (text: string): readonly Html[] =>
  clean(text)
    .split(/(`[^`]+`)/)
    .filter((part) => part !== "")
    .map((part) => (/^`[^`]+`$/.test(part) ? html`<code>${part.slice(1, -1)}</code>` : html`${part}`));

/** Nothing. */
export const NONE = html``;

/** A line of foreign code: nothing in it hides, reorders or steers, its blanks are kept. */
export const codeLine = (line: string): string => {
  const indent = /^[ \t]*/.exec(line)?.[0] ?? "";
  return indent + clean(line).replace(/^ +/, "");
};
