import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Argument, type Command, Option } from "commander";
import { environment } from "../config.ts";
import { whyNoRepository } from "../desk/repository.ts";
import { askGit, type GitAt } from "../workspace/git-process.ts";
import { Ended, EXIT } from "./exit.ts";
import {
  BEFORE,
  CALLS_OURS,
  CHECKS,
  type HookOptions,
  hookScript,
  isOurHook,
  kindsIn,
  kindsOf,
} from "./hook-script.ts";
import { print } from "./terminal.ts";

/** `coop hook install`: has each push proven, or reviewed, before it leaves the machine. */
export function hookCommand(program: Command): void {
  program
    .command("hook")
    .description("install a pre-push hook that checks every push of this repository; an existing hook keeps working")
    .addArgument(new Argument("<action>", "what to do").choices(["install"]))
    .addOption(new Option("--with <check>", "what looks at the push").choices(CHECKS).default("proof"))
    .option("--strict", "also hold a push back when the check could not tell")
    .addHelpText(
      "after",
      "\nExamples:\n  coop hook install                          proves each push\n  coop hook install --with both --strict     and has it reviewed; what could not be told holds it back, too",
    )
    .action(async (_action: string, options: HookOptions) => print(...(await installHook(process.cwd(), options))));
}

/** @returns what was done, in sentences @throws Ended where a person has to do the rest */
export async function installHook(folder: string, options: HookOptions): Promise<string[]> {
  const git = { folder, searchPath: environment().PATH ?? "/usr/bin:/bin", temporary: tmpdir() };
  const asked = await askGit(git, ["rev-parse", "--git-common-dir"]);
  if (asked.code !== 0) throw new Ended(EXIT.usage, await whyNoRepository(git, "go into one first"));
  const home = resolve(git.folder, asked.text.trim());
  const place = await hooksPlace(git, home);
  if (place.belongsTo === "git") return installHere(place.folder, home, options);
  // What is committed, or counts for other repositories too, must not name programs of this machine.
  const ours = await writeScript(join(home, "coop"), "pre-push", options);
  const path = join(place.folder, "pre-push");
  if (place.belongsTo === "nobody here")
    throw new Ended(
      EXIT.person,
      `Git takes its hooks from ${place.folder} here (core.hooksPath), which is outside this repository. Put these lines at the beginning of ${path}, and each push from here ${looks(options)}:\n\n${CALLS_OURS}`,
    );
  return [
    ...(await callFrom(path, options)),
    ...replaced(ours.was, options),
    `Every push from here is looked at: it runs ${kindsOf(options)}. ${PAST}`,
  ];
}

/** Git's own folder of hooks, which nobody else sees. */
async function installHere(folder: string, home: string, options: HookOptions): Promise<string[]> {
  const path = join(folder, "pre-push");
  const found = await textOf(path);
  const isOurs = isOurHook(found);
  if (found !== null && !isOurs) {
    if (found.includes("lefthook")) {
      await writeScript(join(home, "coop"), "pre-push", options);
      throw new Ended(EXIT.person, LEFTHOOK);
    }
    // pre-commit keeps what it found when it was installed, and runs it.
    if (isOurHook(await textOf(join(folder, LEGACY)))) {
      await writeScript(folder, LEGACY, options);
      return [`${join(folder, LEGACY)} ${looks(options)}; the hook that is installed over it runs it. ${PAST}`];
    }
    const before = await textOf(join(folder, BEFORE));
    if (before !== null && before !== found)
      throw new Ended(
        EXIT.usage,
        `There is a ${BEFORE} beside ${path} already, and it would be lost. Put what both do into pre-push, remove ${BEFORE}, then run this again.`,
      );
    await rename(path, join(folder, BEFORE));
  }
  await writeScript(folder, "pre-push", options);
  return [
    ...(found !== null && !isOurs ? [`The hook that was there is now ${BEFORE}; it runs first.`] : []),
    ...(isOurs ? replaced(found, options) : []),
    `${path} looks at every push: it runs ${kindsOf(options)}. ${PAST}`,
  ];
}

const LEGACY = "pre-push.legacy";
const PAST = "`git push --no-verify` goes past it.";
const LEFTHOOK = `The pre-push hook here is lefthook's, which writes it anew at each installation. Add this to lefthook-local.yml, and each push is looked at:

pre-push:
  commands:
    coop:
      run: sh "$(git rev-parse --git-common-dir)/coop/pre-push" {0}
      use_stdin: true
`;

/** A hook that is committed, as husky's and those of a folder in the working tree are. */
async function callFrom(path: string, options: HookOptions): Promise<string[]> {
  const found = await textOf(path);
  const [first = "", ...rest] = (found ?? "").split("\n");
  if (first.startsWith("#!") && !SHELL.test(first))
    throw new Ended(
      EXIT.person,
      `${path} is no shell script. Have it run \`sh "$(git rev-parse --git-common-dir)/coop/pre-push"\` with its own arguments and input, and each push ${looks(options)}.`,
    );
  if (found?.includes(CALLS_OURS)) return [];
  await mkdir(dirname(path), { recursive: true });
  const [head, others] = first.startsWith("#!") ? [first, rest.join("\n")] : ["", found ?? ""];
  await writeFile(path, `${found === null ? "#!/bin/sh\n" : head && `${head}\n`}${CALLS_OURS}${others}`);
  await chmod(path, 0o755);
  return found === null
    ? [`${path} is new: it calls the hook, and does nothing where it is not installed.`]
    : [`${path} begins with lines that call the hook, and do nothing where it is not installed.`];
}

/** `sh`, `bash`, `env bash` and the like: what reads our lines. */
const SHELL = /[/ ](?:ba|da|k|z)?sh(?:\s|$)/;

/** @returns what the script was before; null where there was none */
async function writeScript(folder: string, name: string, options: HookOptions): Promise<{ was: string | null }> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  const was = await textOf(path);
  const program = fileURLToPath(new URL("../../bin/coop.mjs", import.meta.url));
  await writeFile(path, hookScript(options, process.execPath, program));
  await chmod(path, 0o755);
  return { was };
}

function replaced(was: string | null, options: HookOptions): string[] {
  const before = was === null ? null : kindsIn(was);
  return before === null || before === kindsOf(options) ? [] : [`Until now each push ran ${before}. That is replaced.`];
}

function looks(options: HookOptions): string {
  return `runs ${kindsOf(options)}`;
}

async function textOf(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch(() => null);
}

type HooksPlace = { readonly folder: string; readonly belongsTo: "git" | "the working tree" | "nobody here" };

/** Where git looks for hooks; our way of asking git switches hooks off, so that setting is passed over. */
async function hooksPlace(git: GitAt, home: string): Promise<HooksPlace> {
  const asked = await askGit(git, ["config", "--show-scope", "--type=path", "--get-all", "core.hooksPath"], {
    environment: { HOME: homedir() },
  });
  const set = asked.text.split("\n").flatMap((line) => {
    const [scope = "", value = ""] = line.split("\t");
    return scope === "" || scope === "command" ? [] : [value];
  });
  const own = set.at(-1) ?? "";
  if (own === "") return { folder: join(home, "hooks"), belongsTo: "git" };
  const top = (await askGit(git, ["rev-parse", "--show-toplevel"])).text.trim() || home;
  const folder = resolve(top, own);
  if (isWithin(folder, home)) return { folder, belongsTo: "git" };
  if (!isWithin(folder, top)) return { folder, belongsTo: "nobody here" };
  // Husky writes the folder that git looks into anew at each installation, and runs the files beside it.
  const isHuskys = basename(folder) === "_" && basename(dirname(folder)) === ".husky";
  return { folder: isHuskys ? dirname(folder) : folder, belongsTo: "the working tree" };
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith("../") && !way.startsWith("/");
}
