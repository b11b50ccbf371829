import picomatch from "picomatch";
import type { Policy } from "../../../core/rules/policy.ts";
import { PROTECTED_PATHS } from "../../../core/rules/protected-paths.ts";
import { foldPath } from "../../../trees/paths.ts";

/**
 * Whether a path is one of those that no change may touch by itself. Every spelling that some file system takes for the
 * protected file is meant as well: case, decomposed letters, invisible characters, trailing dots and spaces, streams.
 */
export function isProtected(path: string, globs: readonly string[]): boolean {
  const name = plain(path);
  return picomatch(globs.map(plainGlob), { dot: true, nocase: true })(name);
}

export function protectedGlobs(policy: Policy): readonly string[] {
  return [...PROTECTED_PATHS, ...policy.protected];
}

function plain(path: string): string {
  return foldPath(path.normalize("NFKC"))
    .replace(/[\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]/gu, "")
    .replaceAll("\\", "/")
    .split("/")
    .map((name) => name.replace(/:.*$/, "").replace(/[. ]+$/, ""))
    .filter((name) => name !== "")
    .join("/");
}

/** A folder means everything in it, as people expect who write `deploy/`. */
function plainGlob(glob: string): string {
  const folded = foldPath(glob).replace(/^\.?\//, "");
  return folded.endsWith("/") ? `${folded}**` : folded;
}
