// Splits a stream of bytes into lines as they come in.

import { fstatSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import { OperatorError } from "../../src/errors.ts";

/**
 * The lines of standard input.
 * @throws OperatorError where that is a folder, which Node takes for an empty file
 */
export function linesOfInput(): AsyncGenerator<string> {
  if (isFolder(process.stdin.fd)) throw new OperatorError("the input is a folder", "name a file of it behind <");
  return linesOf(process.stdin);
}

/** Lines end at LF or CRLF only: JSON may hold U+2028, at which node:readline would cut. A leading BOM is dropped. */
export async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of input) {
    const lines = (rest + (typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true }))).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      yield withoutReturn(line);
      // One chunk may hold thousands of lines; a signal or a closed pipe is heard only between turns.
      await nextTurn();
    }
  }
  rest += decoder.decode();
  if (rest !== "") yield withoutReturn(rest);
}

const withoutReturn = (line: string): string => (line.endsWith("\r") ? line.slice(0, -1) : line);

function isFolder(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isDirectory();
  } catch {
    return false;
  }
}
