import { parse, stringify } from "yaml";
import type { Manifests } from "./recipe.ts";

/**
 * Settings of later yarns that start code of the repository, or set variables that make Node do so. No variable turns
 * plugins off; `<<` would bring any of them in from below, as yarn reads it.
 */
const STARTS_CODE = ["plugins", "yarnPath", "injectEnvironmentFiles", "<<"];

/** Every settings file of yarn as it lies there while packages are fetched, with the network open. */
export function withoutPrograms({ paths, text }: Manifests): Record<string, string> {
  const all = paths.filter((path) => /(^|\/)\.yarnrc\.yml$/.test(path));
  return Object.fromEntries(all.map((path) => [path, harmless(text(path) ?? "")]));
}

/** @returns no settings where they cannot be read: what yarn would make of them is not known */
function harmless(settings: string): string {
  try {
    const read: unknown = parse(settings, { logLevel: "error" });
    if (typeof read !== "object" || read === null) return "";
    return stringify(Object.fromEntries(Object.entries(read).filter(([name]) => !STARTS_CODE.includes(name))));
  } catch {
    return "";
  }
}
