import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Environment } from "./config.ts";

/**
 * What of this machine repository code must never read, wherever it lies: a key below `/usr/local/etc` would be seen inside
 * with all of `/usr`. Asked by whatever makes a sandbox, so that no command can forget a part of it.
 */
export type Standing = {
  readonly env: Environment;
  /** The process's own folder: a server's, or the repository of whoever calls `coop`. */
  readonly folder: string;
  readonly home: string;
  /** Of this program; its `.env` holds the keys. */
  readonly program: string;
};

export function standingHere(env: Environment): Standing {
  return { env, folder: process.cwd(), home: homedir(), program: dirname(dirname(fileURLToPath(import.meta.url))) };
}

/** Their names say what they hold. Others (`SSL_CERT_FILE`, `PKG_CONFIG`, `GIT_ASKPASS`) name what programs inside may need. */
const NAMES_A_SECRET =
  /(^|_)(KEYS?|SECRETS?|TOKENS?|PASSWORDS?|CREDENTIALS?|DATABASE_URL|SECRETS_BEFORE)(_FILE|_PATH|_DIRECTORY)?$/i;
/** Settings with passwords in them, ours and other programs'. */
const SETTINGS =
  /^(COOP_CONFIG|(PIP|AWS)_CONFIG_FILE|NPM_CONFIG_(USER|GLOBAL)CONFIG|DOCKER_CONFIG|KUBECONFIG|GIT_CONFIG_(GLOBAL|SYSTEM)|NETRC|PGPASSFILE|PGSERVICEFILE|GNUPGHOME)$/i;
/** Where the package managers of a machine keep what they say to a registry that asks for a password. */
const OF_MANAGERS = ["npmrc", "pip.conf", "gemrc", "netrc"].flatMap((name) => [
  `/usr/local/etc/${name}`,
  `/usr/etc/${name}`,
]);
const CARGO_HOMES = ["/usr/local/cargo", "/usr/local/rust"];
/** A folder that holds one of these is the machine's, whoever stands in it: without it nothing runs inside. */
const OF_THE_MACHINE = ["/usr/bin", "/usr/sbin", "/usr/lib", "/usr/share", "/usr/local/bin", "/usr/local/lib"];

/** @returns absolute paths, of which some may not exist */
export function privatePlaces({ env, folder, home, program }: Standing): string[] {
  const named = Object.entries(env).flatMap(([name, value]) =>
    value && (NAMES_A_SECRET.test(name) || SETTINGS.test(name)) ? pathsIn(value, folder) : [],
  );
  const cargo = [env["CARGO_HOME"], ...CARGO_HOMES].flatMap((at) =>
    at ? [join(at, "credentials.toml"), join(at, "credentials")] : [],
  );
  const npm = join(dirname(dirname(process.execPath)), "etc/npmrc");
  const whole = [...named, folder, workTreeOf(folder), program, home].flatMap(wholeOrItsSecrets);
  return [...new Set([...whole, ...cargo, ...OF_MANAGERS, npm])];
}

/** A key itself begins with no stroke, and names no file. Several paths stand with colons between them (`KUBECONFIG`). */
function pathsIn(value: string, folder: string): string[] {
  if (!value.startsWith("/")) return existsSync(resolve(folder, value)) ? [resolve(folder, value)] : [];
  return value.split(":").flatMap((one) => (/^\/./.test(one) ? [resolve(one)] : []));
}

/** The repository that this folder is a part of, whose `.env` is in no commit. */
export function workTreeOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (at === dirname(at)) return folder;
  }
}

function wholeOrItsSecrets(folder: string): string[] {
  const holds = (one: string) => one === folder || one.startsWith(folder === "/" ? "/" : `${folder}/`);
  if (!OF_THE_MACHINE.some(holds)) return [folder];
  return secretsIn(folder).map((name) => join(folder, name));
}

function secretsIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^\.env(\.|$)|^\.(netrc|npmrc|pypirc|git-credentials)$/.test(name));
  } catch {
    return [];
  }
}
