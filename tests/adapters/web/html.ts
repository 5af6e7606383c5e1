// A page as a browser's parser reads it: what it says, and whatever in it could run, load or lead astray.

import { type DefaultTreeAdapterMap, parse } from "parse5";

type Node = DefaultTreeAdapterMap["node"];
type Element = DefaultTreeAdapterMap["element"];

const isElement = (node: Node): node is Element => "tagName" in node;

/** Exams ask one page for several things. */
let last: { readonly html: string; readonly tree: DefaultTreeAdapterMap["document"] } | null = null;

function treeOf(html: string): DefaultTreeAdapterMap["document"] {
  if (last?.html !== html) last = { html, tree: parse(html) };
  return last.tree;
}

/** Every element of a page, in order. */
export function elementsIn(html: string): Element[] {
  const walk = (node: Node): Element[] => [
    ...(isElement(node) ? [node] : []),
    ...("childNodes" in node ? node.childNodes.flatMap(walk) : []),
  ];
  return walk(treeOf(html));
}

export const attribute = (element: Element, name: string): string | null =>
  element.attrs.find((one) => one.name === name)?.value ?? null;

/** All that a page says; scripts and styles say nothing. */
export function textOf(html: string): string {
  const said = (node: Node): string => {
    if ("value" in node && node.nodeName === "#text") return node.value;
    return "childNodes" in node ? node.childNodes.map(said).join("") : "";
  };
  return said(treeOf(html));
}

/** Elements that our pages are made of. */
const ELEMENTS = new Set(
  "html head meta title link script body header nav main footer section article div span p h1 h2 h3 h4 ul ol li dl dt dd a sup strong em s code pre mark blockquote table thead tbody tr th td form label input button fieldset legend details summary meter hr br svg rect".split(
    " ",
  ),
);
const ADDRESS = /^(?:\/(?!\/)|#|https?:\/\/)/;

/** A line for each element or attribute that a text has brought in, and for each address that is none of the web. */
export function dangersIn(html: string): string[] {
  return elementsIn(html).flatMap((element) => [
    ...(ELEMENTS.has(element.tagName) ? [] : [`<${element.tagName}>`]),
    ...(element.tagName === "script" && attribute(element, "src") === null ? ["a script in the page"] : []),
    ...element.attrs.flatMap(({ name, value }) => [
      ...(/^on|^style$|^srcdoc$/.test(name) ? [`${name}=${value}`] : []),
      ...(/^(?:href|src|action)$/.test(name) && !ADDRESS.test(value) ? [`${name}=${value}`] : []),
    ]),
  ]);
}
