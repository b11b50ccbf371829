import base from "./jest.config.js";

/** Repositories whose packages come from the real registries: minutes, a network and tool chains, hence a command of its own. */
export default {
  ...base,
  roots: ["<rootDir>/test/repositories"],
  testMatch: ["**/*.repository.ts"],
  setupFilesAfterEnv: [],
  testTimeout: 600_000,
  // They wait for registries half of the time.
  maxWorkers: 3,
};
