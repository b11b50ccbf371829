import { access, constants, mkdir, realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import type { DeskRepository } from "../desk/repository.ts";
import { askGit } from "../workspace/git-process.ts";
import { pathTrouble } from "../path-trouble.ts";

/**
 * Where `--collab` leads. The folder is made before a model is asked, so that nobody pays for a page that cannot be written.
 * @returns the sentence why it cannot be used
 */
export async function collabFolder(
  given: string,
  { git, home, files }: Pick<DeskRepository, "git" | "home" | "files">,
): Promise<{ folder: string } | string> {
  const named = `--collab ${JSON.stringify(given)}`;
  if (given.trim() === "") return "--collab needs a folder of the working tree, as in `--collab collab`.";
  if (files === "none") return `${named}: a bare repository has no working tree to keep it in. Leave --collab out.`;
  const top = (await askGit(git, ["rev-parse", "--show-toplevel"])).text.trim();
  const folder = await realPlace(resolve(git.folder, given));
  if (isWithin(folder, await realPlace(home)))
    return `${named} lies in git's own folder: name one of the working tree.`;
  if (top === "" || !isWithin(folder, await realPlace(top)))
    return `${named} lies outside the working tree: name a folder in it, as in \`--collab collab\`.`;
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    return `${named} cannot be used as a folder (${pathTrouble(error)}). Name another one in the working tree.`;
  }
  return { folder };
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way.split("/")[0] !== ".." && !isAbsolute(way));
}

/** Without symbolic links, as far as the path exists already. */
async function realPlace(path: string): Promise<string> {
  const real = await realpath(path).catch(() => null);
  if (real !== null) return real;
  const above = dirname(path);
  return above === path ? path : join(await realPlace(above), relative(above, path));
}
