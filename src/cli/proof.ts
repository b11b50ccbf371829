import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { type Command, Option } from "commander";
import { unmarked } from "../byte-order-mark.ts";
import { environment, loadServer, namedSecrets } from "../config.ts";
import { taskTypeSchema, type TaskType } from "../core/ledger/ids.ts";
import { DEFAULT_POLICY, type Policy } from "../core/rules/policy.ts";
import { everyText } from "../hygiene/every-text.ts";
import { guardText } from "../hygiene/redact.ts";
import { preparerHere, sandboxHere, toolchainsOn } from "../machine.ts";
import { proveChange } from "../proof/prove-change.ts";
import type { ServerSettings } from "../server-file.ts";
import { parsePolicy, POLICY_PATHS } from "../steps/policy-file.ts";
import { Ended, EXIT } from "./exit.ts";
import { packagesFolder } from "./packages-folder.ts";
import { pathTrouble } from "../path-trouble.ts";
import { progress } from "./progress.ts";
import { excusedInVain } from "./proof/excused.ts";
import { itemsOfNothing, nothingToProve } from "./proof/nothing.ts";
import { openPackages } from "./proof/packages.ts";
import { type GivenPlan, parsePlan } from "./proof/plan.ts";
import { inWords } from "../messages/proof/in-words.ts";
import { sentenceFor } from "../messages/reasons/sentence.ts";
import { format, type Format, FORMATS, reported, type ReportedItem, verdictOf } from "./proof/report.ts";
import { readSides, type Sides } from "./proof/source.ts";
import { placesOf } from "./sarif.ts";
import { print } from "./terminal.ts";

/** `coop proof`: the deterministic items of the proof for any change, without a ticket, a model or a server. */
type Options = {
  readonly base: string;
  readonly head: string;
  readonly plan?: string;
  readonly policy?: string;
  readonly type?: TaskType;
  readonly format: Format;
};

const EXAMPLES = `
Examples:
  coop proof --base main                        what this branch adds to main
  coop proof --base origin/main --format sarif > proof.sarif
  coop proof --base before/ --head after/       two folders`;

const EXIT_OF = { accept: EXIT.ok, block: EXIT.different, unknown: EXIT.usage } as const;

export function proofCommand(program: Command): void {
  program
    .command("proof")
    .description("prove a change in this repository or between two folders, without a ticket or a model")
    .option("--base <commit or folder>", "what the change is made against; it has to be given")
    .option("--head <commit or folder>", "the change", "HEAD")
    .option(
      "--plan <file>",
      "JSON: files, test changes and what is done when; without one, scope and done do not apply",
    )
    .option("--policy <file>", "YAML; otherwise .github/coop.yml of the base")
    .addOption(
      new Option("--type <type>", "kind of change, when the plan does not say").choices(taskTypeSchema.options),
    )
    .addOption(new Option("--format <format>", "how to report").choices(FORMATS).default("text"))
    .addHelpText("after", EXAMPLES)
    .addHelpText("after", "\nExit code: 0 accept, 1 block, 2 could not tell or nothing to prove.")
    .action(({ base, ...options }: Omit<Options, "base"> & { base?: string }) => {
      // Not a required option of commander's: it would be missed before a misspelt one is found.
      if (base === undefined)
        throw new Ended(
          EXIT.usage,
          "--base is missing: name what the change is made against, as in `coop proof --base main`.",
        );
      return prove({ ...options, base });
    });
}

async function prove(options: Options): Promise<void> {
  const show = progress(process.stderr);
  const temporary = tmpdir();
  const searchPath = environment().PATH ?? "/usr/bin:/bin";
  show.running("reading both sides");
  try {
    const sides = await readSides(options, { folder: process.cwd(), searchPath, temporary });
    const { base, head, blobs } = sides;
    const tell = (items: ReportedItem[], driver: string | null, more: readonly string[] = []) => {
      show.running(null);
      const notes = [...sides.notes, ...more];
      const said = { items, notes };
      const shown = { verdict: verdictOf(items), driver, base: base.commitSha, head: head.commitSha };
      const report = { ...shown, ...withoutSecrets(said) };
      print(format(report, options.format, placesOf(base.tree, head.tree, withoutSecrets)));
      if (options.format !== "text") for (const note of notes) show.say(note);
      process.exitCode = EXIT_OF[report.verdict];
    };
    const nothing = nothingToProve(options, sides);
    if (nothing !== null) {
      if (options.format !== "text") show.say(nothing);
      return tell(itemsOfNothing(nothing), null);
    }
    const given = options.plan === undefined ? null : await planFrom(options.plan);
    const vain = given && (await excusedInVain(given.plan.testChanges ?? [], sides));
    if (vain) throw new Ended(EXIT.usage, vain);
    const policy = await policyFor(options, sides);
    show.running("looking for a sandbox");
    const settings = settingsHere();
    const toolchain = toolchainsOn(searchPath);
    const sandbox = await sandboxHere(settings, { searchPath, privatePaths: [], toolchain });
    show.running("running the tests before and after the change");
    const packages = openPackages(preparerHere(sandbox, packagesFolder(temporary), settings));
    const change = { base, head, given, type: options.type, policy };
    const ports = { sandbox, blobs, preparer: packages.preparer, onProgress: show.running };
    const items = (await proveChange(change, ports, "desk")).map(inWords).map(reported);
    tell(items, sandbox.state === "available" ? sandbox.sandbox.driver : null, packages.notes(items));
  } finally {
    show.running(null);
  }
}

/** A test may print what it was given; more people read a report, or what code scanning makes of it, than the machine it was made on. */
function withoutSecrets<T>(said: T): T {
  const secrets = namedSecrets(environment());
  return everyText(said, (text) => guardText(text, secrets).text) as T;
}

async function planFrom(path: string): Promise<GivenPlan> {
  const read = parsePlan(await textOf(path, "--plan"), path);
  if (read.outcome === "refused") throw new Ended(EXIT.usage, read.why);
  return read.given;
}

async function policyFor(options: Options, { base, blobs }: Sides): Promise<Policy> {
  if (options.policy !== undefined) return policyFrom(await textOf(options.policy, "--policy"), options.policy);
  const path = POLICY_PATHS.find((one) => base.tree.has(one));
  const content = path ? await blobs.get(base.tree.get(path)?.sha ?? "") : null;
  return path && content ? policyFrom(content.toString("utf8"), path) : DEFAULT_POLICY;
}

function policyFrom(text: string, path: string): Policy {
  const parsed = parsePolicy(text, path);
  if (parsed.outcome === "invalid") throw new Ended(EXIT.usage, `${sentenceFor(parsed.why)} ${parsed.quote}`.trim());
  return parsed.policy;
}

async function textOf(path: string, option: string): Promise<string> {
  try {
    return unmarked(await readFile(path, "utf8"));
  } catch (error) {
    throw new Ended(EXIT.usage, `${option} ${path} cannot be read (${pathTrouble(error)}). Name a file that exists.`);
  }
}

function settingsHere(): ServerSettings["sandbox"] {
  const loaded = loadServer(environment());
  if (loaded.outcome === "refused") throw new Ended(EXIT.usage, loaded.sentence);
  return loaded.server.sandbox;
}
