import base from "./jest.config.js";

/** Changes whose truth is known, really run: minutes on two cores, hence a command of its own. */
export default {
  ...base,
  roots: ["<rootDir>/test/gate"],
  testMatch: ["**/*.gate.ts"],
  setupFilesAfterEnv: [],
  testTimeout: 300_000,
  maxWorkers: 2,
};
