// The hand-made rules that read documents and words, and that rank passages.

import { declared, piece } from "../edits.ts";
import { NEVER, type Rule } from "../rule.ts";

export const COLLECTION_RULES: readonly Rule[] = [
  {
    name: "presence(n)",
    does: "BM25's bonus for a word that is there falls with the length of the question; off: 1 for all",
    groups: ["nine", "fifteen"],
    off: [declared("presence", "() => 1")],
  },
  {
    name: "presence at all",
    does: "a word that is there counts beside how often; off: plain BM25",
    groups: [],
    off: [declared("presence", "() => 0")],
  },
  {
    name: "proximity",
    does: "what stands side by side in question and passage lifts the passage",
    groups: ["handbook"],
    off: [declared("withProximity", "(retriever) => retriever")],
  },
  {
    name: "headings count half",
    does: "a word of the heading counts half of one of the text",
    groups: [],
    off: [piece("{ heading: 0.5 }", "{ heading: 1 }")],
  },
  {
    name: "score per term",
    does: "MiniSearch's factor for the number of matched terms is divided out",
    groups: [],
    off: [piece("score / (queryTerms.length || 1)", "score")],
  },
  {
    name: "spelling",
    does: "a word that nobody knows is read as a known one, one edit away",
    groups: [],
    off: [declared("createSpelling", "(model) => ({ ...was(model), correct: () => null })")],
  },
  {
    name: "quoted words stay",
    does: "what stands in quotation marks is not corrected",
    groups: [],
    partOf: "spelling",
    off: [declared("isQuoted", "() => false")],
  },
  {
    name: "British spelling",
    does: "-ise counts as -ize",
    groups: [],
    off: [declared("BRITISH", NEVER)],
  },
  {
    name: "words run together",
    does: "“opensource” counts as “open source” where a group of synonyms has it",
    groups: [],
    off: [declared("solidOf", "() => []")],
  },
  {
    name: "how long names nothing",
    does: "“long”, “many”, “old” after “how” are no words to look for",
    groups: [],
    off: [declared("MEASURES", "new Set()", "analyzer")],
  },
  {
    name: "everyday words",
    does: "two hundred groups of everyday synonyms for folders",
    groups: ["handbook"],
    off: [piece("...abbreviations, ...everyday", "...abbreviations")],
  },
  {
    name: "mined abbreviations",
    does: "short forms are mined from the documents",
    groups: ["handbook"],
    off: [declared("abbreviationsOf", "() => []")],
  },
  {
    name: "abbreviations in brackets",
    does: "“Role-Based Access Control (RBAC)”",
    groups: [],
    partOf: "mined abbreviations",
    off: [declared("bracketed", "() => []")],
  },
  {
    name: "abbreviations by initials",
    does: "“VM” where the documents often say “virtual machine”",
    groups: [],
    partOf: "mined abbreviations",
    off: [declared("initialled", "() => []")],
  },
  {
    name: "mined subjects",
    does: "what headings set against each other are subjects",
    groups: [],
    off: [declared("subjectsOf", "() => []")],
  },
  {
    name: "other forms of words",
    does: "other forms of the corpus's words are known words too",
    groups: [],
    off: [piece("general.filter((word) => !frequencies.has(word) && stems.has(stemOf(word)))", "[]")],
  },
  {
    name: "near-duplicate passages",
    does: "what an earlier page says already is left out",
    groups: [],
    off: [piece("filter.isNew(place)", "true")],
  },
  {
    name: "boilerplate signs",
    does: "thirty-odd signs of what stands around an article",
    groups: ["boilerplate"],
    off: [declared("SIGNS", "[]")],
  },
  {
    name: "hiding headings",
    does: "what stands under “Related posts” or “Comments” is left out",
    groups: ["boilerplate"],
    off: [declared("HIDING", NEVER)],
  },
  {
    name: "lists of troubles",
    does: "a list that only names other questions is left out",
    groups: ["boilerplate"],
    off: [declared("onlyNamesTroubles", "() => false")],
  },
  {
    name: "menus of furniture",
    does: "a list all of whose items but one are boilerplate is left out",
    groups: ["boilerplate"],
    off: [declared("isMenu", "() => false", "page")],
  },
  {
    name: "breadcrumbs",
    does: "where a page stands in its site is left out and may name it",
    groups: ["boilerplate"],
    off: [declared("BREADCRUMBS", "/^(?!)/u")],
  },
  {
    name: "class names of the site",
    does: "elements are left out whose class says “sidebar”, “share”, “related”",
    groups: ["page structure"],
    off: [declared("isNameOfTheSite", "() => false")],
  },
  {
    name: "mostly links",
    does: "an element is left out of which more than half are links",
    groups: ["page structure"],
    off: [declared("isMostlyLinks", "() => false")],
  },
  {
    name: "roles",
    does: "elements are left out whose role is the site's: navigation, banner, dialog",
    groups: ["page structure"],
    off: [declared("ROLES", "new Set()")],
  },
];
