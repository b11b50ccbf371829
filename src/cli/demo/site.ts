import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { chmod, mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { type App, startApp } from "../../app.ts";
import type { Config } from "../../config.ts";
import { DEFAULT_POLICY, type Policy } from "../../core/rules/policy.ts";
import type { CiCheck } from "../../github-double/ci.ts";
import type { GitHubDouble } from "../../github-double/double.ts";
import type { LocalRepo } from "../../github-double/local-repo.ts";
import { startForge } from "../../github-double/server.ts";
import { parsePolicy, POLICY_PATHS } from "../../steps/policy-file.ts";
import { sandboxHere, toolchainsOn } from "../../machine.ts";
import type { SandboxCheck } from "../../workspace/sandbox.ts";
import type { Cast } from "./models.ts";
import type { DemoOptions } from "./options.ts";
import type { Example } from "../example.ts";
import { ciCheck, ciWithoutRunning } from "../local-ci.ts";
import { directSandbox } from "../direct-sandbox.ts";

/**
 * Everything a demo run stands on: a local GitHub with the example's repository and its CI, and the whole program beside
 * it, each on a free port, all files in one temporary directory that is gone afterwards.
 */
export type Site = {
  readonly forge: GitHubDouble;
  readonly app: App;
  readonly repo: LocalRepo;
  readonly sandbox: SandboxCheck;
  /** Where the program's pages are. */
  readonly url: string;
  /** What the program's log warned of, last lines last. */
  troubles(): readonly string[];
  stop(): Promise<void>;
};

export type Raised =
  { readonly outcome: "up"; readonly site: Site } | { readonly outcome: "refused"; readonly sentence: string };

export type SiteParts = {
  readonly example: Example;
  readonly cast: Cast;
  readonly options: DemoOptions;
  readonly searchPath: string;
  readonly onStep: (step: string) => void;
  readonly onCheck: (headSha: string, result: string) => void;
};

/** She opens the issue, labels it and approves. */
export const MAINTAINER = "mona";
const OWNER = "acme";
const CI_CHECK = "ci/test";
/** Where people look for a local server; another one is taken when it is not free. */
export const PORT_TO_KEEP = 3000;
/** Enough of the log to see what went wrong first. */
const TROUBLES_MAX = 20;

export async function raiseSite(parts: SiteParts): Promise<Raised> {
  // Not awaited: an interruption in between would leave it behind.
  const folder = mkdtempSync(join(tmpdir(), "coop-demo-"));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  // However the process ends: also when somebody is tired of waiting for an orderly end.
  process.once("exit", remove);
  const places = await makePlaces(folder);
  const sandbox = await sandboxAt(parts, places);
  const forge = await startForge();
  const troubles: string[] = [];
  const config = configOf(parts, forge, places.data, await portFor(parts.options));
  const log = listeningLog(parts.onStep, troubles);
  const { searchPath } = parts;
  const started = await startApp(config, { log, models: parts.cast.models, searchPath, sandbox });
  if (started.outcome === "refused") {
    await forge.close();
    return started;
  }
  const { app } = started;
  const url = app.url ?? "";
  forge.connectApp(`${url}/api/github/webhooks`);
  const repo = await createRepo(parts, forge, sandbox);
  const stop = async () => {
    await app.stop();
    await forge.close();
    remove();
    process.off("exit", remove);
  };
  return { outcome: "up", site: { forge, app, repo, sandbox, url, troubles: () => troubles, stop } };
}

type Places = { readonly data: string; readonly runs: string };

/** The sandbox may run as another user, who has to get through to the runs but not into the data. */
async function makePlaces(folder: string): Promise<Places> {
  const places = { data: join(folder, "data"), runs: join(folder, "runs") };
  await mkdir(places.data, { mode: 0o700 });
  await mkdir(places.runs);
  await chmod(folder, 0o711);
  await chmod(places.runs, 0o711);
  return places;
}

/**
 * A machine without a sandbox still shows the whole flow, as long as a script plays the models: what it writes is as
 * good as the example itself. What real models write is run in a sandbox or not at all.
 */
async function sandboxAt({ cast, searchPath, example, options }: SiteParts, places: Places): Promise<SandboxCheck> {
  const toolchain = toolchainsOn(searchPath);
  const room = { searchPath, temporary: places.runs, privatePaths: [places.data], toolchain };
  const check = await sandboxHere(cast.sandbox, room);
  if (cast.sandbox.driver === "none") return check;
  if (check.state === "available" || options.models === "live") return check;
  return { state: "available", sandbox: directSandbox({ parent: places.runs, searchPath }, example) };
}

function configOf({ cast }: SiteParts, forge: GitHubDouble, dataDir: string, port: number): Config {
  return {
    appId: forge.app.id,
    privateKey: forge.app.privateKey,
    webhookSecret: forge.app.webhookSecret,
    ledgerSecret: randomBytes(32).toString("hex"),
    ledgerSecretsBefore: [],
    githubApiUrl: forge.url,
    host: "127.0.0.1",
    port,
    publicUrl: null,
    logLevel: "info",
    databaseUrl: null,
    dataDir,
    role: "all",
    pool: cast.pool,
    // Pauses between writes are a courtesy to GitHub's servers; this GitHub is ours.
    server: { limits: { ticketsAtOnce: 1, githubWriteSpacingMs: 0, sweepMinutes: 10 }, sandbox: cast.sandbox },
  };
}

async function portFor({ afterwards }: DemoOptions): Promise<number> {
  return afterwards === "keep" && (await isFree(PORT_TO_KEEP)) ? PORT_TO_KEEP : 0;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** Steps are told as they begin; warnings are kept for the case that the run does not end well. */
function listeningLog(onStep: (step: string) => void, troubles: string[]): pino.Logger {
  const write = (line: string) => {
    const { level, msg, step, error, why } = JSON.parse(line) as Record<string, unknown>;
    if (msg === "step begins") onStep(String(step));
    if (typeof level !== "number" || level < pino.levels.values.warn!) return;
    troubles.push([msg, step, error, why].filter((part) => typeof part === "string").join(": "));
    if (troubles.length > TROUBLES_MAX) troubles.shift();
  };
  return pino({ level: "info" }, { write });
}

async function createRepo(parts: SiteParts, forge: GitHubDouble, sandbox: SandboxCheck): Promise<LocalRepo> {
  const { example } = parts;
  const repo = forge.createRepo({
    fullName: `${OWNER}/${packageName(example)}`,
    files: Object.fromEntries(example.repository),
    people: { [MAINTAINER]: "write" },
  });
  const check = await checkFor(parts, sandbox);
  repo.runCi(async (files, headSha) => {
    const result = await check(files, headSha);
    parts.onCheck(headSha, `${CI_CHECK} ${result.conclusion}: ${result.title}`);
    return result;
  }, CI_CHECK);
  return repo;
}

async function checkFor({ example }: SiteParts, check: SandboxCheck): Promise<CiCheck> {
  if (check.state === "available") return ciCheck(example.repository, policyOf(example), check.sandbox.run);
  return ciWithoutRunning(`Code of real models is not run without a sandbox. ${check.why}`);
}

function policyOf({ repository }: Example): Policy {
  const path = POLICY_PATHS.find((one) => repository.has(one));
  const parsed = path ? parsePolicy(repository.get(path)?.toString("utf8") ?? "", path) : null;
  return parsed?.outcome === "valid" ? parsed.policy : DEFAULT_POLICY;
}

/** The example's own name for itself, as the ticket calls it. */
function packageName({ repository, name }: Example): string {
  const manifest = JSON.parse(repository.get("package.json")?.toString("utf8") ?? "{}") as { name?: unknown };
  return typeof manifest.name === "string" && /^[\w.-]+$/.test(manifest.name) ? manifest.name : name;
}
