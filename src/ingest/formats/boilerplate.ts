// A block's text to whether it is a page's furniture: what stands around an article and says nothing of its subject.

/** Where the page stands in its site: three or more short names, parted by arrows, or by strokes from "Home" on. */
const BREADCRUMBS = /^(?:[^.!?]{1,40}(?:\s[>»›→]\s[^.!?>»›→]{1,90}){2,}|home(?:\s[>»›→/]\s[^.!?>»›→/]{1,90})+)$/iu;

/** A sign and what it recognises; each is tried on a whole block with its white space folded. */
const SIGNS: readonly RegExp[] = [
  BREADCRUMBS,
  // Comment forms.
  /^(?:leave|post|write|add) a (?:reply|comment)\b/iu,
  /\byour e-?mail(?: address)? (?:will|is) (?:not|never)(?: be)? (?:published|shared|displayed)\b/iu,
  /^required fields are marked\b/iu,
  /^(?:log ?in|sign in) to (?:post|leave|add|write) a? ?(?:comment|reply)\b/iu,
  /^(?:one|no|\d+)\s(?:solutions?|answers?|repl(?:y|ies)|comments?|responses?|thoughts?)\b[^.]{0,40}\b(?:on|for|to|from|so far|yet)\b/iu,
  // Asking whether the page was liked, and asking to share it.
  /\bwas this (?:page|article|answer|information|content|topic|doc(?:ument)?|section)? ?(?:helpful|useful)\b/iu,
  /\b(?:did you find|how would you rate|rate) this (?:page|article|answer|post)\b|^did you find what you were looking for\b/iu,
  /^(?:share|tweet|pin|e-?mail|print) (?:this|on|via)\b[^.]{0,60}$/iu,
  /^(?:follow|find|like) us (?:on|at)\b/iu,
  // Other pages: related, recommended, previous and next.
  /^(?:#+\s*)?(?:recommended|related|similar|popular|trending|latest|recent|more)\s(?:learning|reading|articles?|posts?|pages?|topics?|tutorials?|videos?|questions?|stories|links?|courses?|news)\b[^.]{0,120}$/iu,
  /^you (?:may|might|could|would) (?:also )?(?:like|enjoy|be interested)\b/iu,
  /^(?:read (?:more|next|on|also)|see also|further reading|next (?:article|page|post|up)|previous (?:article|page|post)|back to (?:top|home|list)|skip to)\b[^.]{0,120}$/iu,
  /^(?:previous|next)\s?[:←→«»|]/iu,
  /\b(?:(?:print|edit|improve|report) this page|back to top|skip to (?:main )?content|go to the (?:current|latest|newest) version)\b/iu,
  /\bfollow other (?:related )?articles\b/iu,
  /\bdetailed content of\b.{0,200}\b(?:articles|website|site)\b/iu,
  // Adverts and invitations.
  /^(?:advertisement|sponsored|promoted|ad)(?:\b[^.]{0,40})?$/iu,
  /\b(?:subscribe|sign up|join)\b.{0,60}\b(?:newsletter|mailing list|weekly (?:digest|e-?mail))\b/iu,
  /\b(?:check out|check|buy|order|get|read|preview) (?:my|our) (?:new |latest |free )?(?:book|e-?book|course|webinar|podcast|channel)\b/iu,
  /^(?:enter|type) your e-?mail\b/iu,
  // The page about itself: who wrote, translated, published or copied it.
  /^\W*(?:editor|author|translator|publisher)['’]?s? (?:note|introduction|bio)\b/iu,
  /^(?:(?:the )?original (?:link|article|post|source|text)|source|via|translated (?:by|from)|translation|reprinted from|about the author)\s?[::]/iu,
  /^(?:posted|published|written|updated|edited|translated|reviewed|last (?:updated|modified|edited|reviewed))\s?:?\s(?:on|by|at|in)?\s?[^.]{0,60}\.?$/iu,
  /(?:^|·\s)\d+[ -]min(?:ute)?s? read$/iu,
  /(?:^|[|·]\s)(?:printed (?:from|on|by)\b[^.]{0,80}(?:\.\S[^.]{0,80})*|page \d+ (?:of|\/) \d+)$/iu,
  /^table of contents\b[^.]{0,120}$/iu,
  /(?:©|\(c\)|\bcopyright)\s?(?:\d{4}|by)\b|\ball rights reserved\b/iu,
  // Consent.
  /\b(?:this|our) (?:web)?site uses cookies\b|\bwe (?:and our partners )?use cookies\b|^(?:accept|reject|manage) (?:all )?(?:cookies|preferences)\b/iu,
  // A template's own text, and what a chat assistant adds to its answer.
  /^lorem ipsum\b/iu,
  /\bthis alert needs your attention\b|\bsuccessfully read this important alert\b/iu,
  /^(?:this is (?:an example|a sample) page\b|just another wordpress site\b)/iu,
  /^(?:if you(?:['’]d| would) like, (?:i|we) can\b|(?:would|do) you (?:like|want) me to\b|let me know if\b|(?:i )?hope (?:this|that) helps\b)/iu,
  // Where to write to.
  /^\W*(?:e-?mail|contact)?\s?:?\s?(?:\[e-?mail[^\]]{0,40}\]|[\w.+-]+@[\w-]+\.[\w.]+)\W*$/iu,
];

/** Headings under which nothing belongs to the article. */
const HIDING =
  /^(?:\d+ )?(?:(?:leave|post|add) a (?:comment|reply)|comments?|discussion \(\d+\)|related (?:posts?|articles?|questions?|pages?|topics?|links?|stories)|(?:recent|popular|latest) (?:posts?|articles?|comments?)|you (?:may|might) (?:also )?(?:like|enjoy).*|recommended (?:for you|reading|articles?|posts?)|share this(?: \w+)?|about the author|table of contents|on this page|in this (?:article|page)|(?:translator|author) (?:introduction|bio)|was this (?:\w+ )?helpful\??)\W*$/iu;

/** Furniture is short, or shows at once. The signs take the square of what they are tried on where it is all dots. */
const SHOWN = 1000;

/** Whether a block's text is furniture by itself. */
export function isBoilerplate(text: string): boolean {
  const shown = text.slice(0, SHOWN);
  return SIGNS.some((sign) => sign.test(shown));
}

/** The page's own name at the end of its breadcrumbs; null for any other text. */
export const lastCrumb = (text: string): string | null =>
  BREADCRUMBS.test(text) ? (text.split(/\s[>»›→/]\s/u).at(-1) ?? null) : null;

/** Whether what stands under a heading is furniture. */
export const hidesAll = (heading: string): boolean => HIDING.test(heading);

const TROUBLE =
  /\?["”’)]*$|^(?:how|what|why|when|where|which|who|can|does|do|is|are|should)\b|\b(?:errors?|not work(?:ing)?|fail(?:s|ed|ure)?|can(?:no|['’])t|unable|invalid|issues?|problems?)\b/iu;
const LINKS_MIN = 3;

/**
 * Whether a list holds nothing but the titles of other questions: none of its items ends like a sentence, and half of
 * them ask or name a trouble without saying what to do about it.
 */
export function onlyNamesTroubles(items: readonly string[]): boolean {
  if (items.length < LINKS_MIN || items.some((item) => /[.:;]["”’)]*$/u.test(item))) return false;
  return items.filter((item) => TROUBLE.test(item)).length * 2 >= items.length;
}
