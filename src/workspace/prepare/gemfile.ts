import { inFolder, type Manifests } from "./recipe.ts";

/** Which gems a project of Ruby asks for, read from its lockfile or, where there is none, from what its programs name outright. */
export type Gems = {
  /** Whole and exact, as the lockfile has them. */
  readonly locked: boolean;
  readonly from: readonly Source[];
};

/** Null stands for the place that this server goes to by itself. */
type Source = { readonly place: string | null; readonly gems: readonly Gem[] };
type Gem = { readonly name: string; readonly wanted: readonly string[] };

const NAME = /^[A-Za-z0-9][\w.-]*$/;

export function gemsOf(manifests: Manifests, at: string): Gems {
  const lock = manifests.text(inFolder(at, "Gemfile.lock"));
  return lock === undefined ? { locked: false, from: named(manifests, at) } : { locked: true, from: lockedGems(lock) };
}

/** `GEM`, a line for the place, and each gem indented by four; what it needs in turn stands deeper. */
function lockedGems(lock: string): Source[] {
  const sections = lock
    .split(/^(?=[A-Z][A-Z ]*$)/m)
    .filter((one) => one.startsWith("GEM\n") || one.startsWith("GEM\r"));
  return sections.map((section) => {
    const place = /^ {2}remote: (\S+)$/m.exec(section)?.[1] ?? null;
    // A gem that is built for several machines stands there once for each; the version ends before the machine.
    const gems = new Map(
      [...section.matchAll(/^ {4}(\S+) \((\d[\w.]*)[^)]*\)$/gm)].map(([, name = "", version = ""]) => [name, version]),
    );
    const usable = [...gems].filter(([name]) => NAME.test(name) && name !== "bundler");
    return { place, gems: usable.map(([name, version]) => ({ name, wanted: [version] })) };
  });
}

/** A name and the versions behind it, in quotes; what is computed is not known before the program runs. */
const ASKS = /^[ \t]*gem[ (]+(["'])([\w.-]+)\1((?:\s*,\s*\[?\s*(?:"[^"\n]*"|'[^'\n]*'))*)([^\n]*)/gm;
const ADDS =
  /\.add_(?:runtime_|development_)?dependency[ (]+(["'])([\w.-]+)\1((?:\s*,\s*\[?\s*(?:"[^"\n]*"|'[^'\n]*'))*)/g;
const ELSEWHERE = /\b(?:path|git|github|gist|bitbucket)(?::|\s*=>)/;

function named(manifests: Manifests, at: string): Source[] {
  const text = manifests.text(inFolder(at, "Gemfile")) ?? "";
  const place = /^[ \t]*source[ (]+(["'])(https?:\/\/[^"'\s#]+)\1/m.exec(text)?.[2] ?? null;
  const own = [...text.matchAll(ASKS)].filter(([, , , , rest = ""]) => !ELSEWHERE.test(rest));
  const specs = /^[ \t]*gemspec\b/m.test(text)
    ? manifests.paths.filter(
        (path) =>
          path.endsWith(".gemspec") && path.slice(0, -path.split("/").at(-1)!.length) === (at === "" ? "" : `${at}/`),
      )
    : [];
  const added = specs.flatMap((path) => [...(manifests.text(path) ?? "").matchAll(ADDS)]);
  const gems = [...own, ...added].map(([, , name = "", versions = ""]) => ({
    name,
    wanted: [...versions.matchAll(/["']([^"'\n]*)["']/g)]
      .map(([, one = ""]) => one)
      .filter((one) => /^[\w\s.~<>=!-]+$/.test(one)),
  }));
  const first = new Map(gems.filter(({ name }) => NAME.test(name) && name !== "bundler").map((one) => [one.name, one]));
  return [{ place, gems: [...first.values()] }];
}

/** A Gemfile of our own, which is a program too: every text of theirs stands in it as a word. */
export function gemfileFor({ from }: Gems): string {
  const usual = from.find(({ place }) => place === null) ?? from[0];
  const line = ({ name, wanted }: Gem) => `gem ${[name, ...wanted].map(quoted).join(", ")}`;
  const parts = from.map(({ place, gems }) =>
    place === usual?.place
      ? gems.map(line)
      : [`source ${quoted(place ?? "")} do`, ...gems.map((one) => `  ${line(one)}`), "end"],
  );
  const source = usual?.place ? quoted(usual.place) : "Gem::DEFAULT_HOST";
  return `${[`source ${source}`, ...parts.flat()].join("\n")}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
