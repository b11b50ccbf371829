import type { Plan, TestChange } from "./plan.ts";

/** Old tests that the Implementer asks for in the middle of the work, and what people said to it. */
export type TestRequests = {
  /** Not answered yet. */
  readonly open: readonly TestChange[];
  readonly refused: readonly RefusedRequest[];
};
type RefusedRequest = TestChange & { readonly by: string; readonly reason: string };

/** Of a ticket what is needed here. */
type Asking = { readonly plan: { readonly plan: Plan } | null; readonly testRequests: TestRequests };

export const NO_TEST_REQUESTS: TestRequests = { open: [], refused: [] };

/** A new round says anew what it needs. What was refused before it stays so in it. */
export function requested(ticket: Asking, asked: readonly TestChange[] = []): TestRequests {
  return { ...ticket.testRequests, open: asked.filter((one) => !isPlanned(ticket, one)) };
}

/** Another round was asked for instead of a yes. Whoever asks for a round after that may have changed their mind: what it needs may be asked for again. */
export function refuseRequests({ testRequests }: Asking, by: string, reason: string): TestRequests {
  const refused = testRequests.open.map((one) => ({ ...one, by, reason }));
  return { open: [], refused };
}

/** The plan as if it had named these tests from the beginning. */
export function withExcused<P extends { readonly plan: Plan }>(
  plan: P | null,
  changes: readonly TestChange[],
): P | null {
  return plan && { ...plan, plan: { ...plan.plan, testChanges: [...(plan.plan.testChanges ?? []), ...changes] } };
}

export function isPlanned({ plan }: Pick<Asking, "plan">, change: TestChange): boolean {
  const { testChanges = [] } = plan?.plan ?? {};
  // A yes to another name for a test is none to its end.
  return testChanges.some((one) => isSameTest(one, change) && one.change === change.change && one.to === change.to);
}

/** Who refused it and why, where somebody did. */
export function refusalOf({ testRequests }: Pick<Asking, "testRequests">, change: TestChange): RefusedRequest | null {
  return testRequests.refused.findLast((one) => isSameTest(one, change)) ?? null;
}

/** Whether both are about one test; what is to become of it, and why, may be told otherwise. */
export function isSameTest(one: TestChange, other: TestChange): boolean {
  return one.file === other.file && one.test === other.test;
}
