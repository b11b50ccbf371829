import { staysInside } from "../../trees/paths.ts";
import type { RunRequest } from "../sandbox.ts";
import { APART_FILE } from "./apart.ts";
import { REPORT_BYTES_MAX, REPORT_FILES_MAX, STARTED_LINE } from "./channel.ts";
import { FORWARDER_FILE, proxyVariables } from "./forwarder.ts";

/** What happens inside, the same for every driver: the environment, the limits, the script around the command. */
const MB = 1024 * 1024;
/** One process: node and go reserve much more than they use, but this counts what can be written. */
const PROCESS_DATA_BYTES = 2048 * MB;
/** The kernel counts what is only reserved as well; what is really used is counted for all processes together. */
const RESERVED_DATA_BYTES = 8192 * MB;
/** A test runner starts one process for each processor, of a dozen threads each; a fork bomb ends here. */
export const PROCESSES_MAX = 1024;
export const OPEN_FILES_MAX = 4096;
/** A larger one is a mistake, or a disk image. */
export const FILE_BYTES_MAX = 256 * MB;
/** Processor time of one process, as a multiple of the run's wall clock: several threads work at once. */
const CPU_PER_WALL = 8;

/** Where a command may put reports that are no part of the workspace; there before it starts. */
export const REPORTS_FOLDER = "/tmp/coop-reports";

export function environmentOf(toolchain: readonly string[], request: RunRequest): Record<string, string> {
  const path = ["/opt/coop/bin", ...toolchain.map((one) => `${one}/bin`), "/usr/local/bin", "/usr/bin", "/bin"];
  const basic = { PATH: path.join(":"), HOME: "/tmp/home", LANG: "C.UTF-8", CI: "true" };
  const values: Record<string, string> = { ...basic, ...(request.proxySocket === undefined ? {} : proxyVariables()) };
  for (const [name, value] of Object.entries(request.environment ?? {})) {
    const own = values[name] ?? "";
    if (value.startsWith(":")) values[name] = [own, value.slice(1)].filter(Boolean).join(":");
    else if (value.endsWith(":")) values[name] = [value.slice(0, -1), own].filter(Boolean).join(":");
    else values[name] = value;
  }
  return values;
}

/**
 * Makes the workspace ready, lowers the limits for good, runs the command with both its streams on one, and hands the
 * reports over. The command does not hold the stream that this goes by (see `channel.ts`).
 * @param prepare shell lines that fill the workspace
 * @returns the words of a command line
 */
export function insideScript(
  prlimit: string,
  request: RunRequest,
  prepare: readonly string[],
  ...ready: readonly string[]
): string[] {
  const cpuSeconds = Math.ceil((request.timeoutMs / 1000) * CPU_PER_WALL);
  const limits = [
    `--nproc=${PROCESSES_MAX}`,
    `--data=${request.reservesMemory ? RESERVED_DATA_BYTES : PROCESS_DATA_BYTES}`,
    `--nofile=${OPEN_FILES_MAX}`,
    `--fsize=${FILE_BYTES_MAX}`,
    `--cpu=${cpuSeconds}`,
    "--core=0",
  ];
  const forwarder = request.proxySocket === undefined ? "" : `$(command -v node) ${FORWARDER_FILE} `;
  const script = [
    "set -e",
    ...prepare,
    ...ready,
    `echo '${STARTED_LINE}' >&2`,
    // The shell's own remarks about the command ("Killed") belong to nobody.
    "exec 9>&2 2>/dev/null",
    "set +e",
    `apart=${APART_FILE}; test -x $apart || apart=`,
    // A shell of its own, or the outer one would tell on this stream how it ended.
    `(exec ${prlimit} ${limits.join(" ")} -- $apart ${forwarder}/bin/sh -c "$1" 2>&1 9>&-)`,
    "status=$?",
    ...collect(request.reports ?? []),
    "exit $status",
  ];
  return ["sh", "-c", script.join("\n"), "sh", request.command];
}

/** The host has limits of its own; these keep one large file from taking the room of all others. */
function collect(reports: readonly string[]): string[] {
  const patterns = reports.filter(isReportPath).map(shellPattern);
  if (patterns.length === 0) return [];
  const fits = `-maxdepth 0 -type f -size -${REPORT_BYTES_MAX + 1}c -print0`;
  return [
    "cd /workspace",
    // Most runners that only print leave none, and need no three programs to find that out.
    `for one in ${patterns.join(" ")}; do test -f "$one" && break; done`,
    `test ! -f "$one" || find ${patterns.join(" ")} ${fits} | head -z -n ${REPORT_FILES_MAX} | tar -c -P --null --no-recursion -T - >&9`,
  ];
}

function isReportPath(path: string): boolean {
  return staysInside(path.startsWith(`${REPORTS_FOLDER}/`) ? path.slice(REPORTS_FOLDER.length + 1) : path);
}

/** `*` keeps its meaning, everything else is itself. A relative one begins with `./`, so that no name is an option. */
function shellPattern(path: string): string {
  const parts = path.split(/(\*+)/).map((part) => (part.startsWith("*") ? "*" : quoted(part)));
  return `${path.startsWith("/") ? "" : "./"}${parts.join("")}`;
}

export function quoted(text: string): string {
  return text === "" ? "" : `'${text.replaceAll("'", `'\\''`)}'`;
}
