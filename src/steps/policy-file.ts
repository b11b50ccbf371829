// Held by test/scenarios/bad-input.test.ts
import { sha256 } from "../core/ledger/chain.ts";
import { DEFAULT_POLICY, type Policy, policySchema } from "../core/rules/policy.ts";
import { type HaltCode, type Why, why } from "../core/rules/why.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { Snapshot } from "../trees/tree.ts";
import type { Forge, FoundFile } from "../forge/forge.ts";
import { defaultSnapshot } from "./default-branch.ts";
import type { StepWorld } from "./step-world.ts";
import { readYaml } from "./yaml-problems.ts";
import { QUOTE_CHARS_MAX } from "../core/ledger/limits.ts";

/** Where the repository's policy stands; read from the default branch only, so that no pull request changes its own rules. */
export const POLICY_PATHS = [".github/coop.yml", ".github/coop.yaml"] as const;
/** More than any policy needs; a larger file is a mistake or an attack on the parser. */
export const POLICY_BYTES_MAX = 64_000;

type PolicyWorld = Pick<StepWorld, "blobs" | "artifacts" | "amendPolicy">;

export type PolicyReading =
  | { readonly outcome: "valid"; readonly policy: Policy; readonly hash: string }
  /** What is wrong, and the line of the file that it is about. */
  | { readonly outcome: "invalid"; readonly why: Why<HaltCode>; readonly quote: string };

/** The policy of a default branch's snapshot, as amended by who runs the program. An absent file is a valid, empty one. */
export async function policyOfBranch(world: PolicyWorld, snapshot: Snapshot): Promise<PolicyReading> {
  const reading = await policyInTree(world, snapshot);
  if (reading.outcome === "invalid" || !world.amendPolicy) return reading;
  const policy = world.amendPolicy(reading.policy);
  // Kept as it was amended: what a ticket was routed with is read again from here.
  return keep(world, JSON.stringify(policy), policy);
}

async function policyInTree(world: PolicyWorld, snapshot: Snapshot): Promise<PolicyReading> {
  const path = POLICY_PATHS.find((one) => snapshot.tree.has(one));
  const file = path ? snapshot.tree.get(path) : undefined;
  if (!path || !file) return keep(world, "", DEFAULT_POLICY);
  const content = file.sizeBytes > POLICY_BYTES_MAX ? null : await world.blobs.get(file.sha);
  if (content === null) return tooLarge(path);
  const text = content.toString("utf8");
  const reading = parsePolicy(text, path);
  return reading.outcome === "invalid" ? reading : keep(world, text, reading.policy);
}

/** The policy of a branch by that file alone: whoever asks this for every pull request does not read the whole tree for it. */
export async function policyAt(
  world: Pick<PolicyWorld, "amendPolicy">,
  forge: Forge,
  branch: string,
): Promise<{ readonly outcome: "valid"; readonly policy: Policy } | Extract<PolicyReading, { outcome: "invalid" }>> {
  const found = await forge.file(branch, ...POLICY_PATHS);
  const reading = found === "gone" ? { outcome: "valid" as const, policy: DEFAULT_POLICY } : policyIn(found);
  if (reading.outcome === "invalid" || !world.amendPolicy) return reading;
  return { outcome: "valid", policy: world.amendPolicy(reading.policy) };
}

function policyIn({ path, content }: FoundFile): ReturnType<typeof parsePolicy> {
  return content.length > POLICY_BYTES_MAX ? tooLarge(path) : parsePolicy(content.toString("utf8"), path);
}

function tooLarge(path: string): Extract<PolicyReading, { outcome: "invalid" }> {
  return { outcome: "invalid", why: why("policy-unreadable", { path, bytesMax: POLICY_BYTES_MAX }), quote: "" };
}

export function parsePolicy(
  text: string,
  path: string,
): { outcome: "valid"; policy: Policy } | Extract<PolicyReading, { outcome: "invalid" }> {
  const reading = readYaml(text, policySchema);
  if (reading.outcome === "valid") return { outcome: "valid", policy: reading.value };
  const [first] = reading.problems;
  return at(text, path, first?.line ?? 1, first?.problem ?? "not a policy");
}

function at(text: string, path: string, near: number, problem: string): Extract<PolicyReading, { outcome: "invalid" }> {
  const before = text.split("\n").slice(0, near);
  // What is not closed is noticed at the file's end; the last line with words on it is where to look.
  const line = Math.max(1, before.findLastIndex((one) => one.trim() !== "") + 1);
  const quote = (before[line - 1] ?? "").trim().slice(0, QUOTE_CHARS_MAX);
  return { outcome: "invalid", why: why("policy-line-wrong", { path, line, problem }), quote };
}

async function keep(world: Pick<PolicyWorld, "artifacts">, text: string, policy: Policy): Promise<PolicyReading> {
  await world.artifacts.put(text);
  return { outcome: "valid", policy, hash: sha256(text) };
}

/**
 * The policy a ticket was routed with. Later changes to the file count for later tickets; should the kept copy be lost, the
 * file is read again.
 */
export async function readPolicy(world: PolicyWorld, forge: Forge, ticket: Ticket): Promise<Policy> {
  const kept = ticket.route ? await world.artifacts.get(ticket.route.policyHash) : null;
  const parsed = kept ? parsePolicy(kept.toString("utf8"), POLICY_PATHS[0]) : null;
  if (parsed?.outcome === "valid") return parsed.policy;
  const snapshot = await defaultSnapshot(forge, ticket);
  const reading = snapshot === "gone" ? null : await policyOfBranch(world, snapshot);
  return reading?.outcome === "valid" ? reading.policy : DEFAULT_POLICY;
}
