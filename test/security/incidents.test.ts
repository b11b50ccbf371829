import { describe, expect, it } from "@jest/globals";
import { type Held, lost } from "../support/held.ts";

/**
 * Incidents of bots of this kind, by the number of their row in the table of attacks to stand against, and the traps that were measured
 * in sandboxes. Each names the tests that hold it; this one fails when one of them is renamed or taken away.
 */
const ROWS: readonly (readonly [what: string, ...held: Held[]])[] = [
  [
    "1 text people cannot see",
    ["test/security/hidden-text.test.ts", "what a reader does not see, no model does"],
    ["test/fuzz/canaries.fuzz.ts", "what is hidden, in whatever it stands, reaches no model; and a second look changes nothing"],
    ["test/scenarios/odd-content.system.ts", "is cleaned before a model sees it, and what was taken out is published"],
  ],
  [
    "2 invisible and bidirectional letters",
    ["src/hygiene/hidden-text.test.ts", "removes every code point without a glyph, as itself and as an entity"],
    ["src/trees/overlay.test.ts", "refuses texts that deceive or are too large"],
    ["test/security/honest-characters.test.ts", "what only looks like it is told"],
  ],
  ["3 forged delimiters", ["src/roles/fence.test.ts", "gives back exactly the text, whatever it holds and wherever it stands"]],
  [
    "4 changed after approval",
    ["test/scenarios/plan-gate.test.ts", "a text that changes between plan and approval", "cannot slip in unseen when its webhook is lost"],
    ["test/scenarios/human-review.system.ts", "is not merged with a yes for the commit before"],
    ["src/core/rules/walk-moving.test.ts"],
  ],
  [
    "5 who commands",
    ["src/core/rules/respond.test.ts", "by somebody with %s permission", "says anything"],
    ["src/github/octokit.test.ts", "gives the right of whoever spoke to nobody who took their name"],
    ["test/github-cases.test.ts", "G27 another App is no person"],
  ],
  [
    "6 commands in quotes, fences, comments and edits",
    ["src/core/rules/command.test.ts", "what is not a command and gets no answer"],
    ["test/scenarios/commands.test.ts"],
  ],
  [
    "7 approving one's own work",
    ["test/scenarios/human-review.system.ts", "voids proof and reviews; the pusher may not approve alone"],
    ["src/core/rules/obey.test.ts", "lets the one who pushed approve where the policy allows it, and everybody else always"],
  ],
  [
    "8 forged, copied or edited markers",
    ["src/messages/marker.test.ts", "is never genuine with one character of it changed", "is not believed under another key"],
    ["test/scenarios/ledger-copies.system.ts"],
    ["test/fuzz/canaries.fuzz.ts", "a marker with one sign changed, left out or put in is not genuine"],
  ],
  [
    "9 webhooks forged, replayed, in a storm",
    ["src/github/receive.test.ts", "refuses the body with any one byte flipped"],
    ["test/scenarios/webhooks.test.ts", "may come a hundred times at once"],
  ],
  [
    "10 secrets within reach of repository code",
    ["test/contracts/sandbox.system.ts", "holds nothing of the host's environment, in no process that is visible inside"],
    ["test/security/private-places.system.ts"],
    ["test/security/inside.system.ts", "nothing that leads out is allowed"],
  ],
  [
    "11 secrets sent out",
    ["test/security/secrets-going-out.test.ts", "goes out by neither gate"],
    ["test/security/canaries-at-a-desk.test.ts", "no secret of the desk"],
    ["test/security/canaries-of-the-app.test.ts", "no secret of the server goes to GitHub"],
    ["test/security/faults-in-words.system.ts", "is told without a secret"],
    ["test/fuzz/canaries.fuzz.ts", "no secret of this server leaves by any gate, in whatever dress"],
  ],
  [
    "12 settings of tools that are code",
    ["test/security/while-fetching.test.ts", "what could start by itself while packages are fetched is not there"],
    ["test/security/git-settings.test.ts", "git starts no program of a repository's settings, hooks or attributes"],
  ],
  [
    "13 instruction files for agents",
    ["test/security/protected-by-kind.test.ts", "a file that decides"],
    ["src/proof/languages/settings/protected.test.ts", "AGENTS.md"],
  ],
  [
    "14 workflows, CI, owners, hooks, lockfiles",
    ["test/scenarios/protected-paths.test.ts", "waits for a yes to exactly these", "cannot reach workflows at all"],
    ["src/proof/languages/settings/protected.test.ts"],
  ],
  ["15 paths in edits", ["test/security/new-paths.test.ts", "is never a second spelling", "unless git would run it"]],
  [
    "16 what a run leaves in its workspace",
    ["test/contracts/sandbox-requests.system.ts", "have a limit in bytes and files, and lead nowhere outside"],
    ["test/contracts/sandbox.system.ts", "throws away what was written: the next run starts fresh", "limits how many files there are"],
    ["src/workspace/materialise.test.ts", "leaves out what would lead or stand outside"],
  ],
  ["17 git on the host", ["test/tidy.test.ts", "lets one module start processes"], ["test/security/git-settings.test.ts"]],
  [
    "18 floods, fork bombs, memory, time",
    ["test/contracts/sandbox.system.ts", "takes control sequences out and cuts a flood in the middle", "survives a fork bomb", "ends everything when time is up, also what detached itself", "limits disk"],
    ["test/contracts/sandbox-memory.system.ts", "memory that is no process's in %s"],
  ],
  [
    "19 weakened tests",
    ["test/contracts/sandbox-proof.system.ts", "is refused for one that %s"],
    ["src/proof/languages/weakening/weakening.test.ts"],
    ["test/scenarios/evil-models.test.ts", "never merged, and the thread says why"],
  ],
  [
    "20 comments that talk to the reviewer",
    ["src/core/ticket/verdict.test.ts", "lowers what cites a place that does not exist, and only that"],
    ["src/core/rules/evil.test.ts", "get nothing merged that is not proven and approved"],
  ],
  [
    "21 spending somebody's money",
    ["test/scenarios/budget.test.ts", "is checked before each call", "hold when twenty issues are labelled at once"],
    ["src/core/rules/respond.test.ts", "opens a ticket with the label only with write permission"],
  ],
  ["22 a token for another repository", ["src/github/octokit.test.ts", "a token is asked for this repository and the least rights only"]],
  [
    "23 names in pages and logs",
    ["src/web/pages.test.ts", "encodes every part of a template but HTML", "allow nothing from elsewhere, and no scripts but the one file of their own"],
    ["test/fuzz/canaries.fuzz.ts", "a page of this server runs nothing"],
  ],
  [
    "G17 hidden text in answers, reworks, reviews, diffs, names and output",
    ["test/security/one-way-in.system.ts", "is made by one function, and by no other way that the compiler lets through"],
    ["test/scenarios/odd-content.system.ts", "stands in a file too, where it is named for the models, and the thread says which characters"],
  ],
  [
    "G27 another App in a person's name",
    ["src/github/webhook-events.test.ts", "a comment of another App in a person's name", "a review of another App"],
  ],
  [
    "measured traps of sandboxes",
    ["test/contracts/sandbox.system.ts", "holds nothing of the host's environment, in no process that is visible inside", "see a missing filter", "blocks every probe", "has no sandbox, and says why"],
    ["test/security/inside.system.ts", "nothing that leads out is allowed"],
    ["test/security/inside.py", "sys/kernel/core_pattern", "vsock"],
  ],
]; // prettier-ignore

describe("each incident is held", () => {
  it.each(ROWS)("%s", (_what, ...held) => expect(held.flatMap(lost)).toEqual([]));
});
