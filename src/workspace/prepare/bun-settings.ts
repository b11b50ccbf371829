import { parse, stringify } from "smol-toml";
import type { Manifests } from "./recipe.ts";

/**
 * Bun's settings as they lie there while packages are fetched, with the network open: what says where packages come from. A
 * `security.scanner` among it is a package whose code an installation starts.
 */
export function withoutScanner({ paths, text }: Manifests): Record<string, string> {
  const all = paths.filter((path) => /(^|\/)bunfig\.toml$/.test(path));
  return Object.fromEntries(all.map((path) => [path, harmless(text(path) ?? "")]));
}

/** @returns no settings where they cannot be read: what bun would make of them is not known */
function harmless(settings: string): string {
  try {
    const install: unknown = parse(settings)["install"];
    if (typeof install !== "object" || install === null) return "";
    return stringify({ install: Object.fromEntries(Object.entries(install).filter(([name]) => name !== "security")) });
  } catch {
    return "";
  }
}
