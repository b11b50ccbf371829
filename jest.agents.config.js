import base from "./jest.config.js";

/** Coding agents as their makers publish them: a gigabyte of packages from the registry, hence a command of its own. */
export default {
  ...base,
  roots: ["<rootDir>/test/agents"],
  testMatch: ["**/*.agent.ts"],
  setupFilesAfterEnv: [],
  testTimeout: 600_000,
  maxWorkers: 1,
};
