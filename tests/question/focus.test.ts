import { describe, expect, test } from "vitest";
import { focusOf } from "../../src/question/focus.ts";
import { tokenize } from "../../src/text/analyzer.ts";

const NAMED: Record<string, readonly string[]> = {
  "Which sail number is painted on the hull?": [],
  "which compression level is used for backups?": ["level"],
  "what brand are the kettles in the galley?": ["brand"],
  "What is the towing speed of a dinghy?": ["speed"],
  "what's the colour of the hull": ["colour"],
  "what is the speed record set by the ferry?": ["record"],
  "what's the e-mail address of the harbour?": ["address"],
  "How many berths does a ketch have?": ["berths"],
  "how many paying guests may sleep on board": ["paying", "guests"],
  "Is there a Terraform provider for the harbour?": ["provider"],
  "are there still any free moorings on the pier": ["moorings"],
  "Does the galley have a dark mode?": ["mode"],
  "Does the café on the lower deck have vegan food": ["food"],
  "How much is a sleeping cabin on the ferry?": ["cabin"],
  "do students get a discount on the joining fee?": ["discount"],
  "is breakfast included in the price of a cabin?": ["breakfast"],
};
/** Their shape doesn't tell, or what they ask for has no name of its own. */
const NAMELESS = [
  "",
  "kettle",
  "What makes a dinghy so light?",
  "Which costs more, a dinghy or a ketch?",
  "How many hours does it take?",
  "how much larger is a ketch?",
  "What is the difference between a dinghy and a ketch?",
  "Is there a way to rig it alone?",
  "is there a real difference",
  "what is the limit for uploads?",
  "What is the password policy?",
  "How does a ketch get its name?",
  "Is a dinghy fast?",
  "what does it cost to have a hull painted",
  "When does the ferry leave?",
];

describe("what is asked for", () => {
  test.each(Object.entries(NAMED))("“%s”: %j", (ask, words) => {
    expect(focusOf(tokenize(ask))).toEqual(words);
  });

  test.each(NAMELESS)("“%s” names nothing", (ask) => {
    expect(focusOf(tokenize(ask))).toEqual([]);
  });
});
