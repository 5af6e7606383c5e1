// Decodes a file's bytes, or says what is wrong with them.

import { isUtf8 } from "node:buffer";
import { CorpusError } from "../../errors.ts";

/**
 * Reads UTF-8, with or without a byte order mark, and UTF-16 with one. Single letters that are plainly left over from
 * windows-1252, or Latin-1, which is a part of it, are read as such. Line ends are left as they are.
 * @param file what errors name the file
 * @throws CorpusError with the first line that is none of these
 */
export function decode(file: string, bytes: Uint8Array): string {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const encoding = markedAs(view);
  const text = encoding === undefined ? fromUtf8(file, view) : fromUtf16(file, view, encoding);
  const at = text.indexOf("\0");
  if (at >= 0) throw new CorpusError(file, linesIn(text.slice(0, at)), "is not text", "remove it or save it as UTF-8");
  return text.replace(/^\uFEFF/, "");
}

/** Whether `decode` reads some letters of these bytes as windows-1252; of no meaning for what is not text. */
export const hasStrayLetters = (bytes: Uint8Array): boolean => {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return !isUtf8(view) && markedAs(view) === undefined && !view.includes(0);
};

/** By their byte order marks. */
const UTF_16 = [
  { mark: Buffer.from([0xff, 0xfe]), encoding: "utf-16le" },
  { mark: Buffer.from([0xfe, 0xff]), encoding: "utf-16be" },
] as const;

const markedAs = (bytes: Buffer): string | undefined =>
  UTF_16.find(({ mark }) => bytes.subarray(0, 2).equals(mark))?.encoding;

function fromUtf16(file: string, bytes: Buffer, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new CorpusError(file, null, "is not UTF-16 text, though it begins like it", "save it as UTF-8");
  }
}

/** As Latin-1 shows them: characters of several bytes in UTF-8 (RFC 3629, section 4), else a run of other high bytes. */
const HIGH =
  /([\xC2-\xDF][\x80-\xBF]|\xE0[\xA0-\xBF][\x80-\xBF]|[\xE1-\xEC\xEE\xEF][\x80-\xBF]{2}|\xED[\x80-\x9F][\x80-\xBF]|\xF0[\x90-\xBF][\x80-\xBF]{2}|[\xF1-\xF3][\x80-\xBF]{3}|\xF4[\x80-\x8F][\x80-\xBF]{2})|[\x80-\xFF]/g;

/** What windows-1252 has for the bytes from 0x80 to 0x9F (WHATWG Encoding, index-windows-1252); "\0" for none. */
const FROM_0X80 = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";
/** Languages of Western Europe have hardly more letters with accents than this; other code pages have little else. */
const STRAY_SHARE_MAX = 0.15;
/** So many are none too many, however short the text. */
const STRAYS_MIN = 3;
const RUN_MAX = 3;

function fromUtf8(file: string, bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  // No byte of a character in UTF-8 looks like a NUL.
  if (bytes.includes(0)) throw new CorpusError(file, null, "is not text", "remove it or save it as UTF-8");
  const source = bytes.toString("latin1");
  let [strays, run, end, first] = [0, 0, -1, -1];
  let isPlain = !CONTROLS.test(source);
  const text = source.replace(HIGH, (letter: string, whole: string | undefined, at: number) => {
    if (whole !== undefined) return Buffer.from(letter, "latin1").toString("utf8");
    if (first < 0) first = at;
    strays++;
    run = at === end ? run + 1 : 1;
    end = at + 1;
    const read = FROM_0X80[letter.charCodeAt(0) - 0x80] ?? letter;
    isPlain &&= read !== "\0" && run <= RUN_MAX;
    return read;
  });
  const signs = source.match(/\S/g)?.length ?? 0;
  if (!isPlain || strays > Math.max(STRAYS_MIN, STRAY_SHARE_MAX * signs))
    throw new CorpusError(file, linesIn(source.slice(0, first)), "is not UTF-8 text", "save it as UTF-8");
  return text;
}

/** No text has these, but for the tab, line ends and the escape of terminals. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\x01-\x08\x0E-\x1A\x1C-\x1F]/;

/** The number of the line that a text ends on, as an editor counts. */
const linesIn = (text: string): number => text.split(/\r\n?|\n/).length;
