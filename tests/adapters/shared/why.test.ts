import { expect, test } from "vitest";
import { whyOf } from "../../../adapters/shared/why.ts";
import { SearchUnavailable } from "../../../src/errors.ts";
import { remoteOf } from "../../unreachable.ts";
import { TOPICAL } from "../cli/corpora.ts";

test("what every stage decided is told where the documents can't be searched, without passages", async () => {
  const { engine, fail } = await (await remoteOf(TOPICAL))();
  const found = await whyOf(await engine.explain("Where is tea stored?"));
  fail(new SearchUnavailable("the connection was refused"));
  const missed = await whyOf(await engine.explain("Where is tea stored?"));
  expect(found.asks[0]?.passages).not.toEqual([]);
  expect(missed).toEqual({ ...found, asks: found.asks.map((ask) => ({ ...ask, passages: [] })) });
});
