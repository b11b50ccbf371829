import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FIRST_LINE = /^\/\/ Held by ((?:test\/(?:scenarios|desk)|src\/flow)\/[\w-]+\.(?:test|system)\.ts)\n/;

/** The files of the flow and the steps, each with the scenario that its first line names. */
export function heldFiles(checkout: string): { readonly path: string; readonly scenario: string | null }[] {
  return globSync(["src/flow/*.ts", "src/steps/*.ts"], { cwd: checkout })
    .filter((path) => !/\.(test|fixture)\.ts$/.test(path))
    .sort()
    .map((path) => ({ path, scenario: FIRST_LINE.exec(readFileSync(join(checkout, path), "utf8"))?.[1] ?? null }));
}
