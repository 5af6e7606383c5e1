// Finds a page's own text, and what in it is the site's: menus, comments, forms, adverts.

import { oneOf, oneOfPhrases } from "../../text/words.ts";
import boilerplate from "./boilerplate.json" with { type: "json" };
import { attribute, type Element, isElement, isText } from "./html-tree.ts";

export interface MainText {
  /** The elements that hold the page's own text, in reading order; none inside another. */
  readonly roots: readonly Element[];
  /** Whether an element inside of them is left out with all that it holds. */
  isLeftOut(element: Element): boolean;
}

/**
 * Finds a page's own text: `<main>`; else its articles, where they hold most of what is said; else all of its body but
 * what is mostly links.
 */
export function findMainText(root: Element): MainText {
  const counter = new Counter(root);
  const said = (element: Element): number => counter.saidIn(element);
  const isLeftOut = (element: Element): boolean => counter.leftOut.has(element);

  const mains = outermost(root, isMain, isLeftOut).filter((element) => said(element) > 0);
  if (mains.length > 0) return { roots: mains, isLeftOut };
  const articles = outermost(root, ({ tagName }) => tagName === "article", isLeftOut);
  const inArticles = articles.reduce((sum, article) => sum + said(article), 0);
  if (inArticles > 0 && inArticles >= said(root) * ARTICLES_SHARE_MIN) return { roots: articles, isLeftOut };
  const body = root.childNodes.filter(isElement).find(({ tagName }) => tagName === "body") ?? root;
  return { roots: [body], isLeftOut: (element) => isLeftOut(element) || counter.linked.has(element) };
}

/** Elements that the text of a line runs through. */
export const INLINE = new Set(
  "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q ruby s samp small span strike strong sub sup time tt u var wbr".split(
    " ",
  ),
);

/** Articles with less than this share of what is said are teasers or comments. */
const ARTICLES_SHARE_MIN = 0.5;

/**
 * Link density tells what leads elsewhere from what is said (Kohlschütter, Fankhauser and Nejdl 2010, "Boilerplate
 * Detection using Shallow Text Features"). A paragraph that mentions two pages is no menu, so there must be three.
 */
const LINKED_SHARE_MAX = 0.5;
const LINKS_MIN = 3;

/** Elements without text of the page, whatever they hold. */
export const NO_TEXT = new Set(
  "nav aside footer script style noscript template button select datalist textarea input dialog iframe object embed svg math canvas audio video map head frameset menu rt rp".split(
    " ",
  ),
);
const ROLES = new Set(
  "navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar tablist form doc-toc doc-pagelist doc-endnotes".split(
    " ",
  ),
);

const { classes } = boilerplate;

/** A class or id, or the first or last word of one, that names what stands around a page's text. */
const NAMES: ReadonlySet<string> = new Set(classes.words);
/** Such a class or id as a whole. */
const WHOLE_NAMES = new RegExp(`^${oneOfPhrases(classes.whole)}$`);
/** Classes that say what an element is not, or what it stands beside. */
const ABOUT_OTHERS = new RegExp(`^${oneOf(classes.ofOthers)}-`);
const UNSEEN = new RegExp(`^${oneOfPhrases(classes.unseen)}$`);
const PERMALINK = new RegExp(`^${oneOfPhrases(classes.permalinks)}$`);
/** An `<aside>` that is part of what is said. */
const CALLOUT = new RegExp(String.raw`\b${oneOf(classes.callouts)}\b`);

interface Count {
  words: number;
  linkedWords: number;
  links: number;
  /** Links to a place of the same page. */
  linksWithin: number;
}

/** Counts what is said in each element, from the innermost out. */
class Counter {
  /** The site's, and what nobody sees. */
  readonly leftOut = new Set<Element>();
  /** What is mostly links. */
  readonly linked = new Set<Element>();
  private readonly counts = new Map<Element, Count>();
  private readonly facts = new Map<Element, Facts>();

  constructor(root: Element) {
    survey(root, this.facts);
    this.count(root, false);
  }

  /** How many words are no links. */
  saidIn(element: Element): number {
    const { words, linkedWords } = this.counts.get(element) ?? { words: 0, linkedWords: 0 };
    return words - linkedWords;
  }

  private count(element: Element, isCode: boolean): Count {
    const sum: Count = { words: 0, linkedWords: 0, links: 0, linksWithin: 0 };
    for (const child of element.childNodes) {
      if (isText(child)) sum.words += child.value.match(/\S+/g)?.length ?? 0;
      if (!isElement(child)) continue;
      const facts = this.facts.get(child) ?? NO_FACTS;
      if (isOfTheSite(child, facts, isCode)) {
        this.leftOut.add(child);
        continue;
      }
      const below = this.count(child, isCode || child.tagName === "pre");
      if (isContents(child, below)) this.leftOut.add(child);
      else if (isMostlyLinks(child, below)) this.linked.add(child);
      else for (const key of ["words", "linkedWords", "links", "linksWithin"] as const) sum[key] += below[key];
    }
    const target = element.tagName === "a" ? attribute(element, "href") : null;
    if (target !== null && sum.words > 0)
      Object.assign(sum, { linkedWords: sum.words, links: 1, linksWithin: target.startsWith("#") ? 1 : 0 });
    this.counts.set(element, sum);
    return sum;
  }
}

const isMostlyLinks = ({ tagName }: Element, { words, linkedWords, links }: Count): boolean =>
  !INLINE.has(tagName) && links >= LINKS_MIN && linkedWords > words * LINKED_SHARE_MAX;

/** A list of nothing but links into the page itself. */
const isContents = ({ tagName }: Element, { words, linkedWords, links, linksWithin }: Count): boolean =>
  (tagName === "ul" || tagName === "ol") && links > 1 && linksWithin === links && linkedWords === words;

/** What stands somewhere below an element. */
interface Facts {
  readonly holdsMain: boolean;
  readonly holdsTitle: boolean;
  readonly holdsLinkWithin: boolean;
  /** The words of the first heading, "" without one. */
  readonly heading: string;
}

const NO_FACTS: Facts = { holdsMain: false, holdsTitle: false, holdsLinkWithin: false, heading: "" };

/** Notes for each element what stands below it, in one pass, and returns the same with the element itself counted in. */
function survey(element: Element, facts: Map<Element, Facts>): Facts {
  let { holdsMain, holdsTitle, holdsLinkWithin, heading } = NO_FACTS;
  for (const child of element.childNodes.filter(isElement)) {
    const below = survey(child, facts);
    holdsMain ||= below.holdsMain;
    holdsTitle ||= below.holdsTitle;
    holdsLinkWithin ||= below.holdsLinkWithin;
    heading ||= below.heading;
  }
  facts.set(element, { holdsMain, holdsTitle, holdsLinkWithin, heading });
  return {
    holdsMain: holdsMain || isMain(element),
    holdsTitle: holdsTitle || element.tagName === "h1",
    holdsLinkWithin: holdsLinkWithin || attribute(element, "href")?.startsWith("#") === true,
    heading: heading || (/^h[1-6]$/.test(element.tagName) ? ownText(element) : ""),
  };
}

const ownText = (element: Element): string =>
  element.childNodes.map((child) => (isText(child) ? child.value : "")).join("");

const isMain = (element: Element): boolean => element.tagName === "main" || attribute(element, "role") === "main";

function outermost(
  element: Element,
  is: (element: Element) => boolean,
  isLeftOut: (element: Element) => boolean,
): Element[] {
  if (isLeftOut(element)) return [];
  if (is(element)) return [element];
  return element.childNodes.filter(isElement).flatMap((child) => outermost(child, is, isLeftOut));
}

/** Whether an element belongs to the site, or is not seen at all, by its own name, role, state and class. */
function isOfTheSite(element: Element, facts: Facts, isCode: boolean): boolean {
  const { tagName } = element;
  if (tagName === "body") return false;
  const names = namesOf(element, facts);
  if (isHidden(element, names) || isReference(element, facts)) return true;
  if (INLINE.has(tagName) || isCode || isMain(element)) return false;
  if (tagName === "aside" && CALLOUT.test(names.join(" "))) return false;
  if (NO_TEXT.has(tagName)) return true;
  // A form, or a class of that name, may be put around the whole page.
  if (facts.holdsMain || (facts.holdsTitle && tagName !== "header")) return false;
  return (
    ROLES.has(attribute(element, "role")?.toLowerCase() ?? "") ||
    tagName === "form" ||
    (tagName === "header" && !isWithinText(element)) ||
    (!OWN_NAMES.test(tagName) && names.some(isNameOfTheSite))
  );
}

/** Elements whose class says what they are about rather than what they are. */
const OWN_NAMES = /^(?:article|h[1-6]|table|tbody|tr|t[dh]|dl|pre)$/;

/** Whether a header is that of a text, not of the page. */
function isWithinText(element: Element): boolean {
  for (let above = element.parentNode; above && "tagName" in above; above = above.parentNode)
    if (above.tagName === "article" || above.tagName === "section" || isMain(above)) return true;
  return false;
}

function isHidden(element: Element, names: readonly string[]): boolean {
  const hidden = attribute(element, "hidden");
  if ((hidden !== null && hidden !== "until-found") || attribute(element, "aria-hidden") === "true") return true;
  const style = attribute(element, "style") ?? "";
  return (
    /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style) || names.some((name) => UNSEEN.test(name))
  );
}

/** The number of a note, and a sign that links to the heading it stands in. */
function isReference(element: Element, { holdsLinkWithin }: Facts): boolean {
  if (element.tagName === "sup") return holdsLinkWithin;
  if (element.tagName !== "a" || attribute(element, "href")?.includes("#") !== true) return false;
  const isSign = !element.childNodes.some(isElement) && !/[\p{L}\p{N}]/u.test(ownText(element));
  return isSign || namesOf(element, NO_FACTS).some((name) => PERMALINK.test(name));
}

/** Classes and id, in lower case with hyphens; not an id that repeats the heading below, as generators of pages do. */
function namesOf(element: Element, { heading }: Facts): string[] {
  const classes = attribute(element, "class")?.split(/\s+/) ?? [];
  const id = attribute(element, "id");
  const wordsOf = (text: string): string =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim();
  const isAnchor = id === null || (heading !== "" && wordsOf(heading) === wordsOf(id));
  return (isAnchor ? classes : [...classes, id]).map((name) =>
    name
      .replace(/([a-z])([A-Z])/g, "$1-$2")
      .replace(/[_-]+/g, "-")
      .toLowerCase(),
  );
}

function isNameOfTheSite(name: string): boolean {
  if (ABOUT_OTHERS.test(name)) return false;
  const words = name.split("-");
  return WHOLE_NAMES.test(name) || NAMES.has(words[0] ?? "") || NAMES.has(words.at(-1) ?? "");
}
