import { access, constants, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { type Check, well, wrong } from "../../audit/checkup.ts";
import { type Environment, loadModels } from "../../config.ts";
import { type Begins, beginsAt, type DeskRepository, findRepository, noGit } from "../../desk/repository.ts";
import { pathTrouble, writeRemedy } from "../../path-trouble.ts";
import { askGit } from "../../workspace/git-process.ts";
import { lacksOf, namesNoModel, THREE_WAYS } from "../desk/pool.ts";
import { keptAt, type Place } from "../desk.ts";
import { askedUrl } from "../desk/kept.ts";
import { listedAt } from "../run-list.ts";
import { shortSha } from "../../core/ledger/ids.ts";
import { count } from "../../messages/format.ts";

/** Settings that only a server of the App has; each can be a file, too (`WEBHOOK_SECRET_FILE`). */
const APP_SETTINGS =
  /^(APP_ID|PRIVATE_KEY(_PATH)?|WEBHOOK_SECRET|COOP_ROLE|COOP_INTAKE|COOP_KEYS_URL|COOP_KEYS_SECRET|GITHUB_CLIENT_ID|GITHUB_CLIENT_SECRET)(_FILE)?$/;

export function isForApp(env: Environment): boolean {
  return Object.entries(env).some(([name, value]) => value && APP_SETTINGS.test(name));
}

/** Applications have a DATABASE_URL, too, and a desk keeps packages in COOP_DATA_DIR: they alone make no server, but may be of one. */
const SERVER_MAYBE = ["DATABASE_URL", "COOP_DATA_DIR"] as const;

export function checkServerElsewhere(env: Environment): Check[] {
  const named = SERVER_MAYBE.filter((name) => env[name]);
  if (named.length === 0) return [];
  return [
    well(
      "server",
      `not looked at. If a server of the App has ${named.join(" and ")} as here, \`coop doctor --app\` looks at it`,
    ),
  ];
}

/** With less than this, a repository's packages and the copies that runs work on soon fill the disk. */
const FREE_BYTES_MIN = 1024 ** 3;

export async function checkGit({ folder, searchPath }: Place): Promise<Check> {
  const git = { folder, searchPath, temporary: tmpdir() };
  if ((await noGit(git)) !== null) return wrong("git", "There is none on the PATH.", "Install git.");
  return well("git", (await askGit(git, ["--version"])).text.trim().replace(/^git version /, ""));
}

export function checkNode(): Check {
  return well("node", `${process.version}, ${process.execPath}`);
}

export type RepositoryHere = { readonly repository: DeskRepository | null; readonly checks: readonly Check[] };

export async function checkRepository(place: Place): Promise<RepositoryHere> {
  const found = await findRepository({ ...place, temporary: tmpdir() });
  if (found.outcome === "refused") {
    const next = "For a server of the GitHub App: coop doctor --app.";
    return { repository: null, checks: [wrong("repository", found.sentence, next)] };
  }
  const { repository } = found;
  const begins = await beginsAt(repository, null);
  const is =
    typeof begins === "string"
      ? wrong("repository", begins, "Then run this again.")
      : well(
          "repository",
          [`${repository.name} at ${beginning(begins)}.`, ...repository.notes, ...begins.notes].join(" "),
        );
  return { repository, checks: [is, await checkTickets(place, repository)] };
}

function beginning({ base, commitSha }: Begins): string {
  return base === commitSha ? shortSha(commitSha) : `${base} (${shortSha(commitSha)})`;
}

/** Looking makes nothing: a repository without tickets stays as it is. */
async function checkTickets(place: Place, repository: DeskRepository): Promise<Check> {
  const { home } = repository;
  const folder = join(home, "coop");
  try {
    const isThere = await stat(folder).catch(() => null);
    await access(isThere ? folder : home, constants.W_OK | constants.X_OK);
    const at = keptAt(repository);
    const tickets = count((await listedAt(place)).length, "ticket");
    const begins = at === "nowhere" && place.databaseUrl ? await askedUrl(place.databaseUrl) : null;
    if (begins?.outcome === "refused") return wrong("tickets", begins.sentence, "Start it, or unset DATABASE_URL.");
    const has = at === "postgres" ? "the PostgreSQL of DATABASE_URL has" : "it has";
    const where = begins ? "; the first one begins in the PostgreSQL of DATABASE_URL" : "";
    return well("tickets", `${folder} can be written; ${has} ${tickets}${where}`);
  } catch (error) {
    if (error instanceof Error && !("code" in error)) return wrong("tickets", error.message, "See above.");
    return wrong("tickets", `${folder} cannot be written (${pathTrouble(error)}).`, writeRemedy(error, "git's folder"));
  }
}

export function checkPool(env: Environment): Check {
  const loaded = loadModels(env);
  if (loaded.outcome === "refused") {
    return namesNoModel(env)
      ? wrong("models", "None can be asked.", THREE_WAYS)
      : wrong("models", loaded.sentence, "Mend that, then run this again.");
  }
  const out = loaded.keyless.map(({ name, variable }) => `${name} (${variable} is not set)`);
  return well(
    "models",
    [
      `${loaded.pool.map(({ name }) => name).join(", ")}${out.length > 0 ? `; left out: ${out.join(", ")}` : ""}`,
      ...lacksOf(loaded.pool),
    ].join("; "),
  );
}

/** @param folder where packages are kept */
export async function checkDisk(folder: string): Promise<Check> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const says = `${folder} has ${(free / 1024 ** 3).toFixed(1)} GB free for the packages of repositories`;
  return free < FREE_BYTES_MIN ? wrong("disk", `${says}.`, "Make room for at least 1 GB.") : well("disk", says);
}
