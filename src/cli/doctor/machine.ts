import { readFile } from "node:fs/promises";
import { homedir, platform, release } from "node:os";
import { type Check, well, wrong } from "../../audit/checkup.ts";
import { environment, loadServer } from "../../config.ts";
import { packageEnvironment, sandboxHere, toolchainsOn } from "../../machine.ts";
import { type Survey, surveyMachine } from "../../workspace/prepare/survey.ts";

/**
 * What `coop doctor` says about this machine: whether code can be run here, with which tools, and where packages come from.
 * @param layers a folder for copies of tool chains that a run could not see where they are: up to some hundred megabytes
 */
export async function checkPackages(layers: string): Promise<Check[]> {
  const env = environment();
  const host = { searchPath: env.PATH ?? "", home: homedir(), environment: packageEnvironment(env) };
  const survey = await surveyMachine(host, layers);
  const loaded = loadServer(env);
  const more = loaded.outcome === "loaded" ? loaded.server.sandbox.registries : [];
  return judgePackages(survey, more);
}

/** @param more hosts of the server file */
export function judgePackages({ found, missing, registries, withSecret }: Survey, more: readonly string[]): Check[] {
  const versions = found.map((one) => (one.version.includes(one.tool) ? one.version : `${one.tool} ${one.version}`));
  const absent = missing.length > 0 ? `; not here: ${missing.join(", ")}` : "";
  const lines = registries.map(({ manager, hosts }) => `${manager}: ${hosts.join(", ") || "none"}`);
  const besides = more.length > 0 ? [`sandbox.registries: ${more.join(", ")}`] : [];
  const silent = registries.filter(({ hosts }) => hosts.length === 0).map(({ manager }) => manager);
  return [
    well(
      "tools",
      `${["node", ...versions].join(", ")}${absent}. Repositories that need what is not here stay unproven.`,
    ),
    silent.length > 0
      ? wrong(
          "packages",
          `It could not be found out where ${silent.join(" and ")} ${silent.length === 1 ? "gets" : "get"} packages from.`,
          "Look whether the registry can be reached from this server, or name its host in sandbox.registries.",
        )
      : well("packages", `may come from ${[...lines, ...besides].join("; ") || "nowhere"}`),
    ...withSecret.map((host) =>
      wrong(
        "packages",
        `${host} wants a token, and no secret is given to a repository.`,
        "Serve its packages from a mirror without a password and name that in sandbox.registries.",
      ),
    ),
  ];
}

/** What else can be done where no sandbox works. */
export const OTHERWISE = {
  server: "or set sandbox.driver to none: proof then comes from the repository's own checks.",
  desk: "or set sandbox.driver to none in the file that COOP_CONFIG names: tests are then not run, and a person accepts what stays unproven.",
};

/** @param privatePaths what repository code must not see */
export async function checkRuns(privatePaths: readonly string[], otherwise: string): Promise<Check> {
  const loaded = loadServer(environment());
  if (loaded.outcome === "refused")
    return wrong("sandbox", loaded.sentence, "Correct the file: coop check-config --server.");
  const { sandbox } = loaded.server;
  if (sandbox.driver === "none")
    return well("sandbox", "turned off by COOP_CONFIG: proof comes from the repository's own checks");
  const searchPath = environment().PATH ?? "";
  const toolchain = toolchainsOn(searchPath);
  const check = await sandboxHere(sandbox, { searchPath, privatePaths, toolchain });
  if (check.state === "available") {
    const { driver, version, memoryBy } = check.sandbox;
    const memory = memoryBy ? ` Memory is held by ${memoryBy} too.` : "";
    const before = check.passedOver?.length ? ` Not used: ${check.passedOver.join(" ")}` : "";
    const apart = platform() === "linux" ? withoutLandlock(release(), await kernelModules()) : "";
    return well("sandbox", `${driver} (${version}); every probe was blocked.${memory}${before}${apart}`);
  }
  return wrong(
    "sandbox",
    check.why,
    `${(await obstacle()) ?? "Install what is missing (Debian: `apt install bubblewrap util-linux`)"}, ${otherwise}`,
  );
}

/** Linux keeps the command from the processes that tell how it ended since Landlock's sixth version. */
const LANDLOCK_SINCE = [6, 12] as const;

/** @param modules what the kernel has switched on, with commas between; null where it does not say */
export function withoutLandlock(kernel: string, modules: string | null): string {
  const [major = 0, minor = 0] = kernel.split(".").map(Number);
  const isNew = major > LANDLOCK_SINCE[0] || (major === LANDLOCK_SINCE[0] && minor >= LANDLOCK_SINCE[1]);
  if (isNew && (modules === null || modules.split(",").includes("landlock"))) return "";
  const lacks = isNew ? "Landlock is off" : `Linux is older than ${LANDLOCK_SINCE.join(".")}`;
  return ` ${lacks}: code inside can change how its own run is reported (docs/SECURITY.md, What remains).`;
}

async function kernelModules(): Promise<string | null> {
  return readFile("/sys/kernel/security/lsm", "utf8").then(
    (text) => text.trim(),
    () => null,
  );
}

/** Settings of the host that keep ordinary users from namespaces: the file, the value that does, what to do. */
const OBSTACLES = [
  ["kernel/unprivileged_userns_clone", "0", "Set `sysctl kernel.unprivileged_userns_clone=1`"],
  [
    "kernel/apparmor_restrict_unprivileged_userns",
    "1",
    "Give bwrap an AppArmor profile that allows `userns`, or set `sysctl kernel.apparmor_restrict_unprivileged_userns=0`",
  ],
  ["user/max_user_namespaces", "0", "Raise `sysctl user.max_user_namespaces`"],
] as const;

async function obstacle(): Promise<string | null> {
  for (const [name, forbids, advice] of OBSTACLES) {
    const value = await readFile(`/proc/sys/${name}`, "utf8").catch(() => "");
    if (value.trim() === forbids) return advice;
  }
  return null;
}
