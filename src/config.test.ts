import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { loadConfig } from "./config.ts";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PEM = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const GOOD = { APP_ID: "1", PRIVATE_KEY: PEM, WEBHOOK_SECRET: "s", ANTHROPIC_API_KEY: "a", OPENAI_API_KEY: "b" };

describe("the environment", () => {
  it("needs an App, its key and its secret, and a model's key", () => {
    expect(loadConfig(GOOD)).toMatchObject({
      outcome: "loaded",
      config: { port: 3000, host: "127.0.0.1", githubApiUrl: "https://api.github.com", role: "all" },
    });
  });

  it.each([
    ["APP_ID", "", "APP_ID is missing."],
    ["APP_ID", "abc", "APP_ID must be the App's number."],
    ["WEBHOOK_SECRET", "", "WEBHOOK_SECRET is missing."],
    ["PRIVATE_KEY", "", "PRIVATE_KEY or PRIVATE_KEY_PATH is missing."],
    ["PRIVATE_KEY", "hello", "PRIVATE_KEY is not a PEM private key."],
    ["PORT", "abc", "PORT is no port. Give a port between 0 and 65535."],
    ["PORT", "99999", "PORT is no port."],
    ["PORT", "1.5", "PORT is no port."],
    ["LOG_LEVEL", "loud", "LOG_LEVEL is no level. Use one of fatal, "],
    ["COOP_ROLE", "boss", "COOP_ROLE is no role. Use all, web or worker."],
    ["GITHUB_API_URL", "ftp://x", "GITHUB_API_URL must begin with https:// or http://."],
    ["ANTHROPIC_BASE_URL", "nonsense", "ANTHROPIC_BASE_URL must begin with https:// or http://."],
    ["OPENAI_BASE_URL", "nonsense", "OPENAI_BASE_URL must begin with https:// or http://."],
    ["DATABASE_URL", "mysql://x", "DATABASE_URL must begin with postgres:// or postgresql://."],
    ["COOP_CONFIG", "/nowhere.yml", "COOP_CONFIG names /nowhere.yml, which cannot be read (ENOENT)."],
  ])("refuses %s=%s in one sentence for the operator", (name, value, words) => {
    const loaded = loadConfig({ ...GOOD, [name]: value });
    if (loaded.outcome === "loaded") throw new Error("It was loaded");
    expect(loaded.sentence).toContain(words);
    expect(loaded.problems).toHaveLength(1);
  });
});
