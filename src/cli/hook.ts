import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Argument, type Command, Option } from "commander";
import { environment } from "../config.ts";
import { whyNoRepository } from "../desk/repository.ts";
import { askGit } from "../workspace/git-process.ts";
import { Ended, EXIT } from "./exit.ts";
import { print } from "./terminal.ts";

/** `coop hook install`: has each push proven, or reviewed, before it leaves the machine. */
const CHECKS = ["proof", "review", "both"] as const;
type Options = { readonly with: (typeof CHECKS)[number]; readonly strict?: true };

export function hookCommand(program: Command): void {
  program
    .command("hook")
    .description(
      "install the pre-push hook of the repository here, which has every push looked at; a hook that is there goes on working",
    )
    .addArgument(new Argument("<action>", "what to do").choices(["install"]))
    .addOption(new Option("--with <check>", "what looks at the push").choices(CHECKS).default("proof"))
    .option("--strict", "also hold a push back when the check could not tell")
    .addHelpText(
      "after",
      "\nExamples:\n  coop hook install                          proves each push\n  coop hook install --with both --strict     and has it reviewed; what could not be told holds it back, too",
    )
    .action((_action: string, options: Options) => install(options));
}

/** In the first lines, so that our own hook is told from anybody else's. */
const MARK = "# Written by coop hook install";
const KINDS = "# Runs ";
const BEFORE = "pre-push.before-coop";

async function install(options: Options): Promise<void> {
  const git = { folder: process.cwd(), searchPath: environment().PATH ?? "/usr/bin:/bin", temporary: tmpdir() };
  const asked = await askGit(git, ["rev-parse", "--git-common-dir"]);
  if (asked.code !== 0) throw new Ended(EXIT.usage, await whyNoRepository(git, "go into one first"));
  const folder = await hooksFolder(git, resolve(git.folder, asked.text.trim()));
  await mkdir(folder, { recursive: true });
  const path = join(folder, "pre-push");
  const found = await readFile(path, "utf8").catch(() => null);
  if (found !== null && !found.includes(MARK)) {
    await rename(path, join(folder, BEFORE));
    print(`The hook that was there is now ${BEFORE}; it runs first.`);
  }
  await writeFile(
    path,
    hookScript(options, process.execPath, fileURLToPath(new URL("../../bin/coop.mjs", import.meta.url))),
  );
  await chmod(path, 0o755);
  const [before, now] = [found?.includes(MARK) ? kindsIn(found) : null, kindsOf(options)];
  if (before !== null && before !== now) print(`Until now each push ran ${before}. That is replaced.`);
  print(`${path} looks at every push: it runs ${now}. \`git push --no-verify\` goes past it.`);
}

/** The repository's own setting wins, as it does for git; our way of asking git switches hooks off, so it is asked by name. */
async function hooksFolder(git: Parameters<typeof askGit>[0], home: string): Promise<string> {
  const listed = await askGit(git, ["config", "--local", "--get", "core.hooksPath"]);
  const top = (await askGit(git, ["rev-parse", "--show-toplevel"])).text.trim();
  const own = listed.text.trim();
  return own === "" ? join(home, "hooks") : resolve(top || home, own);
}

/** @param node the Node that runs this very program, so that the hook does not depend on the path */
export function hookScript(options: Options, node: string, program: string): string {
  const coop = `${quoted(node)} ${quoted(program)}`;
  return `#!/bin/sh
${MARK}
${KINDS}${kindsOf(options)}
# Holds a push back when what it adds is refuted. \`git push --no-verify\` goes past it.
here=$(dirname "$0")
refs=$(cat)
if [ -x "$here/${BEFORE}" ]; then printf '%s\\n' "$refs" | "$here/${BEFORE}" "$@" || exit $?; fi
seen=
printf '%s\\n' "$refs" | while read -r _ head _ there; do
  # A deletion adds nothing. A tag stands for its commit; one of a file stands for none.
  case $head in ""|*[!0]*) ;; *) continue ;; esac
  [ -n "$head" ] || continue
  head=$(git rev-parse -q --verify "$head^{commit}") || continue
  case " $seen " in *" $head "*) continue ;; esac
  seen="$seen $head"
  base=
  case $there in *[!0]*) base=$(git rev-parse -q --verify "$there^{commit}") || base= ;; esac
  if [ -z "$base" ]; then
    # Of a new branch or tag only what the remote lacks is new.
    [ -n "$(git rev-list -n 1 "$head" --not "--remotes=$1")" ] || continue
    for name in HEAD main master $(git for-each-ref --format='%(refname:lstrip=3)' "refs/remotes/$1/"); do
      base=$(git merge-base "$head" "refs/remotes/$1/$name" 2>/dev/null) && break
    done
  fi
  if [ -z "$base" ]; then
    base=$(git rev-list --max-parents=0 "$head" | tail -n 1)
    if [ "$base" = "$head" ]; then
      echo "coop: the first commit of a repository has nothing to be compared with, so it is not looked at." >&2
    else
      echo "coop: nothing of this is on the remote yet, so all that came after the first commit is looked at." >&2
    fi
  fi
  if [ "$base" = "$head" ]; then continue; fi
${checksOf(options)
  .map(
    (name) =>
      `  ${coop} ${name} --base "$base" --head "$head" </dev/null; code=$?\n  [ $code -ne 1 ] || exit 1\n  if [ $code -ne 0 ]; then echo "coop ${name} could not tell (exit code $code)." >&2; ${options.strict ? "exit 1" : ":"}; fi`,
  )
  .join("\n")}
done
`;
}

function checksOf({ with: check }: Options): ("proof" | "review")[] {
  return check === "both" ? ["proof", "review"] : [check];
}

/** What a hook does, as it stands in the hook and as a person reads it. */
function kindsOf(options: Options): string {
  const checks = checksOf(options)
    .map((name) => `coop ${name}`)
    .join(" and ");
  return `${checks}${options.strict ? ", and holds a push back when that could not tell" : ""}`;
}

/** @returns what the hook that is there does; null for one from before it said so */
function kindsIn(script: string): string | null {
  const line = script.split("\n").find((one) => one.startsWith(KINDS));
  return line?.slice(KINDS.length) ?? null;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
