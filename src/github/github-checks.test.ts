import { beforeEach, describe, expect, it } from "@jest/globals";
import type nock from "nock";
import type { Forge } from "../forge/forge.ts";
import { away, REPO, sha, wired } from "./wire.fixture.ts";

let github: Forge;
let wire: nock.Scope;
beforeEach(() => {
  ({ github, wire } = wired());
});

describe("checks", () => {
  const run = (own: object) => ({
    id: 1,
    name: "ci",
    status: "completed",
    conclusion: "success",
    app: { id: 1 },
    output: { title: "ok" },
    ...own,
  });
  const list = (...runs: object[]) =>
    wire
      .get(`${REPO}/commits/${sha("a")}/check-runs`)
      .query(true)
      .reply(200, { total_count: runs.length, check_runs: runs });
  const suites = (...all: object[]) =>
    wire
      .get(`${REPO}/commits/${sha("a")}/check-suites`)
      .query(true)
      .reply(200, { total_count: all.length, check_suites: all });
  const begun = () => suites({ id: 7, status: "completed", latest_check_runs_count: 1, app: { id: 1, name: "CI" } });
  const statuses = (...all: object[]) =>
    wire
      .get(`${REPO}/commits/${sha("a")}/status`)
      .query(true)
      .reply(200, { total_count: all.length, statuses: all });
  const read = async () => (await github.checks(sha("a"))).map((one) => `${one.name} ${one.status}`);

  it("are the newest of each name; statuses count too when the rest is green", async () => {
    list(run({}), run({ id: 2 }), run({ name: "coop/proof", app: { id: 9 }, conclusion: "failure" }));
    begun();
    statuses({ context: "old-ci", state: "failure", description: null });
    expect(await github.checks(sha("a"))).toEqual([
      { name: "ci", ours: false, status: "green", summary: "ok" },
      { name: "coop/proof", ours: true, status: "red", summary: "ok" },
      { name: "old-ci", ours: false, status: "red", summary: "failure" },
    ]);
  });

  it("that are red say what they found: summary, text and lines", async () => {
    const output = {
      title: "2 problems",
      summary: "## Lint\n\nsee below",
      text: "no-unused-vars",
      annotations_count: 1,
    };
    list(run({ id: 3, conclusion: "failure", output }));
    begun();
    const note = { path: "src/a.js", start_line: 3, annotation_level: "failure", message: "`x`  is\nnever used" };
    wire.get(`${REPO}/check-runs/3/annotations`).query(true).reply(200, [note]);
    expect(await github.checks(sha("a"))).toMatchObject([
      { status: "red", says: ["## Lint", "see below", "no-unused-vars", "src/a.js:3 failure: `x` is never used"] },
    ]);
  });

  it.each([
    ["success", "green"],
    ["neutral", "skipped"],
    ["skipped", "skipped"],
    ["failure", "red"],
    ["timed_out", "red"],
    ["cancelled", "unclear"],
    ["startup_failure", "unclear"],
    ["action_required", "unclear"],
    ["stale", "unclear"],
    ["something_new", "unclear"],
  ])("that ended as %s are %s", async (conclusion, status) => {
    list(run({ conclusion }));
    begun();
    statuses();
    expect(await read()).toEqual([`ci ${status}`]);
  });

  it("of one name in two workflows both count", async () => {
    const suite = (id: number) => ({ check_suite: { id } });
    list(run({ id: 2, ...suite(8) }), run({ id: 1, conclusion: "failure", ...suite(7) }));
    begun();
    expect(await read()).toEqual(["ci green", "ci red"]);
  });

  it("without a verdict give way to a newer run of their name in another suite", async () => {
    const suite = (id: number) => ({ check_suite: { id } });
    list(run({ id: 1, conclusion: "skipped", ...suite(7) }), run({ id: 2, ...suite(8) }));
    begun();
    statuses();
    expect(await read()).toEqual(["ci green"]);
  });

  it("are pending while a suite that has begun may still add runs", async () => {
    list(run({ check_suite: { id: 7 } }));
    suites(
      { id: 7, status: "in_progress", latest_check_runs_count: 1, app: { id: 1, name: "GitHub Actions" } },
      { id: 8, status: "queued", latest_check_runs_count: 0, app: { id: 5, name: "An App that never reports" } },
      { id: 9, status: "in_progress", latest_check_runs_count: 1, app: { id: 9, name: "ours" } },
    );
    statuses();
    expect(await read()).toEqual(["ci green", "GitHub Actions (suite) pending"]);
  });

  it("are read to the last page, and unclear where there are more than are read", async () => {
    const page = (n: number) => Array.from({ length: 100 }, (_, i) => run({ id: n * 100 + i, name: `ci ${n}-${i}` }));
    for (let n = 1; n <= 10; n += 1)
      wire
        .get(`${REPO}/commits/${sha("a")}/check-runs`)
        .query((query) => query["page"] === String(n))
        .reply(200, { total_count: 1050, check_runs: page(n) });
    begun();
    const status = (n: number) => ({ context: `s${n}`, state: n === 130 ? "failure" : "success", description: null });
    for (const n of [1, 2])
      wire
        .get(`${REPO}/commits/${sha("a")}/status`)
        .query((query) => (query["page"] ?? "1") === String(n))
        .reply(200, {
          total_count: 150,
          statuses: Array.from({ length: n === 1 ? 100 : 50 }, (_, i) => status((n - 1) * 100 + i)),
        });
    const all = await read();
    expect(all.filter((one) => !one.endsWith(" green"))).toEqual(["check runs unclear", "s130 red"]);
    expect(all).toHaveLength(1000 + 1 + 150);
  });

  it("of ours are known by their names on a server that names no App", async () => {
    list(run({ name: "coop/review", app: null }), run({ id: 2, app: null }));
    for (const what of ["check-suites", "status"])
      wire
        .get(`${REPO}/commits/${sha("a")}/${what}`)
        .query(true)
        .reply(404);
    expect((await github.checks(sha("a"))).map((one) => [one.name, one.ours])).toEqual([
      ["ci", false],
      ["coop/review", true],
    ]);
  });

  it("are not asked for where no App has begun a suite; the Apps that did are known by name", async () => {
    suites({ id: 8, status: "queued", latest_check_runs_count: 0, app: { id: 5, name: "An App that never reports" } });
    statuses();
    expect(await read()).toEqual([]);
    begun();
    expect(await github.checkers(sha("a"))).toEqual(["CI"]);
  });

  it("that may not be read are unclear, not absent", async () => {
    list(run({}));
    begun();
    wire
      .get(`${REPO}/commits/${sha("a")}/status`)
      .query(true)
      .reply(403, { message: "Resource not accessible by integration" });
    expect(await read()).toEqual(["ci green", "commit statuses unclear"]);
  });

  it("that run or failed decide without asking for statuses", async () => {
    begun();
    list(run({ status: "in_progress", conclusion: null, output: {} }));
    expect(await github.checks(sha("a"))).toEqual([
      { name: "ci", ours: false, status: "pending", summary: "in_progress" },
    ]);
  });

  it("of ours carry any number of annotations, and are looked up only after an answer was lost", async () => {
    const annotations = Array.from({ length: 101 }, (_, i) => ({
      path: "a",
      line: i + 1,
      level: "warning" as const,
      message: "m",
    }));
    const check = {
      name: "coop/review",
      headSha: sha("a"),
      conclusion: "failure",
      title: "t",
      summary: "s",
      detailsUrl: null,
      annotations,
    } as const;
    const count = (n: number) => (body: { output: { annotations: unknown[] } }) => body.output.annotations.length === n;
    wire.post(`${REPO}/check-runs`, count(50)).reply(502);
    await expect(github.publishCheck(check, "new")).rejects.toMatchObject(away("unknown"));
    list(run({ id: 31, name: "coop/review", app: { id: 9 } }));
    wire.patch(`${REPO}/check-runs/31`, count(50)).twice().reply(200, { id: 31 });
    wire.patch(`${REPO}/check-runs/31`, count(1)).reply(200, { id: 31 });
    expect(await github.publishCheck(check, "unsure")).toBe(31);
    expect(wire.isDone()).toBe(true);
  });
});
