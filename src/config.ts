import { resolve } from "node:path";
import { z } from "zod";
import { configuredPool, type ConfiguredModel } from "./models/configured-pool.ts";
import { readAppKey } from "./app-key.ts";
import { attempt, givenIn, readText, Refusal } from "./config-given.ts";
import { HINTS } from "./config-hints.ts";
import { pagesApart, type PagesLogin, pagesLogin } from "./pages-address.ts";
import { LEDGER_SECRET_CHARS_MIN, strong } from "./secret-strength.ts";
import { DEFAULT_SERVER, readServerText, type ServerSettings } from "./server-file.ts";

/**
 * The only reader of the environment. Everything is checked here, once, at start; whoever reads `Config` later need not
 * doubt it. A wrong value is the operator's to mend: one sentence, exit code 78 (EX_CONFIG).
 */
export type Config = {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** Signs the ledger. Not the webhook secret itself, so that rotating that one does not void every ledger. */
  readonly ledgerSecret: string;
  /** Those before it, newest first: what they signed is believed, and goes on under the one of today. */
  readonly ledgerSecretsBefore: readonly string[];
  readonly githubApiUrl: string;
  readonly host: string;
  readonly port: number;
  /** Where the pages are shown, when that is not where webhooks come in. */
  readonly pages?: { readonly host: string; readonly port: number };
  readonly publicUrl: string | null;
  /** People log in before they see a page; absent where everybody who reaches the pages may. */
  readonly pagesLogin?: PagesLogin;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly role: "all" | "web" | "worker";
  readonly intake?: "webhook" | "poll";
  readonly pool: readonly ConfiguredModel[];
  readonly server: ServerSettings;
};

const port = z.coerce.number("is no port").int("is no port").min(0, "is no port").max(65_535, "is no port");
const http = { protocol: /^https?$/, error: "must begin with https:// or http://" };
const postgres = { protocol: /^postgres(ql)?$/, error: "must begin with postgres:// or postgresql://" };
const url = z.url(http).transform((text) => text.replace(/\/+$/, ""));

const words = z.string().transform((text) => text.split(/\s+/).filter(Boolean));

const environmentSchema = z.object({
  APP_ID: z.coerce.number({ error: "must be the App's number" }).int().min(1),
  WEBHOOK_SECRET: strong(z.string({ error: "is missing" })),
  COOP_LEDGER_SECRET: strong(z.string(), LEDGER_SECRET_CHARS_MIN).optional(),
  COOP_LEDGER_SECRETS_BEFORE: words.default([]),
  GITHUB_API_URL: url.default("https://api.github.com"),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: port.default(3000),
  PAGES_HOST: z.string().min(1).default("127.0.0.1"),
  PAGES_PORT: port.optional(),
  PAGES_LOGIN: z.enum(["github", "none"], "is no way to log in").optional(),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  COOP_PUBLIC_URL: url.optional(),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], "is no level").default("info"),
  DATABASE_URL: z.url(postgres).optional(),
  COOP_DATA_DIR: z.string().min(1).default("data"),
  COOP_ROLE: z.enum(["all", "web", "worker"], "is no role").default("all"),
  COOP_INTAKE: z.enum(["webhook", "poll"], "is no way in").default("webhook"),
});

const storeSchema = environmentSchema
  .pick({ DATABASE_URL: true, COOP_DATA_DIR: true })
  // Ledgers of before secrets had to be strong are still read and verified.
  .extend({ COOP_LEDGER_SECRET: z.string().optional(), WEBHOOK_SECRET: z.string().optional() })
  .extend({ COOP_LEDGER_SECRETS_BEFORE: words.default([]) });

export type Environment = Readonly<Record<string, string | undefined>>;

export type Loaded =
  | { readonly outcome: "loaded"; readonly config: Config }
  /** `sentence` is the first of the `problems`, which are all that could be found at once. */
  | { readonly outcome: "refused"; readonly sentence: string; readonly problems: readonly string[] };

export type GitHubLoaded =
  | { readonly outcome: "loaded"; readonly config: Pick<Config, "appId" | "privateKey" | "githubApiUrl"> }
  | { readonly outcome: "refused"; readonly sentence: string };

export type ModelsLoaded =
  | { readonly outcome: "loaded"; readonly pool: Config["pool"]; readonly server: ServerSettings }
  | { readonly outcome: "refused"; readonly sentence: string };

export type ServerLoaded =
  | { readonly outcome: "loaded"; readonly server: ServerSettings }
  | { readonly outcome: "refused"; readonly sentence: string };

/** What commands need that only look at the database: neither an App's key nor a model's. */
export type StoreConfig = Pick<Config, "databaseUrl" | "dataDir"> & {
  /** Null when the environment has none: then nobody can tell whether entries are genuine. */
  readonly ledgerSecret: string | null;
  readonly ledgerSecretsBefore: readonly string[];
  /** Values of the environment that must not stand in anything that is printed or exported. */
  readonly secrets: readonly string[];
};

export type StoreLoaded =
  | { readonly outcome: "loaded"; readonly config: StoreConfig }
  | { readonly outcome: "refused"; readonly sentence: string };

/** The environment of this process. Everybody else is given what they need. */
export function environment(): Environment {
  return process.env;
}

export function loadConfig(env: Environment): Loaded {
  const problems: string[] = [];
  const given = attempt(problems, () => givenIn(env)) ?? {};
  if (problems.length > 0) return { outcome: "refused", sentence: problems[0] ?? "", problems };
  const values = attempt(problems, () => readEnvironment(given));
  const privateKey = attempt(problems, () => readPrivateKey(given));
  const server = attempt(problems, () => readServerFile(given.COOP_CONFIG));
  const pool = server && attempt(problems, () => poolOf(server, given));
  const login = values && attempt(problems, () => loginOf(values));
  if (!values || !privateKey || !server || !pool || !login)
    return { outcome: "refused", sentence: problems[0] ?? "", problems };
  const config = {
    appId: values.APP_ID,
    privateKey,
    webhookSecret: values.WEBHOOK_SECRET,
    ledgerSecret: values.COOP_LEDGER_SECRET ?? values.WEBHOOK_SECRET,
    ledgerSecretsBefore: values.COOP_LEDGER_SECRETS_BEFORE,
    githubApiUrl: values.GITHUB_API_URL,
    host: values.HOST,
    port: values.PORT,
    ...pagesApart(values.HOST, values.PORT, values.PAGES_HOST, values.PAGES_PORT),
    publicUrl: values.COOP_PUBLIC_URL ?? null,
    ...login,
    logLevel: values.LOG_LEVEL,
    databaseUrl: values.DATABASE_URL ?? null,
    dataDir: resolve(values.COOP_DATA_DIR),
    role: values.COOP_ROLE,
    intake: values.COOP_INTAKE,
    pool,
    server,
  };
  return { outcome: "loaded", config };
}

/** What commands need that also read GitHub, but ask no model. */
export function loadGitHubConfig(env: Environment): GitHubLoaded {
  const problems: string[] = [];
  const values = attempt(problems, () => readEnvironment(givenIn(env)));
  const privateKey = attempt(problems, () => readPrivateKey(givenIn(env)));
  if (!values || !privateKey) return { outcome: "refused", sentence: problems[0] ?? "" };
  return { outcome: "loaded", config: { appId: values.APP_ID, privateKey, githubApiUrl: values.GITHUB_API_URL } };
}

/** The pool alone, for a run that needs models but brings its own GitHub. */
export function loadModels(env: Environment): ModelsLoaded {
  const problems: string[] = [];
  const given = attempt(problems, () => givenIn(env));
  const server = given && attempt(problems, () => readServerFile(given.COOP_CONFIG));
  const pool = given && server && attempt(problems, () => poolOf(server, given));
  return server && pool ? { outcome: "loaded", pool, server } : { outcome: "refused", sentence: problems[0] ?? "" };
}

/** The server file alone, for what runs repository code but asks no model. */
export function loadServer(env: Environment): ServerLoaded {
  const problems: string[] = [];
  const server = attempt(problems, () => readServerFile(givenIn(env).COOP_CONFIG));
  return server ? { outcome: "loaded", server } : { outcome: "refused", sentence: problems[0] ?? "" };
}

export function loadStoreConfig(env: Environment): StoreLoaded {
  const problems: string[] = [];
  const given = attempt(problems, () => givenIn(env));
  if (!given) return { outcome: "refused", sentence: problems[0] ?? "" };
  const parsed = storeSchema.safeParse(given);
  if (!parsed.success) return { outcome: "refused", sentence: problemsOf(parsed.error, given)[0] ?? "" };
  const { DATABASE_URL, COOP_DATA_DIR, COOP_LEDGER_SECRET, COOP_LEDGER_SECRETS_BEFORE, WEBHOOK_SECRET } = parsed.data;
  const config = {
    databaseUrl: DATABASE_URL ?? null,
    dataDir: resolve(COOP_DATA_DIR),
    ledgerSecret: COOP_LEDGER_SECRET ?? WEBHOOK_SECRET ?? null,
    ledgerSecretsBefore: COOP_LEDGER_SECRETS_BEFORE,
    secrets: secretsIn(given),
  };
  return { outcome: "loaded", config };
}

function readEnvironment(given: Environment): z.infer<typeof environmentSchema> {
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Refusal(...problemsOf(parsed.error, given));
}

function loginOf(values: z.infer<typeof environmentSchema>): { readonly pagesLogin?: PagesLogin } {
  const asked = pagesLogin(values);
  if (asked.outcome === "refused") throw new Refusal(asked.sentence);
  return asked.login ? { pagesLogin: asked.login } : {};
}

function problemsOf(error: z.ZodError, given: Environment): string[] {
  return error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const why = given[name] === undefined ? "is missing" : issue.message;
    return `${name} ${why}. ${HINTS[name] ?? "See README.md, Configuration."}`;
  });
}

/** By their names, because a variable may hold a key that no model of the pool uses any more. */
function secretsIn(given: Environment): string[] {
  const named = Object.entries(given).filter(([name]) => /(KEY|SECRET|TOKEN|PASSWORD)$|^DATABASE_URL$/.test(name));
  const before = (given.COOP_LEDGER_SECRETS_BEFORE ?? "").split(/\s+/);
  const password = URL.canParse(given.DATABASE_URL ?? "") ? new URL(given.DATABASE_URL ?? "").password : "";
  return [...named.map(([, value]) => value ?? ""), ...before, password].filter((value) => value !== "");
}

function readPrivateKey({ PRIVATE_KEY, PRIVATE_KEY_PATH: path }: Environment): string {
  const file = PRIVATE_KEY === undefined && path ? readText("PRIVATE_KEY_PATH", path) : undefined;
  const reading = readAppKey(PRIVATE_KEY, file);
  if ("sentence" in reading) throw new Refusal(reading.sentence);
  return reading.pem;
}

function readServerFile(path: string | undefined): ServerSettings {
  if (!path) return DEFAULT_SERVER;
  const reading = readServerText(readText("COOP_CONFIG", path), path);
  if (reading.outcome === "wrong") throw new Refusal(reading.sentence);
  return reading.server;
}

function poolOf(server: ServerSettings, env: Environment): Config["pool"] {
  const found = configuredPool(server.models ?? null, env);
  if (found.outcome === "refused") throw new Refusal(found.sentence);
  return found.pool;
}
