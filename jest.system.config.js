import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import base from "./jest.config.js";

// Suites about what is stored run over SQLite in `npm test`, and here over the databases that are servers or weigh like one.
process.env.COOP_TEST_DATABASES = "servers";
const stores = globSync("{src,test}/**/*.test.ts", { cwd: import.meta.dirname }).filter((path) =>
  /^eachStore\(/m.test(readFileSync(join(import.meta.dirname, path), "utf8")),
);

/**
 * What needs more than Node: sandboxes, database servers, a browser, packed and installed programs, processes that are killed.
 * Besides, the longest scenarios, so that `npm test` stays within six minutes.
 */
export default {
  ...base,
  testMatch: ["**/*.system.ts", ...stores.map((path) => `<rootDir>/${path}`)],
};
