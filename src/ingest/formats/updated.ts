// Reads when a page was last updated, from a date as people write it, as an ISO date.

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?";
/** Year first; then day and month by name, either first; then month and year. */
const DATES: readonly { readonly pattern: RegExp; readonly parts: readonly ("year" | "month" | "day")[] }[] = [
  { pattern: /\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/, parts: ["year", "month", "day"] },
  {
    pattern: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+${MONTH},?\\s+(\\d{4})\\b`, "i"),
    parts: ["day", "month", "year"],
  },
  {
    pattern: new RegExp(`\\b${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b`, "i"),
    parts: ["month", "day", "year"],
  },
  { pattern: /\b(\d{4})-(\d{2})\b/, parts: ["year", "month"] },
  { pattern: new RegExp(`\\b${MONTH}\\s+(\\d{4})\\b`, "i"), parts: ["month", "year"] },
];
const WORDS_MAX = 60;

/** The first date of a text as year, month and day, or year and month; its own words where it holds no such date. */
export function dateOf(text: string): string {
  for (const { pattern, parts } of DATES) {
    const found = pattern.exec(text)?.slice(1);
    if (found === undefined) continue;
    const read = Object.fromEntries(parts.map((part, at) => [part, found[at] ?? ""]));
    const month = MONTHS.indexOf((read.month ?? "").slice(0, 3).toLowerCase()) + 1 || Number(read.month);
    const day = read.day === undefined ? [] : [Number(read.day)];
    const isDate = month >= 1 && month <= 12 && day.every((one) => one >= 1 && one <= 31);
    if (isDate) return [read.year, ...[month, ...day].map((one) => String(one).padStart(2, "0"))].join("-");
  }
  return text.trim().slice(0, WORDS_MAX);
}

const SAYS =
  /^\W*(?:(?:this )?(?:page|document|article|doc) (?:was )?)?(?:last (?:updated|modified|edited|reviewed|revised|changed)|updated|revised|date of last (?:update|revision))\b/i;
const LENGTH_MAX = 120;

/** The date that a line such as "Last updated: 3 March 2024" tells; null for any other. */
export const updatedIn = (text: string): string | null =>
  text.length <= LENGTH_MAX && SAYS.test(text) && DATES.some(({ pattern }) => pattern.test(text)) ? dateOf(text) : null;
