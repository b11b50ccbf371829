// Held by test/scenarios/test-requests.test.ts
import { type TestChange } from "../core/ticket/plan.ts";
import { isPlanned, isSameTest, refusalOf } from "../core/ticket/test-requests.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { vainExcuses } from "../core/ticket/vain-excuse.ts";
import { type Unfinished, unfinishedInWords } from "../messages/steps/implement.ts";
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
      ...vain.map(({ file, test, lacks }): Unfinished => {
        return lacks === "file"
          ? { code: "no-such-file", facts: { file } }
          : { code: "no-such-test", facts: { file, test } };
      }),
      ...refused.map(({ file, test, by, reason }): Unfinished => {
        return { code: "refused", facts: { file, test, by, reason } };
      }),
    ].map(unfinishedInWords),
  };
}
