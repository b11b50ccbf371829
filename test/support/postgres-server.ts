import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { delimiter, join } from "node:path";
import { openPostgres } from "../../src/store/postgres.ts";

/** The folder of a PostgreSQL's server programs on this machine, the newest. */
export function findPostgres(): string | null {
  const packaged = "/usr/lib/postgresql";
  const versions = existsSync(packaged) ? readdirSync(packaged).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(packaged, version, "bin")), ...pathFolders()];
  return folders.find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres"))) ?? null;
}

function pathFolders(): string[] {
  return (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
}

export type PostgresServer = {
  url(database: string): string;
  /** Stops all its processes (SIGSTOP) until `thaw`. For Linux. */
  freeze(): void;
  thaw(): void;
  /** Ends it as a loss of power would: it has to recover from its log. */
  breakDown(): Promise<void>;
  comeBack(): Promise<void>;
  /** Of a small disk: takes away what fills it. */
  makeRoom(): void;
  stop(): Promise<void>;
};

/** How long a server may take to answer on a busy machine. */
const START_MS_MAX = 30_000;

/** A disk of its own, full but for some megabytes; in memory, by bubblewrap. */
export type SmallDisk = {
  readonly megabytes: number;
  readonly freeMegabytes: number;
  readonly log: "beside" | "elsewhere";
};

/**
 * A throwaway server on a socket.
 * @param durable as an operator's would be: what is committed is on the disk
 * @param small whoever supervises it starts it again when it ends; `log`: whether its log of writes lies on that disk too
 */
export async function startServer(bin: string, durable = false, small?: SmallDisk): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "coop-pg-"));
  const user = ordinaryUser();
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const layout = [
    "-D",
    data,
    ...(small ? ["--wal-segsize=1"] : []),
    ...(small?.log === "elsewhere" ? ["-X", join(folder, "log")] : []),
  ];
  const setup = spawnSync(join(bin, "initdb"), [...layout, "-U", "coop", "-A", "trust", "-E", "UTF8", "--no-sync"], {
    ...user,
    cwd: folder,
    encoding: "utf8",
  });
  if (setup.status !== 0) throw new Error(`initdb failed: ${setup.stderr || String(setup.error)}`);
  // Only a socket: nothing on the network, and no port that another server might have.
  const careless = durable ? [] : ["fsync=off", "full_page_writes=off"];
  const settings = ["listen_addresses=", `unix_socket_directories=${folder}`, ...careless];
  const [program = "", ...args] = [
    ...(small ? onSmallDisk(folder, small) : []),
    ...[join(bin, "postgres"), "-D", small ? join(folder, "small", "data") : data],
    ...settings.flatMap((setting) => ["-c", setting]),
    ...["-c", "max_connections=100"],
  ];
  const run = () => spawn(program, args, { ...user, cwd: folder, stdio: "ignore" });
  let child = run();
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const url = (database: string) => `postgresql://coop@localhost/${database}?host=${encodeURIComponent(folder)}`;
  await answering(url("postgres"), child);
  const end = async (by: "SIGQUIT" | "SIGKILL") => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(by);
    await ended;
  };
  return {
    url,
    freeze: () => signal(child.pid ?? 0, "SIGSTOP"),
    thaw: () => signal(child.pid ?? 0, "SIGCONT"),
    breakDown: () => end("SIGQUIT"),
    comeBack: async () => {
      child = run();
      await answering(url("postgres"), child);
    },
    makeRoom: () => writeFileSync(join(folder, "room"), ""),
    stop: async () => {
      process.off("exit", kill);
      // What supervises a small disk's server would start it again; with bubblewrap everything inside ends.
      await end(small ? "SIGKILL" : "SIGQUIT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the server of a small disk runs in: a shell that starts it again, and takes the filler away when it is told to. */
function onSmallDisk(folder: string, { megabytes, freeMegabytes }: SmallDisk): string[] {
  const small = join(folder, "small");
  mkdirSync(small);
  const script = `cp -a ${folder}/data ${small}/data
    used=$(du -sm ${small}/data | cut -f1)
    head -c $(( (${megabytes} - used - ${freeMegabytes}) * ${BYTES_PER_MB} )) /dev/zero > ${small}/filler
    (while [ ! -e ${folder}/room ]; do sleep 0.05; done; rm ${small}/filler) &
    while :; do "$@"; sleep 0.2; done`;
  const inside = [
    "--die-with-parent",
    "--unshare-pid",
    "--dev-bind",
    "/",
    "/",
    "--size",
    String(megabytes * BYTES_PER_MB),
  ];
  return ["bwrap", ...inside, "--tmpfs", small, "sh", "-c", script, "sh"];
}

const BYTES_PER_MB = 1024 * 1024;

/** The server first: it then starts nobody whom the signal would miss. */
function signal(pid: number, name: "SIGSTOP" | "SIGCONT"): void {
  process.kill(pid, name);
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
  for (const child of children) process.kill(Number(child), name);
}

/** PostgreSQL refuses to run as root, which is who containers run as. */
function ordinaryUser(): { uid: number; gid: number } | null {
  if (userInfo().uid !== 0) return null;
  const idOf = (flag: string, name: string) => {
    const asked = spawnSync("id", [flag, name], { encoding: "utf8" });
    return asked.status === 0 ? Number(asked.stdout) : null;
  };
  for (const name of ["postgres", "nobody"]) {
    const [uid, gid] = [idOf("-u", name), idOf("-g", name)];
    if (uid !== null && gid !== null) return { uid, gid };
  }
  throw new Error("Running as root, and there is neither a user postgres nor nobody to run the server as");
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + START_MS_MAX;
  for (;;) {
    const result = await openPostgres(url);
    if (result.outcome === "open") return result.database.close();
    if (child.exitCode !== null) throw new Error(`PostgreSQL ended with ${child.exitCode}`);
    if (Date.now() > until) throw new Error(`PostgreSQL does not answer: ${result.sentence}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
