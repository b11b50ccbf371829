import { expect, it } from "@jest/globals";
import { lineInWords } from "../../messages/proof/lines.ts";
import { memoryTree } from "../../trees/memory-tree.ts";
import type { Tree } from "../../trees/tree.ts";
import type { Preparation } from "../../workspace/preparer.ts";
import { prepareTrees } from "./prepared.ts";

/** Which packages the runs of a proof are given: the base's, until a person accepted exactly the changed files. */
const at = (files: Readonly<Record<string, string>>) => memoryTree(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])).tree; // prettier-ignore
const BASE = at({ "package.json": "{}", "package-lock.json": "{}", "src/a.js": "a" });
const CODE = at({ "package.json": "{}", "package-lock.json": "{}", "src/a.js": "b" });
const LOCKED = at({ "package.json": "{ }", "package-lock.json": "{ }", "src/a.js": "b" });
const UNLOCKED = at({ "package.json": "{ }", "src/a.js": "b" });
const INPUTS = ["package-lock.json", "package.json"];

const ready = (name: string, over: object = {}) => ({ outcome: "ready", prepared: { name }, what: [`npm of ${name}`], notes: [], ...over }); // prettier-ignore
const failed = (name: string, details: readonly string[] = []) => ({ outcome: "failed", prepared: { name }, sentence: `No packages for ${name}.`, details }); // prettier-ignore

type Given = {
  readonly head?: Tree;
  readonly accepted?: readonly string[];
  readonly setup?: readonly string[];
  readonly base?: object;
  readonly own?: object;
};

async function prepared({ head = LOCKED, accepted = INPUTS, setup = [], base, own }: Given) {
  const asked: Tree[] = [];
  const preparer = {
    prepare: async ({ tree }: { readonly tree: Tree }) => {
      asked.push(tree);
      return (asked.length === 1 ? (base ?? ready("base")) : (own ?? ready("head"))) as Preparation;
    },
  };
  const input = { base: { tree: BASE }, head: { tree: head }, policy: { setup }, protectedAccepted: accepted };
  const trees = await prepareTrees(input as never, { preparer, blobs: {} } as never);
  const nameOf = (tree: Tree) => (trees.prepared(tree) as unknown as { name: string }).name;
  return { trees, asked, given: [nameOf(BASE), nameOf(head)] };
}

it.each<[string, Given, readonly string[]]>([
  ["the base's for a change of code", { head: CODE }, ["base", "base"]],
  ["the head's own for what a person accepted", {}, ["base", "head"]],
  ["the base's while nobody accepted them", { accepted: [] }, ["base", "base"]],
  ["the base's while only some are accepted", { accepted: ["package.json"] }, ["base", "base"]],
])("gives %s", async (_what, given, names) => {
  const found = await prepared(given);
  expect(found.given).toEqual(names);
  expect(found.asked).toEqual(names[1] === "head" ? [BASE, given.head ?? LOCKED] : [BASE]);
});

it("says that a change waits for a person, where there is something to wait for", async () => {
  const WAITS = "`package-lock.json`, `package.json` changed: packages are still the base's until a person accepts the lockfiles of this commit."; // prettier-ignore
  const notes = async (given: Given) => (await prepared(given)).trees.notes.map(lineInWords);
  expect(await notes({ accepted: [] })).toEqual(["prepared: npm of base", WAITS]);
  expect(await notes({ accepted: [], base: ready("base", { what: [] }) })).toEqual([]);
  expect(await notes({ accepted: [], base: failed("base") })).toEqual(["No packages for base."]);
  const partly = { ...failed("Go"), what: ["npm of base"] };
  expect(await notes({ accepted: [], base: partly })).toEqual(["prepared: npm of base", "No packages for Go.", WAITS]);
  expect(await notes({ base: ready("base", { notes: ["kept"] }) })).toEqual(["prepared: npm of base", "kept", "prepared: npm of head"]); // prettier-ignore
  expect(await notes({ own: ready("base") })).toEqual(["prepared: npm of base"]);
  expect(await notes({ head: CODE })).toEqual(["prepared: npm of base"]);
});

it("says why packages are missing, with the last that was said", async () => {
  const why = async (given: Given) => (await prepared(given)).trees.unprepared;
  expect(await why({})).toBe(null);
  expect(await why({ head: CODE, base: failed("base") })).toBe("No packages for base.");
  expect(await why({ own: failed("head", ["one", "two", "three"]) })).toBe(
    "No packages for head. It said: two · three.",
  );
  expect(await why({ base: failed("base"), own: failed("head") })).toBe("No packages for base.");
});

it("shows the policy's own commands of the head only what was accepted", async () => {
  const { asked } = await prepared({ setup: ["npm ci"] });
  expect(asked[1]?.get("src/a.js")).toEqual(BASE.get("src/a.js"));
  expect(asked[1]?.get("package.json")).toEqual(LOCKED.get("package.json"));
  const without = await prepared({ setup: ["npm ci"], head: UNLOCKED });
  expect([...(without.asked[1]?.keys() ?? [])].sort()).toEqual(["package.json", "src/a.js"]);
});

it("gives nothing where nothing is ever brought in", async () => {
  const trees = await prepareTrees({} as never, { preparer: null } as never);
  expect([trees.unprepared, trees.notes, trees.prepared(BASE)]).toEqual([null, [], expect.anything()]);
});
