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
    { trigger: { source: "comment:5", body: "/coop assign implementer=opus" } },
    { trigger: { source: "comment:5/2", body: "/coop rework Use a map." } },
  ]);
});

it("hears everything else as it is", () => {
  const label: Trigger = { kind: "labelled", ...common, label: "coop", issue: issueAs() };
  for (const one of [comment("Thanks!"), comment("/coop park\nUntil Monday."), label])
    expect(eachCommand(one)).toEqual([{ trigger: one, inline: [], parsed: expect.anything() }]);
});

const reviewed = (body: string, state: "approved" | "changes_requested" | "commented" = "commented"): Trigger => {
  const said = { ...common, source: "review:9", reviewId: 9, state, body, headSha: "", pullNumber: 8 };
  return { kind: "reviewed", ...said };
};
const inline = (id: number, text: string, edited = false) => ({ id, path: "a.ts", line: 1, text, edited });
const heardIn = (trigger: Trigger, ...comments: ReturnType<typeof inline>[]) =>
  eachCommand(trigger, comments).map(({ trigger: one, inline: notes }) => [
    one.source,
    "state" in one ? one.state : "",
    "body" in one ? one.body : "",
    notes.map(({ id }) => id),
  ]);

it.each([
  ["words alone", reviewed("Why null?"), [inline(1, "Here.")], [["review:9", "commented", "Why null?", [1]]]],
  [
    "a command in its text, with the other comments",
    reviewed("/coop rework Handle null."),
    [inline(1, "Here.")],
    [["review:9/body-1", "commented", "/coop rework Handle null.", [1]]],
  ],
  [
    "commands in inline comments, then its own words",
    reviewed("Nearly.", "changes_requested"),
    [inline(1, "Here."), inline(2, "/coop dismiss F-1 No.\n/coop status")],
    [
      ["inline:2/1", "commented", "/coop dismiss F-1 No.", []],
      ["inline:2/2", "commented", "/coop status", []],
      ["review:9", "changes_requested", "Nearly.", [1]],
    ],
  ],
  [
    "an approval beside a command",
    reviewed("/coop status", "approved"),
    [],
    [
      ["review:9/body-1", "commented", "/coop status", []],
      ["review:9", "approved", "", []],
    ],
  ],
  [
    "a comment that somebody edited, which is nobody's command",
    reviewed(""),
    [inline(2, "/coop approve", true)],
    [["review:9", "commented", "", [2]]],
  ],
])("hears in a review %s", (_what, trigger, comments, expected) => {
  expect(heardIn(trigger, ...comments)).toEqual(expected);
});

it("leaves a command in a review's text on the review's commit, and one below a line on none", () => {
  const review = { ...reviewed("/coop approve"), headSha: "a1" } as Trigger;
  const shas = eachCommand(review, [inline(1, "/coop status")]).map(({ trigger }) => "headSha" in trigger && trigger.headSha); // prettier-ignore
  expect(shas).toEqual(["a1", "", "a1"]);
});
