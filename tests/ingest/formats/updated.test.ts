import { expect, test } from "vitest";
import { dateOf, updatedIn } from "../../../src/ingest/formats/updated.ts";

test.each([
  ["2024-03-05T10:00:00Z", "2024-03-05"],
  ["5th March 2024", "2024-03-05"],
  ["Mar 5, 2024", "2024-03-05"],
  ["2024/3/5", "2024-03-05"],
  ["March 2024", "2024-03"],
  ["last spring", "last spring"],
  ["2024-31-99", "2024-31-99"],
])("the date of %j is %j", (text, date) => {
  expect(dateOf(text)).toBe(date);
});

test.each([
  ["Last updated: 5 March 2024", "2024-03-05"],
  ["This page was last modified on 2024-03-05.", "2024-03-05"],
  ["Updated regularly", null],
  ["We updated the kettle on 5 March 2024.", null],
])("%j says %j", (text, date) => {
  expect(updatedIn(text)).toBe(date);
});
