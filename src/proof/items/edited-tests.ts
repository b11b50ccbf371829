import type { FileDiff } from "../../trees/diff.ts";
import type { SyntaxReader } from "../languages/syntax/parser.ts";
import { plain } from "../languages/syntax/syntax.ts";
import { assertedTogether } from "../languages/tests/asserted.ts";
import { type TestSide, testSide } from "../languages/tests/test-side.ts";
import { keysOfRun, keysOfSaid } from "../languages/weakening/ran-names.ts";

/** Whether a test by the name that its runner prints is an old one that compares with something new now. */
export async function saysMore(files: readonly FileDiff[], syntax: SyntaxReader): Promise<(ran: string) => boolean> {
  const changed = files.filter(({ action, kind }) => action === "change" && kind === "text");
  const names = await Promise.all(changed.map((file) => editedIn(file, syntax)));
  const keys = new Set(names.flat().flatMap(keysOfSaid));
  return (ran) => keys.size > 0 && [...keysOfRun(ran)].some((key) => keys.has(key));
}

async function editedIn({ path, before, after }: FileDiff, syntax: SyntaxReader): Promise<string[]> {
  const [was, is] = [await syntax.parse(path, before), await syntax.parse(path, after)];
  if (was.outcome === "cannot" || is.outcome === "cannot") return [];
  const [old, now] = [testSide(path, was), testSide(path, is)];
  const texts = new Map(old.tests.map((one) => [one.name, one]));
  const edited = now.tests.filter((one) => {
    const before = texts.get(one.name);
    return before !== undefined && plain(before.node) !== plain(one.node) && hasMore(old, now, one.name);
  });
  return edited.map(({ name }) => name);
}

function hasMore(old: TestSide, now: TestSide, name: string): boolean {
  const asked = (side: TestSide) => side.tests.filter((one) => one.name === name).flatMap((one) => assertedTogether(side, one)); // prettier-ignore
  const before = new Set(asked(old).flatMap((one) => [...one]));
  return asked(now).some((one) => [...one].some((text) => !before.has(text)));
}
