import { sweepLeftovers } from "../leftovers.ts";
import { runProcess } from "../process.ts";
import type { Sandbox, SandboxCheck } from "../sandbox.ts";
import { confined } from "./confined.ts";
import { probe } from "./probes.ts";
import { prepareRuntime, type Runtime, type RuntimeOptions } from "./runtime.ts";

/** Which driver runs repository code on this machine: the first that is there and that every probe found closed. */
export type SandboxOptions = RuntimeOptions & {
  /** One driver alone, or whichever holds. */
  readonly driver?: DriverChoice;
};

export type DriverChoice = "auto" | "bubblewrap" | "unshare" | "podman" | "docker";

const VERSION_MS = 10_000;
const VERSION_BYTES_MAX = 500;

type Found = { readonly sandbox: Sandbox } | { readonly why: string };
type Candidate = { readonly name: DriverChoice; find(): Promise<Found> };

export async function checkSandbox(options: SandboxOptions): Promise<SandboxCheck> {
  await sweepLeftovers(options.temporary);
  const reasons: string[] = [];
  for (const candidate of await candidates(options)) {
    const found = await candidate.find();
    const why = "why" in found ? found.why : await problemOf(found.sandbox, options);
    if (why === null && "sandbox" in found) return { state: "available", sandbox: found.sandbox };
    reasons.push(why ?? "");
  }
  return { state: "none", why: reasons.join(" ") };
}

async function candidates(options: SandboxOptions): Promise<readonly Candidate[]> {
  const choice = options.driver ?? "auto";
  return (await ofThisMachine(options)).filter(({ name }) => choice === "auto" || name === choice);
}

async function ofThisMachine(options: SandboxOptions): Promise<readonly Candidate[]> {
  const names = ["bubblewrap", "unshare"] as const;
  const all = (find: () => Promise<Found>): Candidate[] => names.map((name) => ({ name, find }));
  if (process.platform !== "linux")
    return all(() => Promise.resolve({ why: "The sandbox needs Linux (namespaces and seccomp)." })).slice(0, 1);
  const runtime = await prepareRuntime(options);
  if ("why" in runtime) return all(() => Promise.resolve(runtime)).slice(0, 1);
  return [
    { name: "bubblewrap", find: () => bubblewrapOf(runtime) },
    { name: "unshare", find: () => unshareOf(runtime) },
  ];
}

async function bubblewrapOf(runtime: Runtime): Promise<Found> {
  if (!runtime.bwrap) return { why: "bubblewrap (`bwrap`) is not installed on this machine." };
  return { sandbox: confined(runtime, "bubblewrap", await versionOf(runtime.bwrap)) };
}

async function unshareOf(runtime: Runtime): Promise<Found> {
  if (!runtime.unshare || !runtime.setpriv)
    return { why: "`unshare` and `setpriv` (package util-linux) are not installed on this machine." };
  if (!runtime.seccomp) return { why: `There is no system call filter for this processor (${process.arch}).` };
  return { sandbox: confined(runtime, "unshare", await versionOf(runtime.unshare)) };
}

/** @returns one sentence, or null for a sandbox that holds */
async function problemOf(sandbox: Sandbox, { privatePaths }: SandboxOptions): Promise<string | null> {
  const probes = await probe(sandbox, privatePaths);
  if (typeof probes === "string") return `The sandbox (${sandbox.driver}) does not start: ${probes}`;
  const open = probes.filter((one) => !one.blocked).map((one) => `${one.name} (${one.saw})`);
  return open.length === 0 ? null : `The sandbox (${sandbox.driver}) does not hold: ${open.join("; ")}.`;
}

async function versionOf(file: string): Promise<string> {
  const asked = await runProcess({
    ...{ file, args: ["--version"], user: null, inputs: [], timeoutMs: VERSION_MS },
    ...{ outputBytesMax: VERSION_BYTES_MAX, memoryBytesMax: Number.MAX_SAFE_INTEGER },
  });
  return asked.output.trim().split("\n")[0] ?? "";
}
