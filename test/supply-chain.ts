import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { npmCommand } from "../src/cli/npm-command.ts";

/**
 * What comes from others. Licences and pinned versions are read from the lockfile; known faults are asked
 * from the registry, where it answers such questions; and the list of parts (SBOM) has to come out. A registry that does not answer is said, and is no fault of this repository.
 */
type Package = {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly integrity?: string;
};
export type Lockfile = { readonly packages: Readonly<Record<string, Package>> };
type Manifest = {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

/** They allow use, change and redistribution below this repository's MIT licence. */
const LICENCES: ReadonlySet<string> = new Set([
  ...["MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Unlicense", "CC0-1.0", "(MIT OR CC0-1.0)"],
  "BlueOak-1.0.0",
]);
const EXACT = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;

/** Packages that are shipped and whose licence is not among those that were looked at. */
export function strangeLicences({ packages }: Lockfile): string[] {
  return shipped({ packages })
    .filter(([, { license }]) => !LICENCES.has(license ?? ""))
    .map(([path, { license }]) => `${path}: ${license ?? "no licence is named"}`);
}

/** What is shipped and would run a program of its own while it is installed, or has no hash that npm could check. */
export function unheld({ packages }: Lockfile): string[] {
  return shipped({ packages }).flatMap(([path, { hasInstallScript, integrity }]) => {
    if (hasInstallScript) return [`${path}: has an install script`];
    return integrity?.startsWith("sha512-") ? [] : [`${path}: no hash`];
  });
}

/** Dependencies that another day's installation may get in another version. */
export function looseVersions({ dependencies, devDependencies }: Manifest): string[] {
  return Object.entries({ ...dependencies, ...devDependencies }).flatMap(([name, version]) =>
    EXACT.test(version) ? [] : [`${name}: ${version}`],
  );
}

function shipped({ packages }: Lockfile): [string, Package][] {
  return Object.entries(packages).filter(([path, { dev }]) => path !== "" && !dev);
}

export type Audit = "clean" | "unanswered" | readonly string[];

/** @param said what `npm audit --json` printed */
export function auditOf(said: string): Audit {
  let answer: { vulnerabilities?: Record<string, { severity?: string }> };
  try {
    answer = JSON.parse(said) as typeof answer;
  } catch {
    return "unanswered";
  }
  if (!answer.vulnerabilities) return "unanswered";
  const found = Object.entries(answer.vulnerabilities).map(
    ([name, { severity }]) => `${name}: ${severity ?? "unknown"}`,
  );
  return found.length === 0 ? "clean" : found;
}

function npm(...args: string[]): string {
  return spawnSync("npm", args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024, timeout: 120_000 }).stdout ?? "";
}

function main(): void {
  npmCommand("supply-chain", "Checks licences, versions and known faults of the packages. Exit code 1: something does not hold.").parse(); // prettier-ignore
  const lockfile = JSON.parse(readFileSync("package-lock.json", "utf8")) as Lockfile;
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
  const faults: string[] = [];
  const say = (what: string, found: readonly string[], well: string) => {
    console.log(found.length === 0 ? `✓ ${what}: ${well}` : `✗ ${what}:\n  ${found.join("\n  ")}`);
    faults.push(...found);
  };
  say("Licences", strangeLicences(lockfile), `${shipped(lockfile).length} shipped packages, all of known licences`);
  const node = JSON.parse(readFileSync("bin/node24/package-lock.json", "utf8")) as Lockfile;
  say(
    "Installation",
    [...unheld(lockfile), ...unheld(node)],
    "each shipped package has its hash, and none runs a script",
  );
  say("Versions", looseVersions(manifest), "each dependency is pinned");
  const audit = auditOf(npm("audit", "--omit=dev", "--json"));
  if (audit === "unanswered") console.log("? Known faults: unknown, the registry answers no audits");
  else say("Known faults", audit === "clean" ? [] : audit, "none in what is shipped");
  const sbom = JSON.parse(npm("sbom", "--omit=dev", "--sbom-format", "cyclonedx") || "{}") as {
    components?: unknown[];
  };
  const missing = sbom.components && sbom.components.length > 0 ? [] : ["npm made no list"];
  say("List of parts", missing, `${sbom.components?.length ?? 0} components (npm sbom --sbom-format cyclonedx)`);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main();
