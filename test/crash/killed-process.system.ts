import { afterEach, describe, expect, it } from "@jest/globals";
import { startForge } from "../../src/github-double/server.ts";
import { CHECKED_GREETER, ISSUE, loudStory } from "../support/stories.ts";
import { type Asked, fakeProviders } from "./fake-providers.ts";
import { closeAll, environmentFor, opened, type Running, start, until } from "./program.ts";

afterEach(closeAll);

describe("npm start, killed in the middle of the Implementer's loop", () => {
  it("goes on after a new start, merges, and asks no provider anything twice", async () => {
    const forge = await startForge();
    opened(() => forge.close());
    let program: Running | null = null;
    let killed: Asked | null = null;
    const providers = await fakeProviders(loudStory(), async (asked) => {
      if (killed || asked.task !== "implement" || asked.turn !== 3) return true;
      killed = asked;
      program?.child.kill("SIGKILL");
      return false;
    });
    opened(() => providers.close());
    const env = await environmentFor(forge, providers.url);
    program = await start(env);
    forge.connectApp(`${program.url}/api/github/webhooks`);
    const green = async () => ({ conclusion: "success" as const, title: "2 tests passed", summary: "npm test" });
    const repo = forge.createRepo({
      fullName: "acme/greeter",
      people: { mona: "write" },
      files: CHECKED_GREETER,
      ci: green,
    });
    const issue = repo.openIssue("mona", ISSUE);
    repo.addLabel("mona", issue, "coop");
    await program.exited;
    expect(killed).toMatchObject({ role: "implementer", turn: 3 });
    expect(repo.numbers("pull")).toEqual([]);

    program = await start(env);
    forge.connectApp(`${program.url}/api/github/webhooks`);
    await until("a ticket that is ready", () => repo.thread(issue).labels.includes("coop:ready"));
    const pull = repo.numbers("pull")[0] ?? 0;
    repo.comment("mona", pull, "/coop approve");
    await until("the merge", () => repo.thread(issue).labels.includes("coop:merged"));

    expect(repo.files().has("test/loud.test.js")).toBe(true);
    expect(repo.numbers("pull")).toHaveLength(1);
    const bodies = providers.answered.map((asked) => asked.body);
    expect(new Set(bodies).size).toBe(bodies.length);
    const turns = providers.answered.filter((asked) => asked.role === "implementer").map((asked) => asked.turn);
    expect(turns.slice(0, 3)).toEqual([1, 2, 3]);
    expect(new Set(providers.answered.map((asked) => asked.path))).toEqual(new Set(["/v1/messages", "/v1/responses"]));
    program.child.kill("SIGTERM");
    expect(await program.exited).toBe(0);
  }, 120_000);
});
