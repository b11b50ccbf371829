import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { parse } from "yaml";
import { type Check, checkPolling, checkRights, checkWebhook, well, type Wanted, wrong } from "../audit/checkup.ts";
import { WEBHOOK_PATHS } from "../app-http.ts";
import { shownKey } from "../core/ledger/ledger-keys.ts";
import { type Config, environment, loadConfig, loadGitHubConfig, loadStoreConfig } from "../config.ts";
import { isSignedByWebhookSecret, keysOf, SIGNED_BY_WEBHOOK_SECRET } from "../ledger-trust.ts";
import { openWay } from "../github/as-app.ts";
import { deskPlaces } from "../desk/home.ts";
import { checkAgents } from "./doctor/agents.ts";
import {
  checkDisk,
  checkGit,
  checkNode,
  checkPool,
  checkRepository,
  checkServerElsewhere,
  isForApp,
} from "./doctor/desk.ts";
import { placeHere } from "./desk.ts";
import { checkPackages, checkRuns, OTHERWISE } from "./doctor/machine.ts";
import { checkDataDir, checkDatabase, leavingNothing } from "./doctor/server.ts";
import { checkModels, tableOf } from "./doctor/models.ts";
import { readAppFacts } from "./app-facts.ts";
import { EXIT } from "./exit.ts";
import { packagesFolder, packagesPlace } from "./packages-folder.ts";
import { plain, print } from "./terminal.ts";

export function doctorCommand(program: Command): void {
  program
    .command("doctor")
    .description("check what this repository or a server of the App needs, and say what to do")
    .option("--app", "check what a server of the GitHub App needs, also where none of its settings is there")
    .option("--models", "also ask each model of the pool what the roles ask, which costs a little")
    .option("--json", "print one JSON object: the checks, and what each model can do")
    .addHelpText("after", EXPLAINED)
    .action(async (options: Options) => {
      if ((await examine(options)) === "lacking") process.exitCode = EXIT.different;
    });
}

const EXPLAINED = `
Examples:
  coop doctor                   git, Node, models, sandbox and store for \`coop run\` in this repository
  coop doctor --models          the same, and whether each model does what the roles ask
  coop doctor --app             a server: settings, GitHub, database, sandbox

A server is checked also without --app where a setting of the App is in the environment, such as APP_ID.
Exit code: 0 all is well, 1 something is wrong.`;

type Options = { readonly app?: true; readonly models?: true; readonly json?: true };

/** Prints what each check found. @returns whether something is wrong; what that means for the exit code is the caller's to say */
export async function examine({ app, models, json }: Options): Promise<"well" | "lacking"> {
  const checks: Check[] = [];
  const say = (text: string) => (json ? process.stderr.write(`${text}\n`) : print(text));
  const note = (...found: readonly Check[]) => {
    checks.push(...found);
    if (!json) print(...found.map(line));
  };
  const isApp = app ?? isForApp(environment());
  await (isApp ? server(note) : desk(note));
  const asked = models ? await checkModels((text) => say(plain(text))) : null;
  if (asked && asked.models.length > 0 && !json) print(...tableOf(asked.models));
  // What the pool is refused for was said already.
  const isSaid = ({ says }: Check) => checks.some((one) => one.says === says);
  note(...(asked?.checks ?? []).filter((one) => !isSaid(one)));
  const bad = checks.filter((one) => one.state === "wrong").length;
  if (json) print(JSON.stringify({ checks, ...(asked ? { models: asked.models } : {}) }));
  else print(bad > 0 ? `${bad} of ${checks.length} checks failed.` : isApp ? "All is well." : BEGIN);
  return bad > 0 ? "lacking" : "well";
}

const BEGIN = 'All is well. Begin with `coop run ticket.md`, or `coop run --title "Add a loud option"`.';

type Note = (...found: readonly Check[]) => void;

async function server(note: Note): Promise<void> {
  note(...configuration());
  const store = loadStoreConfig(environment());
  if (store.outcome === "loaded") {
    const { dataDir } = store.config;
    await leavingNothing(dataDir, async (layers) => {
      note(await checkDataDir(dataDir), ...(await checkDatabase(store.config)));
      const sandbox = await checkRuns([dataDir], OTHERWISE.server);
      note(sandbox, ...(await checkPackages(layers)), ...(await checkAgents(sandbox)));
    });
  }
  note(...(await gitHub()));
}

async function desk(note: Note): Promise<void> {
  const place = placeHere();
  const git = await checkGit(place);
  note(git, checkNode());
  const here = git.state === "well" ? await checkRepository(place) : null;
  note(...(here?.checks ?? []), checkPool(environment()));
  const kept = here?.repository ? deskPlaces(here.repository.home).folder : tmpdir();
  const sandbox = await checkRuns([kept], OTHERWISE.desk);
  const wanted = packagesPlace();
  await leavingNothing(wanted, async (layers) => {
    const packages = packagesFolder(tmpdir());
    note(...checkServerElsewhere(environment()), await checkDisk(packages), sandbox);
    note(...(await checkPackages(packages === wanted ? layers : join(packages, "layers"))));
  });
  note(...(await checkAgents(sandbox)));
}

function line(check: Check): string {
  return plain(
    check.state === "well" ? `✓ ${check.name}: ${check.says}` : `✗ ${check.name}: ${check.says} → ${check.next}`,
  );
}

function configuration(): Check[] {
  const loaded = loadConfig(environment());
  if (loaded.outcome === "refused")
    return loaded.problems.map((problem) =>
      wrong("configuration", problem, "set it in the environment, then run this again"),
    );
  const pool = loaded.config.pool.map((one) => one.name).join(", ");
  return [
    well(
      "configuration",
      loaded.config.role === "web" ? "complete" : `complete; the pool is ${pool}${leftOut(loaded.config)}`,
    ),
    well("ledger key", believedHere(loaded.config)),
  ];
}

function leftOut({ keyless = [] }: Config): string {
  const names = keyless.map(({ name, variable }) => `${name} (${variable} is not set)`);
  return names.length > 0 ? `; left out: ${names.join(", ")}` : "";
}

function believedHere(config: Config): string {
  const [today, ...before] = keysOf(config).trusted.map(shownKey);
  // Only `web` can be without one.
  if (today === undefined)
    return "none: the pages check the chain of a ledger, but not who wrote it; to change that, set COOP_LEDGER_PUBLIC_KEYS";
  const others = before.length > 0 ? `, after ${before.join(", ")}` : "";
  return `${today}${others}; threads are verified with it (coop verify --thread)${alsoGitHubs(config)}`;
}

function alsoGitHubs(config: Config): string {
  if (!isSignedByWebhookSecret(config)) return "";
  return `. ${SIGNED_BY_WEBHOOK_SECRET}`;
}

async function gitHub(): Promise<Check[]> {
  const loaded = loadGitHubConfig(environment());
  if (loaded.outcome === "refused")
    return [wrong("github", "It cannot be asked without the App's configuration.", "See above.")];
  const open = loaded.config.keysFrom && openWay(loaded.config.keysFrom);
  const way = open ? [wrong("keys", open, "Put TLS in front, or ask on loopback or the containers' own network.")] : [];
  const reading = await readAppFacts(loaded.config);
  if (reading.outcome !== "read")
    return [...way, wrong("github", reading.why, "The server cannot work before this is mended.")];
  const { facts } = reading;
  const { intake, publicUrl } = loaded.config;
  return [
    ...way,
    well("github", `${loaded.config.githubApiUrl} knows the App "${facts.name}" (${facts.id})`),
    ...checkRights(manifest(), facts),
    intake === "poll" ? checkPolling(facts.webhookUrl) : checkWebhook(facts.webhookUrl, publicUrl, WEBHOOK_PATHS[0]),
  ];
}

function manifest(): Wanted {
  const text = readFileSync(new URL("../../app.yml", import.meta.url), "utf8");
  const { default_permissions, default_events } = parse(text) as {
    default_permissions: Record<string, string>;
    default_events: string[];
  };
  return { permissions: default_permissions, events: default_events };
}
