import { describe, expect, it } from "@jest/globals";
import { aTicket, entriesOf } from "../../test/support/builders.ts";
import { draft, issueAs, READY } from "../../test/support/ledgers.ts";
import type { Waiting } from "../core/rules/call-people.ts";
import type { Policy } from "../core/rules/policy.ts";
import type { Forge } from "../forge/forge.ts";
import { whoDecides } from "./call-people.ts";

const OWNERS = "* @all\nsrc/ @sue @org/team\n";

/** What is asked of a forge to find out whom to call. */
function forge({ assignees = [] as string[], writers = ["maria"], owners = OWNERS as string | null } = {}): Forge {
  const asked: Partial<Forge> = {
    issue: async () => issueAs({ ...(assignees.length > 0 ? { assignees } : {}) }),
    permission: async (login) => (writers.includes(login) ? "write" : "read"),
    file: async (_ref, ...paths) =>
      owners !== null && paths.includes("CODEOWNERS") ? { path: "CODEOWNERS", content: Buffer.from(owners) } : "gone",
  };
  return asked as Forge;
}

type Row = [string, Policy["notify"], Waiting["for"], { opened?: object; forge?: Forge }, string[]];

describe("who has to decide", () => {
  it.each<Row>([
    ["is the author who may", "author", "merge", { forge: forge({ writers: ["olaf"] }) }, ["olaf"]],
    ["is whoever started it, where the author may not", "author", "merge", {}, ["maria"]],
    ["is the author who is asked something", "author", "answer", {}, ["olaf"]],
    ["is whoever started what an App wrote", "author", "answer", { opened: { author: "bot[bot]" } }, ["maria"]],
    ["is whoever started what nobody's account wrote", "author", "plan", { opened: { author: "ghost" } }, ["maria"]],
    ["is nobody where an App did both", "author", "plan", { opened: { author: "a[bot]", by: "a[bot]" } }, []],
    ["is nobody where the policy says so", "nobody", "way-out", {}, []],
    ["are the assignees", "assignee", "merge", { forge: forge({ assignees: ["ann", "ben"] }) }, ["ann", "ben"]],
    ["are three of them", "assignee", "merge", { forge: forge({ assignees: ["a", "b", "c", "d"] }) }, ["a", "b", "c"]],
    ["is the author without assignees", "assignee", "answer", {}, ["olaf"]],
    ["are the owners of the changed files", "codeowners", "merge", {}, ["sue", "org/team"]],
    ["is the author without such a file", "codeowners", "answer", { forge: forge({ owners: null }) }, ["olaf"]],
    [
      "is the author where nobody owns them",
      "codeowners",
      "answer",
      { forge: forge({ owners: "docs/ @d" }) },
      ["olaf"],
    ],
  ])("%s", async (_name, notify, what, given, expected) => {
    const [, ...others] = READY;
    const files = [{ path: "src/a.js", action: "change", added: 1, removed: 1 }] as const;
    const drafts = others.map((one) =>
      one.kind === "implemented" ? draft("implemented", { files: [...files] }) : one,
    );
    const ticket = aTicket(entriesOf([draft("opened", given.opened ?? {}), ...drafts]));
    expect(await whoDecides(given.forge ?? forge(), ticket, { for: what, about: "" }, notify)).toEqual(expected);
  });
});
