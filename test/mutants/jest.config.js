import { dirname } from "node:path";
import base from "../../jest.config.js";

const folder = "<rootDir>/test/mutants";

/** What may notice a mutant: every file of `npm test`, the longest scenarios, and the reading of the gate's cases. */
export default {
  ...base,
  rootDir: dirname(dirname(import.meta.dirname)),
  testMatch: [
    "**/*.test.ts",
    "**/test/scenarios/*.system.ts",
    "**/test/desk/coding-agent.system.ts",
    "**/test/gate/read.gate.ts",
  ],
  transform: { "^.+\\.ts$": `${folder}/strip.ts` },
  cacheDirectory: "<rootDir>/.jest",
  testSequencer: `${folder}/in-order.ts`,
  reporters: [`${folder}/reporter.ts`],
};
