import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, stringify } from "smol-toml";
import { ask, type Host } from "./host.ts";
import type { Manager } from "./recipe.ts";
import { bundler, composer } from "./registries-scripting.ts";
import { hostOf, NONE, type Registries, withoutSecret } from "./registry-hosts.ts";
import { CARGO, GRADLE, MAVEN, PIP, watched } from "./watching.ts";

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
    case "gradle":
      return { ...NONE, hosts: await watched(host, scratch, GRADLE) };
    case "bundler":
      return bundler(host, scratch);
    case "composer":
      return composer(host, scratch);
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

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
