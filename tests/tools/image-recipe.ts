// Reads out of a Dockerfile what its image is made of, and writes that down with digests, as `sha256sum -c` checks it.

/** What is copied from the clone, as paths below it: files and folders. */
export const copiedBy = (dockerfile: string): string[] => [
  ...new Set(
    [...dockerfile.matchAll(/^COPY (?!--from=)(.+) \S+$/gm)]
      .flatMap(([, sources = ""]) => sources.split(" "))
      .map((source) => source.replace(/^\.\//, "")),
  ),
];

/** The images that its stages begin with, each once. */
export const basesOf = (dockerfile: string): string[] => [
  ...new Set([...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base = ""]) => base)),
];

/**
 * @param digests SHA-256 of each file, in hexadecimal, by its path
 * @throws Error where a base is not named by its digest: the recipe would not say what it is made of
 */
export function recipeOf(version: string, dockerfile: string, digests: readonly (readonly [string, string])[]): string {
  const bases = basesOf(dockerfile);
  const unpinned = bases.filter((base) => !/@sha256:[0-9a-f]{64}$/.test(base));
  if (unpinned.length > 0)
    throw new Error(`the Dockerfile names ${unpinned.join(", ")} without a digest; add @sha256:…`);
  return [
    `# The image of Footnote ${version}. In a clone of its tag: sha256sum -c THIS-FILE && docker build -t footnote .`,
    ...bases.map((base) => `# From ${base}`),
    ...digests.map(([file, digest]) => `${digest}  ${file}`),
    "",
  ].join("\n");
}
