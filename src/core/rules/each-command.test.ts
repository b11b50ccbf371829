import { expect, it } from "@jest/globals";
import { issueAs } from "../../../test/support/ledgers.ts";
import { eachCommand } from "./each-command.ts";
import type { Trigger } from "./trigger.ts";

const by = { login: "maria", id: 1, type: "User" };
const common = {
  source: "comment:5",
  forge: { kind: "github" as const, installationId: 7, repositoryId: 70 },
  defaultBranch: "main",
  by,
};
const comment = (body: string): Trigger => ({ kind: "commented", ...common, commentId: 5, body, issue: issueAs() });

it("hears each command of a comment under a source of its own", () => {
  const heard = eachCommand(comment("/coop assign implementer=opus\n/coop rework Use a map."));
  expect(heard).toMatchObject([
    { source: "comment:5", body: "/coop assign implementer=opus" },
    { source: "comment:5/2", body: "/coop rework Use a map." },
  ]);
});

it("hears everything else as it is", () => {
  const label: Trigger = { kind: "labelled", ...common, label: "coop", issue: issueAs() };
  for (const one of [comment("Thanks!"), comment("/coop park\nUntil Monday."), label])
    expect(eachCommand(one)).toEqual([one]);
});
