import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { secretsOf } from "./app-parts.ts";
import { shownToHolder } from "./github/as-app.ts";
import { loadConfig, loadModels, loadServer, loadStoreConfig } from "./config.ts";
import { keysOf } from "./ledger-trust.ts";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PEM = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const GOOD = {
  APP_ID: "1",
  PRIVATE_KEY: PEM,
  WEBHOOK_SECRET: "9f3KxW2mTbLr8Vd5Yh1Ns6Pj0",
  ANTHROPIC_API_KEY: "a",
  OPENAI_API_KEY: "b",
};

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
    ["WEBHOOK_SECRET", "coop", "WEBHOOK_SECRET has 4 characters and needs at least 20, or it can be guessed. "],
    ["WEBHOOK_SECRET", "123".repeat(10), "WEBHOOK_SECRET repeats the same few characters"],
    ["COOP_LEDGER_SECRET", "0123456789abcde", "COOP_LEDGER_SECRET has 15 characters and needs at least 20"],
    ["COOP_LEDGER_SECRET", "12345678901234567890", "COOP_LEDGER_SECRET says the same again and again"],
    ["COOP_LEDGER_SECRET", "ledger-168ledger-168", "COOP_LEDGER_SECRET says the same again and again"],
    ["COOP_LEDGER_SECRET", "abcdefghijklmnopqrstuvwxyz", "COOP_LEDGER_SECRET counts up or down"],
    ["WEBHOOK_SECRET", "zyxwvutsrqponmlkjihg9876", "WEBHOOK_SECRET counts up or down"],
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
    ["COOP_CONFIG", "/nowhere.yml", "COOP_CONFIG names /nowhere.yml, which cannot be read (it does not exist)."],
  ])("refuses %s=%s in one sentence for the operator", (name, value, words) => {
    const loaded = loadConfig({ ...GOOD, [name]: value });
    if (loaded.outcome === "loaded") throw new Error("It was loaded");
    expect(loaded.sentence).toContain(words);
    expect(loaded.problems).toHaveLength(1);
  });

  it.each([
    "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d",
    "58203914760283519467",
    "correct horse battery staple",
    "0123456789abcdef0123456789abcdef",
    "deadbeefcafe00112233ba5e",
  ])("takes %s for a secret", (secret) => {
    expect(loadConfig({ ...GOOD, WEBHOOK_SECRET: secret }).outcome).toBe("loaded");
  });

  it.each([
    [{ OPENAI_BASE_URL: "nonsense" }, /^OPENAI_BASE_URL must begin with https/],
    [{ OPENAI_BASE_URL: "localhost:11434" }, /^OPENAI_BASE_URL must begin with https/],
    [{ ANTHROPIC_BASE_URL: "http://" }, /^ANTHROPIC_BASE_URL must begin with https/],
    [{ ANTHROPIC_BASE_URL: "http://foo:99999/" }, /^ANTHROPIC_BASE_URL must begin with https/],
    [{ HTTPS_PROXY: "proxy:3128" }, /^HTTPS_PROXY must be the whole address/],
    [{ http_proxy: "10.0.0.1:3128" }, /^http_proxy must be the whole address/],
  ])("refuses %j also for commands that need models alone", (given, sentence) => {
    const loaded = loadModels({ ...GOOD, ...given });
    expect(loaded).toMatchObject({ outcome: "refused", sentence: expect.stringMatching(sentence) });
  });

  it("names the entry of the pool whose address is none", () => {
    const folder = mkdtempSync(join(tmpdir(), "coop-config-"));
    const COOP_CONFIG = join(folder, "server.yml");
    const entry = { vendor: "a", api: "openai-chat", model: "m", baseUrl: "nonsense" };
    writeFileSync(COOP_CONFIG, JSON.stringify({ models: ["one", "two"].map((name) => ({ ...entry, name })) }));
    expect(loadModels({ COOP_CONFIG })).toMatchObject({
      outcome: "refused",
      sentence: expect.stringMatching(/`models\.0\.baseUrl` must begin with https:\/\/ or http:\/\/\.$/),
    });
    rmSync(folder, { recursive: true });
  });

  it("shows the pages where GitHub does not reach them", () => {
    expect(loadConfig(GOOD)).not.toHaveProperty("config.pages");
    expect(loadConfig({ ...GOOD, HOST: "0.0.0.0" })).toHaveProperty("config.pages", { host: "127.0.0.1", port: 3001 });
    const both = loadConfig({
      ...GOOD,
      HOST: "0.0.0.0",
      PAGES_HOST: "0.0.0.0",
      PAGES_PORT: "9000",
      PAGES_LOGIN: "none",
    });
    expect(both).toHaveProperty("config.pages", { host: "0.0.0.0", port: 9000 });
  });

  const APP = { GITHUB_CLIENT_ID: "Iv23liabc", GITHUB_CLIENT_SECRET: "e72e16c7e42f292c6912e7710c838347ae178b4a" };
  const LOGIN = { ...APP, COOP_PUBLIC_URL: "https://coop.example" };
  it.each<[string, object, object | RegExp | undefined]>([
    ["nobody where only this machine reaches them", {}, undefined],
    ["nobody where something in front asks", { PAGES_HOST: "0.0.0.0", PAGES_LOGIN: "none" }, undefined],
    ["people elsewhere", { PAGES_HOST: "10.0.0.4", ...LOGIN }, { clientId: "Iv23liabc" }],
    ["people here, if wanted", { PAGES_LOGIN: "github", ...LOGIN }, { clientId: "Iv23liabc" }],
    [
      "and refuses to show them without",
      { PAGES_HOST: "0.0.0.0" },
      /set GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET, COOP_PUBLIC_URL\./,
    ],
    ["also on the webhooks' address", { HOST: "::", PAGES_HOST: "::" }, /people have to log in/],
    [
      "and over TLS only",
      { PAGES_HOST: "0.0.0.0", ...LOGIN, COOP_PUBLIC_URL: "http://coop.example" },
      /must begin with https/,
    ],
    ["and by a way that there is", { PAGES_LOGIN: "yes" }, /PAGES_LOGIN is no way to log in\. Use github/],
  ])("asks who looks at the pages: %s", (_whom, given, expected) => {
    const loaded = loadConfig({ ...GOOD, ...given });
    if (expected instanceof RegExp)
      expect(loaded).toMatchObject({ outcome: "refused", sentence: expect.stringMatching(expected) }); // prettier-ignore
    else if (expected) expect(loaded).toMatchObject({ config: { pagesLogin: expected } });
    else expect(loaded).not.toHaveProperty("config.pagesLogin");
  });

  it("reads secrets from files, and says which file is missing or what is given twice", () => {
    const folder = mkdtempSync(join(tmpdir(), "coop-config-"));
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), `${text}\n`);
      return join(folder, name);
    };
    const given = {
      APP_ID: "1",
      PRIVATE_KEY_FILE: file("key", PEM),
      WEBHOOK_SECRET_FILE: file("webhook", GOOD.WEBHOOK_SECRET),
      ANTHROPIC_API_KEY_FILE: file("anthropic", "key-of-a-model"),
      OPENAI_API_KEY: "b",
      SSL_CERT_FILE: "/nowhere",
    };
    expect(loadConfig(given)).toMatchObject({
      outcome: "loaded",
      config: { privateKey: expect.stringContaining("BEGIN"), webhookSecret: GOOD.WEBHOOK_SECRET },
    });
    expect(loadConfig({ ...given, WEBHOOK_SECRET: GOOD.WEBHOOK_SECRET })).toMatchObject({
      sentence: "WEBHOOK_SECRET and WEBHOOK_SECRET_FILE are both set. Unset one of them.",
    });
    expect(loadConfig({ ...given, WEBHOOK_SECRET_FILE: join(folder, "none") })).toMatchObject({
      sentence: expect.stringMatching(/^WEBHOOK_SECRET_FILE names .+, which cannot be read/),
    });
    rmSync(folder, { recursive: true });
  });

  it("holds the server file's settings of the sandbox also where no model has a key", () => {
    const folder = mkdtempSync(join(tmpdir(), "coop-config-"));
    const COOP_CONFIG = join(folder, "server.yml");
    writeFileSync(COOP_CONFIG, "sandbox: { driver: none }\n");
    expect(loadModels({ COOP_CONFIG }).outcome).toBe("refused");
    expect(loadServer({ COOP_CONFIG })).toMatchObject({ outcome: "loaded", server: { sandbox: { driver: "none" } } });
    writeFileSync(COOP_CONFIG, "sandbox: { driver: rocket }\n");
    expect(loadServer({ COOP_CONFIG })).toMatchObject({
      outcome: "refused",
      sentence: expect.stringContaining("sandbox.driver"),
    });
    rmSync(folder, { recursive: true });
  });

  const KEYS = { COOP_KEYS_SECRET: "4c1aTz9Qe7mWx2Rb8Kd5Vn0Hs" };
  const WEB = { APP_ID: "1", PRIVATE_KEY: PEM, WEBHOOK_SECRET: GOOD.WEBHOOK_SECRET, COOP_ROLE: "web", ...KEYS };
  const WORKER = {
    ...{ APP_ID: "1", COOP_ROLE: "worker", ...KEYS, COOP_KEYS_URL: "http://web:3002/", OPENAI_API_KEY: "b" },
    COOP_LEDGER_SECRET: "0f2b6c1d8e9a4b7c5d3e",
  };

  it("parts the App's key from the work: each of two processes has its own secrets", () => {
    const publicKey = `ed25519:${"A".repeat(43)}`;
    expect(loadConfig({ ...WEB, COOP_LEDGER_PUBLIC_KEYS: publicKey })).toMatchObject({
      outcome: "loaded",
      config: { pool: [], ledgerSecret: null, ledgerPublicKeys: ["A".repeat(43)], keysAt: { port: 3002 } },
    });
    expect(loadConfig({ ...WORKER, PAGES_HOST: "0.0.0.0" })).toMatchObject({
      outcome: "loaded",
      config: { privateKey: null, webhookSecret: null, keysFrom: { url: "http://web:3002" } },
    });
    expect(loadConfig(WORKER)).not.toHaveProperty("config.pagesLogin");
    expect(loadConfig(WORKER)).not.toHaveProperty("config.keysAt");
    expect(loadConfig(GOOD)).not.toHaveProperty("config.keysAt");
    expect(loadConfig({ ...GOOD, ...KEYS })).toHaveProperty("config.keysAt.host", "127.0.0.1");
  });

  it("has commands that only look believe whom the process beside them believes", () => {
    const believed = (given: object) => {
      const loaded = loadStoreConfig({ ...given });
      if (loaded.outcome !== "loaded") throw new Error(loaded.sentence);
      return keysOf(loaded.config).trusted;
    };
    const workers = believed(WORKER);
    expect(workers).toHaveLength(1);
    // Its webhook secret signs no ledger: with it every ledger of the workers would look forged.
    expect(believed(WEB)).toEqual([]);
    expect(believed({ ...WEB, COOP_LEDGER_PUBLIC_KEYS: workers[0] })).toEqual(workers);
    expect(believed(GOOD)).toHaveLength(1);
  });

  it("knows as a secret what a worker shows on the wire, not only what it is made of", () => {
    const shown = shownToHolder(KEYS.COOP_KEYS_SECRET);
    for (const given of [WEB, WORKER]) {
      const loaded = loadConfig(given);
      if (loaded.outcome !== "loaded") throw new Error(loaded.sentence);
      expect(secretsOf(loaded.config)).toEqual(expect.arrayContaining([KEYS.COOP_KEYS_SECRET, shown]));
    }
  });

  it.each<[string, object, RegExp]>([
    ["a worker", { ...WORKER, PRIVATE_KEY: PEM }, /^COOP_ROLE is worker: a worker runs .* PRIVATE_KEY\. Unset it here/],
    ["a worker", { ...WORKER, PRIVATE_KEY_PATH: "/key.pem" }, /must not hold PRIVATE_KEY_PATH\./],
    ["a worker", { ...WORKER, WEBHOOK_SECRET: "x" }, /must not hold WEBHOOK_SECRET\./],
    ["a worker", { ...WORKER, GITHUB_CLIENT_SECRET: "x" }, /must not hold GITHUB_CLIENT_SECRET\./],
    ["a web process", { ...WEB, COOP_LEDGER_SECRET: "x" }, /must not hold COOP_LEDGER_SECRET\./],
    ["a web process", { ...WEB, ANTHROPIC_API_KEY: "x" }, /must not hold ANTHROPIC_API_KEY\./],
    ["a web process", { ...WEB, ROUTER_API_KEY: "x" }, /must not hold ROUTER_API_KEY\./],
    ["a web process", { ...WEB, AWS_SECRET_ACCESS_KEY: "x" }, /must not hold AWS_SECRET_ACCESS_KEY\./],
    ["a web process", { ...WEB, AWS_BEARER_TOKEN_BEDROCK: "x" }, /must not hold AWS_BEARER_TOKEN_BEDROCK\./],
    ["a web process", { ...WEB, GOOGLE_APPLICATION_CREDENTIALS: "/x" }, /not hold GOOGLE_APPLICATION_CREDENTIALS\./],
  ])("refuses %s with a secret of the other process", (_who, given, sentence) => {
    expect(loadConfig({ ...given })).toMatchObject({ outcome: "refused", sentence: expect.stringMatching(sentence) });
  });

  it("knows as secrets what stands in addresses, and what a cloud's library reads", () => {
    const given = {
      DATABASE_URL: "postgres://coop:Zx%409kLm2%23pq@db/coop",
      HTTPS_PROXY: "http://me:Pr0xy%21Word@p:3128",
      AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzQ9tKm2vLp",
      GOOGLE_APPLICATION_CREDENTIALS: "/run/google.json",
    };
    const loaded = loadConfig({ ...WORKER, ...given });
    if (loaded.outcome !== "loaded") throw new Error(loaded.sentence);
    const known = secretsOf(loaded.config);
    const values = ["Zx%409kLm2%23pq", "Zx@9kLm2#pq", "Pr0xy%21Word", "Pr0xy!Word", given.AWS_SECRET_ACCESS_KEY];
    expect(known).toEqual(expect.arrayContaining(values));
    expect(known).not.toContain(given.GOOGLE_APPLICATION_CREDENTIALS);
    // A web process has no pool that could tell of it, and the one that is not used is in its environment, too.
    const proxies = { https_proxy: "http://me:Pr0xy%21Word@p:3128", ALL_PROXY: "http://me:An0therWord@p:1" };
    const web = loadConfig({ ...WEB, ...proxies, HTTP_PROXY: "10.0.0.1:3128" });
    if (web.outcome !== "loaded") throw new Error(web.sentence);
    expect(secretsOf(web.config)).toEqual(expect.arrayContaining(["Pr0xy%21Word", "Pr0xy!Word", "An0therWord"]));
    const looking = loadStoreConfig({ ...WEB, ...proxies });
    expect(looking).toHaveProperty("config.secrets", expect.arrayContaining(["Pr0xy!Word", "An0therWord"]));
  });

  it("knows a cloud's secret whatever it begins with, and of a service account what is secret alone", () => {
    const account = { private_key_id: "0f3c9a17be5d", private_key: "-----BEGIN PRIVATE KEY-----\nMIIE\n" };
    const open = { token_uri: "https://oauth2.googleapis.com/token", project_id: "service_account" };
    const given = {
      AWS_SECRET_ACCESS_KEY: "/Xk3mUtnFEMIwK7MDENGbPxRfiCYzQ9tKm2vLp0",
      GOOGLE_APPLICATION_CREDENTIALS_JSON: JSON.stringify({ ...open, ...account }),
    };
    const loaded = loadConfig({ ...WORKER, ...given });
    if (loaded.outcome !== "loaded") throw new Error(loaded.sentence);
    const known = secretsOf(loaded.config);
    expect(known).toEqual(expect.arrayContaining([given.AWS_SECRET_ACCESS_KEY, ...Object.values(account)]));
    expect(known.filter((one) => Object.values(open).some((name) => one.includes(name)))).toEqual([]);
  });

  it("starts a web process that a platform gave a role of its own", () => {
    const given = { AWS_REGION: "eu-central-1", AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/v2/x" };
    expect(loadConfig({ ...WEB, ...given })).toHaveProperty("outcome", "loaded");
  });

  it("refuses a web process with a key that the server file names", () => {
    const folder = mkdtempSync(join(tmpdir(), "coop-config-"));
    const COOP_CONFIG = join(folder, "server.yml");
    const entry = { vendor: "a", api: "openai-chat", model: "m", baseUrl: "http://m", apiKeyEnv: "HOUSE_PASS" };
    writeFileSync(COOP_CONFIG, JSON.stringify({ models: ["one", "two"].map((name) => ({ ...entry, name })) }));
    expect(loadConfig({ ...WEB, COOP_CONFIG })).toHaveProperty("outcome", "loaded");
    const refused = loadConfig({ ...WEB, COOP_CONFIG, HOUSE_PASS: "x" });
    expect(refused).toMatchObject({ sentence: expect.stringMatching(/must not hold HOUSE_PASS\./) });
    rmSync(folder, { recursive: true });
  });

  it.each([
    ["worker", "COOP_LEDGER_SECRET"],
    ["worker", "COOP_KEYS_URL"],
    ["worker", "COOP_KEYS_SECRET"],
    ["web", "COOP_KEYS_SECRET"],
    ["web", "WEBHOOK_SECRET"],
  ])("needs on a %s process: %s", (role, name) => {
    const given = Object.entries(role === "web" ? WEB : WORKER).filter(([one]) => one !== name);
    const refused = loadConfig(Object.fromEntries(given));
    expect(refused).toMatchObject({ sentence: expect.stringMatching(`^${name} is missing\\. `) });
  });
});
