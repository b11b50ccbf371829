import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { parsePlan } from "../../src/cli/proof/plan.ts";
import { reported, type ReportedItem, verdictOf } from "../../src/cli/proof/report.ts";
import { environment } from "../../src/config.ts";
import { packageEnvironment } from "../../src/machine.ts";
import { DEFAULT_POLICY } from "../../src/core/rules/policy.ts";
import { proveChange } from "../../src/proof/prove-change.ts";
import { openPreparer } from "../../src/workspace/prepare/open-preparer.ts";
import type { Preparer } from "../../src/workspace/preparer.ts";
import type { SandboxCheck } from "../../src/workspace/sandbox.ts";
import { memoryStore } from "../contracts/sandbox-fixture.ts";
import type { GateCase } from "./case-file.ts";
import { inWords } from "../../src/messages/proof/in-words.ts";

export type Judgement = {
  readonly verdict: ReturnType<typeof verdictOf>;
  readonly refuted: readonly string[];
  readonly items: readonly ReportedItem[];
};

/** Proves one change as `coop proof` does. */
export async function proveCase(one: GateCase, sandbox: SandboxCheck, preparer: Preparer | null): Promise<Judgement> {
  const { blobs, tree } = memoryStore();
  const read = one.plan === null ? null : parsePlan(JSON.stringify(one.plan), "plan.json");
  if (read?.outcome === "refused") throw new Error(read.why);
  const side = (sign: string, files: GateCase["base"]) => {
    return { commitSha: sign.repeat(40), treeSha: sign.repeat(40), tree: tree(files) };
  };
  const policy = { ...DEFAULT_POLICY, proof: { ...DEFAULT_POLICY.proof, mutationsMax: mutantsFor(one) } };
  const change = { base: side("a", one.base), head: side("b", one.head), given: read?.given ?? null, policy };
  const ports = { sandbox, blobs, preparer, onProgress: () => undefined };
  const items = (await proveChange(change, ports, "desk")).map(inWords).map(reported);
  const refuted = items.filter((item) => item.required && item.state === "refuted").map(({ item }) => item);
  return { verdict: verdictOf(items), refuted, items };
}

/** Fine mutants cost runs; where a cheat has to be seen by another item they decide nothing. */
function mutantsFor({ expect, items }: GateCase): number {
  const decides = items.some((item) => item === "mutation" || item === "fail-to-pass" || item === "completeness");
  return expect === "accept" || decides ? DEFAULT_POLICY.proof.mutationsMax : 1;
}

/** Whether the change was judged as it deserves. */
export function isRight(one: GateCase, { verdict, refuted }: Judgement): boolean {
  if (one.expect === "accept") return verdict === "accept";
  return verdict === "block" && refuted.some((item) => (one.items as readonly string[]).includes(item));
}

/** Compiled standard libraries and test tools, which are the same for all cases of one language. */
export function gatePreparer(sandbox: SandboxCheck): Preparer {
  const env = environment();
  return openPreparer({
    sandbox,
    host: { searchPath: env.PATH ?? "", home: homedir(), environment: packageEnvironment(env) },
    folder: join(tmpdir(), "coop-gate-layers"),
    temporary: tmpdir(),
    layersBytesMax: 5 * 1024 ** 3,
    registries: [],
  });
}

/** What a reader needs to mend a wrong judgement. */
export function told({ verdict, items }: Judgement): string {
  const open = items.filter((one) => one.required && one.state !== "proven");
  return [verdict, ...open.flatMap((one) => [`${one.item} ${one.state}: ${one.evidence}`, ...one.details])].join("\n");
}
