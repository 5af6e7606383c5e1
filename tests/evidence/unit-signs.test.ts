import { expect, test } from "vitest";
import { type Sign, signsOf, UNIT_SIGNS } from "../../src/evidence/unit-signs.ts";

const shown = (text: string): Sign[] =>
  (Object.keys(UNIT_SIGNS) as Sign[]).filter((sign) => (signsOf(text) & UNIT_SIGNS[sign]) !== 0);

const TEXTS: Record<string, readonly Sign[]> = {
  "The kettle is warm.": [],
  "It holds 3 litres.": ["digits"],
  "It is rinsed twice.": ["digits"],
  "It hums because the lid is loose.": ["reason"],
  "Press the lid down.": ["action"],
  "It stands in the folder of recipes.": ["place"],
  "See /etc/kettle.conf.": ["place"],
  "Then ask Ines Moreau.": ["action", "name"],
  "A cup costs €2.": ["digits", "money"],
  "Refills are free.": ["money"],
  "It is descaled weekly.": ["duration"],
  "Write to tea@kettle.example.": ["contact", "name"],
};

test.each(Object.entries(TEXTS))("%s", (text, signs) => {
  expect(shown(text).sort()).toEqual([...signs].sort());
});
