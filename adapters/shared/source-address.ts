// A citation to the address where its line can be read, as far as settings and documents give one.

import type { Citation } from "../../src/reply.ts";
import { pageAddress } from "./citation-text.ts";

/** Where documents can be read. */
export interface SourceAddresses {
  /** With `{file}`, `{start}` and `{end}` for a place of a document; null where there is none. */
  readonly sourceUrl: string | null;
  /** Where `footnote serve` is reached; null where it is not. */
  readonly publicUrl: string | null;
}

export const NO_ADDRESSES: SourceAddresses = { sourceUrl: null, publicUrl: null };

/**
 * The operator's own address for the line, else the page that the document itself names, else the line's page of
 * `footnote serve`; null where there is none of these.
 * @param corpus hash of the corpus that is cited: a page of another version can tell that its line has moved
 */
export function sourceAddress(
  { file, lines, url }: Pick<Citation, "file" | "lines" | "url">,
  corpus: string,
  { sourceUrl, publicUrl }: SourceAddresses,
): string | null {
  const path = file.split("/").map(encoded).join("/");
  const own =
    sourceUrl
      ?.replaceAll("{file}", () => path)
      .replaceAll("{start}", `${lines.start}`)
      .replaceAll("{end}", `${lines.end}`) ?? null;
  const served =
    publicUrl === null ? null : `${publicUrl.replace(/\/+$/, "")}/documents/${path}?v=${corpus}#L${lines.start}`;
  return pageAddress(own) ?? pageAddress(url) ?? pageAddress(served);
}

/** A part of a path as an address holds it; a half of a character, which none can hold, is replaced. */
const encoded = (part: string): string => encodeURIComponent(part.replace(/\p{Cs}/gu, "\uFFFD"));
