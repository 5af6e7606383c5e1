// Text to the terms that units are found by: stems without stop words, irregular forms by their base form.

import { type Lexicon, queryTerms } from "../text/analyzer.ts";

export const unitTerms = (text: string, lexicon: Lexicon): readonly string[] => queryTerms(text, lexicon);
