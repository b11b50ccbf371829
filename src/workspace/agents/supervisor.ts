/**
 * What runs in the sandbox around a coding agent: it starts the program, ends it in time or when the host says so, and
 * hands over what differs. So also a program that is stopped leaves its work behind. It knows no secret, and the host
 * believes nothing of what it hands over.
 */
export const BRIEF_FOLDER = "/opt/coop/brief";
export const SUPERVISOR_FILE = "supervisor.cjs";
export const JOB_FILE = "job.json";
export const PROMPT_FILE = "prompt.md";
/** Written by the host into the folder of the brief when the program has to end. */
export const STOP_FILE = "stop";
export const WORK_FOLDER = "/tmp/coop-reports/work";

/** The last words of a program that failed: two screens. */
export const ERRORS_CHARS_MAX = 4_000;
/** Far more than are taken over, so that the rest can be told of by name. */
const NAMED_FILES_MAX = 5_000;

export type SupervisedJob = {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Folders of the workspace that were mounted. */
  readonly mounted: readonly string[];
  readonly filesMax: number;
  readonly fileBytesMax: number;
  /** All files together. */
  readonly bytesMax: number;
};

/** First by its name, because what comes last may be cut off. */
export const MANIFEST_FILE = "#manifest.json";

/** What it hands over beside the files `0`, `1`, … */
export type Manifest = {
  readonly exitCode: number | null;
  readonly ended: "itself" | "out-of-time" | "stopped" | "not-started";
  /** The last that it said on its error stream. */
  readonly errors: string;
  readonly files: readonly {
    readonly path: string;
    readonly is: "file" | "removed" | "link" | "too-large" | "one-too-many" | "no-room" | "unreadable";
    readonly at?: number;
  }[];
};

/** Asks git which new files the repository ignores; without git only these folders are passed over. */
const NEVER_TAKEN = ["node_modules", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".venv"];

export const SUPERVISOR_PROGRAM = String.raw`
const fs = require("node:fs"), path = require("node:path");
const { spawn, spawnSync } = require("node:child_process");
const job = JSON.parse(fs.readFileSync("${BRIEF_FOLDER}/${JOB_FILE}", "utf8"));
const root = "/workspace", never = new Set(${JSON.stringify([".git", ...NEVER_TAKEN])});
const mounted = new Set(job.mounted);
const git = (args, input) => spawnSync("git", ["--git-dir=/tmp/coop-git", "--work-tree=" + root, ...args],
  { cwd: root, input, encoding: "utf8", timeout: 10000, maxBuffer: 1 << 26, env: { PATH: process.env.PATH, HOME: "/tmp/coop-git-home" } });
const hasGit = git(["init", "-q"]).status === 0;

function listed(isKnown) {
  const found = new Map(), open = [""];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    let entries = [];
    try { entries = fs.readdirSync(path.join(root, at), { withFileTypes: true }); } catch {}
    for (const entry of entries) {
      const name = at === "" ? entry.name : at + "/" + entry.name;
      if (mounted.has(name) || (never.has(entry.name) && !isKnown(name))) continue;
      if (entry.isDirectory()) { open.push(name); continue; }
      try {
        const stat = fs.lstatSync(path.join(root, name));
        found.set(name, { stamp: [stat.size, stat.mtimeMs, stat.ctimeMs, stat.mode, stat.ino].join(), link: stat.isSymbolicLink(), file: stat.isFile(), size: stat.size });
      } catch {}
    }
  }
  return found;
}

const before = listed(() => true);
const folders = new Set([...before.keys()].flatMap((name) => { const parts = name.split("/"); return parts.map((_, n) => parts.slice(0, n + 1).join("/")); }));
const isKnown = (name) => folders.has(name);
let ended = "itself", errors = "", child = null;
const kill = (signal) => { try { process.kill(-child.pid, signal); } catch {} };
const end = (why) => {
  if (ended !== "itself") return;
  ended = why;
  kill("SIGTERM");
  setTimeout(() => kill("SIGKILL"), 3000).unref();
};

function ignored(names) {
  if (!hasGit || names.length === 0) return new Set();
  return new Set(git(["check-ignore", "--no-index", "-z", "--stdin"], names.join("\0")).stdout.split("\0"));
}

function handOver(exitCode) {
  const after = listed(isKnown);
  const fresh = [...after.keys()].filter((name) => !before.has(name));
  const passed = ignored(fresh);
  const changed = [...after].filter(([name, one]) => !passed.has(name) && before.get(name)?.stamp !== one.stamp);
  const files = [];
  let room = job.bytesMax;
  fs.mkdirSync("${WORK_FOLDER}", { recursive: true });
  for (const [name, one] of changed) {
    if (one.link) files.push({ path: name, is: "link" });
    else if (!one.file) continue;
    else if (one.size > job.fileBytesMax) files.push({ path: name, is: "too-large" });
    else if (files.length >= job.filesMax) files.push({ path: name, is: "one-too-many" });
    else if (one.size > room) files.push({ path: name, is: "no-room" });
    else {
      const at = files.length;
      try {
        fs.copyFileSync(path.join(root, name), "${WORK_FOLDER}/" + at);
        room -= one.size;
        files.push({ path: name, is: "file", at });
      } catch {
        files.push({ path: name, is: "unreadable" });
      }
    }
  }
  for (const name of before.keys()) if (!after.has(name)) files.push({ path: name, is: "removed" });
  const manifest = { exitCode, ended, errors: errors.slice(-${ERRORS_CHARS_MAX}), files: files.slice(0, ${NAMED_FILES_MAX}) };
  fs.writeFileSync("${WORK_FOLDER}/${MANIFEST_FILE}", JSON.stringify(manifest));
}

let over = false;
const finish = (exitCode) => {
  if (over) return;
  over = true;
  kill("SIGKILL");
  handOver(exitCode);
  process.exit(0);
};
const [file, ...args] = job.argv;
const input = fs.openSync("${BRIEF_FOLDER}/${PROMPT_FILE}", "r");
child = spawn(file, args, { cwd: root, detached: true, stdio: [input, "inherit", "pipe"], env: { ...process.env, ...job.environment } });
child.stderr.on("data", (chunk) => { errors = (errors + chunk).slice(-${ERRORS_CHARS_MAX}); });
child.once("error", (error) => { ended = "not-started"; errors = error.message; finish(null); });
child.once("exit", (code) => setTimeout(() => finish(code), 50));
setTimeout(() => end("out-of-time"), job.timeoutMs);
setInterval(() => { if (fs.existsSync("${BRIEF_FOLDER}/${STOP_FILE}")) end("stopped"); }, 200);
`;
