import type { ChildProcess } from "node:child_process";
import { afterEach, expect, it } from "@jest/globals";
import { startForge } from "../../src/github-double/server.ts";
import { CHECKED_GREETER, ISSUE, loudStory } from "../support/stories.ts";
import { deadlyRoad } from "./deadly-road.ts";
import { fakeProviders } from "./fake-providers.ts";
import { closeAll, environmentFor, opened, start, until } from "./program.ts";

afterEach(closeAll);

/** Then only the merge and what follows it are still deadly, so that the test ends in minutes. */
const DEATHS_BEFORE_MERGE = 48;

it("npm start, killed before and after its writes to GitHub, merges once and says nothing twice", async () => {
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
    (path, deaths) => deaths >= DEATHS_BEFORE_MERGE && !path.endsWith("/merge") && !merging(),
  );
  opened(() => road.close());
  const env = { ...(await environmentFor(forge, providers.url)), GITHUB_API_URL: road.url };
  const issue = repo.openIssue("mona", ISSUE);
  const labels = () => repo.thread(issue).labels;
  let [asked, approved] = [false, false];
  while (!labels().includes("coop:merged")) {
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

  // With those of the merge.
  expect(road.deaths.length).toBeGreaterThanOrEqual(50);
  const ofMerge = road.deaths.filter(({ path }) => path.endsWith("/merge"));
  expect(ofMerge.map(({ at }) => at)).toEqual(["before", "after"]);
  expect(repo.numbers("pull")).toHaveLength(1);
  expect(repo.files().has("test/loud.test.js")).toBe(true);
  const said = [issue, ...repo.numbers("pull")].flatMap((number) => repo.thread(number).comments);
  const marks = said.flatMap(({ body }) => /coop:(?:ledger v2|status) \S+/.exec(body)?.[0] ?? []);
  expect(marks.filter((mark, index) => marks.indexOf(mark) < index)).toEqual([]);
}, 600_000);
