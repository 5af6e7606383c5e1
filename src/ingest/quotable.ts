// Tells whether a sentence can be shown on its own as something the documents say.

import type { Block, Sentence } from "../document.ts";
import { STATEMENT_LENGTH_MAX } from "../reply.ts";

const ASKS = /\?["”’)\]]*$/u;
const INTRODUCES = /:$/;
/** "The picture below compares …": what it is about is not in the text. */
const POINTS_AT_FIGURE =
  /\b(?:picture|figure|image|screenshot|diagram|chart|photo|video|illustration|(?:code|example|snippet|table|list|output)) (?:below|above)\b|\b(?:as|is) (?:shown|seen|illustrated) (?:below|above|in (?:the )?(?:figure|picture|image|diagram))/iu;
const TRAILS_OFF = /(?:\.{3}|…)\W*$/u;

/** Furniture, headings and code never are; nor is what asks, introduces, points at a picture, trails off or is too long to show. */
export const isQuotable = ({ kind }: Block, { text }: Sentence): boolean =>
  kind !== "furniture" &&
  kind !== "heading" &&
  kind !== "code" &&
  text.length <= STATEMENT_LENGTH_MAX &&
  /\p{L}/u.test(text) &&
  ![ASKS, INTRODUCES, POINTS_AT_FIGURE, TRAILS_OFF].some((sign) => sign.test(text));
