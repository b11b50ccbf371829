import { type Entry, isKnown } from "../core/ledger/entry.ts";
import type { EntryData } from "../core/ledger/entries.ts";
import { deliveredChunk, type Plan } from "../core/ticket/plan.ts";
import type { PartingFacts } from "../messages/trace.ts";

/**
 * Where plan and execution parted, read from a ledger: every place at which what was done is not what the plan said, in the
 * order in which it came to light. A new plan begins anew.
 */
export type Parting = {
  readonly seq: number;
  readonly at: string;
  /** The model or person whose word it was; `policy` for the program's own rules. */
  readonly by: string;
  readonly what: PartingFacts;
};

export type Trace = {
  readonly plan: {
    readonly seq: number;
    readonly by: string;
    readonly goal: string;
    readonly files: readonly string[];
  } | null;
  readonly partings: readonly Parting[];
  /** Parts of the plan that parted once and stand as planned at the end are not in here. */
  readonly open: readonly Parting[];
};

/** Twice as many files as planned is another change than the one that was approved. */
const LARGER_FACTOR = 2;

export function trace(entries: readonly Entry[]): Trace {
  let planned: { readonly seq: number; readonly by: string; readonly plan: Plan } | null = null;
  let partings: Parting[] = [];
  let latest = new Map<string, Parting[]>();
  for (const entry of entries) {
    if (!isKnown(entry)) continue;
    if (entry.kind === "planned") {
      planned = { seq: entry.seq, by: entry.data.model, plan: entry.data.plan };
      [partings, latest] = [[], new Map()];
    }
    const found = planned ? partingsIn(entry, planned.plan) : [];
    partings.push(...found);
    const source = sourceOf(entry);
    // The same witness looks again at the next round: what it no longer says is as planned.
    if (source !== null) latest.set(source, found);
    if (entry.kind === "implemented") for (const name of ["proof", "rework"]) latest.delete(name);
  }
  const plan = planned && {
    ...{ seq: planned.seq, by: planned.by, goal: planned.plan.goal },
    files: deliveredChunk(planned.plan).files.map((file) => file.path),
  };
  return { plan, partings, open: [...latest.values()].flat() };
}

function sourceOf(entry: Entry): string | null {
  if (entry.kind === "reviewed") return entry.data.role;
  if (entry.kind === "implemented") return "implementer";
  if (entry.kind === "proof_collected") return "proof";
  return entry.kind === "rework_requested" ? "rework" : null;
}

function partingsIn(entry: Entry, plan: Plan): Parting[] {
  const { seq, at } = entry;
  const said = (by: string, all: readonly PartingFacts[]) => all.map((what) => ({ seq, at, by, what }));
  switch (entry.kind) {
    case "implemented":
      return said(entry.data.model, inWork(entry.data, plan));
    case "reviewed":
      return said(entry.data.model, inReview(entry.data, plan));
    case "proof_collected":
      return said("policy", inProof(entry.data));
    case "rework_requested":
      return said(entry.data.by, [{ is: "rework", instructions: entry.data.instructions }]);
    case "head_moved":
      return said(entry.data.by, [{ is: "others-commit", headSha: entry.data.to }]);
    case "text_changed":
      return said("policy", [{ is: "text-changed" }]);
    default:
      return [];
  }
}

function inWork({ files, unplanned, verification }: EntryData<"implemented">, plan: Plan): PartingFacts[] {
  const planned = deliveredChunk(plan).files.map((file) => file.path);
  const changed = files.map((file) => file.path);
  const due = Math.max(plan.estimate.filesChanged, planned.length);
  return [
    ...changed
      .filter((path) => !planned.includes(path))
      .map(
        (path) =>
          ({ is: "unplanned-file", path, why: unplanned.find((one) => one.path === path)?.why ?? null }) as const,
      ),
    ...planned.filter((path) => !changed.includes(path)).map((path) => ({ is: "file-left-out", path }) as const),
    ...(changed.length > due * LARGER_FACTOR ? [{ is: "larger", files: changed.length, planned: due } as const] : []),
    ...(verification.outcome === "failed" ? [{ is: "tests-failed", sentence: verification.sentence } as const] : []),
  ];
}

function inReview({ done, findings }: EntryData<"reviewed">, plan: Plan): PartingFacts[] {
  const statement = (id: string) => plan.definitionOfDone.find((item) => item.id === id)?.statement ?? "";
  return [
    ...done
      .filter((one) => one.met === "no")
      .map(({ id, evidence }) => ({ is: "not-done", id, statement: statement(id), evidence }) as const),
    ...findings
      .filter((one) => one.severity === "blocker")
      .map(({ id, title, path }) => ({ is: "blocker", id, title, path }) as const),
  ];
}

function inProof({ items }: EntryData<"proof_collected">): PartingFacts[] {
  return items
    .filter((item) => item.required && item.state === "refuted")
    .map(({ id, evidence }) => ({ is: "refuted", item: id, evidence }));
}
