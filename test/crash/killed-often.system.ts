import type { ChildProcess } from "node:child_process";
import { afterEach, describe, expect, it } from "@jest/globals";
import { startForge } from "../../src/github-double/server.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { routeOf } from "../../src/telemetry/observed.ts";
import { opened as openedDatabase } from "../support/databases.ts";
import { findPostgres, startServer } from "../support/postgres-server.ts";
import { CHECKED_GREETER, ISSUE, loudStory } from "../support/stories.ts";
import { type Death, deadlyRoad } from "./deadly-road.ts";
import { fakeProviders } from "./fake-providers.ts";
import { closeAll, environmentFor, opened, start, until } from "./program.ts";

afterEach(closeAll);

type Beside = {
  readonly env: Readonly<Record<string, string>>;
  /** Then only the merge and what follows it are still deadly, so that the test ends in minutes. */
  readonly deathsBeforeMerge: number;
  died(): Promise<unknown>;
};

/** @returns where it was killed */
async function killedOften(beside: Beside): Promise<readonly Death[]> {
  const forge = await startForge();
  opened(() => forge.close());
  const providers = await fakeProviders(loudStory(), () => true);
  opened(() => providers.close());
  const green = async () => ({ conclusion: "success" as const, title: "2 tests passed", summary: "npm test" });
  const repo = forge.createRepo({
    fullName: "acme/greeter",
    people: { mona: "write" },
    files: CHECKED_GREETER,
    ci: green,
  });
  let child: ChildProcess | null = null;
  const merging = () => repo.numbers("pull").some((pull) => repo.thread(pull).state === "closed");
  const road = await deadlyRoad(
    forge.url,
    () => child?.kill("SIGKILL"),
    (path, deaths) => deaths >= beside.deathsBeforeMerge && !path.endsWith("/merge") && !merging(),
  );
  opened(() => road.close());
  const env = { ...(await environmentFor(forge, providers.url)), GITHUB_API_URL: road.url, ...beside.env };
  const issue = repo.openIssue("mona", ISSUE);
  const labels = () => repo.thread(issue).labels;
  let [asked, approved] = [false, false];
  while (!labels().includes("coop:merged")) {
    if (road.deaths.length > 0) await beside.died();
    const program = await start(env, (started) => (child = started)).catch(() => null);
    if (!program) continue;
    forge.connectApp(`${program.url}/api/github/webhooks`);
    if (!asked) repo.addLabel("mona", issue, "coop");
    asked = true;
    await until(
      `death ${road.deaths.length + 1} or the merge, after ${JSON.stringify(road.deaths.at(-1) ?? "no death")}`,
      () => {
        const now = labels().includes("coop:ready");
        if (now && !approved) repo.comment("mona", repo.numbers("pull")[0] ?? 0, "/coop approve");
        approved ||= now;
        return child?.signalCode !== null || labels().includes("coop:merged");
      },
    );
  }

  const ofMerge = road.deaths.filter(({ path }) => path.endsWith("/merge"));
  expect(ofMerge.map(({ at }) => at)).toEqual(["before", "after"]);
  expect(repo.numbers("pull")).toHaveLength(1);
  expect(repo.files().has("test/loud.test.js")).toBe(true);
  const said = [issue, ...repo.numbers("pull")].flatMap((number) => repo.thread(number).comments);
  const marks = said.flatMap(({ body }) => /coop:(?:ledger v2|status) \S+/.exec(body)?.[0] ?? []);
  expect(marks.filter((mark, index) => marks.indexOf(mark) < index)).toEqual([]);
  return road.deaths;
}

describe("npm start, killed (SIGKILL) before and after its writes to GitHub, merges once and says nothing twice", () => {
  it("over SQLite: fifty times, with those of the merge", async () => {
    const deaths = await killedOften({ env: {}, deathsBeforeMerge: 48, died: async () => undefined });
    expect(deaths.length).toBeGreaterThanOrEqual(50);
    console.log(counted(deaths));
  }, 600_000);

  const bin = findPostgres();
  if (!bin) console.warn("Left out: no PostgreSQL on this machine.");
  (bin ? it : it.skip)(
    "over PostgreSQL: twenty times, with those of the merge",
    async () => {
      const server = await startServer(bin ?? "");
      opened(() => server.stop());
      const url = server.url("postgres");
      const deaths = await killedOften({
        env: { DATABASE_URL: url },
        deathsBeforeMerge: 18,
        died: () => halfAMinuteOn(url),
      });
      expect(deaths.length).toBeGreaterThanOrEqual(20);
      console.log(counted(deaths));
    },
    600_000,
  );
});

/** As if nobody had started the program anew for so long: then whatever the dead one held has ended. */
async function halfAMinuteOn(url: string): Promise<void> {
  const database = openedDatabase(await openPostgres(url));
  const tables = await database.query("SELECT 1 FROM pg_tables WHERE tablename IN ('leases', 'job_common')");
  if (tables.length === 2) {
    await database.query("UPDATE leases SET until = until - interval '30 s'");
    await database.query("UPDATE pgboss.job SET heartbeat_on = heartbeat_on - interval '30 s' WHERE state = 'active'");
  }
  await database.close();
}

/** How often, and where: `3 × POST /repos/:owner/:repo/issues/:n/comments`. */
function counted(deaths: readonly Death[]): string {
  const where = Map.groupBy(deaths, ({ method, path }) => `${method} ${routeOf(path.replace(/\?.*/, ""))}`);
  const lines = [...where].map(([route, all]) => `${all.length} × ${route}`);
  return [`killed ${deaths.length} times`, ...lines.sort()].join("\n");
}
