import { describe, expect, test } from "vitest";
import { hidesAll, isBoilerplate, lastCrumb, onlyNamesTroubles } from "../../../src/ingest/formats/boilerplate.ts";
import { documentOf, withoutHeadings } from "../../documents.ts";

const FURNITURE = [
  "Home > Guides > Billing > How invoices work",
  "Docs › Admin › Users",
  "Leave a reply",
  "Your email address will not be published. Required fields are marked *",
  "Log in to post a comment",
  "3 answers to “How do I reset it?”",
  "Was this page helpful?",
  "Share this article",
  "Follow us on Mastodon",
  "Related articles: Billing, Invoices",
  "Recommended reading",
  "You may also like",
  "Read more: the history of tea",
  "Next page",
  "Advertisement",
  "Subscribe to our weekly newsletter for tips",
  "If you liked this, check out my book on tea.",
  "[Editor's note] This piece was first printed in May.",
  "Original article: The tea book",
  "Last updated on 3 May 2025",
  "4 min read",
  "Printed from docs.example.org/billing on 3 May",
  "Page 2 of 5",
  "© 2024 Tea Ltd. All rights reserved.",
  "This website uses cookies to improve your visit.",
  "Lorem ipsum dolor sit amet.",
  "If you'd like, I can also make this shorter.",
  "Let me know if you want a table.",
  "someone@example.org",
];

const TEXT = [
  "One solution is to let them stand in the same order. Each is from another house.",
  "The comments field of an order holds up to 500 characters.",
  "Invoices are sent by e-mail on the first of the month.",
  "Share the link with your team so that they can sign up for the trial.",
  "Reports were updated by the import in five minutes.",
  "A newsletter is sent to every subscriber on Monday.",
  "Cookies are deleted when the browser is closed.",
  "Your address is published in the member list.",
  "If a > b then the larger one is kept.",
  "Next, open the settings and choose a language.",
  "You may also pay by card.",
  "The book was checked by two editors.",
  "Post the key through the letterbox and leave a note in the book.",
];

test.each(FURNITURE)("furniture: %s", (text) => {
  expect(isBoilerplate(text)).toBe(true);
});

test.each(TEXT)("text: %s", (text) => {
  expect(isBoilerplate(text)).toBe(false);
});

test.each([
  "Comments",
  "3 Comments",
  "Leave a Comment",
  "Related posts",
  "About the author",
  "You might also like",
  "On this page",
])("nothing below the heading “%s” belongs to the article", (heading) => {
  expect(hidesAll(heading)).toBe(true);
});

test.each(["Log in", "Related systems and their owners", "Commenting on orders", "Contents of the box", "Newsletter"])(
  "what stands below the heading “%s” does",
  (heading) => {
    expect(hidesAll(heading)).toBe(false);
  },
);

test("the last of the breadcrumbs is the page's name", () => {
  expect(lastCrumb("Home > Guides > How invoices work")).toBe("How invoices work");
  expect(lastCrumb("How invoices work")).toBeNull();
});

const LISTS: Record<string, { items: readonly string[]; names: boolean }> = {
  "titles of questions": { items: ["How do I reset it", "Export fails on Mac", "Can't open the door"], names: true },
  "parts of a machine": { items: ["Boiler", "Pump", "Valve"], names: false },
  "sentences about errors": {
    items: ["Error 5 means no water.", "Error 6 means no heat.", "Error 7 means no milk."],
    names: false,
  },
  "two items": { items: ["How do I reset it", "Export fails"], names: false },
};

describe("a list only names other questions:", () => {
  test.each(Object.entries(LISTS))("%s", (_, { items, names }) => {
    expect(onlyNamesTroubles(items)).toBe(names);
  });
});

test("a document keeps its furniture apart, under headings too, and is not named by it", async () => {
  const { title, blocks } = await documentOf(
    "page.md",
    "# Comments\n\nNice page.\n\n# Tea\n\nTea is hot.\n\nShare this article\n\n## Related posts\n\n- Ice is cold.\n",
  );
  expect(title).toBe("Tea");
  expect(withoutHeadings(blocks).map(({ kind, sentences }) => [kind, sentences[0]?.text])).toEqual([
    ["furniture", "Nice page."],
    ["paragraph", "Tea is hot."],
    ["furniture", "Share this article"],
    ["furniture", "Ice is cold."],
  ]);
});
