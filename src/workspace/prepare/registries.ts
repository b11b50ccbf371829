import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "smol-toml";
import { ask, type Host } from "./host.ts";
import { hostAt, openProxy, type Registry } from "./proxy.ts";
import type { Manager } from "./recipe.ts";

/**
 * Where this server's package managers get their packages, asked of them. Some have a command for it; the others are
 * started once for one small package and watched where they go. Settings that name a registry go inside; secrets do not.
 */
export type Registries = {
  readonly hosts: readonly Registry[];
  /** By which the same manager, inside, finds the same registries. */
  readonly environment: Readonly<Record<string, string>>;
  /** The same as files of the layer, for managers that read no variables. */
  readonly layerFiles: Readonly<Record<string, string>>;
  /** Hosts for which this server holds a password or token, which nothing inside is given. */
  readonly withSecret: readonly string[];
};

const NONE: Registries = { hosts: [], environment: {}, layerFiles: {}, withSecret: [] };
/** A manager that cannot reach its registry tries several times. */
const WATCH_MS = 60_000;
const WATCH_BYTES_MAX = 64 * 1024 * 1024;

/** @param scratch a folder in which small projects of ours may be written */
export async function registriesOf(host: Host, manager: Manager, scratch: string): Promise<Registries> {
  switch (manager) {
    case "npm":
      return npm(host);
    case "go":
      return golang(host);
    case "pip":
      return pip(host, scratch);
    case "cargo":
      return cargo(host, scratch);
    case "maven":
      return { ...NONE, hosts: await watched(host, scratch, MAVEN) };
  }
}

async function npm(host: Host): Promise<Registries> {
  const answer = await ask(host, "npm", ["config", "list", "--long", "--json"]);
  const settings = parseObject(answer?.text ?? "");
  const named = Object.entries(settings).filter(([name]) => name === "registry" || /^@[^:]+:registry$/.test(name));
  const environment: Record<string, string> = {};
  for (const [name, value] of named)
    if (typeof value === "string") environment[`npm_config_${name}`] = withoutSecret(value);
  const withSecret = Object.keys(settings).flatMap(
    (name) => /^\/\/([^/:]+).*:_(authToken|auth|password)$/.exec(name)?.[1] ?? [],
  );
  return { ...NONE, hosts: Object.values(environment).flatMap(hostOf), environment, withSecret };
}

async function golang(host: Host): Promise<Registries> {
  const answer = await ask(host, "go", ["env", "GOPROXY", "GOSUMDB"]);
  const [proxies = "", sums = ""] = answer?.text.split("\n") ?? [];
  // `direct` would ask version control servers all over the world.
  const usable = proxies.split(/[,|]/).filter((one) => /^https?:/.test(one));
  const [name = "", address] = sums.trim().split(/\s+/);
  const sumHost = address
    ? hostOf(address)
    : name === "off" || name === ""
      ? []
      : hostOf(`https://${name.split("+")[0]}`);
  const withSecret = usable.filter((one) => one.includes("@")).flatMap((one) => hostOf(one).map((found) => found.host));
  const environment = { GOPROXY: usable.map(withoutSecret).join(",") || "off", GOSUMDB: sums.trim() };
  return { ...NONE, hosts: [...usable.flatMap(hostOf), ...sumHost], environment, withSecret };
}

async function pip(host: Host, scratch: string): Promise<Registries> {
  const answer = await ask(host, "python3", ["-m", "pip", "config", "list"]);
  const setting = (name: string) => new RegExp(`^[^=]*\\.${name}='([^']*)'`, "m").exec(answer?.text ?? "")?.[1] ?? "";
  const index = setting("index-url");
  const extra = setting("extra-index-url")
    .split(/\s+|\\n/)
    .filter(Boolean);
  const all = [index, ...extra].filter((one) => one !== "");
  const environment = {
    ...(index ? { PIP_INDEX_URL: withoutSecret(index) } : {}),
    ...(extra.length > 0 ? { PIP_EXTRA_INDEX_URL: extra.map(withoutSecret).join(" ") } : {}),
  };
  const withSecret = all.filter((one) => one.includes("@")).flatMap((one) => hostOf(one).map((found) => found.host));
  return { ...NONE, hosts: [...all.flatMap(hostOf), ...(await watched(host, scratch, PIP))], environment, withSecret };
}

async function cargo(host: Host, scratch: string): Promise<Registries> {
  const settings = await cargoSettings(host);
  const watch = settings === "" ? CARGO : { ...CARGO, files: { ...CARGO.files, "home/config.toml": settings } };
  const layerFiles = settings === "" ? {} : { "cargo/config.toml": settings };
  return { ...NONE, hosts: await watched(host, scratch, watch), layerFiles };
}

/** What this machine's settings say about where packages come from, without the tokens. */
async function cargoSettings(host: Host): Promise<string> {
  const home = host.environment["CARGO_HOME"] ?? join(host.home, ".cargo");
  const text = await readFile(join(home, "config.toml"), "utf8").catch(() => "");
  try {
    const { source, registries, registry } = parse(text) as Readonly<Record<string, unknown>>;
    const kept = JSON.parse(JSON.stringify({ source, registries, registry }), (name, value: unknown) =>
      /token|credential/i.test(name) ? undefined : value,
    ) as Record<string, unknown>;
    return Object.keys(kept).length === 0 ? "" : stringify(kept);
  } catch {
    return "";
  }
}

/** How a manager without such a question is watched: what it is started with, and which files lie there. */
type Watch = {
  readonly program: string;
  readonly args: (folder: string, port: number) => readonly string[];
  readonly environment: (folder: string, port: number) => Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
};

/** pip is asked for itself: an index lists packages at one host and often keeps them at another. */
const PIP: Watch = {
  program: "python3",
  args: (folder, port) =>
    `-m pip download --quiet --no-deps --no-cache-dir --retries 1 --proxy http://127.0.0.1:${port} --dest ${folder} pip`.split(
      " ",
    ),
  environment: () => ({}),
  files: {},
};
const CARGO: Watch = {
  program: "cargo",
  args: (folder) => ["fetch", "--manifest-path", join(folder, "Cargo.toml")],
  environment: (folder, port) => ({
    // A home of its own: packages that this machine has already would not be asked for.
    CARGO_HOME: join(folder, "home"),
    CARGO_HTTP_PROXY: `http://127.0.0.1:${port}`,
    CARGO_NET_RETRY: "1",
    CARGO_TARGET_DIR: folder,
  }),
  files: {
    "Cargo.toml": '[package]\nname = "watched"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\ncfg-if = "1"\n',
    "src/lib.rs": "",
  },
};
const MAVEN: Watch = {
  program: "mvn",
  args: (folder, port) => [
    ...["--batch-mode", "--file", join(folder, "pom.xml"), `-Dmaven.repo.local=${join(folder, "repository")}`],
    ...[
      `-Dhttps.proxyHost=127.0.0.1`,
      `-Dhttps.proxyPort=${port}`,
      `-Dhttp.proxyHost=127.0.0.1`,
      `-Dhttp.proxyPort=${port}`,
    ],
    "validate",
  ],
  environment: () => ({}),
  files: {
    "pom.xml":
      "<project><modelVersion>4.0.0</modelVersion><parent><groupId>watched</groupId><artifactId>watched</artifactId><version>1</version><relativePath/></parent><artifactId>a</artifactId></project>\n",
  },
};

async function watched(host: Host, scratch: string, watch: Watch): Promise<Registry[]> {
  await mkdir(scratch, { recursive: true });
  const folder = await mkdtemp(join(scratch, "watch-"));
  const seen = new Map<string, Registry>();
  // A manager of this machine, with a project of ours: it may go where it is set to go, and that is noted. What is no neighbour
  // today may not become one.
  const onAsked = (registry: Registry) => void seen.set(registry.host, registry);
  const limits = { bytesMax: WATCH_BYTES_MAX, idleMs: WATCH_MS };
  const proxy = await openProxy({ port: 0 }, { registries: "whatever-is-asked-for", ...limits, onAsked });
  try {
    for (const [name, text] of Object.entries(watch.files)) {
      await mkdir(join(folder, name, ".."), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    const port = proxy.port ?? 0;
    await ask(host, watch.program, watch.args(folder, port), watch.environment(folder, port), WATCH_MS);
  } finally {
    await proxy.close();
    await rm(folder, { recursive: true, force: true });
  }
  return [...seen.values()];
}

/** @returns for an address without TLS also the host with it: such a registry often leads there */
function hostOf(address: string): Registry[] {
  if (!URL.canParse(address)) return [];
  const { hostname, port, protocol } = new URL(address);
  const name = hostname.replace(/^\[|\]$/g, "");
  const ports = port !== "" ? [Number(port)] : protocol === "http:" ? [80, 443] : [443];
  return ports.map((one) => ({ host: hostAt(name, one), configured: true }));
}

function withoutSecret(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.username = "";
  url.password = "";
  return url.href;
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
