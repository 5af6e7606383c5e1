// The peers as search engines, each as its documentation shows it and as well as its options allow.

import { readFileSync, writeFileSync } from "node:fs";
import { isStopWord, stemOf, tokenize } from "../../../src/text/analyzer.ts";
import type { Index, SearchEngine, Text } from "./engine.ts";
import {
  type FlexSearchIndex,
  type LunrIndex,
  loadPeer,
  type MiniSearchIndex,
  type OramaIndex,
  type SqliteDatabase,
  type WinkIndex,
} from "./packages.ts";

const writeJson = (file: string, value: unknown): void => writeFileSync(file, JSON.stringify(value));
const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
const numbered = <T>(texts: Iterable<Text>, add: (place: number, text: Text) => T): void => {
  let place = 0;
  for (const text of texts) add(place++, text);
};

/**
 * @param searchOptions as its README sets them; {} for the defaults
 * @param indexOptions what else it is set up with
 */
function miniSearch(name: string, searchOptions: object, indexOptions: object = {}): SearchEngine {
  const options = { fields: ["title", "text"], searchOptions, ...indexOptions };
  const wrap = (index: MiniSearchIndex): Index => ({
    search: (question, limit) =>
      index
        .search(question)
        .slice(0, limit)
        .map(({ id, score }) => ({ place: id, score })),
    save: (file) => writeJson(file, index),
  });
  return {
    name,
    build(texts) {
      const index = new (loadPeer("minisearch"))(options);
      numbered(texts, (id, text) => index.add({ id, ...text }));
      return wrap(index);
    },
    load: (file) => wrap(loadPeer("minisearch").loadJSON(readFileSync(file, "utf8"), options)),
  };
}

/** @param tokenizer makes the options of Orama's own tokenizer */
function orama(name: string, tokenizer: () => object): SearchEngine {
  const schema = { title: "string", text: "string" };
  const create = (): OramaIndex => loadPeer("@orama/orama").create({ schema, components: { tokenizer: tokenizer() } });
  const wrap = (db: OramaIndex): Index => ({
    search: (term, limit) =>
      loadPeer("@orama/orama")
        .search(db, { term, limit })
        .hits.map(({ id, score }) => ({ place: Number(id), score })),
    save: (file) => writeJson(file, loadPeer("@orama/orama").save(db)),
  });
  return {
    name,
    build(texts) {
      const db = create();
      numbered(texts, (id, text) => loadPeer("@orama/orama").insert(db, { id: String(id), ...text }));
      return wrap(db);
    },
    load(file) {
      const db = create();
      loadPeer("@orama/orama").load(db, readJson(file));
      return wrap(db);
    },
  };
}

/** FlexSearch finds only what holds every word unless `suggest` is set. It gives no scores. */
function flexSearch(name: string, options: () => object): SearchEngine {
  const wrap = (index: FlexSearchIndex): Index => ({
    search: (question, limit) =>
      index.search(question, { limit, suggest: true }).map((place, at) => ({ place, score: 1 / (at + 1) })),
    async save(file) {
      const parts: [string, string][] = [];
      await index.export((key, data) => {
        parts.push([key, data]);
      });
      writeJson(file, parts);
    },
  });
  return {
    name,
    build(texts) {
      const index = new (loadPeer("flexsearch").Index)(options());
      numbered(texts, (place, { title, text }) => index.add(place, `${title}\n${text}`));
      return wrap(index);
    },
    load(file) {
      const index = new (loadPeer("flexsearch").Index)(options());
      for (const [key, data] of readJson(file) as [string, string][]) index.import(key, data);
      return wrap(index);
    },
  };
}

const lunr: SearchEngine = (() => {
  // A question's own marks would be read as operators, and stay on the words.
  const wrap = (index: LunrIndex): Index => ({
    search: (question, limit) =>
      index
        .search(tokenize(question).join(" "))
        .slice(0, limit)
        .map(({ ref, score }) => ({ place: Number(ref), score })),
    save: (file) => writeJson(file, index),
  });
  return {
    name: "lunr",
    build: (texts) =>
      wrap(
        loadPeer("lunr")(function () {
          this.ref("id");
          this.field("title");
          this.field("text");
          numbered(texts, (id, text) => this.add({ id, ...text }));
        }),
      ),
    load: (file) => wrap(loadPeer("lunr").Index.load(readJson(file))),
  };
})();

const wink: SearchEngine = (() => {
  const prepare = (index: WinkIndex): void => {
    const { string, tokens } = loadPeer("wink-nlp-utils");
    const cleaning = [string.lowerCase, string.removeExtraSpaces, string.tokenize0];
    index.definePrepTasks([...cleaning, tokens.removeWords, tokens.stem, tokens.propagateNegations]);
  };
  const wrap = (index: WinkIndex): Index => ({
    search: (question, limit) => index.search(question, limit).map(([id, score]) => ({ place: Number(id), score })),
    save: (file) => writeFileSync(file, index.exportJSON()),
  });
  return {
    name: "wink-bm25",
    build(texts) {
      const index = loadPeer("wink-bm25-text-search")();
      index.defineConfig({ fldWeights: { title: 1, text: 2 } });
      prepare(index);
      numbered(texts, (id, text) => index.addDoc(text, id));
      index.consolidate();
      return wrap(index);
    },
    load(file) {
      const index = loadPeer("wink-bm25-text-search")();
      index.importJSON(readFileSync(file, "utf8"));
      // The tasks are not saved with it.
      prepare(index);
      return wrap(index);
    },
  };
})();

/** Porter's stems, any of the words (all of them find next to nothing), ranked by its own bm25(). */
function fts5(name: string, isLeftOut: (word: string) => boolean): SearchEngine {
  const wrap = (database: SqliteDatabase): Index => {
    const find = database.prepare("SELECT rowid, rank FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?");
    return {
      search(question, limit) {
        const all = tokenize(question);
        const told = all.filter((word) => !isLeftOut(word));
        const query = (told.length > 0 ? told : all).map((word) => `"${word}"`).join(" OR ");
        const rows = query === "" ? [] : (find.all(query, limit) as { rowid: number; rank: number }[]);
        return rows.map(({ rowid, rank }) => ({ place: rowid - 1, score: -rank }));
      },
      save() {},
      close: () => database.close(),
    };
  };
  return {
    name,
    build(texts, file) {
      const database = new (loadPeer("libsql"))(file);
      database.exec("CREATE VIRTUAL TABLE passages USING fts5(title, text, tokenize = 'porter unicode61')");
      const insert = database.prepare("INSERT INTO passages (rowid, title, text) VALUES (?, ?, ?)");
      database.exec("BEGIN");
      numbered(texts, (place, { title, text }) => insert.run(place + 1, title, text));
      database.exec("COMMIT");
      return wrap(database);
    },
    load: (file) => wrap(new (loadPeer("libsql"))(file)),
  };
}

export const MINISEARCH_DEFAULT = miniSearch("MiniSearch, default", {});
/** As well as its own options allow, with our stop words and stems. */
export const MINISEARCH_SET_UP = miniSearch(
  "MiniSearch, stop words, Porter2, fuzzy from five letters",
  { fuzzy: (term: string) => (term.length >= 5 ? 0.2 : false) },
  {
    processTerm: (word: string) => {
      const [token] = tokenize(word);
      return token === undefined || isStopWord(token) ? null : stemOf(token);
    },
  },
);
/** The best that SQLite does: without the words that frame a question, which are ours. */
export const FTS5_STOPPED = fts5("SQLite FTS5, our stop words", isStopWord);
export const FTS5 = fts5("SQLite FTS5", () => false);
export const LUNR = lunr;
export const WINK = wink;
export const ORAMA = orama("Orama, default", () => ({}));
export const FLEXSEARCH = flexSearch("FlexSearch, English, context", () => {
  const { Charset, Encoder } = loadPeer("flexsearch");
  return {
    tokenize: "strict",
    encoder: new Encoder(Charset.Default ?? {}, loadPeer("flexsearch/lang/en")),
    context: { depth: 2, bidirectional: true },
  };
});

/** All, as they stand in the report. */
export const PEERS: readonly SearchEngine[] = [
  miniSearch("MiniSearch, as its README shows it", { boost: { title: 2 }, fuzzy: 0.2, prefix: true }),
  MINISEARCH_DEFAULT,
  ORAMA,
  orama("Orama, stemming and stop words", () => ({
    language: "english",
    stemming: true,
    stopWords: [...loadPeer("@orama/stopwords/english").stopwords],
  })),
  flexSearch("FlexSearch, default", () => ({ tokenize: "strict" })),
  FLEXSEARCH,
  LUNR,
  WINK,
  FTS5,
  FTS5_STOPPED,
];
