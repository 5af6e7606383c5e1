// Which tests the mutants are tried on: the own tests of what is mutated, and nothing else.

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "tests/answer/decide.test.ts",
      "tests/answer/resolve.test.ts",
      "tests/question/follow-up.test.ts",
      "tests/topics/abstention.test.ts",
    ],
    testTimeout: 10_000,
  },
});
