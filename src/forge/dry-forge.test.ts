import { describe, expect, it } from "@jest/globals";
import { memoryTree } from "../trees/memory-tree.ts";
import type { Snapshot } from "../trees/tree.ts";
import { dryForge } from "./dry-forge.ts";
import type { Check, Forge, ThreadComment, Wanted } from "./forge.ts";
import type { NotedAct, Notebook } from "./notebook.ts";
import type { NewCheck, NewCommit } from "./written.ts";

/** What is only noted is read back as if it stood on GitHub, and all else comes from there. */
const ISSUE = 7;
const NOW = "2026-01-02T03:04:05.000Z";
const OURS = { login: "coop[bot]", id: 0, type: "Bot" };

function notebook(): Notebook {
  const kept: NotedAct[] = [];
  return {
    acts: () => Promise.resolve([...kept]),
    note: (act) => Promise.resolve(kept.push({ ...act, id: kept.length + 1 })),
    edit: (id, body) => {
      const at = kept.findIndex((one) => one.id === id);
      const old = kept[at];
      if (old?.do !== "comment") return Promise.resolve("gone");
      kept[at] = { ...old, body };
      return Promise.resolve("edited");
    },
  };
}

/** A repository with one commit on `main`, an open pull request 3 from `human`, and a comment below issue 7. */
function opened(bases: Readonly<Record<string, string>> = { main: "base-main" }) {
  const content = memoryTree([
    ["README.md", Buffer.from("read me\n")],
    ["old.txt", Buffer.from("old\n")],
  ]);
  const put = new Map<string, Buffer>();
  const blobs = {
    get: async (sha: string) => put.get(sha) ?? (await content.blobs.get(sha)),
    put: async (buffer: Buffer) => {
      const sha = await content.blobs.put(buffer);
      put.set(sha, buffer);
      return sha;
    },
  };
  const base: Snapshot = { commitSha: "base-main", treeSha: "tree-main", tree: content.tree };
  const check = (name: string, ours = false): Check => ({ name, ours, status: "green", summary: "" });
  const written: ThreadComment = { id: 900, place: "comment", body: "please", author: { ...OURS, login: "mona", type: "User" }, appId: null, createdAt: NOW, edited: false }; // prettier-ignore
  const real = {
    pull: (number: number) => Promise.resolve({ number, title: "theirs" }),
    pullOf: (branch: string) => Promise.resolve(branch === "human" ? 3 : null),
    snapshot: (ref: string) => Promise.resolve(Object.values(bases).includes(ref) || bases[ref] ? base : "gone"),
    branchHead: (branch: string) => Promise.resolve(bases[branch] ?? "gone"),
    file: (ref: string, path: string) => Promise.resolve({ path, content: Buffer.from(`${path} of ${ref} on GitHub`) }),
    mergeBase: (one: string, other: string) => Promise.resolve(`${one}..${other}`),
    checks: () => Promise.resolve([check("ci"), check("ci"), check("lint"), check("coop/proof", true)]),
    checkers: () => Promise.resolve(["CI"]),
    lookTogether: (wanted: Wanted) => Promise.resolve({ asked: Object.keys(wanted).sort() }),
    comments: (number: number) => Promise.resolve(number === ISSUE ? [written] : []),
    reviews: () => Promise.resolve([{ ...written, place: "review" }]),
    inlineComments: () => Promise.resolve([{ id: 1 }]),
    inlineReplies: () => Promise.resolve([{ id: 2, inReplyTo: 1 }]),
  } as unknown as Forge;
  const notes = notebook();
  const ownLogin = () => Promise.resolve(OURS.login);
  const forge = dryForge({ real, notes, blobs, issue: ISSUE, appId: 42, ownLogin, now: () => new Date(NOW) });
  return { forge, notes, base };
}

const commitOn = (base: Snapshot, own: Partial<NewCommit> = {}): NewCommit => ({
  ...{ branch: "coop/7", parentSha: base.commitSha, mergedParentSha: null, expectedHead: null },
  ...{ baseTreeSha: base.treeSha, message: "Add a file" },
  changes: new Map([
    ["new.sh", { content: Buffer.from("new\n"), mode: "100755" as const }],
    ["old.txt", null],
  ]),
  ...own,
});
const PULL = { title: "A title", body: "A body", head: "coop/7", base: "main", draft: true };

async function committed(forge: Forge, commit: NewCommit): Promise<string> {
  const found = await forge.commit(commit);
  if (found.outcome !== "committed") throw new Error(found.outcome);
  return found.headSha;
}

describe("a commit that is only noted", () => {
  it("is the branch's head, with its files over those of its parent", async () => {
    const { forge, notes, base } = opened();
    const head = await committed(forge, commitOn(base));
    expect(head).toMatch(/^[0-9a-f]{40}$/);
    expect(await forge.branchHead("coop/7")).toBe(head);
    expect(await forge.branchHead("main")).toBe("base-main");
    expect(await forge.branchHead("other")).toBe("gone");
    for (const ref of [head, "coop/7"]) {
      const now = await forge.snapshot(ref);
      if (now === "gone") throw new Error("gone");
      expect([now.commitSha, [...now.tree].map(([path, file]) => `${path} ${file.mode} ${file.sizeBytes}`)]).toEqual([
        head,
        ["README.md 100644 8", "new.sh 100755 4"],
      ]);
      expect(await forge.file(ref, "old.txt", "new.sh")).toEqual({ path: "new.sh", content: Buffer.from("new\n") });
      expect(await forge.file(ref, "old.txt")).toBe("gone");
    }
    expect(await forge.file("main", "old.txt")).toMatchObject({ content: Buffer.from("old.txt of main on GitHub") });
    expect(await forge.snapshot("nowhere")).toBe("gone");
    const [noted] = await notes.acts();
    expect(noted).toMatchObject({
      ...{ do: "commit", branch: "coop/7", parents: ["base-main"], baseTreeSha: "tree-main", message: "Add a file" },
      files: [
        { path: "new.sh", mode: "100755", sizeBytes: 4 },
        { path: "old.txt", mode: "100644", sizeBytes: 0, sha: null },
      ],
      diff: expect.stringMatching(/^diff --git [^]*\+new[^]*-old/),
    });
  });

  it("is the same one after a crash, and moves nothing that has moved", async () => {
    const { forge, notes, base } = opened();
    const first = await committed(forge, commitOn(base));
    const known = await forge.snapshot(first);
    expect(await forge.commit(commitOn(base))).toEqual({
      ...{ outcome: "committed", headSha: first },
      treeSha: known === "gone" ? "" : known.treeSha,
    });
    expect(await notes.acts()).toHaveLength(1);
    expect(await forge.commit(commitOn(base, { message: "Another" }))).toEqual({ outcome: "moved", headSha: first });
    const early = commitOn(base, { branch: "coop/8", expectedHead: first });
    expect(await forge.commit(early)).toEqual({ outcome: "moved", headSha: "" });
    expect(await notes.acts()).toHaveLength(1);
  });

  it("stands on the one before it, or takes in what the base branch gained", async () => {
    const { forge, notes, base } = opened({ main: "base-main", today: "base-today" });
    const first = await committed(forge, commitOn(base));
    const below = await forge.snapshot(first);
    if (below === "gone") throw new Error("gone");
    const change = { content: Buffer.from("more\n"), mode: "100644" as const };
    const next = { ...commitOn(below), expectedHead: first, changes: new Map([["more.txt", change]]) };
    const second = await committed(forge, next);
    expect(await forge.branchHead("coop/7")).toBe(second);
    const tree = await forge.snapshot("coop/7");
    expect(tree !== "gone" && [...tree.tree.keys()].sort()).toEqual(["README.md", "more.txt", "new.sh"]);
    expect(await forge.mergeBase("main", "coop/7")).toBe("main..base-main");
    expect(await forge.mergeBase("main", first)).toBe("main..base-main");
    expect(await forge.mergeBase("main", "human")).toBe("main..human");

    const merge = { ...next, parentSha: second, mergedParentSha: "base-today", expectedHead: second };
    const third = await committed(forge, { ...merge, baseTreeSha: "tree-main" });
    expect(await forge.mergeBase("main", "coop/7")).toBe("main..base-today");
    const merged = await forge.snapshot(third);
    expect(merged !== "gone" && [...merged.tree.keys()].sort()).toEqual(["README.md", "more.txt", "old.txt"]);
    expect((await notes.acts()).map((one) => one.do === "commit" && one.parents)).toEqual([
      ["base-main"],
      [first],
      [second, "base-today"],
    ]);
  });

  it("is gone where no parent has the tree that it changes", async () => {
    const { forge, notes, base } = opened();
    const head = await committed(forge, commitOn(base, { baseTreeSha: "another" }));
    expect(await forge.snapshot(head)).toBe("gone");
    expect(await forge.file(head, "new.sh")).toBe("gone");
    expect(await notes.acts()).toMatchObject([{ diff: "" }]);
  });

  it("has no checks of its own: those of the base stay without a verdict", async () => {
    const { forge, base } = opened();
    const head = await committed(forge, commitOn(base));
    const said = await forge.checks(head);
    expect(said.map(({ name, ours, status }) => [name, ours, status])).toEqual([
      ["ci", false, "unclear"],
      ["lint", false, "unclear"],
    ]);
    expect(said[0]?.summary).toMatch(/on this server only/);
    expect(await forge.checkers(head)).toEqual([]);
    expect(await forge.checks("base-main")).toHaveLength(4);
    expect(await forge.checkers("base-main")).toEqual(["CI"]);
  });
});

describe("a pull request that is only noted", () => {
  it("has the issue's number, once, and the head of its branch", async () => {
    const { forge, base } = opened();
    expect(await forge.pull(ISSUE)).toMatchObject({ title: "theirs" });
    expect(await forge.pullOf("coop/7")).toBe(null);
    const head = await committed(forge, commitOn(base));
    expect(await forge.openPull(PULL)).toEqual({ number: ISSUE, state: "opened" });
    expect(await forge.openPull(PULL)).toEqual({ number: ISSUE, state: "found" });
    expect(await forge.pull(ISSUE)).toEqual({
      ...{ number: ISSUE, title: "A title", body: "A body", state: "open", merged: false, mergedSha: null },
      ...{ mergedBy: null, draft: false, author: OURS, headSha: head, headBranch: "coop/7", headIsOurs: true },
      ...{ baseBranch: "main", baseSha: "base-main", mergeable: true },
    });
    expect(await forge.pull(3)).toMatchObject({ number: 3, title: "theirs" });
    expect([await forge.pullOf("coop/7"), await forge.pullOf("human")]).toEqual([ISSUE, 3]);
    expect(await forge.merge(ISSUE, head, "", "")).toMatchObject({ outcome: "refused", rule: "dry-run", links: [] });
  });

  it("has no base where its branch is gone, and no head before a commit", async () => {
    const { forge } = opened({});
    await forge.openPull(PULL);
    expect(await forge.pull(ISSUE)).toMatchObject({ headSha: "", baseSha: "" });
  });

  it("has the reviews and no inline comments but ours", async () => {
    const { forge } = opened();
    const review = { headSha: "x", body: "fine", comments: [] };
    expect(await forge.reviews(ISSUE)).toMatchObject([{ id: 900 }]);
    await forge.openPull(PULL);
    const { id } = await forge.review(ISSUE, review);
    expect(await forge.reviews(ISSUE)).toEqual([
      { id, place: "review", body: "fine", author: OURS, appId: 42, createdAt: NOW, edited: false },
    ]);
    expect(await forge.reviews(3)).toMatchObject([{ id: 900 }]);
    expect([await forge.inlineComments(ISSUE, 1), await forge.inlineComments(3, 1)]).toEqual([[], [{ id: 1 }]]);
    expect([await forge.inlineReplies(ISSUE), await forge.inlineReplies(3)]).toEqual([[], [{ id: 2, inReplyTo: 1 }]]);
  });

  it("leaves out of a common question what only the notebook knows", async () => {
    const { forge, base } = opened();
    const asked = async (wanted: Wanted) => (await forge.lookTogether(wanted) as { asked?: string[] }).asked; // prettier-ignore
    const all = {
      issue: ISSUE,
      pull: ISSUE,
      branch: "coop/7",
      beside: "b",
      checks: "base-main",
      checkers: "base-main",
    };
    const every = ["beside", "branch", "checkers", "checks", "issue", "pull"];
    expect(await asked(all)).toEqual(every);
    const head = await committed(forge, commitOn(base));
    await forge.openPull(PULL);
    expect(await asked({ ...all, checks: head, checkers: head })).toEqual(["beside", "issue"]);
    expect(await asked({ ...all, pull: 3, branch: "main" })).toEqual(every);
    expect(await asked({ issue: ISSUE })).toEqual(["issue"]);
  });
});

describe("words that are only noted", () => {
  it("stand below those that people wrote, and can be edited", async () => {
    const { forge } = opened();
    const { id } = await forge.comment(ISSUE, "Hello");
    await forge.comment(8, "Elsewhere");
    const answer = (await forge.replyInline(ISSUE, 5, "Answered")) as { id: number };
    expect(await forge.editComment(id, "Hello again")).toBe("edited");
    expect(await forge.editComment(99, "Nobody")).toBe("gone");
    await forge.removeComment(id);
    const ours = { place: "comment", author: OURS, appId: 42, createdAt: NOW, edited: false };
    expect((await forge.comments(ISSUE)).slice(1)).toEqual([
      { ...ours, id, body: "Hello again" },
      { ...ours, id: answer.id, body: "Answered" },
    ]);
    expect((await forge.comments(ISSUE))[0]).toMatchObject({ id: 900, body: "please" });
    expect((await forge.comments(8)).map(({ body }) => body)).toEqual(["Elsewhere"]);
  });

  it("are all that is written: labels, checks, an end", async () => {
    const { forge, notes } = opened();
    const check: NewCheck = { name: "coop/proof", headSha: "h", conclusion: "success", title: "Proven", summary: "", detailsUrl: null, annotations: [] }; // prettier-ignore
    await forge.addLabel(ISSUE, { name: "coop", look: null });
    await forge.removeLabel(ISSUE, "coop");
    await forge.closeIssue(ISSUE, "completed");
    expect(await forge.markReady(ISSUE)).toBe("ready");
    expect(await forge.publishCheck(check, "new")).toBe(5);
    expect((await notes.acts()).map(({ id: _, ...act }) => act)).toEqual([
      { do: "label", number: ISSUE, label: "coop" },
      { do: "unlabel", number: ISSUE, label: "coop" },
      { do: "close", number: ISSUE },
      { do: "ready", number: ISSUE },
      { do: "check", name: "coop/proof", headSha: "h", conclusion: "success", title: "Proven" },
    ]);
  });

  it("and where nothing could be noted, the answer says that nothing was done", async () => {
    const { forge, notes } = opened();
    await forge.react({ place: "comment", id: 900 }, "eyes");
    await forge.settleThreads(ISSUE, new Map());
    const part = { title: "", body: "", labels: [], marker: "", sinceIso: NOW, parent: ISSUE };
    expect(await forge.openIssue(part)).toMatchObject({ state: "refused", reason: expect.stringMatching(/dryRun/) });
    expect(await forge.attachChild(ISSUE, 8)).toBe("unsupported");
    expect(await forge.createLabel({ name: "coop", look: null })).toBe("there");
    expect(await forge.mergeQueue(ISSUE)).toEqual({ state: "out" });
    expect(await notes.acts()).toEqual([]);
  });
});
