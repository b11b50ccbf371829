import { join } from "node:path";

// Programs that tests start compile their sources once, not at each start.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, "node_modules/.cache/compiled");

/** Tests run as ES modules through swc, so that the sources stay as Node itself runs them. */
export default {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "es6" } },
    ],
  },
  roots: ["<rootDir>/src", "<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  // Ends what hangs; on a crowded machine a scenario that takes ten seconds can take a minute.
  testTimeout: 180_000,
  setupFilesAfterEnv: ["<rootDir>/test/support/no-network.ts"],
  // More than the two cores of CI: scenarios wait for processes and for each other a third of the time.
  maxWorkers: 3,
  // A worker serves many files; one that has grown is begun anew between two of them.
  workerIdleMemoryLimit: "1GB",
};
