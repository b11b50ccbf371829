/** What looks at a push, and how strictly. */
export const CHECKS = ["proof", "review", "both"] as const;
export type HookOptions = { readonly with: (typeof CHECKS)[number]; readonly strict?: true };

const MARK = "# Written by coop hook install";
const KINDS = "# Runs ";
/** What a hook that was there is called from then on. */
export const BEFORE = "pre-push.before-coop";
/** Set while a hook runs the one that was there before: that one may lead back here. */
const RUNS = "COOP_HOOK_RUNS";

const BEGINS = `#!/bin/sh\n${MARK}\n`;

/** Whether all of a hook is ours. One that only calls ours, by the lines below, is somebody else's. */
export function isOurHook(script: string | null): boolean {
  return script?.startsWith(BEGINS) === true;
}

/** @param node the Node that runs this very program, so that the hook does not depend on the path */
export function hookScript(options: HookOptions, node: string, program: string): string {
  const coop = `${quoted(node)} ${quoted(program)}`;
  return `${BEGINS}${KINDS}${kindsOf(options)}
# Holds a push back when what it adds is refuted. \`git push --no-verify\` goes past it.
[ -z "\${${RUNS}:-}" ] || exit 0
here=$(dirname "$0")
refs=$(cat)
before="$here/${BEFORE}"
# A manager of hooks that was installed over this one runs it as the older hook: it must not be called again from here.
if [ -n "\${PRE_COMMIT_RUNNING_LEGACY:-}" ] && grep -q pre-commit "$before" 2>/dev/null; then before=; fi
if [ -n "$before" ] && [ -x "$before" ]; then printf '%s\\n' "$refs" | ${RUNS}=1 "$before" "$@" || exit $?; fi
# An upgrade of Node, or npx's cache that was cleaned, takes them away.
for program in ${quoted(node)} ${quoted(program)}; do
  [ -e "$program" ] && continue
  echo "coop could not tell: $program is gone. Run 'coop hook install' again." >&2
  exit ${options.strict ? 1 : 0}
done
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

function checksOf({ with: check }: HookOptions): ("proof" | "review")[] {
  return check === "both" ? ["proof", "review"] : [check];
}

/** What a hook does, as it stands in the hook and as a person reads it. */
export function kindsOf(options: HookOptions): string {
  const checks = checksOf(options)
    .map((name) => `coop ${name}`)
    .join(" and ");
  return `${checks}${options.strict ? ", and holds a push back when that could not tell" : ""}`;
}

/** @returns what the hook that is there does; null for one from before it said so */
export function kindsIn(script: string): string | null {
  const line = script.split("\n").find((one) => one.startsWith(KINDS));
  return line?.slice(KINDS.length) ?? null;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * For a hook that others wrote, or that is committed: it calls ours where this repository has one, and hands git's list of what is
 * pushed on to the commands after it.
 */
export const CALLS_OURS = `${MARK}; does nothing where that was not run.
coop=$(git rev-parse --git-common-dir)/coop/pre-push
if [ -x "$coop" ] && coop_refs=$(cat) && [ -n "$coop_refs" ]; then
  printf '%s\\n' "$coop_refs" | "$coop" "$@" || exit $?
  exec <<COOP
$coop_refs
COOP
fi
`;
