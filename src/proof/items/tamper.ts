import type { FileDiff } from "../../trees/diff.ts";
import type { Touched, TouchedAs } from "../../core/ticket/proof-fact-parts.ts";
import { type Evidence, evidence, type ProofFacts } from "../evidence.ts";
import { fixturesIn, onlyAddsFixtures } from "../languages/weakening/added-fixtures.ts";
import { isProtected, protectedGlobs } from "../languages/settings/protected.ts";
import { isTestCode } from "../languages/tests/test-files.ts";
import { calledBy, scriptsOf, targetsOf } from "../languages/settings/called-by-tests.ts";
import { decidingFile } from "../languages/tests/deciding-files.ts";
import { onlyRaisesLimits } from "../languages/settings/raised-limits.ts";
import { changedTestSettings, type OldFolders, oldFolders } from "../languages/settings/test-settings.ts";

/**
 * What decides how code is checked, built and owned is untouched, or a person said yes to exactly these files on exactly
 * this commit. Renames are a deletion and a creation here, and a changed mode of such a file is a change.
 *
 * When refuted, `details` are the bare paths and nothing else: a person's yes is recorded for exactly these.
 */
export async function tamper(facts: ProofFacts): Promise<Evidence> {
  const globs = protectedGlobs(facts.policy);
  const called = await calledByTests(facts);
  const old = oldFolders(facts.base.tree.keys(), facts.files);
  const harmless = await withMoreFixtures(facts);
  const touched = facts.files
    .filter((file) => !harmless.has(file.path))
    .flatMap((file): Touched[] => {
      const found = reasonFor(file, globs, called, old);
      return found ? [{ path: file.path, ...found }] : [];
    });
  const open = touched.filter((one) => !facts.protectedAccepted.includes(one.path));
  const paths = (all: readonly Touched[]) => all.map((one) => one.path);
  if (open.length > 0) return evidence("tamper", "touched", { files: open }, paths(open));
  if (touched.length === 0) return evidence("tamper", "untouched", {});
  return evidence("tamper", "accepted", { files: paths(touched) }, paths(touched));
}

function reasonFor(
  file: FileDiff,
  globs: readonly string[],
  called: ReadonlySet<string>,
  old: OldFolders,
): Pick<Touched, "as" | "by"> | null {
  const only = (as: TouchedAs) => ({ as, by: [] });
  if (isProtected(file.path, globs)) return only(file.action === "delete" ? "deleted" : "protected");
  if (called.has(file.path)) return only("called");
  const deciding = decidingFile(file.path);
  const raises = file.action === "change" && onlyRaisesLimits(file.before, file.after);
  if (deciding !== null && deciding !== "read by tests") return raises ? null : { as: "deciding", by: [deciding] };
  if (file.modeAfter === "120000" && file.modeBefore !== "120000") return only("link");
  if (file.modeAfter === "160000") return only("submodule");
  const settings = raises ? [] : changedTestSettings(file, old);
  return settings.length > 0 ? { as: "settings", by: settings } : null;
}

/** Files of fixtures that have some more, of which no other test has anything. */
async function withMoreFixtures({ files, base, blobs, syntax, policy }: ProofFacts): Promise<Set<string>> {
  const isConftest = (path: string) => /(^|\/)conftest\.py$/.test(path);
  const changed = files.filter(
    (file) =>
      isConftest(file.path) &&
      file.kind === "text" &&
      file.modeAfter === "100644" &&
      !isProtected(file.path, policy.protected),
  );
  if (changed.length === 0) return new Set();
  const others = [...base.tree].filter(([path]) => isConftest(path));
  const known = await Promise.all(
    others.map(async ([path, { sha }]) =>
      fixturesIn(await syntax.parse(path, (await blobs.get(sha))?.toString("utf8") ?? "")),
    ),
  );
  const paths = [...base.tree.keys(), ...files.map(({ path }) => path)].filter(isTestCode);
  const ofTests = new Set(paths.flatMap((path) => /(\w+)(?:\/__init__)?\.py$/.exec(path)?.[1] ?? []));
  const only = await Promise.all(
    changed.map(async ({ path, before, after }) => {
      const [old, now] = [await syntax.parse(path, before), await syntax.parse(path, after)];
      return onlyAddsFixtures(old, now, new Set(known.flat()), ofTests) ? [path] : [];
    }),
  );
  return new Set(only.flat());
}

/** Files of the base that its test commands run, themselves or through the scripts and targets that they call. */
async function calledByTests({ base, blobs, commands }: ProofFacts): Promise<Set<string>> {
  const text = async (path: string) => {
    const file = base.tree.get(path);
    return file ? ((await blobs.get(file.sha))?.toString("utf8") ?? "") : "";
  };
  return calledBy(
    commands.map((one) => one.run),
    {
      scripts: scriptsOf(await text("package.json")),
      targets: targetsOf(await text("Makefile")),
      has: (path) => base.tree.has(path),
    },
  );
}
