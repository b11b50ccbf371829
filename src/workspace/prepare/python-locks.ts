import { parse } from "smol-toml";
import { nameOf } from "./python-requirements.ts";

/**
 * Lockfiles of poetry, uv, pdm and pipenv as exact requirements for pip, so that none of these tools has to be on the
 * host. Markers of a dependency become markers of the package, unless something else wants it everywhere.
 */
type Table = Readonly<Record<string, unknown>>;
/** `version`: of several in one lock, null where there is one. */
type Edge = { readonly to: string; readonly version: string | null; readonly marker: string | null };

/** @returns null when the text is no such lockfile */
export function lockedRequirements(name: string, text: string): string[] | null {
  try {
    if (name === "Pipfile.lock") return pipfile(JSON.parse(text) as Table);
    const lock = parse(text) as Table;
    return name === "uv.lock" ? uv(lock) : pinned(lock);
  } catch {
    return null;
  }
}

function pipfile(lock: Table): string[] {
  return ["default", "develop"].flatMap((section) =>
    Object.entries(table(lock[section])).flatMap(([name, one]) => {
      const { version, markers } = table(one);
      return typeof version === "string" ? [withMarker(`${name}${version}`, text(markers))] : [];
    }),
  );
}

/** poetry.lock and pdm.lock: one table a package. */
function pinned(lock: Table): string[] {
  const all = list(lock["package"]).filter((one) => !isLocal(table(one["source"])));
  const edges = all.flatMap((one) => poetryEdges(table(one["dependencies"])));
  return all.flatMap((one) => {
    const [name, version] = [text(one["name"]), text(one["version"])];
    if (!name || !version || one["path"] !== undefined || one["editable"] !== undefined) return [];
    // An optional package that nothing in the lock wants belongs to an extra; tests may need it, so it comes along.
    const own = text(one["markers"]) ?? text(one["marker"]);
    return [withMarker(`${name}==${version}`, own ?? inherited(name, version, edges))];
  });
}

function poetryEdges(dependencies: Table): Edge[] {
  return Object.entries(dependencies).flatMap(([to, one]) =>
    (Array.isArray(one) ? one : [one]).map((each) => ({ to, version: null, marker: text(table(each)["markers"]) })),
  );
}

function uv(lock: Table): string[] {
  const all = list(lock["package"]);
  const edges = all.flatMap((one) => [
    ...uvEdges(one["dependencies"]),
    ...Object.values(table(one["optional-dependencies"])).flatMap(uvEdges),
    ...Object.values(table(one["dev-dependencies"])).flatMap(uvEdges),
  ]);
  return all.flatMap((one) => {
    const [name, version, source] = [text(one["name"]), text(one["version"]), table(one["source"])];
    if (!name || !version || source["registry"] === undefined) return [];
    // Where a version is one of several, the lock says for which machines it is.
    const here = texts(one["resolution-markers"]).map((each) => `(${each})`);
    const both = [here.length > 0 ? here.join(" or ") : null, inherited(name, version, edges)];
    const markers = both.filter((each) => each !== null);
    const marker = markers.length > 1 ? markers.map((each) => `(${each})`).join(" and ") : (markers[0] ?? null);
    return [withMarker(`${name}==${version}`, marker)];
  });
}

function uvEdges(value: unknown): Edge[] {
  return list(value).map((one) => ({
    ...{ to: text(one["name"]) ?? "", version: text(one["version"]), marker: text(one["marker"]) },
  }));
}

/** A package that only conditional dependencies lead to is conditional itself. */
function inherited(name: string, version: string, edges: readonly Edge[]): string | null {
  const leading = edges.filter((one) => nameOf(one.to) === nameOf(name) && (one.version ?? version) === version);
  const markers = [...new Set(leading.map(({ marker }) => marker))];
  if (markers.length === 0 || markers.some((marker) => marker === null)) return null;
  return markers.map((marker) => `(${marker})`).join(" or ");
}

function isLocal(source: Table): boolean {
  return ["directory", "file"].includes(text(source["type"]) ?? "");
}

function withMarker(requirement: string, marker: string | null): string {
  // `extra` has a meaning only inside a package's own metadata.
  return marker && !/\bextra\b/.test(marker) ? `${requirement} ; ${marker}` : requirement;
}

function table(value: unknown): Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Table) : {};
}

function list(value: unknown): Table[] {
  return Array.isArray(value) ? value.map(table) : [];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
