import type { Role } from "../core/ledger/ids.ts";

/** One answered call of a model, as the journal keeps it. */
export type Call = { readonly model: string; readonly step: string; readonly latencyMs: number };

/**
 * How long a model takes in a role. The journal names a step `role.task.round`.
 *
 * @example
 * latencyOf({ model: "opus", role: "reviewer" }, [{ model: "opus", step: "reviewer.review.0", latencyMs: 900 }]) // → { median: 900, p90: 900 }
 */
export function latencyOf(
  { model, role }: { readonly model: string; readonly role: Role },
  calls: readonly Call[],
): { readonly median: number; readonly p90: number } | null {
  const own = calls.filter((call) => call.model === model && call.step.split(".")[0] === role);
  const sorted = own.map(({ latencyMs }) => latencyMs).sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const [median, p90] = [at(0.5), at(0.9)];
  return median === undefined || p90 === undefined ? null : { median, p90 };
}
