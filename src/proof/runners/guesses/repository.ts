import type { Blobs, Tree } from "../../../trees/tree.ts";

/** A repository as those who guess its test commands look at it. */
export type Repository = { readonly tree: Tree; readonly blobs: Blobs };

/**
 * One part of a repository and the commands that may run its tests, the most telling first. What is `extra` counts only
 * where it is seen to work: a folder with a manifest of its own may be an example, or need what nobody has.
 */
export type Guess = { readonly alternatives: readonly string[]; readonly extra?: true };

/** Empty text for a file that is missing or a link. @throws when the content is not in the blob store */
export async function textOf({ tree, blobs }: Repository, path: string): Promise<string> {
  const file = tree.get(path);
  if (!file || file.mode === "120000" || file.mode === "160000") return "";
  const content = await blobs.get(file.sha);
  if (!content) throw new Error(`The content of ${path} (${file.sha}) is not in the blob store`);
  return content.toString("utf8");
}

/** A repository's tests are all of one kind, as a rule; these many are enough to see which. */
const READ_MAX = 20;

export function readSome(repository: Repository, paths: readonly string[]): Promise<string[]> {
  return Promise.all(paths.slice(0, READ_MAX).map((path) => textOf(repository, path)));
}

export function has({ tree }: Repository, pattern: RegExp): boolean {
  return [...tree.keys()].some((path) => pattern.test(path));
}
