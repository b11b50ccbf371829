import { existsSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { environment, type Environment } from "./config.ts";
import { privatePlaces, standingHere } from "./private-places.ts";
import type { ServerSettings } from "./server-file.ts";
import { checkSandbox } from "./workspace/drivers/check.ts";
import { openPreparer } from "./workspace/prepare/open-preparer.ts";
import type { Preparer } from "./workspace/preparer.ts";
import type { SandboxCheck } from "./workspace/sandbox.ts";

/** Where repository code runs on this machine and what it may see: the same for the server, the desk and each command. */
export type Room = {
  readonly searchPath: string;
  /** Folders that repository code must not see, besides what is private to this process anyway (`private-places.ts`). */
  readonly privatePaths: readonly string[];
  /** Where runs keep their files; the system's own place unless given. */
  readonly temporary?: string;
  /** Folders it may read besides those of the settings. */
  readonly toolchain?: readonly string[];
};

export async function sandboxHere(settings: ServerSettings["sandbox"], room: Room): Promise<SandboxCheck> {
  if (settings.driver === "none") return { state: "none", why: "COOP_CONFIG turns the sandbox off." };
  return checkSandbox({
    searchPath: room.searchPath,
    nodePath: process.execPath,
    temporary: room.temporary ?? tmpdir(),
    toolchain: [...settings.readOnlyPaths, ...(room.toolchain ?? [])],
    memoryBytesMax: settings.memoryMb * 1024 * 1024,
    privatePaths: [...room.privatePaths, ...privatePlaces(standingHere(environment()))],
    driver: settings.driver,
    image: settings.image,
    engineEnvironment: engineEnvironment(environment()),
  });
}

/** Where podman and docker find their daemon, their contexts and their own programs; nothing of it is a secret of ours. */
export function engineEnvironment(env: Environment): Readonly<Record<string, string>> {
  const named =
    /^(PATH|HOME|TMPDIR|XDG_(RUNTIME_DIR|CONFIG_HOME|DATA_HOME)|DBUS_SESSION_BUS_ADDRESS|SSH_AUTH_SOCK|DOCKER_(HOST|CONTEXT|CONFIG|CERT_PATH|TLS_VERIFY|API_VERSION)|CONTAINER_(HOST|CONNECTION|SSHKEY)|CONTAINERS_[A-Z_]*CONF)$/;
  return pick(env, named);
}

function pick(env: Environment, named: RegExp): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value && named.test(name) ? [[name, value]] : [])),
  );
}

/** Settings of this server's package managers and its certificates; nothing of it is a secret of ours. */
export function packageEnvironment(env: Environment): Readonly<Record<string, string>> {
  const named =
    /^(npm_config_(registry|cafile)|PIP_[A-Z_]+|UV_INDEX_URL|GO(PROXY|SUMDB|PRIVATE|NOSUMDB|NOPROXY|FLAGS|TOOLCHAIN)|CARGO_HOME|RUSTUP_HOME|RUSTUP_TOOLCHAIN|JAVA_HOME|MAVEN_HOME|PYENV_ROOT|PYENV_VERSION|SSL_CERT_FILE|SSL_CERT_DIR|NODE_EXTRA_CA_CERTS)$/i;
  return pick(env, named);
}

/** The preparer of this machine. Layers that one program made the others find. */
export function preparerHere(
  sandbox: SandboxCheck,
  dataDir: string,
  { registries, layersMb }: Pick<ServerSettings["sandbox"], "registries" | "layersMb">,
): Preparer {
  const env = environment();
  return openPreparer({
    sandbox,
    host: { searchPath: env.PATH ?? "/usr/bin:/bin", home: homedir(), environment: packageEnvironment(env) },
    folder: join(dataDir, "layers"),
    temporary: tmpdir(),
    layersBytesMax: layersMb * 1024 * 1024,
    registries,
  });
}

const TOOLS = ["go", "cargo", "ruby", "java", "mvn", "gradle", "dotnet", "php", "deno", "bun", "python3", "swift"];
/** The sandbox has these anyway. */
const ORDINARY_BINS = ["/usr/bin", "/usr/local/bin", "/bin", "/sbin", "/usr/sbin", "/usr/local/sbin"];

/** Tool chains of the person at the terminal, which stand in folders of their own: `/usr/local/go`. */
export function toolchainsOn(searchPath: string): string[] {
  const bins = searchPath.split(":").filter((path) => path.startsWith("/") && basename(path) === "bin");
  const mine = bins.filter((path) => !ORDINARY_BINS.includes(path) && !path.startsWith(`${homedir()}/`));
  const own = mine.filter((path) => TOOLS.some((tool) => existsSync(join(path, tool))));
  return [...new Set(own.map((path) => dirname(path)))];
}
