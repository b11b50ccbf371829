import type { Blobs, Tree } from "../../trees/tree.ts";
import { withText } from "../../trees/with-text.ts";
import type { ProofFacts } from "../evidence.ts";
import { fateOf, patienceWith } from "../items/try-mutants.ts";
import { isCode, isTestFile } from "../languages/tests/test-files.ts";
import type { SuiteRun, Tests } from "../runners/suite.ts";
import { type Declarations, declaredTwins, type DeclaredTwin } from "./declared.ts";

/** Names of constants and classes whose values old tests looked at, and of which nobody can say that new ones do. */
export type Besides = ReadonlySet<string>;

/** Of the code that is looked through; larger files are generated. */
const FILES_MAX = 2_000;
const FILE_BYTES_MAX = 100_000;
/** Constants are few; more than these acquit nobody. */
const TWINS_MAX = 24;

type Sides = { readonly before: SuiteRun; readonly after: SuiteRun; readonly until: number };

export async function notLookedAt(
  facts: ProofFacts,
  tests: Tests,
  names: ReadonlySet<string>,
  sides: Sides,
): Promise<Besides> {
  const open = new Set<string>();
  const found: (DeclaredTwin & { readonly path: string })[] = [];
  for (const path of [...facts.base.tree.keys()].filter((one) => isCode(one) && !isTestFile(one)).slice(0, FILES_MAX)) {
    const { twins, open: unknown } = await twinsIn(facts, path, names);
    for (const one of unknown) open.add(one);
    found.push(...twins.map((one) => ({ path, ...one })));
  }
  for (const [at, twin] of found.entries()) {
    if (open.has(twin.name)) continue;
    const isInTime = at < TWINS_MAX && performance.now() < sides.until;
    if (!isInTime || (await isLost(facts, tests, twin, sides))) open.add(twin.name);
  }
  return open;
}

async function isLost(
  facts: ProofFacts,
  tests: Tests,
  { path, before, after }: DeclaredTwin & { readonly path: string },
  sides: Sides,
): Promise<boolean> {
  const fate = async (run: SuiteRun, tree: Tree, text: string) => {
    const changed = await withText(facts, tree, path, text);
    return fateOf(run, await tests.suite(changed, { timeoutMs: patienceWith(run) })).fate;
  };
  if ((await fate(sides.after, facts.head.tree, after)) === "noticed") return false;
  return (await fate(sides.before, facts.base.tree, before)) !== "survived";
}

async function twinsIn({ base, head, blobs, syntax }: ProofFacts, path: string, names: ReadonlySet<string>) {
  const none: Declarations = { twins: [], open: [] };
  const was = await textOf(base.tree, path, blobs);
  if (was === null || !(was.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []).some((word) => names.has(word))) return none;
  const before = await syntax.parse(path, was);
  if (before.outcome === "cannot") return none;
  const is = (await textOf(head.tree, path, blobs)) ?? "";
  const after = await syntax.parse(path, is);
  if (after.outcome === "cannot") return none;
  return declaredTwins({ text: was, root: before.root }, { text: is, root: after.root }, names);
}

async function textOf(tree: Tree, path: string, blobs: Blobs): Promise<string | null> {
  const file = tree.get(path);
  if (!file || file.sizeBytes > FILE_BYTES_MAX || file.mode === "120000") return null;
  return (await blobs.get(file.sha))?.toString("utf8") ?? null;
}
