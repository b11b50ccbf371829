import { mkdtempSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "@jest/globals";
import { environment } from "../../src/config.ts";
import { packageEnvironment } from "../../src/machine.ts";
import { policySchema } from "../../src/core/rules/policy.ts";
import type { ProofItem } from "../../src/core/ticket/proof-items.ts";
import { collectProof } from "../../src/proof/collect.ts";
import { isTestFile } from "../../src/proof/languages/tests/test-files.ts";
import { findProgram } from "../../src/workspace/prepare/host.ts";
import type { Preparer } from "../../src/workspace/preparer.ts";
import { openPreparer } from "../../src/workspace/prepare/open-preparer.ts";
import { memoryStore, sandboxHere } from "../contracts/sandbox-fixture.ts";
import { DEBIAN_PACKAGES, type Kind } from "./kind.ts";
import { inWords } from "../../src/messages/proof/in-words.ts";

/**
 * From an empty disk to full proof: packages from the real registries, tests that really run, on both sides. A change that
 * brings its test along and not its code is refuted.
 */
const required = environment()["COOP_REQUIRE_REPOSITORIES"] === "1";
const sandbox = await sandboxHere();
const layers = mkdtempSync(join(tmpdir(), "coop-repositories-"));
afterAll(() => rmSync(layers, { recursive: true, force: true }));
const searchPath = environment().PATH ?? "";
const host = { searchPath, home: homedir(), environment: packageEnvironment(environment()) };
const options = { host, folder: layers, temporary: tmpdir(), layersBytesMax: 50e9, registries: [] };
const preparer = sandbox ? openPreparer({ ...options, sandbox }) : null;

/** Of a server whose package managers have settings of their own, such as a mirror. */
export function preparerWith(settings: Partial<typeof host>): Preparer | null {
  return sandbox ? openPreparer({ ...options, host: { ...host, ...settings }, sandbox }) : null;
}

/** What these repositories are proven with, and where their layers lie; null where the language or a sandbox is missing. */
export function workshop(needs: keyof typeof DEBIAN_PACKAGES) {
  const another = () => (sandbox ? openPreparer({ ...options, sandbox }) : null);
  return sandbox && findProgram(host, needs) !== null ? { sandbox: sandbox.sandbox, layers, another } : null;
}

function lacks(kind: Kind): boolean {
  return kind.needs !== undefined && findProgram(host, kind.needs) === null;
}

type Files = Readonly<Record<string, string>>;

async function proofOf(kind: Kind, change: Files, preparer: Preparer | null): Promise<readonly ProofItem[]> {
  if (!sandbox || !preparer) throw new Error("No sandbox");
  const { blobs, tree } = memoryStore();
  // Mutation runs the tests once more for each change; what it finds is held elsewhere.
  const policy = policySchema.parse({ ...kind.policy, proof: { mutationsMax: 0 } });
  const base = { commitSha: "a".repeat(40), treeSha: "a", tree: tree(kind.base) };
  const head = { commitSha: "b".repeat(40), treeSha: "b", tree: tree({ ...kind.base, ...change }) };
  const nobody = { checks: [], unplanned: [], protectedAccepted: [], reviews: [] };
  const found = await collectProof(
    { type: "bug", plan: null, base, head, policy, commands: "to-be-found", ...nobody },
    { sandbox, blobs, preparer },
  );
  return found.map(inWords);
}

/** The tests of the change without its code. */
function withoutCode({ head, broken }: Kind): Files {
  if (broken) return broken;
  return Object.fromEntries(Object.entries(head).filter(([path]) => isTestFile(path)));
}

/** Each kind as a test. What is missing on this machine is said aloud, with the Debian package that brings it. */
export function proveKinds(kinds: readonly Kind[], by: () => Preparer | null = () => preparer): void {
  const lacking = kinds.filter(lacks);
  if (!sandbox || lacking.length > 0) {
    const programs = [...new Set(lacking.flatMap((one) => one.needs ?? []))];
    const missing = sandbox
      ? `not installed here: ${programs.map((one) => `${one} (Debian: ${DEBIAN_PACKAGES[one]})`).join(", ")}`
      : "there is no sandbox here (Debian: bubblewrap)";
    if (required) throw new Error(`COOP_REQUIRE_REPOSITORIES is set, but ${missing}`);
    const skipped = (sandbox ? lacking : kinds).map((one) => one.name);
    process.stderr.write(
      `\n*** ${skipped.length} repositories are SKIPPED: ${missing}. ***\n${skipped.join("; ")}\n\n`,
    );
  }
  for (const kind of kinds) (sandbox && !lacks(kind) ? it : it.skip)(kind.name, () => prove(kind, by()));
}

async function prove(kind: Kind, by: Preparer | null): Promise<void> {
  const items = await proofOf(kind, kind.head, by);
  const shown = items
    .filter(({ id }) => ["verification", "fail-to-pass", "pass-to-pass"].includes(id))
    .map(({ id, state, evidence, details }) => (state === "proven" ? [id, state] : [id, state, evidence, details]));
  expect(shown).toEqual([
    ["verification", "proven"],
    ["fail-to-pass", "proven"],
    ["pass-to-pass", "proven"],
  ]);
  expect(items.find(({ id }) => id === "verification")?.evidence).toContain(`\`${kind.run}\` passes`);
  const [verification] = await proofOf(kind, withoutCode(kind), by);
  expect([verification?.id, verification?.state]).toEqual(["verification", "refuted"]);
}
