import { describe, expect, it } from "@jest/globals";
import { type Held, lost } from "./support/held.ts";

/**
 * What GitHub and its people do, one row a case, and where each is held. A row names tests by words of their names; this one fails
 * when such a test is renamed or taken away, so that no case is lost unseen.
 */
const ROWS: readonly (readonly [what: string, ...held: Held[]])[] = [
  [
    "G1 checks that change after the proof",
    [
      "src/core/rules/decide.test.ts",
      "approved, nobody looked",
      "approved, and a check says something else",
      "approved, and a check runs again",
    ],
    ["src/github/github-checks.test.ts", "are pending while a suite that has begun may still add runs"],
  ],
  [
    "G2 the base taken in",
    [
      "src/core/rules/walk-moving.test.ts",
      "compares with the base that a push has taken in, and not with the one the change began on",
    ],
    ["src/flow/view.test.ts", "for a head that is new to us"],
  ],
  [
    "G3 merged as it was tested",
    [
      "test/scenarios/base-branch.system.ts",
      "is merged with once the tests pass on the merge of both sides",
      "again and again ends in a sentence, and merges once it stands still and a person says so",
    ],
    ["src/proof/items/merge-result.test.ts", "is unknown where code cannot be run, and says what helps"],
  ],
  [
    "G4 another base branch",
    [
      "src/core/rules/walk-moving.test.ts",
      "reviews, proves and asks anew when the pull request got another base branch",
    ],
  ],
  [
    "G5 an unknown pusher",
    ["src/core/rules/let-pass.test.ts", "a head that nobody knows the pusher of", "needs two people"],
  ],
  [
    "G8 checks that are red for other reasons",
    ["src/proof/items/checks.test.ts", "one was cancelled"],
    ["src/core/rules/decide.test.ts", "halted without proof, and a check reported something"],
    ["test/scenarios/repository-rules.system.ts", "no round is paid for it, and its green goes on"],
  ],
  [
    "G9 checks that come late, and Re-run",
    ["src/github/webhook-events.test.ts", "Re-run beside our proof, by a person"],
    ["src/flow/hear.test.ts", "for a proof that is to run again"],
  ],
  [
    "G10 checks by suite and to the last page",
    [
      "src/github/github-checks.test.ts",
      "of one name in two workflows both count",
      "are read to the last page, and unclear where there are more than are read",
    ],
  ],
  [
    "G11 one poor answer about an issue",
    ["src/github/octokit.test.ts", "an issue is gone when it was deleted, and asked for again when it was not found"],
    [
      "test/scenarios/bad-input.test.ts",
      "is deleted: the ticket ends",
      "is moved to another repository: the ticket ends",
    ],
    ["test/scenarios/out-of-reach.system.ts", "ends the ticket where GitHub only says 404"],
    ["src/github/github-commits.test.ts", "is gone only where no folder names it"],
  ],
  [
    "G12 renamed, transferred, re-installed, managed users",
    [
      "test/scenarios/moved-repository.system.ts",
      "%s goes on and is merged",
      "keeps apart two repositories that had one name",
    ],
    ["test/contracts/repositories.test.ts", "keys a repository by its first name"],
    ["src/core/ledger/ids.test.ts", "mona_acme/shop#7"],
  ],
  [
    "G13 refusals that last",
    ["test/scenarios/github-trouble.system.ts", "lasting", "of a review as it is ends nothing", "holds up nothing"],
    [
      "test/scenarios/odd-writes.system.ts",
      "is merged all the same, and nothing stands twice",
      "is waited for, said once, and no rule is blamed",
    ],
    ["src/github/github-threads.test.ts", "may be gone before it is answered"],
    ["src/flow/quiet.test.ts", "takes a refusal for a lasting one", "lets a ticket wait longer each time"],
    ["src/flow/halt-refused.test.ts", "stands still for a month, then ends, and is left alone a day later"],
    [
      "test/scenarios/out-of-reach.system.ts",
      "goes on by itself when the App is let in again",
      "is suspended while a model writes",
      "although it was not found once",
    ],
  ],
  [
    "G14 permissions that nobody granted",
    [
      "test/scenarios/missing-rights.test.ts",
      "says once where to grant them",
      "never takes checks that it may not read for none",
      "leaves out checks that GitHub goes on refusing",
    ],
  ],
  [
    "G15 forms that nobody filled in",
    ["src/core/rules/routing/text.test.ts", "is nothing in a form that nobody filled in"],
  ],
  [
    "G16 words that skip CI",
    ["src/hygiene/skip-words.test.ts", "is broken in one pass"],
    ["test/scenarios/evil-models.test.ts", "[skip ci]"],
  ],
  [
    "G17 hidden text",
    ["test/security/hidden-text.test.ts", "HIDDEN"],
    ["test/scenarios/odd-content.system.ts", "is cleaned before a model sees it, and what was taken out is published"],
  ],
  [
    "G18 words stay words",
    ["src/hygiene/hidden-text.test.ts", "keeps code byte for byte", "keeps emoji that need a joiner", "می‌خواهم"],
    ["src/messages/titles.test.ts", "titles of all languages"],
  ],
  [
    "G19 names that are there",
    ["src/trees/overlay.test.ts", "edits what is there under its very name, however odd"],
    ["test/security/new-paths.test.ts", "that stands in a repository already is its own business"],
  ],
  ["G20 encodings", ["src/trees/encoding.test.ts", "names what an encoding has no bytes for"]],
  [
    "G21 a review that only comments",
    ["test/scenarios/human-review.system.ts", "notes a review without a verdict, asks, and works it in when told to"],
  ],
  [
    "G22 rules of a merge",
    [
      "test/scenarios/base-branch.system.ts",
      "by the one way that the rules leave",
      "names the rule where no way is left",
      "a merge queue",
      "is a person's draft, which waits for that person and goes on by itself",
    ],
    [
      "test/scenarios/repository-rules.system.ts",
      "names a deployment that is missing, and merges once it is there",
      "is met by a squash where only the texts of the commits do not fit",
      "waits for whoever asked for changes, until that review is dismissed",
    ],
    ["test/scenarios/base-branch.system.ts", "links the conversations that somebody else has to resolve"],
    ["test/contracts/github.test.ts", "keeps its own conversations with their findings"],
  ],
  [
    "G23 limits by other names",
    ["src/github/octokit.test.ts", "is a rate limit, whatever GitHub calls it", "was submitted too quickly"],
    ["src/github/graphql.test.ts", "is no refusal: %s", "waits for a limit"],
    ["src/github/source-tree.test.ts", "is asked for again where GitHub does not know a new commit yet"],
    ["test/scenarios/github-trouble.system.ts", "takes no commit that is not shown yet"],
  ],
  ["G24 a branch in the way", ["test/scenarios/branches.test.ts", "is named before anything is paid for"]],
  [
    "G25 a default branch that gets another name",
    ["test/scenarios/branches.test.ts", "before the pull request is opened", "after the pull request was opened"],
  ],
  [
    "G26 commands as people write them",
    ["test/scenarios/human-review.system.ts", "follows commands in a review, in an inline comment and in a reply"],
    ["test/scenarios/human-review.system.ts", "says how a command is written that was written otherwise"],
    ["test/scenarios/commands.test.ts", "follows each command of a comment, in order"],
    ["src/core/rules/almost-command.test.ts", "what looks like a command"],
    ["test/scenarios/hearing.test.ts", "is answered once and not followed: %s"],
  ],
  [
    "G27 another App is no person",
    ["src/github/webhook-events.test.ts", "a comment of another App in a person's name", "a review of another App"],
  ],
  [
    "G28 files of other kinds",
    ["src/trees/overlay.test.ts", "refuses a new file where Git LFS keeps such files", "and a script so that it runs"],
    ["src/trees/links.test.ts", "a file by way of links"],
    ["src/trees/edit.test.ts", "behind a byte order mark"],
    ["src/proof/runners/commands.test.ts", "a Go workspace", "GNUmakefile"],
  ],
  [
    "G29 what cannot be shown",
    ["src/core/rules/let-pass.test.ts", "an item that is missing", "what the policy forbids"],
  ],
  [
    "G30 few requests, fair between tickets",
    ["test/scenarios/feature.test.ts", "REST_REQUESTS_MAX = 30", "CONTENT_CREATING_MAX = 9"],
    ["test/scenarios/fix-rounds.test.ts", "toBeLessThanOrEqual(45)", "toBeLessThanOrEqual(13)"],
    ["src/github/pace-gate.test.ts", "wait for no other installation"],
    ["test/scenarios/under-way.test.ts", "a ticket whose turn has not come says so at once"],
  ],
  [
    "G31 a label that nobody told of",
    ["test/scenarios/webhooks.test.ts", "are found when something else answered them in this server's place"],
  ],
  [
    "G32 what a red check says",
    ["src/github/github-checks.test.ts", "that are red say what they found: summary, text and lines"],
  ],
  [
    "G33 a conflict with the base",
    [
      "test/scenarios/base-branch.system.ts",
      "is taken in by a fix round when they conflict, and nothing of either side is lost",
    ],
  ],
  [
    "G34 heard beside a running step",
    [
      "test/scenarios/interrupt.test.ts",
      "`/coop stop` ends the call and the ticket",
      "questions are answered, and the step goes on beside them",
    ],
  ],
  [
    "G35 calm threads",
    ["src/core/rules/call-people.test.ts", "once for a proof that is made anew on one commit"],
    [
      "src/flow/call-people.test.ts",
      "are the assignees",
      "are the owners of the changed files",
      "is nobody where the policy says so",
    ],
    ["src/messages/status.test.ts", "does not change with the time"],
    ["src/messages/review.test.ts", "a report whose findings stand beside the code"],
    ["src/messages/proof.test.ts", "names what is not simply proven before the table"],
    ["src/messages/entry.test.ts", "is said by the plan's own comment, and not again"],
    ["test/scenarios/feature.test.ts", "- \\[x\\]"],
    ["src/messages/reading.test.ts", "merged by hand %s, and says so"],
  ],
  [
    "G36 two doubters who are not one",
    [
      "src/core/rules/rotate.test.ts",
      "keeps reviewer and adversary apart",
      "works with two models, and says that one of them doubts twice",
    ],
  ],
  [
    "E10 events that were never sent",
    [
      "test/scenarios/webhooks.test.ts",
      "are asked for again when they were lost: label, command and push",
      "the sweep reads comments, and looks at what changed",
    ],
    [
      "src/flow/sweep.test.ts",
      "is read from where that one ended, a little before",
      "is not read again while GitHub says that nothing did",
      "looks at each ticket that waits for a person some times a day, at those at work each time, at all after a start",
    ],
    ["test/contracts/github-sweep.test.ts", "is asked for at no cost while nothing did"],
  ],
];

describe("each case of GitHub and its people is held", () => {
  it.each(ROWS)("%s", (_what, ...held) => {
    expect(held.flatMap(lost)).toEqual([]);
  });
});
