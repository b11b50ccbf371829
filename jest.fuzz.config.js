import base from "./jest.config.js";

/** Readers of foreign text over generated input; `FUZZ_RUNS` says how often each, 10,000 times where it says nothing. */
export default {
  ...base,
  roots: ["<rootDir>/test/fuzz"],
  testMatch: ["**/*.fuzz.ts"],
  testTimeout: 1_800_000,
};
