import { describe, expect, it } from "@jest/globals";
import { aDraft, aTicket, entriesOf } from "../../test/support/builders.ts";
import { BASE_SHA, HEAD_SHA } from "../../test/support/draft-defaults.ts";
import { parseCommand } from "../core/rules/command.ts";
import type { ProofItem } from "../core/ticket/proof-items.ts";
import { renderProof } from "./proof.ts";

const unknown = (id: ProofItem["id"]): ProofItem => ({
  ...{ id, state: "unknown", required: true },
  ...{ evidence: "Nobody could run it.", details: [] },
});

describe("a proof that is not complete", () => {
  it.each<[ProofItem["id"][], string[]]>([
    [["mutation"], ["mutation"]],
    [
      ["verification", "mutation", "done"],
      ["verification", "mutation", "done"],
    ],
    // No person's word stands for a review.
    [["reviews"], []],
  ])("with %j missing offers commands that are understood as they stand", (missing, offered) => {
    const data = { headSha: HEAD_SHA, baseSha: BASE_SHA, items: missing.map(unknown), outcome: "not-ready" as const };
    const text = renderProof(data, aTicket(entriesOf([aDraft("opened")])));
    const commands = [...text.matchAll(/`(\/coop [^`]+)`/g)].map(([, command = ""]) => command);
    for (const command of commands)
      expect(parseCommand(command.replace("<why>", "it is a document"))).toMatchObject({
        outcome: "command",
        command: { verb: "accept", item: offered[0] },
      });
    expect(commands).toHaveLength(Math.min(1, offered.length));
    for (const item of offered) expect(text).toContain(`\`${item}\``);
  });

  it("says that a round takes up what is refuted, and offers nothing that would let it pass unseen", () => {
    const items: ProofItem[] = [{ ...unknown("merge-result"), state: "refuted" }, unknown("mutation")];
    const data = { headSha: HEAD_SHA, baseSha: BASE_SHA, items, outcome: "not-ready" as const };
    const text = renderProof(data, aTicket(entriesOf([aDraft("opened")])));
    expect(text).toContain("A fix round takes up what is refuted, if one is left.");
    expect(text).not.toContain("/coop accept");
  });
});

it("names what is not simply proven before the table, what has one reason in one line", () => {
  const items: ProofItem[] = [
    { ...unknown("verification") },
    { ...unknown("mutation") },
    { ...unknown("fail-to-pass"), required: false },
    { ...unknown("scope"), state: "proven", evidence: "All in the plan." },
    { ...unknown("merge-result"), state: "not-applicable", evidence: "Nothing moved." },
    { ...unknown("done"), accepted: { by: "mona", why: "It is a document" } },
  ];
  const data = { headSha: HEAD_SHA, baseSha: BASE_SHA, items, outcome: "not-ready" as const };
  const [above = "", table = ""] = renderProof(data, aTicket(entriesOf([aDraft("opened")]))).split("<details>");
  expect(above.split("\n").filter((line) => line.startsWith("- "))).toEqual([
    "- ❔ **Verification commands** and **Mutations are caught**: Nobody could run it.",
    "- ❔ **New tests fail without the change** (not required): Nobody could run it.",
    "- 🤝 **Definition of Done**: Accepted by mona: It is a document (Nobody could run it.)",
  ]);
  expect(table).toContain("<summary>All 6 items</summary>");
  expect(table).toContain("All in the plan.");
});
