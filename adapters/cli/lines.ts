// A stream of bytes to its lines, as they come in.

import { setImmediate as nextTurn } from "node:timers/promises";

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
