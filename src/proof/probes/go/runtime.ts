import { GO_CALLS } from "./runtime-calls.ts";
import { GO_ERRORS } from "./runtime-errors.ts";
import { GO_FRAMES } from "./runtime-frames.ts";
import { GO_GAVE } from "./runtime-gave.ts";
import { GO_KINDS } from "./runtime-kinds.ts";
import { GO_LEAVES } from "./runtime-leaves.ts";
import { GO_TEXTS } from "./runtime-texts.ts";
import { GO_VALUES } from "./runtime-values.ts";
import { GO_VARIANTS } from "./runtime-variants.ts";

/** Only of the standard library, and each under a name that no package has declared for itself. */
const IMPORTS: readonly (readonly [name: string, path: string])[] = [
  ["coopJSON", "encoding/json"],
  ["coopErrors", "errors"],
  ["coopFlag", "flag"],
  ["coopFNV", "hash/fnv"],
  ["coopOS", "os"],
  ["coopReflect", "reflect"],
  ["coopRuntime", "runtime"],
  ["coopSort", "sort"],
  ["coopStrconv", "strconv"],
  ["coopStrings", "strings"],
  ["coopSync", "sync"],
  ["coopAtomic", "sync/atomic"],
  ["coopTime", "time"],
  ["coopUTF8", "unicode/utf8"],
  ["coopUnsafe", "unsafe"],
];

/** The file that lies beside the instrumented files of a package. No generics and nothing newer than Go 1.13, because `go.mod` may ask for an old Go. */
export function goRuntime(packageName: string): string {
  const imports = IMPORTS.map(([name, path]) => `\t${name} "${path}"\n`).join("");
  const parts = [GO_CALLS, GO_FRAMES, GO_GAVE, GO_VALUES, GO_LEAVES, GO_TEXTS, GO_VARIANTS, GO_KINDS, GO_ERRORS];
  return `package ${packageName}\n\nimport (\n${imports})\n${parts.join("")}`;
}
