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
  testTimeout: 60_000,
  setupFilesAfterEnv: ["<rootDir>/test/support/no-network.ts"],
  maxWorkers: 2,
  // Node keeps the modules of each file that a worker has run; a new worker costs a second, a full heap costs more.
  workerIdleMemoryLimit: "700MB",
};
