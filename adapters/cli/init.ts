// Drafts a faq.yaml and cases.jsonl beside a folder of documents, and says what to do next.

import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createEngine } from "../../src/engine.ts";
import { OperatorError } from "../../src/errors.ts";
import { type CorpusFile, FAQ_FILE, readCorpusFiles } from "../../src/ingest/files.ts";
import { parseCorpus } from "../../src/ingest/library.ts";
import { createSections, sectionsIn } from "../../src/ingest/sections.ts";
import { lexiconGroups } from "../../src/ingest/subjects.ts";
import { type DraftTopic, draftCases, draftFaq, draftTopics } from "../../src/quality/draft.ts";
import { acceptLeftOut } from "../../src/store/open.ts";
import { createLexicon } from "../../src/text/analyzer.ts";
import { train } from "../../src/train.ts";
import { type CorpusOptions, strictness } from "../shared/corpus.ts";
import { clean } from "../shared/one-line.ts";
import { print } from "../shared/terminal.ts";
import { count } from "../shared/wording.ts";

const TOPICS = 10;
/** So many are drafted; those that an engine taught with them all takes for one another are left out. */
const CANDIDATES = 15;
const CASES_FILE = "cases.jsonl";

/**
 * Documents stay untouched, and nothing is overwritten.
 * @throws OperatorError, CorpusError when the folder can't be used or has such a file already
 */
export async function init(folder: string, options: CorpusOptions): Promise<void> {
  const found = readCorpusFiles(folder);
  for (const name of [FAQ_FILE, CASES_FILE])
    if (existsSync(join(folder, name)))
      throw new OperatorError(`${join(folder, name)} exists already`, "edit it, or move it away to draft it anew");
  const corpus = await parseCorpus(found.files, found);
  acceptLeftOut(corpus, strictness(options));
  const { documents, faq } = corpus;
  const lexicon = createLexicon(lexiconGroups(faq));
  const candidates = draftTopics(documents, createSections(sectionsIn(documents), lexicon).all, lexicon, CANDIDATES);
  const topics = (await answered(found.files, candidates)).slice(0, TOPICS);
  if (topics.length === 0)
    throw new OperatorError(`no section of ${folder} can be quoted`, "give the documents headings and sentences");
  write(join(folder, FAQ_FILE), draftFaq(topics));
  write(join(folder, CASES_FILE), draftCases(topics));
  print(
    [
      `Drafted ${count(topics.length, "topic")} from ${count(documents.length, "document")}: ${topics.map(({ title }) => clean(title)).join(", ")}.`,
      "",
      `  ${join(folder, FAQ_FILE)}     topics, each with a statement and the quote that proves it`,
      `  ${join(folder, CASES_FILE)}  a question for each topic, to see that it stays answered`,
      "",
      "Next:",
      `  1. Put the questions that people really ask into ${FAQ_FILE}, and the answers into your own words.`,
      `  2. footnote check --corpus ${folder}`,
      `  3. footnote eval ${join(folder, CASES_FILE)} --corpus ${folder}`,
      `  4. footnote chat --corpus ${folder}`,
    ].join("\n"),
  );
}

/** The topics that get their own answer, asked as the FAQ and as the cases ask. */
async function answered(files: readonly CorpusFile[], topics: readonly DraftTopic[]): Promise<readonly DraftTopic[]> {
  if (topics.length === 0) return [];
  const faq = { path: FAQ_FILE, bytes: Buffer.from(draftFaq(topics)) };
  const corpus = await parseCorpus([...files, faq]);
  const engine = await createEngine(corpus, await train(corpus));
  const isAnswered = async (question: string, id: string): Promise<boolean> => {
    const reply = await engine.answer(question);
    return reply.kind === "answer" && reply.topic === id;
  };
  const kept: DraftTopic[] = [];
  for (const topic of topics)
    if ((await isAnswered(topic.question, topic.id)) && (await isAnswered(topic.otherwise, topic.id))) kept.push(topic);
  return kept;
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: "wx" });
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new OperatorError(`${path} can't be written (${reason})`, "make the folder writable");
  }
}
