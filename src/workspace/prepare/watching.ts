import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ask, type Host } from "./host.ts";
import { openProxy, type Registry } from "./proxy.ts";

/** A manager that cannot reach its registry tries several times. */
const WATCH_MS = 60_000;
/** A machine that has much else to do starts a manager in more than a minute: where it asked for nothing, once more. */
const WATCH_AGAIN_MS = 300_000;
const WATCH_BYTES_MAX = 64 * 1024 * 1024;

/** How a manager without such a question is watched: what it is started with, and which files lie there. */
export type Watch = {
  readonly program: string;
  readonly args: (folder: string, port: number) => readonly string[];
  readonly environment: (folder: string, port: number) => Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
};

/** pip is asked for itself: an index lists packages at one host and often keeps them at another. */
export const PIP: Watch = {
  program: "python3",
  args: (folder, port) =>
    `-m pip download --quiet --no-deps --no-cache-dir --retries 1 --proxy http://127.0.0.1:${port} --dest ${folder} pip`.split(
      " ",
    ),
  environment: () => ({}),
  files: {},
};
export const CARGO: Watch = {
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
export const MAVEN: Watch = {
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

/** Asks for what nobody has, so that it looks wherever it is set to look. */
export const GRADLE: Watch = {
  program: "gradle",
  args: (folder, port) => [
    ...["--no-daemon", "--quiet", "--project-dir", folder, "--project-cache-dir", join(folder, "cache")],
    ...["https", "http"].flatMap((one) => [`-D${one}.proxyHost=127.0.0.1`, `-D${one}.proxyPort=${port}`]),
    "watched",
  ],
  environment: () => ({}),
  files: {
    "settings.gradle": "",
    "build.gradle":
      "repositories {\n  gradlePluginPortal()\n  mavenCentral()\n}\nconfigurations { one }\ndependencies { one 'watched:watched:1' }\ntask watched { doLast { configurations.one.files } }\n",
  },
};
/** The place that bundler goes to by itself; a Gemfile is a program, and can ask for its name. */
export const BUNDLER: Watch = {
  program: "bundle",
  args: () => ["cache", "--no-install"],
  environment: (folder, port) => ({
    ...proxied(port),
    BUNDLE_GEMFILE: join(folder, "Gemfile"),
    BUNDLE_PATH: join(folder, "gems"),
    BUNDLE_SILENCE_ROOT_WARNING: "1",
    BUNDLE_RETRY: "1",
  }),
  files: { Gemfile: 'source Gem::DEFAULT_HOST\ngem "rake"\n' },
};
/** Small and without packages of its own; lists of packages stand at one host, the packages often at another. */
export const COMPOSER: Watch = {
  program: "composer",
  args: (folder) => [
    ...["update", `--working-dir=${folder}`, "--prefer-dist", "--no-scripts", "--no-plugins"],
    ...["--no-interaction", "--no-progress", "--quiet"],
  ],
  environment: (folder, port) => ({
    ...proxied(port),
    COMPOSER_ALLOW_SUPERUSER: "1",
    COMPOSER_CACHE_DIR: join(folder, "cache"),
  }),
  files: { "composer.json": '{"require":{"psr/log":"*"}}\n' },
};

function proxied(port: number): Readonly<Record<string, string>> {
  const at = `http://127.0.0.1:${port}`;
  return { http_proxy: at, https_proxy: at, HTTP_PROXY: at, HTTPS_PROXY: at };
}

export async function watched(host: Host, scratch: string, watch: Watch): Promise<Registry[]> {
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
    for (const ms of [WATCH_MS, WATCH_AGAIN_MS])
      if (seen.size === 0)
        await ask(host, watch.program, watch.args(folder, port), watch.environment(folder, port), ms);
  } finally {
    await proxy.close();
    await rm(folder, { recursive: true, force: true });
  }
  return [...seen.values()];
}
