// A file's bytes to its text, or to what is wrong with them.

import { isUtf8 } from "node:buffer";
import { CorpusError } from "../../errors.ts";

/**
 * Reads UTF-8, with or without a byte order mark, and UTF-16 with one. Line ends are left as they are.
 * @param file what errors name the file
 * @throws CorpusError with the first line that is none of these
 */
export function decode(file: string, read: Uint8Array): string {
  const bytes = Buffer.from(read.buffer, read.byteOffset, read.byteLength);
  const encoding = UTF_16.find(({ mark }) => bytes.subarray(0, 2).equals(mark))?.encoding;
  const text = encoding === undefined ? fromUtf8(file, bytes) : fromUtf16(file, bytes, encoding);
  const at = text.indexOf("\0");
  if (at >= 0) throw new CorpusError(file, linesIn(text.slice(0, at)), "is not text", "remove it or save it as UTF-8");
  return text.replace(/^\uFEFF/, "");
}

/** By their byte order marks. */
const UTF_16 = [
  { mark: Buffer.from([0xff, 0xfe]), encoding: "utf-16le" },
  { mark: Buffer.from([0xfe, 0xff]), encoding: "utf-16be" },
] as const;

function fromUtf16(file: string, bytes: Buffer, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new CorpusError(file, null, "is not UTF-16 text, though it begins like it", "save it as UTF-8");
  }
}

function fromUtf8(file: string, bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  // No byte of a character in UTF-8 looks like a line feed or a NUL.
  if (bytes.includes(0)) throw new CorpusError(file, null, "is not text", "remove it or save it as UTF-8");
  let start = 0;
  for (let end = bytes.indexOf(LINE_FEED); end >= 0 && isUtf8(bytes.subarray(start, end)); ) {
    start = end + 1;
    end = bytes.indexOf(LINE_FEED, start);
  }
  const wrong = bytes
    .subarray(start)
    .toString("latin1")
    .split(/\r\n?|\n/);
  const before = linesIn(bytes.toString("latin1", 0, start));
  const within = wrong.findIndex((line) => !isUtf8(Buffer.from(line, "latin1")));
  throw new CorpusError(file, before + within, "is not UTF-8 text", "save it as UTF-8");
}

const LINE_FEED = 0x0a;

/** The number of the line that a text ends on, as an editor counts. */
const linesIn = (text: string): number => text.split(/\r\n?|\n/).length;
