import { parse, stringify } from "smol-toml";
import type { Manifests } from "./recipe.ts";

type Table = Readonly<Record<string, unknown>>;

/** Settings of cargo that say where crates come from. Any other may name a program: a compiler, a wrapper, a runner, a linker. */
const KEPT = ["source", "registry", "registries", "net", "patch", "resolver"];
/** Among those, what starts a program. */
const STARTS_CODE = ["credential-provider", "global-credential-providers", "git-fetch-with-cli"];

/** Every settings file of cargo as it lies there while crates are fetched, with the network open: cargo asks its compiler even then. */
export function whereCratesAre({ paths, text }: Manifests): Record<string, string> {
  const all = paths.filter((path) => /(^|\/)\.cargo\/config(\.toml)?$/.test(path));
  return Object.fromEntries(all.map((path) => [path, harmless(text(path) ?? "")]));
}

/** @returns no settings where they cannot be read: what cargo would make of them is not known */
function harmless(settings: string): string {
  try {
    const read = Object.entries(parse(settings)).filter(([name]) => KEPT.includes(name));
    return stringify(Object.fromEntries(read.map(([name, value]) => [name, withoutPrograms(value)])));
  } catch {
    return "";
  }
}

function withoutPrograms(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Date) return value;
  const kept = Object.entries(value as Table).filter(([name]) => !STARTS_CODE.includes(name));
  return Object.fromEntries(kept.map(([name, one]) => [name, withoutPrograms(one)]));
}
