import { createHash, generateKeyPairSync } from "node:crypto";
import nock from "nock";
import type { Blobs } from "../trees/tree.ts";
import type { ForgeApp } from "../forge/forge-app.ts";
import type { Forge } from "../forge/forge.ts";
import type { NewCommit } from "../forge/written.ts";
import { connectGitHub } from "./octokit.ts";
import { answerWithNock } from "../../test/support/nocked.ts";

answerWithNock();

/** The GitHub port on a wire that a test writes answers for. Spacing and waiting are off. */
export const REPO = "/api/v3/repos/acme/shop";
export const SECRET = "Zq7-Canary_9f3KxW2mTbLr8Vd5Yh1Ns6Pj0";
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PEM = privateKey.export({ type: "pkcs1", format: "pem" }).toString();

export const sha1 = (content: Buffer) =>
  createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
export const sha = (digit: string) => digit.repeat(40);
export const away = (outcome: string, retryAfterMs: number | null = null) => ({
  name: "ForgeAway",
  outcome,
  retryAfterMs,
});

export type Wired = {
  readonly app: ForgeApp;
  readonly github: Forge;
  /** Only what is promised here is answered, besides tokens and the App's own name. */
  readonly wire: nock.Scope;
  /** Contents by SHA. */
  readonly stored: Map<string, Buffer>;
  /** What each token for a repository was asked for with. */
  readonly tokenBodies: unknown[];
};

/** For a `beforeEach`: what is promised on a wire ends with the test. */
export function wired(): Wired {
  const stored = new Map<string, Buffer>();
  const tokenBodies: unknown[] = [];
  const blobs: Blobs = {
    get: async (name) => stored.get(name) ?? null,
    put: async (content) => {
      stored.set(sha1(content), content);
      return sha1(content);
    },
  };
  const app = connectGitHub({
    appId: 9,
    privateKey: PEM,
    baseUrl: "https://ghes.example/api/v3",
    pace: null,
    readRetryMs: 0,
    blobs,
    secrets: [SECRET],
  });
  const github = app.forRepository({
    forge: { kind: "github", installationId: 5, repositoryId: 77 },
    owner: "acme",
    name: "shop",
  });
  nock("https://ghes.example")
    .persist()
    .post("/api/v3/app/installations/5/access_tokens", (body: { permissions?: unknown }) => {
      if (body.permissions) tokenBodies.push(body);
      return true;
    })
    .reply(201, { token: `ghs_${"t".repeat(40)}`, expires_at: "2099-01-01T00:00:00Z", permissions: {} })
    .get("/api/v3/app")
    .reply(200, { id: 9, slug: "coop" });
  return { app, github, wire: nock("https://ghes.example"), stored, tokenBodies };
}

/** A commit that changes a text, deletes a file and adds one that is no text. */
export function commitOf(own: Partial<NewCommit> = {}): NewCommit {
  return {
    branch: "coop/1",
    parentSha: sha("a"),
    mergedParentSha: null,
    expectedHead: null,
    baseTreeSha: sha("b"),
    changes: new Map([
      ["a.txt", { content: Buffer.from("new\n"), mode: "100644" }],
      ["old.txt", null],
      ["b.bin", { content: Buffer.from([0, 255]), mode: "100755" }],
    ]),
    message: "Fix it",
    ...own,
  };
}

/** The objects of `commitOf()` are accepted: tree c, commit d. */
export function objects(wire: nock.Scope): void {
  wire.post(`${REPO}/git/blobs`).reply(201, { sha: sha("f") });
  wire
    .post(`${REPO}/git/trees`, {
      base_tree: sha("b"),
      tree: [
        { path: "a.txt", mode: "100644", type: "blob", content: "new\n" },
        { path: "old.txt", mode: "100644", type: "blob", sha: null },
        { path: "b.bin", mode: "100755", type: "blob", sha: sha("f") },
      ],
    })
    .reply(201, { sha: sha("c") });
  wire
    .post(`${REPO}/git/commits`, (body) => body.author === undefined && body.committer === undefined)
    .reply(201, { sha: sha("d") });
}
