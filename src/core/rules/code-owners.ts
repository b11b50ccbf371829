/**
 * GitHub's CODEOWNERS: the last line whose pattern fits a file names its owners. Patterns are those of gitignore, without `!`,
 * `[ ]` and `\#`. A line that is none of these owns nothing, as on GitHub.
 */

/** GitHub reads no file of more than 3 MB; ours has to be matched against each changed file. */
export const CODE_OWNERS_PATHS = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;
const LINES_MAX = 5_000;
/** More than these at once is a mailing list. */
const OWNERS_CALLED_MAX = 3;
const OWNER = /^@([A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\/[A-Za-z0-9][\w.-]{0,99})?)$/;

/** Logins and teams (`org/team`) that own any of these files, those of most files first. */
export function codeOwners(text: string, paths: readonly string[]): string[] {
  const rules = text.split(/\r?\n/).slice(0, LINES_MAX).flatMap(ruleOf).reverse();
  const counts = new Map<string, number>();
  for (const path of paths) {
    const owners = rules.find((rule) => fits(rule.pattern, path.split("/")))?.owners ?? [];
    for (const owner of owners) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  const ordered = [...counts].sort(([, one], [, other]) => other - one).map(([owner]) => owner);
  return ordered.slice(0, OWNERS_CALLED_MAX);
}

type Pattern = { readonly parts: readonly string[]; readonly covers: "itself-and-below" | "below" | "itself" };
type Rule = { readonly pattern: Pattern; readonly owners: readonly string[] };

function ruleOf(line: string): Rule[] {
  const [pattern = "", ...named] = line
    .replace(/(^|\s)#.*$/, "")
    .trim()
    .split(/\s+/);
  if (pattern === "" || /^!|[[\]\\]/.test(pattern)) return [];
  const owners = named.flatMap((one) => OWNER.exec(one)?.[1] ?? []);
  return [{ pattern: patternOf(pattern), owners: [...new Set(owners)] }];
}

/** A pattern with a slash inside begins at the root; one without fits at any depth. */
function patternOf(text: string): Pattern {
  const parts = text.split("/").filter((part) => part !== "");
  const rooted = text.replace(/\/$/, "").includes("/");
  const covers = text.endsWith("/") ? "below" : rooted && parts.at(-1) === "*" ? "itself" : "itself-and-below";
  return { parts: rooted ? parts : ["**", ...parts], covers };
}

function fits({ parts, covers }: Pattern, path: readonly string[]): boolean {
  // Which parts of the pattern can come next; a set instead of trying each way keeps it linear.
  let next = reachable(parts, new Set([0]));
  for (const [at, name] of path.entries()) {
    const after = new Set<number>();
    for (const index of next) {
      const part = parts[index];
      if (part === undefined) continue;
      if (part === "**") after.add(index);
      else if (nameFits(part, name)) after.add(index + 1);
    }
    next = reachable(parts, after);
    const isFile = at === path.length - 1;
    const ended = next.has(parts.length) && parts.at(-1) !== "**";
    if (ended && (isFile ? covers !== "below" : covers !== "itself")) return true;
  }
  return parts.at(-1) === "**" && next.has(parts.length);
}

/** `**` may also stand for nothing. */
function reachable(parts: readonly string[], from: ReadonlySet<number>): Set<number> {
  const all = new Set(from);
  for (const index of all) if (parts[index] === "**") all.add(index + 1);
  return all;
}

/** `*` for any characters of one name, `?` for one. */
function nameFits(pattern: string, name: string): boolean {
  let [at, star, tried] = [0, -1, 0];
  for (let index = 0; index < name.length;) {
    if (pattern[at] === "?" || (pattern[at] === name[index] && pattern[at] !== "*")) [at, index] = [at + 1, index + 1];
    else if (pattern[at] === "*") [star, tried, at] = [at, index, at + 1];
    else if (star >= 0) [at, tried, index] = [star + 1, tried + 1, tried + 1];
    else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
