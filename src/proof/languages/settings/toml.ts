import { parse } from "smol-toml";

/** @returns null where it cannot be read */
export function tomlOf(text: string): unknown {
  try {
    return parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return null;
  }
}

/** What stands at a place of a manifest: `tool.pytest.ini_options`. */
export function at(manifest: unknown, place: string): unknown {
  let here = manifest;
  for (const key of place.split("."))
    here = typeof here === "object" && here !== null && Object.hasOwn(here, key) ? (here as Record<string, unknown>)[key] : undefined; // prettier-ignore
  return here;
}

/** The names that stand at a place, each with what stands behind it. */
export function entriesAt(manifest: unknown, place: string): [name: string, value: unknown][] {
  const found = at(manifest, place);
  return typeof found === "object" && found !== null && !Array.isArray(found) ? Object.entries(found) : [];
}

/** In one text, to be compared with another. */
export function written(value: unknown): string | undefined {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === "bigint" ? `${one}` : one));
}
