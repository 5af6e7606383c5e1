// What the chat adapters share: the health server and the shortening of texts.

import { expect, test } from "vitest";
import { LOOPBACK, serveHealth } from "../../../adapters/shared/health.ts";
import { characters, shorten, utf8Bytes } from "../../../adapters/shared/shorten.ts";
import { OperatorError } from "../../../src/errors.ts";
import { anyText } from "../../contracts/replies.ts";
import { fc } from "../../fast-check.ts";

test("/healthz follows the bot's health, and nothing else is served", async () => {
  let isHealthy = true;
  const health = await serveHealth({ isHealthy: () => isHealthy, port: 0, host: LOOPBACK });
  const get = async (path: string, method = "GET"): Promise<string> => {
    const response = await fetch(`http://127.0.0.1:${health.port}${path}`, { method });
    return `${response.status} ${await response.text()}`.trim();
  };
  expect(await get("/healthz")).toBe("200 ok");
  expect(await get("/healthz?verbose", "HEAD")).toBe("200");
  isHealthy = false;
  expect(await get("/healthz")).toBe("503 not connected");
  expect(await get("/")).toBe("404");
  expect(await get("/healthz", "POST")).toBe("405");
  const { port } = health;
  await expect(serveHealth({ isHealthy: () => true, port, host: LOOPBACK })).rejects.toThrow(OperatorError);
  const elsewhere = serveHealth({ isHealthy: () => true, port: 0, host: "192.0.2.1" });
  await expect(elsewhere).rejects.toThrow(/^the address 192\.0\.2\.1 is not this machine's/);
  await health.close();
  await expect(get("/healthz")).rejects.toThrow();
});

test.each([
  { max: 50, text: "One is here. Two is there. Three is not.", shown: "One is here. Two is there. Three is not." },
  { max: 30, text: "One is here. Two is there. Three is not.", shown: "One is here. Two is there. …" },
  { max: 20, text: "One is here. Two is there. Three is not.", shown: "One is here. …" },
  { max: 9, text: "One is here. Two is there.", shown: "One is…" },
  { max: 2, text: "Unbroken", shown: "U…" },
  { max: 1, text: "Unbroken", shown: "…" },
  { max: 0, text: "Unbroken", shown: "" },
])("$max characters of “$text” are “$shown”", ({ text, max, shown }) => {
  expect(shorten(text, max)).toEqual({ text: shown, wasCut: shown !== text });
});

const LONE_SURROGATE = /\p{Cs}/u;

test("nothing is longer than its limit, and no character is halved", () => {
  const measures = fc.constantFrom(characters, utf8Bytes);
  fc.assert(
    fc.property(anyText, fc.nat(400), measures, (text, max, measure) => {
      const shortened = shorten(text, max, measure);
      expect(measure(shortened.text)).toBeLessThanOrEqual(max);
      expect(shortened.wasCut).toBe(shortened.text !== text);
      if (!LONE_SURROGATE.test(text)) expect(shortened.text).not.toMatch(LONE_SURROGATE);
    }),
  );
});
