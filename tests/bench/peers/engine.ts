// What a search engine is to the comparison: texts to an index that is searched, saved and loaded.

/** A passage, or a sentence, as every engine gets it. */
export interface Text {
  readonly title: string;
  readonly text: string;
}

export interface SearchHit {
  /** Place in the order in which the texts were added, from 0. */
  readonly place: number;
  /** Higher is better; comparable with nothing but itself. */
  readonly score: number;
}

export interface Index {
  /** Best first. */
  search(question: string, limit: number): readonly SearchHit[] | Promise<readonly SearchHit[]>;
  /** Writes what `load` reads; an engine that works on the file has nothing left to write. */
  save(file: string): void | Promise<void>;
  close?(): void;
}

export interface SearchEngine {
  readonly name: string;
  /** @param file where an engine that works on a file puts its index */
  build(texts: Iterable<Text>, file: string): Index | Promise<Index>;
  load(file: string): Index | Promise<Index>;
}
