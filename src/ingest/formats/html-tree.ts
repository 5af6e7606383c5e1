// Parses HTML into a tree whose texts know their lines, bounded in depth and number.

import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse, parseFragment, type TreeAdapter } from "parse5";
import { CorpusError } from "../../errors.ts";

export type Element = DefaultTreeAdapterTypes.Element;
type Child = DefaultTreeAdapterTypes.ChildNode;
export type TextNode = DefaultTreeAdapterTypes.TextNode;
type Adapter = TreeAdapter<DefaultTreeAdapterTypes.DefaultTreeAdapterMap>;

/** How deep browsers nest: Chromium's `kMaximumHTMLParserDOMTreeDepth`. A parser's work for each tag grows with it. */
const DEPTH_MAX = 512;
const ELEMENTS_MAX = 150_000;

/**
 * The root element of a page; what is missing or wrong in its markup is mended as browsers do.
 * @param source with line feeds as its only line ends
 * @param file what errors name the file
 * @throws CorpusError when the page is nested deeper, or holds more elements, than a page that is read
 */
export function parseTree(source: string, file: string): Element {
  const document = parse(source, { sourceCodeLocationInfo: true, treeAdapter: boundedAdapter(file) });
  const root = document.childNodes.find(isElement);
  if (root === undefined) throw new CorpusError(file, null, "holds no HTML element", "check that it is a page");
  return root;
}

/**
 * A part of a page as one element; null where it holds none and no text.
 * @param line the one of the file that it begins on
 */
export function parsePart(source: string, file: string, line: number): Element | null {
  const treeAdapter = boundedAdapter(file);
  const fragment = parseFragment(source, { sourceCodeLocationInfo: true, treeAdapter });
  if (fragment.childNodes.length === 0) return null;
  const part = defaultTreeAdapter.createElement("div", NAMESPACE, []);
  part.childNodes = fragment.childNodes;
  shift(part, line - 1);
  return part;
}

/** That of HTML. */
const NAMESPACE = "http://www.w3.org/1999/xhtml" as Element["namespaceURI"];

/** Moves all below an element down by some lines. */
function shift(element: Element, lines: number): void {
  for (const node of element.childNodes) {
    const location = node.sourceCodeLocation;
    if (location) Object.assign(location, { startLine: location.startLine + lines, endLine: location.endLine + lines });
    if (isElement(node)) shift(node, lines);
  }
}

export const isElement = (node: Child): node is Element => "tagName" in node;
export const isText = (node: Child): node is TextNode => node.nodeName === "#text";

/** An attribute's value, "" where it has none; null where it is missing. */
export const attribute = (element: Element, name: string): string | null =>
  element.attrs.find((one) => one.name === name)?.value ?? null;

/** The line a text begins at. Counted from its end, because a line end right after `<pre>` is not part of it. */
export const startLineOf = ({ sourceCodeLocation, value }: TextNode): number =>
  (sourceCodeLocation?.endLine ?? 1) - lineEndsIn(value);

/** The default tree with bounds, with texts that stand apart kept apart, and with siblings looked for from the end. */
function boundedAdapter(file: string): Adapter {
  let depth = 0;
  let elements = 0;
  /** What was last added to a text. */
  let piece = "";
  const insertBefore: Adapter["insertBefore"] = (parent, node, next) => {
    parent.childNodes.splice(parent.childNodes.lastIndexOf(next), 0, node);
    node.parentNode = parent;
  };
  const refuse = (element: Element, problem: string): never => {
    const line = element.sourceCodeLocation?.startLine ?? null;
    throw new CorpusError(file, line, problem, "split the page or remove the file");
  };
  return {
    ...defaultTreeAdapter,
    insertBefore,
    createElement(...of) {
      const element = defaultTreeAdapter.createElement(...of);
      if (++elements > ELEMENTS_MAX) refuse(element, `holds more than ${ELEMENTS_MAX} elements`);
      return element;
    },
    insertText(parent, text) {
      piece = text;
      defaultTreeAdapter.insertText(parent, text);
    },
    // What a table does not allow is moved before it, where it must not be merged with a text of other lines.
    insertTextBefore: (parent, text, next) => insertBefore(parent, defaultTreeAdapter.createTextNode(text), next),
    updateNodeSourceCodeLocation(node, end) {
      const before = "sourceCodeLocation" in node ? node.sourceCodeLocation : null;
      if (!before) return;
      const isApart = node.nodeName === "#text" && before.endLine + lineEndsIn(piece) !== end.endLine;
      if (isApart && "value" in node && node.parentNode) {
        // A tag without effect that runs over several lines stood between the two.
        const later = defaultTreeAdapter.createTextNode(piece);
        later.sourceCodeLocation = { ...before, ...end };
        node.value = node.value.slice(0, -piece.length);
        defaultTreeAdapter.appendChild(node.parentNode, later);
      } else Object.assign(before, end);
    },
    // Only called for a second <html> or <body>.
    adoptAttributes() {},
    onItemPush(element) {
      if (++depth > DEPTH_MAX) refuse(element, `nests elements deeper than ${DEPTH_MAX}`);
    },
    onItemPop() {
      depth--;
    },
  };
}

function lineEndsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
