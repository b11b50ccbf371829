import { CACHE, type Recipe } from "./recipe.ts";
import type { Registries } from "./registry-hosts.ts";
import type { ToolChain } from "./toolchain.ts";

/** The variables of the fetch step, the build step and every run, put together from everybody who has a wish. */
type Environment = Readonly<Record<string, string>>;

/** For the build step and every run: without a network. */
export function environmentOf(toolChains: readonly ToolChain[], recipes: readonly Recipe[]): Environment {
  // What the repository's own packages bring goes before what the host has.
  const values = [
    ...recipes.map((one) => ({ ...one.environment, ...one.offline })),
    ...toolChains.map((one) => one.environment),
  ];
  return together(values);
}

export function fetchEnvironment(
  toolChains: readonly ToolChain[],
  recipes: readonly Recipe[],
  registries: readonly Registries[],
  certificates: string | null,
): Environment {
  return together([
    ...recipes.map((one) => one.environment),
    ...toolChains.map((one) => one.environment),
    ...registries.map((one) => one.environment),
    certificates === null ? {} : trusting(certificates),
    // The sandbox's own places for temporary files are in memory; packages can be larger.
    // `git` in an .npmrc may name any program; a variable goes before it.
    { TMPDIR: CACHE, npm_config_git: "git", npm_config_cache: `${CACHE}/npm`, COOP_MAVEN_PROXY: MAVEN_PROXY },
  ]);
}

/** Java knows no variables for a proxy. The address is the one of the sandbox's own forwarder. */
const MAVEN_PROXY = ["https", "http"].map((one) => `-D${one}.proxyHost=127.0.0.1 -D${one}.proxyPort=3128`).join(" ");

/** Every tool has a name of its own for the same file. */
function trusting(file: string): Environment {
  const names = [
    ...["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "npm_config_cafile", "PIP_CERT", "REQUESTS_CA_BUNDLE"],
    ...["CARGO_HTTP_CAINFO", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO", "YARN_HTTPS_CA_FILE_PATH"],
  ];
  return Object.fromEntries(names.map((name) => [name, file]));
}

/** Parts of a search path (they end with `:`) are joined; of everything else the first word counts. */
function together(all: readonly Environment[]): Environment {
  const values: Record<string, string> = {};
  for (const [name, value] of all.flatMap((one) => Object.entries(one))) {
    const before = values[name];
    if (before === undefined) values[name] = value;
    else if (value.endsWith(":") && !before.includes(value)) values[name] = `${before}${value}`;
  }
  return values;
}
