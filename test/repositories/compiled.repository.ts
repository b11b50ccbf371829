import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import type { Preparation } from "../../src/workspace/preparer.ts";
import { memoryStore } from "../contracts/sandbox-fixture.ts";
import { COMPILED } from "./kinds-compiled.ts";
import { proveKinds, workshop } from "./prove-kind.ts";

const go = workshop("go");
const { blobs, tree } = memoryStore();
const moduleOf = (name: string) =>
  tree({
    "go.mod": `module example.org/${name}\n\ngo 1.21\n`,
    "a.go": 'package a\n\nimport "fmt"\n\n// A prints.\nfunc A() { fmt.Println("a") }\n',
    "a_test.go": 'package a\n\nimport "testing"\n\nfunc TestA(t *testing.T) { A() }\n',
  });

async function run(of: ReturnType<typeof moduleOf>, made: Preparation | null | undefined, command: string) {
  const limits = { timeoutMs: 120_000, outputBytesMax: 20_000 };
  const result = await go?.sandbox.run({ tree: of, blobs, ...made?.prepared, command, ...limits });
  return result?.output.trim().split("\n") ?? [];
}

/** Each layer by the number of its compiled parts, the largest first. */
function caches(): number[] {
  const names = readdirSync(go?.layers ?? "").filter((name) => /^[0-9a-f]{32}$/.test(name));
  const count = (name: string) =>
    readdirSync(join(go?.layers ?? "", name, "layer/go-cache"), { recursive: true }).length;
  return names.map(count).sort((a, b) => b - a);
}

// Before the others, which stand on the same.
(go ? test : test.skip)("the standard library of Go is compiled once, also for two servers at once", async () => {
  const heard: string[] = [];
  const onProgress = (sentence: string) => void heard.push(sentence);
  const modules = ["a", "b"].map(moduleOf);
  const made = await Promise.all(modules.map((one) => go?.another()?.prepare({ tree: one, blobs, onProgress })));
  expect(made.map((one) => one?.outcome)).toEqual(["ready", "ready"]);
  expect(heard.filter((one) => one.startsWith("compiling the standard library of Go once"))).toHaveLength(1);
  // A layer keeps what its module needs of it.
  const [base = 0, ...layers] = caches();
  expect(layers).toHaveLength(2);
  expect(base).toBeGreaterThan(2 * Math.max(...layers));

  // A run finds everything compiled, and copies none of it only to note that it was used.
  const old = 'find "$GOCACHE" -type f ! -newermt 2036-01-01 | wc -l';
  const [compiled, own] = await run(modules[0]!, made[0], `go test -x ./... 2>&1 | grep -c '/compile '; ${old}`);
  expect(compiled).toBe("0");
  expect(Number(own)).toBeLessThan(50);
});

proveKinds(COMPILED);
