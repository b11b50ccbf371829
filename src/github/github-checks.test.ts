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

  it("are the newest of each name; statuses count too when the rest is green", async () => {
    list(
      run({}),
      run({ id: 2, conclusion: "neutral" }),
      run({ name: "coop/proof", app: { id: 9 }, conclusion: "failure" }),
    );
    wire
      .get(`${REPO}/commits/${sha("a")}/status`)
      .query(true)
      .reply(200, { statuses: [{ context: "old-ci", state: "failure", description: null }] });
    expect(await github.checks(sha("a"))).toEqual([
      { name: "ci", ours: false, status: "green", summary: "ok" },
      { name: "coop/proof", ours: true, status: "red", summary: "ok" },
      { name: "old-ci", ours: false, status: "red", summary: "failure" },
    ]);
  });

  it("of ours are known by their names on a server that names no App", async () => {
    list(run({ name: "coop/review", app: null }), run({ id: 2, app: null }));
    wire
      .get(`${REPO}/commits/${sha("a")}/status`)
      .query(true)
      .reply(404);
    expect((await github.checks(sha("a"))).map((one) => [one.name, one.ours])).toEqual([
      ["coop/review", true],
      ["ci", false],
    ]);
  });

  it("that run or failed decide without a second request", async () => {
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
    await expect(github.publishCheck(check)).rejects.toMatchObject(away("unknown"));
    list(run({ id: 31, name: "coop/review", app: { id: 9 } }));
    wire.patch(`${REPO}/check-runs/31`, count(50)).twice().reply(200, { id: 31 });
    wire.patch(`${REPO}/check-runs/31`, count(1)).reply(200, { id: 31 });
    await github.publishCheck(check);
    expect(wire.isDone()).toBe(true);
  });
});
