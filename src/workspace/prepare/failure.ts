import type { RunResult } from "../sandbox.ts";
import { FILE_BYTES_MAX } from "../drivers/inside.ts";
import { LEADS_NOWHERE, type Traffic } from "./proxy.ts";
import { unwellSentence } from "./unwell.ts";

/** Of a tool's line. */
const LINE_CHARS_SHOWN = 200;

/** Why packages could not be brought in, in one sentence that says what to do, and the last lines that the tool said. */
export type Failure = { readonly sentence: string; readonly details: readonly string[] };

export type FailureFacts = {
  readonly step: "fetched" | "built";
  /** By the policy's own commands. */
  readonly bySetup: boolean;
  readonly says: readonly string[];
  /** Null for the build step, which has no way out. */
  readonly traffic: Traffic | null;
  readonly withSecret: readonly string[];
  /** Hosts that may be asked. */
  readonly registries: readonly string[];
  /** How much registries may send. */
  readonly fetchBytesMax: number;
};

/** What a package manager ends with names its reason; the sentence stands in a comment. */
const LINES = 8;
const LINE_CHARS_MAX = 300;
const SETUP = "or say in `setup` of .github/coop.yml how this repository is prepared";

export function failureOf(result: RunResult, facts: FailureFacts): Failure {
  const what = facts.says.join(", ") || "The packages";
  const lines = result.output.split("\n").map((line) => line.trim().slice(0, LINE_CHARS_MAX));
  // After an error of usage npm explains its options; the reason stands before.
  const manual = lines.findIndex((line) => /^npm (?:error|ERR!) (?:Usage:|Clean install a project)$/.test(line));
  const said = manual < 0 ? lines : lines.slice(0, manual);
  const details = said.filter((line) => line !== "" && !BESIDE_THE_POINT.test(line)).slice(-LINES);
  return { sentence: `${what} could not be ${facts.step}: ${reasonOf(result, facts)}`, details };
}

/** What npm, yarn, Maven and Gradle say below the reason, whatever it is. */
const BESIDE_THE_POINT =
  /^(?:(?:> )?Run with --(?:stacktrace|info|debug|scan)\b.*|\* (?:Try:|Get more help at .*|What went wrong:)|BUILD FAILED in .*|➤ YN0000: (?:└ Completed.*|· Failed with errors.*|│)?|npm (?:error|ERR!)(?: A complete log of this run can be found in: .*)?|\[ERROR\](?: (?:-> )?\[Help 1\].*| (?:To see the full stack trace|Re-run Maven|For more information about|After correcting the problems).*| {1,3}mvn <args>.*)?)$/;

/** The surest reason first: what we did ourselves, then what registries did, then what the tool says. */
function reasonOf(result: RunResult, facts: FailureFacts): string {
  const { step, bySetup, traffic, withSecret, fetchBytesMax } = facts;
  const [refused] = [...(traffic?.refused ?? [])];
  const [away] = [...(traffic?.away ?? [])];
  if (/TAR_ABORT|max decompression ratio exceeded/.test(result.output))
    return "a package is a thousand times as large unpacked as packed, so it was not unpacked. Take it out of the manifest, or look at it: it may be made to fill disks.";
  if (traffic?.overflowed)
    return `the registries sent more than this server takes for one repository (${sizeOf(fetchBytesMax)}). Ask for less.`;
  if (/no space left on device|ENOSPC/i.test(result.output))
    return "the disk is full. Free some room in the data directory, or lower sandbox.layersMb in the server file.";
  if (/EFBIG|file too large|file size limit exceeded/i.test(result.output))
    return `a file that came is larger than the sandbox takes (${sizeOf(FILE_BYTES_MAX)}). Ask for a smaller package, ${SETUP}.`;
  // Bundler goes to the place that a mirror stands for when the mirror does not have it.
  const without = registryWithout(result.output, facts.registries);
  if (refused && without)
    return `the registry ${without} does not have all of it (404 Not Found), and ${refused[0]} may not be asked instead. The server's operator can serve it there, ${SETUP}.`;
  if (refused && withSecret.includes(refused[0])) return secretSentence(refused[0]);
  if (refused?.[1] === LEADS_NOWHERE) return `it asks ${refused[0]}, but ${refused[1]}. Take it out of the manifests.`;
  if (refused)
    return `it asks ${refused[0]}, but ${refused[1]}. The server's operator can add the host to sandbox.registries in the server file.`;
  const denied = withSecret.find((host) => result.output.includes(host));
  if (denied && /\b40[13]\b|E40[13]|unauthorized|forbidden/i.test(result.output)) return secretSentence(denied);
  if (away) return `the registry ${away[0]} could not be reached (${away[1]}). Try again when it is back.`;
  const unwell = traffic && unwellSentence(result.output, traffic.bad);
  if (unwell) return unwell;
  if (result.outcome === "timed-out") return lateSentence(result.durationMs, traffic?.busy ?? new Map());
  if (result.outcome === "killed")
    return `it used more memory or processes than the sandbox allows. Raise sandbox.memoryMb in the server file, ${SETUP}.`;
  if (result.outcome === "failed-to-start")
    return `the sandbox did not start it (${firstLine(result.output)}). \`coop doctor\` says more, on a server \`coop doctor --app\`.`;
  if (bySetup)
    return `it ended with exit status ${result.exitCode}. Mend \`setup\` in .github/coop.yml on the default branch.`;
  const mend = `Mend the manifest or the lockfile on the default branch, ${SETUP}.`;
  if (without) return `the registry ${without} does not have all of it (404 Not Found). ${mend}`;
  if (UNREADABLE.test(result.output))
    return `the package manager cannot read the lockfile. It may be empty, cut off, or hold a conflict of a merge. ${mend}`;
  const tool = step === "fetched" ? "the package manager" : "the build";
  const lacking = lackingIn(result.output);
  return `${tool} ended with exit status ${result.exitCode}${lacking === null ? "" : `, "${lacking}"`}. ${mend}`;
}

/** What they say of a lockfile that is none. */
const UNREADABLE =
  /can only install with an existing package-lock|ERR_PNPM_BROKEN_LOCKFILE|[Ff]ailed to (?:parse|load) lock ?file|InvalidLockfile|lockfile contains merge conflicts|\.lock"? does not contain valid JSON/;

/** What package managers say of a package or a version that nobody has, and of a lockfile that is not its manifest's. */
const LACKING = [
  /\b(Unknown lockfile version)/i,
  /\b(No (?:matching (?:distribution|version|package|key)|version matching) .+)/i,
  /(\S+: No candidates found)/,
  /\b(Could(?: not|n't) find (?:artifact|gem|any versions?|a version|[\w.-]+:[\w.-]+:) ?.*)/,
  /\b(failed to select a version for .+)/,
  /(\S+: (?:invalid version: unknown revision .+|version "[^"]+" invalid.*))/,
  /('[^']+' is not in (?:this|the npm) registry)/,
  /\b(lockfile would have been .+|lockfile needs to be updated.*|lockfile had changes.*)/i,
  /(`npm ci` can only install packages when .+ in sync)/,
  /(Cannot install with "frozen-lockfile" .+)/,
  /\b(Your requirements could not be resolved .+|Root composer\.json requires .+)/,
];
/** The end of the line says where to look further. */
const BESIDE_ALL = /(?: in central \(.*| -> \[Help .*| \(from versions?: .*|[.:]\s*)$/;

function lackingIn(output: string): string | null {
  for (const line of output.split("\n")) {
    const short = line.slice(0, LINE_CHARS_MAX);
    const [, said] = LACKING.map((pattern) => pattern.exec(short)).find((one) => one !== null) ?? [];
    if (said) return said.replace(BESIDE_ALL, "").trim().replaceAll('"', "'").slice(0, LINE_CHARS_SHOWN);
  }
  return null;
}

/** The host of the first line that says that something is not there. */
function registryWithout(output: string, registries: readonly string[]): string | null {
  const lines = output.split("\n").filter((line) => /\b404\b/.test(line));
  return registries.find((host) => lines.some((line) => line.includes(`//${host}/`))) ?? null;
}

/** @param busy what each registry had sent that was still sending when time was up */
function lateSentence(durationMs: number, busy: ReadonlyMap<string, number>): string {
  const late = `it was stopped after ${timeOf(durationMs)}`;
  // The slowest of them is the one that was waited for.
  const [slowest] = [...busy].sort(([, a], [, b]) => a - b);
  if (!slowest) return `${late}. Ask for less, ${SETUP}.`;
  return `${late}, while the registry ${slowest[0]} was still sending (${sizeOf(slowest[1])} so far). Try again when it is faster, or ask for less.`;
}

/** Of more, minutes are enough. */
const SECONDS_SAID_MAX = 120;

function timeOf(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds >= SECONDS_SAID_MAX) return `${Math.round(seconds / 60)} minutes`;
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}

function secretSentence(host: string): string {
  return `${host} wants the token that this server has for it, and no secret is ever given to a repository. Serve these packages from a mirror without a password, and name it in sandbox.registries.`;
}

function sizeOf(bytes: number): string {
  if (bytes >= 1024 ** 3) return `${Math.round(bytes / 1024 ** 3)} GB`;
  return bytes >= 1e6 ? `${Math.round(bytes / 1e6)} MB` : `${Math.ceil(bytes / 1e3)} kB`;
}

function firstLine(text: string): string {
  return (text.trim().split("\n")[0] ?? "").slice(0, LINE_CHARS_SHOWN);
}
