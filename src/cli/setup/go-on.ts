import { setTimeout as delay } from "node:timers/promises";
import type { AppConnection } from "../../config.ts";
import type { ForgeApp, RepositoryAccess } from "../../forge/forge-app.ts";
import { ForgeAway } from "../../forge/forge.ts";
import { connectGitHub } from "../../github/octokit.ts";
import { memoryTree } from "../../trees/memory-tree.ts";
import { scratchBlobs } from "../../trees/scratch-blobs.ts";
import { Ended, EXIT } from "../exit.ts";
import { createLabels, offerFor, openStarter } from "./repositories.ts";
import { plain } from "../terminal.ts";

/** What set-up does once there is an App: wait for its installation, then make each repository ready for a first ticket. */
export type Setting = {
  readonly config: AppConnection;
  readonly secrets: readonly string[];
  /** Where somebody installs the App. */
  readonly page: string;
  readonly say: (line: string) => void;
  /** Whether a pull request is wanted in this repository. Null: nobody can be asked. */
  readonly wants: (repository: string, files: readonly string[]) => Promise<boolean | null>;
  readonly lookMs?: number;
  readonly waitMs?: number;
};

/** A person who clicks in the browser sees the terminal go on at once, and GitHub allows 5,000 looks an hour. */
const LOOK_MS = 3_000;
/** Whoever takes longer runs the command again, which goes on here. */
const INSTALL_WAIT_MS = 15 * 60_000;
/** Whoever has more of them does not want to be asked about each. */
const REPOSITORIES_MAX = 20;

export async function goOn(setting: Setting): Promise<void> {
  const { config, secrets, say } = setting;
  const blobs = scratchBlobs(memoryTree([]).blobs);
  const { githubApiUrl: baseUrl, ...as } = config;
  // One person's few writes: there is nothing to space out.
  const app = connectGitHub({ ...as, baseUrl, pace: null, blobs, secrets });
  const all = await installedOn(app, setting);
  for (const repository of all.slice(0, REPOSITORIES_MAX)) {
    const forge = app.forRepository(repository);
    const name = plain(`${repository.owner}/${repository.name}`);
    try {
      say(`${name}: ${await createLabels(forge)}`);
      const offer = await offerFor(forge);
      const wanted = offer.state === "offered" ? await setting.wants(name, offer.files) : false;
      if (offer.state === "none") say(`${name}: ${plain(offer.why)}`);
      else if (wanted) say(`${name}: ${plain(await openStarter(forge, blobs, offer))}`);
      else if (wanted === null)
        say(`${name}: \`npm run setup -- --yes\` also opens a pull request with a first policy and an issue form`);
    } catch (error) {
      if (!(error instanceof ForgeAway)) throw error;
      say(`${name}: ${plain(error.message)}. Run this again to go on with it.`);
    }
  }
  const rest = all.length - REPOSITORIES_MAX;
  if (rest > 0)
    say(`${rest} more repositories were left as they are. They need nothing: labels are created when they are used.`);
}

/** @throws Ended when nobody installs it in time, or GitHub does not say */
async function installedOn(app: ForgeApp, setting: Setting): Promise<readonly RepositoryAccess[]> {
  const { say, page, lookMs = LOOK_MS, waitMs = INSTALL_WAIT_MS } = setting;
  const until = performance.now() + waitMs;
  let why: string | null = null;
  for (let first = true; ; first = false) {
    try {
      const found = await repositoriesOf(app);
      if (found.length > 0) return found;
      why = null;
    } catch (error) {
      if (!(error instanceof ForgeAway)) throw error;
      why = plain(error.message);
    }
    if (first)
      say(
        `Install the App on a repository: ${page}\nThis waits for it; Ctrl-C stops, and running it again continues here.`,
      );
    if (performance.now() >= until) {
      const what = why ?? "The App is not installed on any repository yet";
      throw new Ended(EXIT.unavailable, `${what}. Install it at ${page}, then run \`npm run setup\` again.`);
    }
    await delay(lookMs);
  }
}

async function repositoriesOf(app: ForgeApp): Promise<RepositoryAccess[]> {
  const found: RepositoryAccess[] = [];
  for (const { id, state } of await app.installations())
    if (state === "active") found.push(...(await app.repositories(id)));
  return found;
}
