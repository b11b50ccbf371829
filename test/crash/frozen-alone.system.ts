import { DatabaseSync } from "node:sqlite";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, it } from "@jest/globals";
import { startForge } from "../../src/github-double/server.ts";
import { CHECKED_GREETER, ISSUE, loudStory } from "../support/stories.ts";
import { fakeProviders } from "./fake-providers.ts";
import { closeAll, environmentFor, opened, start, until } from "./program.ts";

afterEach(closeAll);

const canFreeze = existsSync("/proc/self/task");
/** Less than GitHub wants, so that the test ends soon; more than a look at the file takes. */
const SPACING_MS = 400;
/** Longer than a lease, and than every time-out of a request. */
const FROZEN_MS = 60_000;
const LOOK_MS = 15;

/** `many-processes.system.ts` does the same on PostgreSQL, where another worker takes over meanwhile. */
(canFreeze ? it : it.skip)(
  "over its own file, a server that is frozen for a minute before a write says nothing twice",
  async () => {
    const forge = await startForge();
    opened(() => forge.close());
    const providers = await fakeProviders(loudStory(), () => true);
    opened(() => providers.close());
    const env = await environmentFor(forge, providers.url);
    const settings = `limits: { githubWriteSpacingMs: ${SPACING_MS} }\nsandbox: { driver: none }\n`;
    await writeFile(String(env["COOP_CONFIG"]), settings);
    const program = await start(env);
    forge.connectApp(`${program.url}/api/github/webhooks`);
    const file = new DatabaseSync(join(String(env["COOP_DATA_DIR"]), "database", "coop.sqlite"), { readOnly: true });
    opened(async () => file.close());
    const green = async () => ({ conclusion: "success" as const, title: "2 tests passed", summary: "npm test" });
    const people = { mona: "write" as const };
    const repo = forge.createRepo({ fullName: "acme/greeter", people, files: CHECKED_GREETER, ci: green });
    const issue = repo.openIssue("mona", ISSUE);
    repo.addLabel("mona", issue, "coop");
    const unsent = file.prepare("SELECT first_seq FROM publications WHERE state = 'intended'");
    while (unsent.all().length === 0) await sleep(LOOK_MS);
    program.child.kill("SIGSTOP");
    const said = repo.thread(issue).comments.length;
    await sleep(FROZEN_MS);
    // What had left before it was stopped came in at once.
    console.info(`frozen with ${said} comments said, ${repo.thread(issue).comments.length} when it goes on`);
    program.child.kill("SIGCONT");
    await until("a ticket that is ready", () => repo.thread(issue).labels.includes("coop:ready"));
    repo.comment("mona", repo.numbers("pull")[0] ?? 0, "/coop approve");
    await until("the merge", () => repo.thread(issue).labels.includes("coop:merged"));
    const comments = [issue, ...repo.numbers("pull")].flatMap((number) => repo.thread(number).comments);
    const marks = comments.flatMap(({ body }) => /coop:(?:ledger v2|status|reply) \S+/.exec(body)?.[0] ?? []);
    expect(marks.length).toBeGreaterThan(0);
    expect(marks.filter((mark, at) => marks.indexOf(mark) < at)).toEqual([]);
    expect(repo.numbers("pull")).toHaveLength(1);
    expect(program.child.exitCode).toBeNull();
    expect(providers.answered.length).toBe(new Set(providers.answered.map(({ body }) => body)).size);
  },
  240_000,
);
