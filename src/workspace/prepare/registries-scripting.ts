import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { ask, type Host } from "./host.ts";
import { hostOf, NONE, type Registries, withoutSecret } from "./registry-hosts.ts";
import { BUNDLER, COMPOSER, watched } from "./watching.ts";

/** Where bundler and composer get their packages on this server. Their settings are files, of which only what names a registry goes inside. */

/** Bundler goes by mirrors of its own settings; where there are none, by the source that `gem` is set to. */
export async function bundler(host: Host, scratch: string): Promise<Registries> {
  const [config, gems, usual] = await Promise.all([
    ask(host, "bundle", ["config", "list", "--parseable"]),
    ask(host, "gem", ["sources", "--list"]),
    ask(host, "ruby", ["-e", "puts Gem::DEFAULT_HOST"]),
  ]);
  const settings = [...(config?.text ?? "").matchAll(/^([^=\s]+)=(.*)$/gm)].map(([, name = "", value = ""]) => ({
    name,
    value: value.replace(/^"(.*)"$/, "$1"),
  }));
  const mirrors = settings.filter(({ name, value }) => /^mirror\.https?:/.test(name) && URL.canParse(value));
  const own = (gems?.text ?? "").split("\n").filter((line) => URL.canParse(line.trim()));
  const [first = ""] = own.map((line) => line.trim());
  const standard = usual?.text.trim() ?? "";
  if (mirrors.length === 0 && URL.canParse(standard) && first !== "" && withSlash(first) !== withSlash(standard))
    mirrors.push({ name: `mirror.${withSlash(standard)}`, value: first });
  const places = [...mirrors.map(({ value }) => value), ...own];
  const lines = mirrors.map(({ name, value }) => `${keyOf(name)}: ${JSON.stringify(withoutSecret(value))}\n`);
  return {
    ...NONE,
    hosts: [...places.flatMap(hostOf), ...(await watched(host, scratch, BUNDLER))],
    layerFiles: lines.length === 0 ? {} : { "bundle-config/config": `---\n${lines.join("")}` },
    withSecret: [
      ...places.filter((one) => one.includes("@")).flatMap((one) => hostOf(one).map((found) => found.host)),
      // A password is a setting of its host's own name.
      ...settings.flatMap(({ name }) => (/^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}$/i.test(name) ? [name.toLowerCase()] : [])),
    ],
  };
}

function withSlash(address: string): string {
  return `${address.replace(/\/$/, "")}/`;
}

/** As bundler writes the names of its settings into their file. */
function keyOf(name: string): string {
  return JSON.stringify(`BUNDLE_${name.replaceAll("-", "___").replaceAll(".", "__").toUpperCase()}`);
}

const composerSchema = z.object({
  repositories: z.unknown().optional(),
  config: z.object({ "secure-http": z.boolean().optional() }).optional().catch(undefined),
});
const authSchema = z.record(z.string(), z.unknown());
/** Kinds of repositories that are lists of packages; the others start git and its kin. */
const LISTS = ["composer"];

export async function composer(host: Host, scratch: string): Promise<Registries> {
  const home = (await ask(host, "composer", ["config", "--global", "home"], { COMPOSER_ALLOW_SUPERUSER: "1" }))?.text;
  const folder = home?.trim().startsWith("/") ? home.trim() : null;
  const { repositories, config } = composerSchema.catch({}).parse(await json(folder, "config.json"));
  const kept = keptOf(repositories);
  const addresses = kept.flatMap((one) => (typeof one["url"] === "string" ? [one["url"]] : []));
  const auth = authSchema.catch({}).parse(await json(folder, "auth.json"));
  const withSecret = Object.values(auth).flatMap((one) => (one && typeof one === "object" ? Object.keys(one) : []));
  const settings = {
    ...(kept.length > 0 ? { repositories: kept } : {}),
    ...(config ? { config } : {}),
  };
  const isSet = Object.keys(settings).length > 0;
  return {
    ...NONE,
    hosts: [...addresses.flatMap(hostOf), ...(await watched(host, scratch, COMPOSER))],
    layerFiles: isSet ? { "composer/config.json": JSON.stringify(settings) } : {},
    withSecret: [
      ...withSecret,
      ...addresses.filter((one) => one.includes("@")).flatMap((one) => hostOf(one).map((found) => found.host)),
    ],
  };
}

type Repository = Readonly<Record<string, unknown>>;

/** What names a list of packages, without its password, and what switches the usual one off. */
function keptOf(repositories: unknown): Repository[] {
  if (typeof repositories !== "object" || repositories === null) return [];
  const all = Object.entries(repositories as Readonly<Record<string, unknown>>);
  return all.flatMap(([name, one]): Repository[] => {
    if (one === false) return [{ [name]: false }];
    if (typeof one !== "object" || one === null) return [];
    const { type, url } = one as Repository;
    if (type === undefined) return Object.values(one).every((value) => value === false) ? [one as Repository] : [];
    return LISTS.includes(String(type)) && typeof url === "string" ? [{ type, url: withoutSecret(url) }] : [];
  });
}

async function json(folder: string | null, name: string): Promise<unknown> {
  if (folder === null) return {};
  try {
    return JSON.parse(await readFile(join(folder, name), "utf8"));
  } catch {
    return {};
  }
}
