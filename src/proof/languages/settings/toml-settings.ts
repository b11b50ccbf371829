import { asksForLess, CHECKER_PARTS } from "./looser-checks.ts";
import { changedParts, parts } from "./parts.ts";
import { at, tomlOf, written } from "./toml.ts";

export const LOOSER = "what a linter or a type checker looks for";

const SECTIONS: Partial<Record<string, RegExp>> = {
  "pyproject.toml": /^tool\.(pytest|coverage|tox|hatch\.envs|nox)/,
  "setup.cfg": /^(tool:pytest|pytest|nosetests|aliases|coverage)/,
  "Cargo.toml": /^(profile\.test|\[?test\]?$|lib$)/,
};
/** The same where they are written in another way: `tool.pytest.ini_options.addopts = "…"`, `[ tool . "pytest" . ini_options ]`. */
const PLACES: Partial<Record<string, readonly string[]>> = {
  "pyproject.toml": ["tool.pytest", "tool.coverage", "tool.tox", "tool.hatch.envs", "tool.nox"],
  "Cargo.toml": ["profile.test", "test", "lib", "package.autotests"],
};

/** Parts of a manifest that decide how tests run, and those that tell a checker what to look for. */
export function sectionSettings(name: string, before: string, after: string): string[] {
  const sections = SECTIONS[name];
  if (!sections) return [];
  const [was, is] = [sectionsOf(before), sectionsOf(after)];
  const found = changedParts(was, is, (part) => sections.test(part));
  const others = (found.length === 0 ? (PLACES[name] ?? []) : []).filter((place) => isOther(before, after, place));
  return [...found, ...others.map((place) => `the part "${place}"`), ...looserParts(was, is)];
}

function sectionsOf(text: string): Map<string, string> {
  return parts(text.replace(/^\uFEFF/, ""), /^\[{1,2}\s*([^\][]+?)\s*\]+/);
}

/** Compared as they are read, where both can be. */
function isOther(before: string, after: string, place: string): boolean {
  const [was, is] = [tomlOf(before), tomlOf(after)];
  return was !== null && is !== null && written(at(was, place)) !== written(at(is, place));
}

function looserParts(was: ReadonlyMap<string, string>, is: ReadonlyMap<string, string>): string[] {
  const names = [...new Set([...was.keys(), ...is.keys()])].filter((name) => CHECKER_PARTS.test(name));
  return names.some((name) => asksForLess(was.get(name) ?? "", is.get(name) ?? "")) ? [LOOSER] : [];
}
