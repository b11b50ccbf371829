import { Command, CommanderError } from "commander";
import { environment, loadGitHubConfig } from "../config.ts";
import { inWords } from "../errors-in-words.ts";
import { serveSetup } from "../github/probot.ts";
import { readAppFacts } from "./app-facts.ts";
import { examine } from "./doctor.ts";
import { Ended, EXIT } from "./exit.ts";
import { makeRoom, newLedgerSecret, readSaved, save } from "./setup/env.ts";
import { goOn } from "./setup/go-on.ts";
import { hookFor } from "./setup/hook.ts";
import { ask, plain, print } from "./terminal.ts";
import { endWhenUnread } from "./unread.ts";

/**
 * `npm run setup [-- <public webhook URL>]`: creates the GitHub App from `app.yml` in the browser, writes its keys to `.env`, waits
 * for the installation and makes each repository ready. Run again it continues where it stopped.
 */
type Options = { readonly org?: string; readonly yes?: true };

const PUBLIC_API = "https://api.github.com";

const program = new Command("npm run setup --")
  .description(
    "Creates the GitHub App, writes its keys to .env, and makes the repositories ready on which you install it.",
  )
  .argument("[address]", "where GitHub reaches this server; without it the server fetches its events from GitHub")
  .option("--org <name>", "create the App in this organization, not in your own account")
  .option("--yes", "open the pull requests with a first policy without asking")
  .addHelpText(
    "after",
    "\nExamples:\n  npm run setup\n  npm run setup -- https://coop.example.org/api/github/webhooks --org acme\n\nRun it again at any time: it continues where it stopped.",
  )
  .exitOverride()
  .action(setUp);

endWhenUnread(EXIT.pipeClosed);
process.once("SIGINT", () => {
  print("", "Stopped. `npm run setup` continues from here.");
  process.exit(EXIT.interrupted);
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  else if (error instanceof Ended) {
    console.error(error.message);
    process.exitCode = error.exitCode;
  } else throw error;
}

async function setUp(address: string | undefined, { org, yes }: Options): Promise<void> {
  const env = environment();
  // compose gives an unset one as an empty text.
  const exported = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const saved = await readSaved();
  // As `npm start` reads it: what the environment says comes first.
  const known: Known = { ...saved, ...exported };
  if (!known["APP_ID"]) await register(known, address, org);
  else if (address ?? org)
    throw new Ended(
      EXIT.config,
      `There is an App already (APP_ID in ${exported["APP_ID"] ? "the environment" : ".env"}). Leave the address out to go on with it, or ${exported["APP_ID"] ? "unset APP_ID" : "remove .env"} to create another one.`,
    );
  Object.assign(env, { ...(await readSaved()), ...exported });
  const loaded = loadGitHubConfig(env);
  if (loaded.outcome === "refused") throw new Ended(EXIT.config, loaded.sentence);
  const { config } = loaded;
  const read = await readAppFacts(config);
  if (read.outcome !== "read") throw new Ended(read.outcome === "away" ? EXIT.unavailable : EXIT.config, read.why);
  print(`The App is ${plain(read.facts.name)}: ${plain(read.facts.page)}`);
  const secrets = Object.entries(env).flatMap(([name, value]) => (value && /SECRET|KEY/.test(name) ? [value] : []));
  const page = `${read.facts.page}/installations/new`;
  await goOn({ config, secrets, page, say: (line) => print(line), wants: yes ? async () => true : askWhether });
  print("", "What the server needs:");
  const found = await examine({ app: true });
  const start =
    found === "well" ? "Start it with `npm start`." : "Mend what is marked above, then start it with `npm start`.";
  print("", `${start} Then put the label \`coop\` on an issue.`);
}

type Known = Readonly<Record<string, string | undefined>>;

async function register(known: Known, address: string | undefined, org: string | undefined): Promise<void> {
  const hook = hookFor(address ?? (known["WEBHOOK_PROXY_URL"] || undefined));
  if ("usage" in hook) throw new Ended(EXIT.usage, hook.usage);
  await makeRoom();
  const apiUrl = known["GITHUB_API_URL"] || undefined;
  const env = environment();
  // Probot's page takes these from the process's own environment, and from nowhere else.
  Object.assign(env, {
    NODE_ENV: "development",
    WEBHOOK_PROXY_URL: hook.url,
    ...enterpriseHost(apiUrl),
    ...(org ? { GH_ORG: org } : {}),
  });
  const host = known["HOST"] || "localhost";
  const port = Number(known["PORT"] || 3000);
  const served = await serveSetup({ env, host, port }).catch((error: unknown) => {
    throw new Ended(
      EXIT.unavailable,
      `The set-up page cannot be shown on port ${port} (${inWords(error)}). Set PORT to a free one.`,
    );
  });
  print(hook.said, `Open http://${host}:${port}/probot and create the App. This waits for it.`);
  const keys = await served.keys;
  const more = {
    // The last value of a file counts: another secret would make every ledger so far look forged.
    ...(isGiven(known, "COOP_LEDGER_SECRET") ? {} : { COOP_LEDGER_SECRET: newLedgerSecret() }),
    ...(hook.intake === "poll" && known["COOP_INTAKE"] !== "poll" ? { COOP_INTAKE: "poll" } : {}),
    ...(apiUrl ? { GITHUB_API_URL: apiUrl } : {}),
  };
  await save({ ...keys, ...more });
  print("The App's keys are in .env, which only you can read. Keep a copy: GitHub shows them only once.");
  await served.stop();
}

function isGiven(known: Known, name: string): boolean {
  return Boolean(known[name] || known[`${name}_FILE`]);
}

/** Probot knows an Enterprise server by its host. */
function enterpriseHost(apiUrl: string = PUBLIC_API): Readonly<Record<string, string>> {
  if (apiUrl === PUBLIC_API || !URL.canParse(apiUrl)) return {};
  const { host, protocol } = new URL(apiUrl);
  return { GHE_HOST: host, GHE_PROTOCOL: protocol.slice(0, -1) };
}

async function askWhether(repository: string, files: readonly string[]): Promise<boolean | null> {
  if (!process.stdin.isTTY) return null;
  const said = await ask(`Open a pull request on ${repository} with ${files.join(", ")}? [Y/n] `);
  // Ctrl-D is no yes.
  return said !== null && !/^n/i.test(said);
}
