import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Forge } from "../forge/forge.ts";
import type { GitHubDouble } from "../github-double/double.ts";
import type { LocalRepo } from "../github-double/local-repo.ts";
import { startForge } from "../github-double/server.ts";
import { connectGitHub } from "../github/octokit.ts";
import { guardedForge } from "./guarded-forge.ts";
import { removeTwins } from "./twins.ts";

let forge: GitHubDouble;
let repo: LocalRepo;
let github: Forge;
let issue: number;

beforeAll(async () => {
  forge = await startForge();
  repo = forge.createRepo({ fullName: "acme/twins", people: { mona: "write" } });
  issue = repo.openIssue("mona", { title: "A ticket", body: "" });
  const blobs = { get: async () => null, put: async () => "" };
  const { id: appId, privateKey } = forge.app;
  const app = connectGitHub({ appId, privateKey, baseUrl: forge.url, pace: null, blobs, secrets: [] });
  const [installation] = await app.installations();
  const [access] = await app.repositories(installation?.id ?? 0);
  if (!access) throw new Error("The App is installed nowhere");
  github = app.forRepository(access);
});
afterAll(() => forge.close());

const standing = (body: string) => repo.thread(issue).comments.filter((one) => one.body === body);

/** A worker whose ticket is taken over while its request is on its way: everything it asked before said that all was well. */
function losing(whileItLeaves: () => Promise<unknown>): Forge {
  let lost = false;
  const slow: Forge = {
    ...github,
    comment: async (number, body) => {
      await whileItLeaves();
      lost = true;
      return github.comment(number, body);
    },
  };
  return guardedForge(slow, async () => {
    if (lost) throw new Error("the lease was lost");
  });
}

describe("a comment whose worker froze while it was leaving", () => {
  it("is removed when the worker that took over has made the same", async () => {
    let theirs = 0;
    const frozen = losing(async () => (theirs = (await github.comment(issue, "Twice.")).id));
    await expect(frozen.comment(issue, "Twice.")).rejects.toThrow("the lease was lost");
    expect(standing("Twice.").map(({ id }) => id)).toEqual([theirs]);
  });

  it("stays when nobody has made it meanwhile: whoever takes over finds it", async () => {
    const frozen = losing(async () => undefined);
    await expect(frozen.comment(issue, "Once.")).rejects.toThrow("the lease was lost");
    expect(standing("Once.")).toHaveLength(1);
  });

  it("is removed by whoever took over when it arrives between their look and their own", async () => {
    await github.comment(issue, "Late.");
    const own = await github.comment(issue, "Late.");
    repo.comment("mona", issue, "Late.");
    await removeTwins(github, issue, own.id);
    expect(standing("Late.").map(({ id, app }) => (app === null ? "mona's" : id))).toEqual([own.id, "mona's"]);
  });
});
