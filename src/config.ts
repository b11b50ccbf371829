import { resolve } from "node:path";
import { configuredPool, type ConfiguredModel, type Keyless } from "./models/configured-pool.ts";
import { readAppKey } from "./app-key.ts";
import { attempt, givenIn, readText, Refusal, withoutMark } from "./config-given.ts";
import { needed, problemsOf, storeSchema, type Values } from "./environment-schema.ts";
import type { KeySource } from "./github/as-app.ts";
import { readTracing, type Tracing } from "./telemetry/tracing-settings.ts";
import { pagesApart, type PagesLogin, pagesLogin } from "./pages-address.ts";
import { cloudSecrets, foreignSecrets, keysAt, type KeysAt, measuresAt, roleIn } from "./process-role.ts";
import { passwordsIn, proxySecrets } from "./address-secrets.ts";
import { believedFrom, type WhoIsBelieved } from "./ledger-trust.ts";
import { isRandom } from "./hygiene/secret-values.ts";
import { DEFAULT_SERVER, readServerText, type ServerSettings } from "./server-file.ts";

/**
 * The only reader of the environment. Everything is checked here, once, at start; whoever reads `Config` later need not
 * doubt it. A wrong value is the operator's to mend: one sentence, exit code 78 (EX_CONFIG).
 */
export type Config = WhoIsBelieved & {
  readonly appId: number;
  /** Null for a worker, which asks whoever holds it (`keysFrom`). */
  readonly privateKey: string | null;
  readonly keysFrom?: KeySource;
  /** Where workers are answered that ask as the App. */
  readonly keysAt?: KeysAt;
  /** Where a worker shows `/metrics`, `/health` and `/ready`; absent where it listens nowhere. */
  readonly measuresAt?: { readonly host: string; readonly port: number };
  /** Null for a worker: webhooks do not come in there. */
  readonly webhookSecret: string | null;
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
  /** Where traces go; absent where OpenTelemetry's variables ask for none. */
  readonly tracing?: Tracing | null;
  readonly pool: readonly ConfiguredModel[];
  /** Models of the settings that are left out, because their key is missing. */
  readonly keyless?: readonly Keyless[];
  /** Besides the settings: credentials that the libraries of clouds find by themselves, and what else is named as a secret. */
  readonly namedSecrets?: readonly string[];
  /** Passwords in the addresses of proxies; also of a process that asks nobody through them. */
  readonly proxySecrets?: readonly string[];
  readonly server: ServerSettings;
};

export type Environment = Readonly<Record<string, string | undefined>>;

export type Loaded =
  | { readonly outcome: "loaded"; readonly config: Config }
  /** `sentence` is the first of the `problems`, which are all that could be found at once. */
  | { readonly outcome: "refused"; readonly sentence: string; readonly problems: readonly string[] };

/** How GitHub is asked as the App. */
export type AppConnection = Pick<Config, "appId" | "privateKey" | "keysFrom" | "githubApiUrl">;
export type GitHubConfig = AppConnection & Pick<Config, "intake" | "publicUrl">;

export type GitHubLoaded =
  | { readonly outcome: "loaded"; readonly config: GitHubConfig }
  | { readonly outcome: "refused"; readonly sentence: string };

export type ModelsLoaded =
  | {
      readonly outcome: "loaded";
      readonly pool: Config["pool"];
      readonly keyless: readonly Keyless[];
      readonly server: ServerSettings;
    }
  | { readonly outcome: "refused"; readonly sentence: string };

export type ServerLoaded =
  | { readonly outcome: "loaded"; readonly server: ServerSettings }
  | { readonly outcome: "refused"; readonly sentence: string };

/** What commands need that only look at the database: neither an App's key nor a model's. */
export type StoreConfig = Pick<Config, "databaseUrl" | "dataDir"> &
  WhoIsBelieved & {
    /** Values of the environment that must not stand in anything that is printed or exported. */
    readonly secrets: readonly string[];
  };

export type StoreLoaded =
  | { readonly outcome: "loaded"; readonly config: StoreConfig }
  | { readonly outcome: "refused"; readonly sentence: string };

/** The environment of this process. Everybody else is given what they need. */
export function environment(): Environment {
  return withoutMark(process.env);
}

export function loadConfig(env: Environment): Loaded {
  const problems: string[] = [];
  const given = attempt(problems, () => givenIn(env)) ?? {};
  if (problems.length > 0) return { outcome: "refused", sentence: problems[0] ?? "", problems };
  const server = attempt(problems, () => readServerFile(given.COOP_CONFIG));
  attempt(problems, () => refuseForeign(given, server));
  const values = attempt(problems, () => readEnvironment(given));
  const app = attempt(problems, () => appOf(given));
  const found = server && attempt(problems, () => poolOf(server, given));
  const login = values && attempt(problems, () => loginOf(values));
  const traced = attempt(problems, () => tracingOf(given));
  if (!values || !app || !server || !found || !login || !traced || problems.length > 0)
    return { outcome: "refused", sentence: problems[0] ?? "", problems };
  const config = {
    appId: values.APP_ID,
    ...app,
    ...keysAt(values),
    ...measuresAt(values),
    webhookSecret: values.WEBHOOK_SECRET ?? null,
    ...believedFrom(values),
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
    ...traced,
    ...found,
    namedSecrets: [...cloudSecrets(given), ...namedSecrets(given).filter((one) => isRandom(one) && !/^[~/]/.test(one))],
    proxySecrets: proxySecrets(given),
    server,
  };
  return { outcome: "loaded", config };
}

/** What commands need that also read GitHub, but ask no model. */
export function loadGitHubConfig(env: Environment): GitHubLoaded {
  const problems: string[] = [];
  const values = attempt(problems, () => readEnvironment(givenIn(env)));
  const app = attempt(problems, () => appOf(givenIn(env)));
  if (!values || !app) return { outcome: "refused", sentence: problems[0] ?? "" };
  const {
    APP_ID: appId,
    GITHUB_API_URL: githubApiUrl,
    COOP_INTAKE: intake,
    COOP_PUBLIC_URL: publicUrl = null,
  } = values;
  return { outcome: "loaded", config: { appId, ...app, githubApiUrl, intake, publicUrl } };
}

/** The pool alone, for a run that needs models but brings its own GitHub. */
export function loadModels(env: Environment): ModelsLoaded {
  const problems: string[] = [];
  const given = attempt(problems, () => givenIn(env));
  const server = given && attempt(problems, () => readServerFile(given.COOP_CONFIG));
  const found = given && server && attempt(problems, () => poolOf(server, given));
  return server && found
    ? { outcome: "loaded", ...found, server }
    : { outcome: "refused", sentence: problems[0] ?? "" };
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
  const { DATABASE_URL, COOP_DATA_DIR } = parsed.data;
  const config = {
    databaseUrl: DATABASE_URL ?? null,
    dataDir: resolve(COOP_DATA_DIR),
    ...believedFrom(parsed.data),
    secrets: namedSecrets(given),
  };
  return { outcome: "loaded", config };
}

function readEnvironment(given: Environment): Values {
  const parsed = needed[roleIn(given)].safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Refusal(...problemsOf(parsed.error, given));
}

/** How this process asks as the App: by its key, or through the process that holds it. */
function appOf(given: Environment): Pick<Config, "privateKey" | "keysFrom"> {
  const { COOP_KEYS_URL: url, COOP_KEYS_SECRET: secret } = given;
  if (roleIn(given) !== "worker") return { privateKey: readPrivateKey(given) };
  return { privateKey: null, ...(url && secret ? { keysFrom: { url: url.replace(/\/+$/, ""), secret } } : {}) };
}

function refuseForeign(given: Environment, server: ServerSettings | null): void {
  const named = (server?.models ?? []).flatMap(({ apiKeyEnv }) => (apiKeyEnv ? [apiKeyEnv] : []));
  const sentences = foreignSecrets(roleIn(given), Object.keys(given), named);
  if (sentences.length > 0) throw new Refusal(...sentences);
}

function loginOf(values: Values): { readonly pagesLogin?: PagesLogin } {
  const asked = pagesLogin(values);
  if (asked.outcome === "refused") throw new Refusal(asked.sentence);
  return asked.login ? { pagesLogin: asked.login } : {};
}

function tracingOf(given: Environment): { readonly tracing: Tracing | null } {
  const read = readTracing(given);
  if (read.outcome === "refused") throw new Refusal(read.sentence);
  return { tracing: read.tracing };
}

/** By their names, because a variable may hold a key that no model of the pool uses any more. */
export function namedSecrets(given: Environment): string[] {
  const named = Object.entries(given).filter(([name]) =>
    /(KEY|SECRET|TOKEN|PASSWORD|PASSWD|_PAT)$|^DATABASE_URL$/.test(name),
  );
  const before = (given.COOP_LEDGER_SECRETS_BEFORE ?? "").split(/\s+/);
  const passwords = [...passwordsIn(given.DATABASE_URL ?? ""), ...proxySecrets(given)];
  return [...named.map(([, value]) => value ?? ""), ...before, ...passwords].filter((value) => value !== "");
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

function poolOf(server: ServerSettings, env: Environment): Required<Pick<Config, "pool" | "keyless">> {
  if (roleIn(env) === "web") return { pool: [], keyless: [] };
  const found = configuredPool(server.models ?? null, env);
  if (found.outcome === "refused") throw new Refusal(found.sentence);
  return { pool: found.pool, keyless: found.keyless };
}
