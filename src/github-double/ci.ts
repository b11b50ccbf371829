import { createRun, updateRun } from "./acts/checks.ts";
import type { App, Repository } from "./state.ts";
import type { World } from "./world.ts";

/**
 * A small CI: an App of its own that runs a check on every pushed commit and reports it as a check run. It stands for
 * whatever checks a repository has; what it runs, and where, is the business of whoever hands in the check.
 */
export type CiResult = {
  readonly conclusion: "success" | "failure" | "neutral";
  readonly title: string;
  readonly summary: string;
};
/** Gets the files of the pushed commit by path. */
export type CiCheck = (files: Map<string, Buffer>, headSha: string) => Promise<CiResult>;

export class LocalCi {
  readonly #world: World;
  readonly #app: App;
  readonly #checks = new Map<Repository, { readonly name: string; readonly check: CiCheck }>();
  readonly #running = new Set<Promise<void>>();

  constructor(world: World, app: App) {
    this.#world = world;
    this.#app = app;
    world.onPush.push((repo, _ref, headSha) => this.run(repo, headSha));
  }

  watch(repo: Repository, name: string, check: CiCheck): void {
    this.#checks.set(repo, { name, check });
  }

  /** Runs the repository's check on a commit, also again; nothing happens where none is set. */
  run(repo: Repository, headSha: string): void {
    const found = this.#checks.get(repo);
    if (!found) return;
    const running = this.#report(repo, headSha, found.name, found.check).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  running(): readonly Promise<void>[] {
    return [...this.#running];
  }

  async #report(repo: Repository, headSha: string, name: string, check: CiCheck): Promise<void> {
    const run = createRun(this.#world, repo, this.#app, { name, head_sha: headSha, status: "in_progress" });
    const { conclusion, title, summary } = await check(filesAt(repo, headSha), headSha).catch(broken);
    updateRun(this.#world, repo, run, { conclusion, output: { title, summary } });
  }
}

export function filesAt(repo: Repository, commitSha: string): Map<string, Buffer> {
  const files = [...repo.git.filesOf(commitSha)].filter(([, entry]) => entry.mode !== "160000");
  return new Map(files.map(([path, entry]) => [path, repo.git.blob(entry.sha)]));
}

/** A check that cannot be run has not passed. */
function broken(error: unknown): CiResult {
  const message = error instanceof Error ? error.message : String(error);
  return { conclusion: "failure", title: "The check could not be run", summary: message };
}
