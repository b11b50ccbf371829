// Held by test/scenarios/test-requests.test.ts
import { type TestChange } from "../core/ticket/plan.ts";
import { isPlanned, isSameTest, refusalOf } from "../core/ticket/test-requests.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { type VainExcuse, vainExcuses } from "../core/ticket/vain-excuse.ts";
import { textsOnBothSides } from "../trees/both-sides.ts";
import type { Blobs, Tree } from "../trees/tree.ts";

/** What an Implementer asks for, as far as a person can answer it, and what is told to the Implementer of the rest. */
export type Requests = { readonly asked: readonly TestChange[]; readonly problems: readonly string[] };

/**
 * Asked is only for what there is, what the plan does not name, and what nobody has refused. @param trees before and after
 */
export async function testRequests(
  ticket: Ticket,
  said: readonly TestChange[],
  trees: readonly Tree[],
  blobs: Pick<Blobs, "get">,
): Promise<Requests> {
  const once = said.filter((one, at) => said.findIndex((other) => isSameTest(one, other)) === at);
  const fresh = once.filter((one) => !isPlanned(ticket, one));
  const texts = await textsOnBothSides(
    fresh.map(({ file }) => file),
    trees,
    blobs,
  );
  const vain = vainExcuses(fresh, (file) => texts.get(file) ?? []);
  const refused = fresh.flatMap((one) => refusalOf(ticket, one) ?? []);
  const isOut = (one: TestChange) =>
    [...vain, ...refused].some(({ file, test }) => file === one.file && test === one.test);
  return {
    asked: fresh.filter((one) => !isOut(one)),
    problems: [
      ...vain.map(vainly),
      ...refused.map(
        ({ file, test, by, reason }) =>
          `${by} refused that ${nameOf({ file, test })} changes: ${reason}\nLeave it as it was and write the change without it.`,
      ),
    ],
  };
}

function vainly({ file, test, lacks }: VainExcuse): string {
  return lacks === "file"
    ? `\`testChanges\` names ${JSON.stringify(file)}, which does not exist: nobody is asked about it.`
    : `\`testChanges\` names ${nameOf({ file, test })}, which does not exist: name the test as its runner prints it, or nobody is asked about it.`;
}

function nameOf({ file, test }: Pick<VainExcuse, "file" | "test">): string {
  return test === null ? `all of ${file}` : `${JSON.stringify(test)} of ${file}`;
}
