import { afterEach, describe, expect, it } from "@jest/globals";
import { startForge } from "../../src/github-double/server.ts";
import { findPostgres, startServer } from "../support/postgres-server.ts";
import { CHECKED_GREETER, ISSUE, loudStory } from "../support/stories.ts";
import { fakeProviders } from "./fake-providers.ts";
import { closeAll, opened, type Running, start, until } from "./program.ts";
import { environments } from "./two-processes.ts";

afterEach(closeAll);

const postgres = findPostgres();
if (!postgres) console.warn("Left out: two processes need PostgreSQL on this machine.");

(postgres ? describe : describe.skip)("the key's process and the worker, each killed once", () => {
  it("merges the ticket, with one pull request and no question asked twice", async () => {
    const forge = await startForge();
    opened(() => forge.close());
    const server = await startServer(postgres ?? "");
    opened(() => server.stop());
    const killed: string[] = [];
    const providers = await fakeProviders(loudStory(), async ({ task, role, turn }) => {
      if (task === "implement" && turn === 3 && !killed.includes("worker")) {
        killed.push("worker");
        back.child.kill("SIGKILL");
        return false;
      }
      if (role === "reviewer" && !killed.includes("web")) {
        killed.push("web");
        front.child.kill("SIGKILL");
        await front.exited;
        front = await begin();
      }
      return true;
    });
    opened(() => providers.close());
    const { web, worker } = await environments(forge, providers.url, server.url("postgres"));
    const begin = async (): Promise<Running> => {
      const started = await start(web);
      forge.connectApp(`${started.url}/api/github/webhooks`);
      return started;
    };
    let front = await begin();
    let back = await start(worker);
    const green = async () => ({ conclusion: "success" as const, title: "2 tests passed", summary: "npm test" });
    const settings = { people: { mona: "write" as const }, files: CHECKED_GREETER, ci: green };
    const repo = forge.createRepo({ fullName: "acme/greeter", ...settings });
    const issue = repo.openIssue("mona", ISSUE);
    repo.addLabel("mona", issue, "coop");
    await back.exited;
    expect(killed).toEqual(["worker"]);
    back = await start(worker);
    // A dead worker's ticket is taken over within half a minute.
    await until("a pull request", () => repo.numbers("pull").length > 0);
    await until("a ticket that is ready", () => repo.thread(issue).labels.includes("coop:ready"));
    expect(killed).toEqual(["worker", "web"]);
    repo.comment("mona", repo.numbers("pull")[0] ?? 0, "/coop approve");
    await until("the merge", () => repo.thread(issue).labels.includes("coop:merged"));
    expect(repo.files().has("test/loud.test.js")).toBe(true);
    expect(repo.numbers("pull")).toHaveLength(1);
    const bodies = providers.answered.map((asked) => asked.body);
    expect(new Set(bodies).size).toBe(bodies.length);
    const markers = repo
      .thread(issue)
      .comments.flatMap(({ body }) => /<!-- coop:(?:status|reply) .*/.exec(body)?.[0] ?? []);
    expect(new Set(markers).size).toBe(markers.length);
  }, 240_000);
});
