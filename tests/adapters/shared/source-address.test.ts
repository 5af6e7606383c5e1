// Where a citation leads to, for every way to say so.

import { expect, test } from "vitest";
import { sourceAddress } from "../../../adapters/shared/source-address.ts";

const CITED = { file: "documents/a b/tea#1.md", lines: { start: 12, end: 14 }, url: "https://tea.example/page" };
const SOURCE = "https://git.example.org/team/handbook/blob/main/{file}#L{start}-L{end}";
const PUBLIC = "https://footnote.example.org/docs/";
const address = (change: Partial<typeof CITED> | { url: null }, sourceUrl: string | null, publicUrl: string | null) =>
  sourceAddress({ ...CITED, ...change }, "0123456789ab", { sourceUrl, publicUrl });

test("the operator's own address comes first, with the file's path and the lines in it", () => {
  expect(address({}, SOURCE, PUBLIC)).toBe(
    "https://git.example.org/team/handbook/blob/main/documents/a%20b/tea%231.md#L12-L14",
  );
});

test("then the page that the document names, then the line's page of footnote serve", () => {
  expect(address({}, null, PUBLIC)).toBe("https://tea.example/page");
  const served = "https://footnote.example.org/docs/documents/documents/a%20b/tea%231.md?v=0123456789ab#L12";
  expect(address({ url: null }, null, PUBLIC)).toBe(served);
  expect(address({ url: "javascript:alert(1)" }, null, PUBLIC)).toBe(served);
});

test("where nothing says so it leads nowhere", () => {
  expect(address({ url: null }, null, null)).toBeNull();
});

test("a name that no address can hold breaks nothing, and one with a dollar sign is no pattern", () => {
  expect(address({ file: "a\ud83d.md" }, "https://a.example/{file}", null)).toBe("https://a.example/a%EF%BF%BD.md");
  expect(address({ file: "$&.md" }, "https://a.example/{file}", null)).toBe("https://a.example/%24%26.md");
});
