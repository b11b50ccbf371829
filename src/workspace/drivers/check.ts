import { sweepLeftovers } from "../leftovers.ts";
import { runProcess } from "../process.ts";
import type { Sandbox, SandboxCheck } from "../sandbox.ts";
import { confined } from "./confined.ts";
import { containerSandbox, type UserInside } from "./container.ts";
import { privatePlacesInside } from "./layers-shown.ts";
import { probe } from "./probes.ts";
import { toolsShown } from "./tools-shown.ts";
import { find, prepareRuntime } from "./prepare-runtime.ts";
import { foldersShown, INSIDE_UID } from "./view.ts";
import { RUN_MEMORY_BYTES, type Runtime, type RuntimeOptions } from "./runtime.ts";

/** Which driver runs repository code on this machine: the first that is there and that every probe found closed. */
export type SandboxOptions = RuntimeOptions & {
  /** One driver alone, or whichever holds. */
  readonly driver?: DriverChoice;
  /** Of containers; absent where there is none. */
  readonly image?: string | undefined;
};

export type DriverChoice = "auto" | "bubblewrap" | "unshare" | "podman" | "docker";

/** A program that tells its version slower than that is not usable. */
const VERSION_MS = 10_000;
/** One line, with room for a warning. */
const VERSION_BYTES_MAX = 500;

type Found = { readonly sandbox: Sandbox } | { readonly why: string };
type Candidate = { readonly name: DriverChoice; find(): Promise<Found> };

export async function checkSandbox(options: SandboxOptions): Promise<SandboxCheck> {
  await sweepLeftovers(options.temporary);
  const { shown, closed } = await toolsShown(options.toolchain, process.getuid?.() === 0);
  const reasons: string[] = closed.map(
    (folder) => `${folder} is not shown inside: the user of the runs may not read it.`,
  );
  for (const candidate of await candidates({ ...options, toolchain: shown })) {
    const found = await candidate.find();
    const why = "why" in found ? found.why : await problemOf(found.sandbox, { ...options, toolchain: shown });
    if (why === null && "sandbox" in found) return { state: "available", sandbox: found.sandbox, passedOver: reasons };
    reasons.push(sentence(why ?? ""));
  }
  return { state: "none", why: reasons.join(" ") };
}

/** Reasons stand one after another. */
function sentence(text: string): string {
  const trimmed = text.trimEnd();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

async function candidates(options: SandboxOptions): Promise<readonly Candidate[]> {
  const choice = options.driver ?? "auto";
  return (await ofThisMachine(options)).filter(({ name }) => choice === "auto" || name === choice);
}

async function ofThisMachine(options: SandboxOptions): Promise<readonly Candidate[]> {
  return [...(await sharingPrograms(options)), ...containers(options)];
}

/** Drivers that show this machine's own programs. */
async function sharingPrograms(options: SandboxOptions): Promise<Candidate[]> {
  const names = ["bubblewrap", "unshare"] as const;
  const runtime =
    process.platform === "linux"
      ? await prepareRuntime(options)
      : { why: "Without containers the sandbox needs Linux (namespaces and seccomp)." };
  if ("why" in runtime) {
    // One sentence for both, unless one of them alone was asked for.
    const [first, ...others] = names.map((name) => ({ name, find: () => Promise.resolve(runtime) }));
    return (options.driver ?? "auto") === "auto" && first
      ? [first]
      : [first, ...others].filter((one) => one !== undefined);
  }
  return [
    { name: "bubblewrap", find: () => bubblewrapOf(runtime) },
    { name: "unshare", find: () => unshareOf(runtime) },
  ];
}

/** Only where the operator names an image: nothing is fetched, and a machine's other images are no business of ours. */
function containers({ driver = "auto", image, ...options }: SandboxOptions): Candidate[] {
  const names = ["podman", "docker"] as const;
  if (image === undefined) {
    const why = "sandbox.image in the server file names no image for containers.";
    return names.filter((name) => name === driver).map((name) => ({ name, find: () => Promise.resolve({ why }) }));
  }
  return names.flatMap((name) => {
    const by = (engine: string | null) => ({ name, find: () => containerOf(name, image, engine, options) });
    // The engine that podman starts by itself cannot make containers on every kernel's kind of cgroups.
    const others = name === "podman" && find(name, options.searchPath) ? OTHER_ENGINES : [];
    return [null, ...others.filter((one) => find(one, options.searchPath) !== null)].map(by);
  });
}

const OTHER_ENGINES = ["runc"] as const;

/** @param engine what makes the container; null for what `name` makes it with by itself */
async function containerOf(
  name: "podman" | "docker",
  image: string,
  engine: string | null,
  options: RuntimeOptions,
): Promise<Found> {
  const program = find(name, options.searchPath);
  if (!program) return { why: `\`${name}\` is not installed on this machine.` };
  const { temporary, memoryBytesMax = RUN_MEMORY_BYTES, engineEnvironment: environment = {} } = options;
  const user = await userInside(name, program, environment);
  if ("why" in user) return user;
  const runtime = { name, program, engine, image, environment, temporary, memoryBytesMax, user };
  const by = engine === null ? "" : ` with ${engine}`;
  return { sandbox: containerSandbox(runtime, `${await versionOf(program)}${by}, ${image}`) };
}

const ROOTLESS_DOCKER =
  "This docker daemon runs without root, and a run in it could not share packages with the server. Use podman, which can, or docker's ordinary daemon.";

async function userInside(
  name: "podman" | "docker",
  program: string,
  environment: Readonly<Record<string, string>>,
): Promise<UserInside | { readonly why: string }> {
  const [uid, gid] = [process.getuid?.() ?? INSIDE_UID, process.getgid?.() ?? INSIDE_UID];
  if (uid === 0) return { uid: INSIDE_UID, gid: INSIDE_UID, by: "given" };
  if (name === "podman") return { uid: INSIDE_UID, gid: INSIDE_UID, by: "mapped" };
  // There the server's own user would be root inside, and what anybody else wrote could not be removed by the server.
  const asked = await short(program, ["info", "--format", "{{json .SecurityOptions}}"], environment);
  return asked.includes("name=rootless") ? { why: ROOTLESS_DOCKER } : { uid, gid, by: "ours" };
}

async function bubblewrapOf(runtime: Runtime): Promise<Found> {
  if (!runtime.bwrap) return { why: "Bubblewrap (`bwrap`) is not installed on this machine." };
  return { sandbox: confined(runtime, "bubblewrap", await versionOf(runtime.bwrap)) };
}

async function unshareOf(runtime: Runtime): Promise<Found> {
  if (!runtime.unshare || !runtime.setpriv) {
    const missing = (["unshare", "setpriv"] as const).filter((name) => !runtime[name]).map((name) => `\`${name}\``);
    return { why: `${missing.join(" and ")} of the package util-linux ${missing.length > 1 ? "are" : "is"} not installed on this machine.` }; // prettier-ignore
  }
  if (!runtime.seccomp) return { why: `There is no system call filter for this processor (${process.arch}).` };
  return { sandbox: confined(runtime, "unshare", await versionOf(runtime.unshare)) };
}

/** @returns one sentence, or null for a sandbox that holds */
async function problemOf(sandbox: Sandbox, { privatePaths, toolchain }: SandboxOptions): Promise<string | null> {
  const probes = await probe(sandbox, privatePlacesInside(privatePaths, foldersShown(toolchain)));
  if (typeof probes === "string") return `The sandbox (${sandbox.driver}) does not start: ${probes}`;
  const open = probes.filter((one) => !one.blocked).map((one) => `${one.name} (${one.saw})`);
  return open.length === 0 ? null : `The sandbox (${sandbox.driver}) does not hold: ${open.join("; ")}.`;
}

async function versionOf(file: string): Promise<string> {
  return short(file, ["--version"]);
}

/** @returns the first line of what a program says */
async function short(file: string, args: readonly string[], environment = {}): Promise<string> {
  const asked = await runProcess({
    ...{ file, args, environment, user: null, inputs: [], timeoutMs: VERSION_MS },
    ...{ outputBytesMax: VERSION_BYTES_MAX, memoryBytesMax: Number.MAX_SAFE_INTEGER },
  });
  return asked.output.trim().split("\n")[0] ?? "";
}
