import { afterAll, expect, test } from "@jest/globals";
import { scripting } from "./kinds-scripting.ts";
import { preparerWith, proveKinds, workshop } from "./prove-kind.ts";
import { openScriptingRegistry } from "./scripting-registry.ts";

const isHere = workshop("rspec") !== null && workshop("phpunit") !== null;
const registry = isHere ? await openScriptingRegistry() : null;
afterAll(() => registry?.close());
const preparer = registry ? preparerWith({ home: registry.home }) : null;

proveKinds(scripting(registry?.versions ?? {}), () => preparer);

(registry ? test : test.skip)("their packages came by the mirrors of this server", () => {
  expect(registry?.asked.filter((path) => /^\/(gems\/rspec-3|gems\/minitest|phpunit\.tar)/.test(path))).not.toEqual([]);
});
