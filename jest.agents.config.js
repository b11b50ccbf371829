import { homedir } from "node:os";
import { join } from "node:path";
import base from "./jest.config.js";

const FOLDER = process.env.COOP_AGENTS_FOLDER ?? join(homedir(), ".cache/cooperations/agents");

/** Coding agents and libraries of clouds as their makers publish them: a gigabyte of packages from the registry, hence a command of its own. */
export default {
  ...base,
  roots: ["<rootDir>/test/agents"],
  testMatch: ["**/*.agent.ts"],
  // Operators install them beside the program; see `test/agents/clouds.agent.ts`.
  moduleNameMapper: { "^(@anthropic-ai/(?:bedrock|vertex)-sdk)$": `${FOLDER}/clouds@1/node_modules/$1` },
  setupFilesAfterEnv: [],
  testTimeout: 600_000,
  maxWorkers: 1,
};
