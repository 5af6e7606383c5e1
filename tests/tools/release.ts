// `npm run release -- vX.Y.Z`: makes what a release consists of in dist/release: the npm package, its bill of materials,
// and the recipe of its image, which names the base and every file that goes into it by digest.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { VERSION } from "../../src/version.ts";
import { copiedBy, recipeOf } from "./image-recipe.ts";
import { ROOT } from "./package-of-tools.ts";

const OUT = join(ROOT, "dist", "release");
const [, , tag = ""] = process.argv;

function makeRelease(): void {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  npm("pack", "--silent", "--ignore-scripts", "--pack-destination", OUT);
  writeFileSync(join(OUT, `footnote-${VERSION}.sbom.json`), npm("run", "--silent", "sbom"));
  const dockerfile = readFileSync(join(ROOT, "Dockerfile"), "utf8");
  const files = git("ls-files", "--", "Dockerfile", ...copiedBy(dockerfile))
    .trim()
    .split("\n");
  const digests = files.map((file) => [file, digestOf(file)] as const);
  writeFileSync(join(OUT, `footnote-${VERSION}.image.txt`), recipeOf(VERSION, dockerfile, digests));
  process.stdout.write(`${OUT}: package, bill of materials, and the digests of ${files.length} files of the image\n`);
}

const digestOf = (file: string): string =>
  createHash("sha256")
    .update(readFileSync(join(ROOT, file)))
    .digest("hex");

const npm = (...args: readonly string[]): string => execFileSync("npm", args, { cwd: ROOT, encoding: "utf8" });

const git = (...args: readonly string[]): string => execFileSync("git", args, { cwd: ROOT, encoding: "utf8" });

if (tag === `v${VERSION}`) makeRelease();
else {
  process.stderr.write(
    `the tag is "${tag}" and the version ${VERSION}; tag v${VERSION}, or set package.json and src/version.ts\n`,
  );
  process.exitCode = 2;
}
