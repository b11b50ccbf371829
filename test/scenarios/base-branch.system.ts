import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { closeShared, raise, type Stage, strike, theSandbox } from "../support/scenario.ts";
import type { SandboxCheck } from "../../src/workspace/sandbox.ts";
import { BRIEF_PROOF, finish, GREETER, labelled, loudStory, raiseChecked, says, write } from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

const GREET = GREETER["src/greet.js"];
/** The change of the base branch that lies across the loud one. */
const POLITE = GREET.replace("Hello, ", "Good day, ");
const BOTH =
  'export function greet(name, { loud = false } = {}) {\n  return `Good day, ${name}${loud ? "!" : ""}`;\n}\n';

const ready = async (...special: Parameters<typeof loudStory>) => {
  const stage = await raiseChecked(loudStory(...special), { people: { root: "admin" } });
  const issue = await labelled(stage);
  expect(await stage.phase(issue)).toBe("ready");
  return { stage, issue, pull: stage.repo.numbers("pull")[0] ?? 0 };
};

/** Requests for a merge so far. */
const merges = (stage: Stage) => stage.forge.requests.filter((one) => /\/pulls\/\d+\/merge$/.test(one.path));

describe("a base branch that moves on", () => {
  it("is merged with once the tests pass on the merge of both sides", async () => {
    const stage = await raise(loudStory(), { files: { ...GREETER, ...BRIEF_PROOF }, people: { root: "admin" } });
    const issue = await labelled(stage);
    const pull = stage.repo.numbers("pull")[0] ?? 0;
    const base = stage.repo.push("mona", "main", { "docs/news.md": "# News\n" });
    await stage.settle();
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
    const proofs = (await stage.entries(issue)).filter((entry) => entry.kind === "proof_collected");
    expect(proofs.map(({ data }) => data.items.find((item) => item.id === "merge-result")?.state)).toEqual([
      "not-applicable",
      "proven",
    ]);
    expect(proofs[1]?.data.basis?.today).toBe(base);
    const files = stage.repo.files();
    expect(files.get("docs/news.md")?.toString()).toBe("# News\n");
    expect(files.get("src/greet.js")?.toString()).toContain("loud");
  });

  it("keeps a change from merging that nobody has tested together with it", async () => {
    const { stage, issue, pull } = await ready();
    stage.repo.push("mona", "main", { "docs/news.md": "# News\n" });
    await stage.settle();
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("blocked");
    expect((await stage.ticket(issue)).halt?.details.join("\n")).toMatch(/merge-result: unknown.*Update the branch/);
  });

  it("is taken in by a fix round when they conflict, and nothing of either side is lost", async () => {
    const { stage, issue, pull } = await ready({
      role: "implementer",
      when: { task: "fix", includes: "src/greet.js (as it is on main now)" },
      turns: [write("src/greet.js", BOTH), finish()],
    });
    const news = { "docs/news.md": "# News\n", "README.md": null, "src/greet.js": POLITE };
    const base = stage.repo.push("mona", "main", news);
    await stage.settle();
    await says(stage, "mona", pull, "/coop approve");
    expect(stage.said(pull).join("\n")).toContain("conflicts with the base branch");
    expect(await stage.phase(issue)).toBe("ready");
    const written = (await stage.entries(issue)).findLast((entry) => entry.kind === "implemented");
    expect(written?.data).toMatchObject({ round: 1, baseSha: base });
    expect(stage.repo.pull(pull).files.toSorted()).toEqual(["src/greet.js", "test/loud.test.js"]);
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
    const files = stage.repo.files();
    expect(files.get("src/greet.js")?.toString()).toBe(BOTH);
    expect(files.has("docs/news.md")).toBe(true);
    expect(files.has("README.md")).toBe(false);
    expect(files.has("test/loud.test.js")).toBe(true);
  });

  it("is not taken in where the pull request merges as it is", async () => {
    const { stage, issue, pull } = await ready({
      role: "implementer",
      when: { task: "fix" },
      turns: [
        write("README.md", "# greeter\n\nLoud or quiet.\n"),
        finish({ unplanned: [{ path: "README.md", why: "Asked for." }] }),
      ],
    });
    const before = (await stage.ticket(issue)).change?.baseSha;
    stage.repo.push("mona", "main", { "docs/news.md": "# News\n" });
    await says(stage, "mona", pull, "/coop rework Name it in the readme");
    expect((await stage.ticket(issue)).change).toMatchObject({ round: 1, baseSha: before });
  });
});

describe("a base branch that moves on while its merge is being tested", () => {
  /** Somebody pushes to the base branch so often, each time while tests of this change are being run. */
  const raiseRestless = async (pushes: () => boolean) => {
    const check = await theSandbox();
    if (check.state !== "available") throw new Error("The scenarios always have a place to run in");
    let moved = 0;
    const moving: SandboxCheck = {
      ...check,
      sandbox: {
        ...check.sandbox,
        run: (request) => {
          if (pushes()) stage.repo.push("mona", "main", { "docs/news.md": `# News ${++moved}\n` });
          return check.sandbox.run(request);
        },
      },
    };
    const files = { ...GREETER, ...BRIEF_PROOF };
    const stage = await raise(loudStory(), { files, people: { root: "admin" } }, { sandbox: moving });
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("ready");
    return { stage, issue, pull: stage.repo.numbers("pull")[0] ?? 0 };
  };
  const proofs = async (stage: Stage, issue: number) =>
    (await stage.kinds(issue)).filter((kind) => kind === "proof_collected").length;

  it("again and again ends in a sentence, and merges once it stands still and a person says so", async () => {
    let restless = false;
    const { stage, issue, pull } = await raiseRestless(() => restless);
    restless = true;
    stage.repo.push("mona", "main", { "docs/old.md": "# Old\n" });
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("blocked");
    expect(await proofs(stage, issue)).toBe(8);
    expect(merges(stage)).toHaveLength(0);
    const halts = stage.said(pull).filter((one) => one.includes("changed again after each of 8 proofs"));
    expect(halts).toHaveLength(1);
    expect(halts[0]).toContain("`/coop retry`");
    await stage.wake(issue);
    expect(await proofs(stage, issue)).toBe(8);
    restless = false;
    await says(stage, "mona", pull, "/coop retry");
    // The yes was given before anybody knew of this.
    expect(await stage.phase(issue)).toBe("ready");
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
    expect(stage.repo.files().get("src/greet.js")?.toString()).toContain("loud");
  });

  it("three times is waited for, and merges with the fourth", async () => {
    let left = 0;
    const { stage, issue, pull } = await raiseRestless(() => left-- > 0);
    left = 3;
    stage.repo.push("mona", "main", { "docs/old.md": "# Old\n" });
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
    expect((await stage.entries(issue)).findLast(({ kind }) => kind === "proof_collected")?.data).toMatchObject({
      outcome: "ready",
    });
    expect(stage.repo.files().get("docs/news.md")?.toString()).toBe("# News 3\n");
  });
});

describe("a merge that the repository's rules forbid", () => {
  it("quotes GitHub's reason, and goes on when it is gone", async () => {
    const { stage, issue, pull } = await ready();
    stage.repo.requireChecks("root", ["ci/security"]);
    await says(stage, "mona", pull, "/coop approve");
    expect((await stage.ticket(issue)).halt).toMatchObject({ reason: "merge-refused" });
    expect(stage.said(pull).join("\n")).toMatch(/The merge was refused: .*ci\/security/);
    stage.repo.requireChecks("root", []);
    await says(stage, "mona", pull, "/coop resume");
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
  });

  it("is a person's draft, which waits for that person and goes on by itself", async () => {
    const { stage, issue, pull } = await ready();
    stage.repo.convertToDraft("mona", pull);
    await stage.settle();
    expect(await stage.phase(issue)).toBe("ready");
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("blocked");
    expect(stage.said(pull).join("\n")).toContain(
      "Mark the pull request as ready for review. The ticket is then ready again",
    );
    stage.repo.markReady("mona", pull);
    await stage.settle();
    // What was approved was not what the draft's author wanted: the yes is asked for anew.
    expect(await stage.phase(issue)).toBe("ready");
    expect(merges(stage)).toHaveLength(1);
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
  });

  it("is by the one way that the rules leave, without asking twice for another", async () => {
    const { stage, issue, pull } = await ready();
    stage.repo.protect("root", { linearHistory: "required" });
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
    expect(merges(stage).map((one) => one.status)).toEqual([405, 200]);
  });

  it("names the rule where no way is left", async () => {
    const { stage, issue, pull } = await ready();
    stage.repo.allowMerges("root", ["merge"]);
    stage.repo.protect("root", { linearHistory: "required" });
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("blocked");
    expect(stage.said(pull).join("\n")).toMatch(/wants a linear history, and the repository allows neither/);
    expect(merges(stage)).toHaveLength(1);
  });

  it("is tried in the policy's way and in no other", async () => {
    const files = { ...GREETER, ".github/coop.yml": "merge: squash\n" };
    const stage = await raiseChecked(loudStory(), { files, people: { root: "admin" } });
    const issue = await labelled(stage);
    const pull = stage.repo.numbers("pull")[0] ?? 0;
    stage.repo.allowMerges("root", ["merge"]);
    await says(stage, "mona", pull, "/coop approve");
    expect(stage.said(pull).join("\n")).toMatch(/Squash merges are not allowed.*Name an allowed one under `merge`/s);
    expect(merges(stage)).toHaveLength(1);
    expect(await stage.phase(issue)).toBe("blocked");
  });

  it("calls for a person's approval where GitHub asks for one", async () => {
    const { stage, issue, pull } = await ready();
    stage.repo.protect("root", { approvals: 1 });
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("blocked");
    expect(stage.said(pull).join("\n")).toMatch(/A person with write access has to approve the pull request on GitHub/);
  });

  it("links the conversations that somebody else has to resolve, and merges when they are", async () => {
    const { stage, issue, pull } = await ready();
    stage.repo.protect("root", { conversations: "resolved" });
    const comments = [{ path: "src/greet.js", line: 1, body: "Why a default?" }];
    stage.repo.review("rita", pull, { event: "COMMENT", comments });
    await stage.settle();
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("blocked");
    const said = stage.said(pull).join("\n");
    expect(said).toMatch(/A conversation must be resolved.*Open: http\S+#discussion_r\d+/s);
    for (const one of stage.repo.state.threads.get(pull)?.pull?.reviewComments ?? []) one.resolved = true;
    await says(stage, "mona", pull, "/coop resume");
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
  });
});

describe("a merge queue", () => {
  it("is joined and followed to the merge", async () => {
    const { stage, issue, pull } = await ready();
    stage.repo.protect("root", { queue: "required" });
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("ready");
    expect(stage.repo.state.queue).toEqual([pull]);
    stage.repo.push("mona", "main", { "docs/news.md": "# News\n" });
    await stage.wake(issue);
    expect((await stage.kinds(issue)).filter((kind) => kind === "proof_collected")).toHaveLength(1);
    stage.repo.runQueue("green");
    await stage.settle();
    expect(await stage.phase(issue)).toBe("merged");
    expect((await stage.entries(issue)).at(-1)?.data).toMatchObject({ by: "mona" });
    expect(merges(stage)).toHaveLength(1);
  });

  it("that throws the pull request out ends in a sentence, not in another try", async () => {
    const { stage, issue, pull } = await ready();
    stage.repo.protect("root", { queue: "required" });
    await says(stage, "mona", pull, "/coop approve");
    stage.repo.runQueue("red");
    await stage.settle();
    expect(await stage.phase(issue)).toBe("blocked");
    expect(stage.said(pull).join("\n")).toMatch(/queue took the pull request out without merging it/);
    expect(stage.repo.state.queue).toEqual([]);
  });
});
