// Puts a sentence that points back together with the one before it, so that it can be read on its own.

import { type Grounded, quoteSentence } from "../document.ts";
import type { Evidence } from "../evidence/evidence.ts";
import { isQuotable } from "../ingest/quotable.ts";
import { STATEMENT_LENGTH_MAX } from "../reply.ts";
import { DEMONSTRATIVES, oneOf, THIRD_PERSON } from "../text/words.ts";

const STATEMENT_BACK = new RegExp(
  String.raw`^["“(]?(?:${oneOf([...THIRD_PERSON, ...DEMONSTRATIVES])}|both|such|there|then|because of (?:this|that)|instead|otherwise|for example|in (?:this|that) case|however|but|and|also|the (?:former|latter|same|other))\b`,
  "iu",
);

/** The sentence itself where it stands alone, or where nothing before it can be shown with it. */
export function decontextualize({ text, quotes, passage: { document, block }, at }: Evidence): Grounded {
  const before = block.sentences[at - 1];
  if (before === undefined || !STATEMENT_BACK.test(text) || !isQuotable(block, before)) return { text, quotes };
  const both = `${before.text} ${text}`;
  if (both.length > STATEMENT_LENGTH_MAX) return { text, quotes };
  return { text: both, quotes: [quoteSentence(document, block, before), ...quotes] };
}
