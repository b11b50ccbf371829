import { beforeEach, describe, expect, it } from "@jest/globals";
import nock from "nock";
import type { Forge } from "../forge/forge.ts";
import { commitOf, objects, REPO, sha, wired } from "./wire.fixture.ts";

let github: Forge;
let wire: nock.Scope;
beforeEach(() => {
  ({ github, wire } = wired());
});

const EXISTS = { message: "Reference already exists" };

describe("a commit", () => {
  it("writes objects, then the branch", async () => {
    objects(wire);
    wire.post(`${REPO}/git/refs`, { ref: "refs/heads/coop/1", sha: sha("d") }).reply(201, {});
    expect(await github.commit(commitOf())).toEqual({ outcome: "committed", headSha: sha("d"), treeSha: sha("c") });
  });

  it("moves a branch without force", async () => {
    objects(wire);
    wire.patch(`${REPO}/git/refs/heads%2Fcoop%2F1`, { sha: sha("d"), force: false }).reply(200, {});
    expect(await github.commit(commitOf({ expectedHead: sha("a") }))).toMatchObject({ outcome: "committed" });
  });

  it.each([
    ["our commit under the same name", sha("d"), null, "committed"],
    [
      "the same work under another name",
      sha("e"),
      { tree: { sha: sha("c") }, parents: [{ sha: sha("a") }] },
      "committed",
    ],
    ["another tree", sha("e"), { tree: { sha: sha("9") }, parents: [{ sha: sha("a") }] }, "moved"],
    ["another parent", sha("e"), { tree: { sha: sha("c") }, parents: [{ sha: sha("9") }] }, "moved"],
  ])("finds %s on the branch", async (_what, head, found, outcome) => {
    objects(wire);
    wire.post(`${REPO}/git/refs`).reply(422, EXISTS);
    wire.get(`${REPO}/git/ref/heads%2Fcoop%2F1`).reply(200, { object: { sha: head } });
    if (found) wire.get(`${REPO}/git/commits/${head}`).reply(200, found);
    expect(await github.commit(commitOf())).toMatchObject({ outcome, headSha: head });
  });

  it("refuses to change nothing, and passes on GitHub's refusal", async () => {
    wire.post(`${REPO}/git/trees`).reply(201, { sha: sha("b") });
    const changes = new Map([["old.txt", null]]);
    expect(await github.commit(commitOf({ changes }))).toMatchObject({ outcome: "refused" });
    wire.post(`${REPO}/git/trees`).reply(403, { message: "Resource not accessible by integration" });
    expect(await github.commit(commitOf({ changes }))).toEqual({
      outcome: "refused",
      reason: "Resource not accessible by integration",
    });
  });
});

describe("the files of a commit", () => {
  /** Which files went in the tree's own request; all others had gone as blobs before. */
  async function inlineOf(contents: readonly Buffer[]): Promise<readonly string[]> {
    const inline: string[] = [];
    wire
      .post(`${REPO}/git/blobs`)
      .times(contents.length)
      .reply(201, { sha: sha("f") });
    wire
      .post(
        `${REPO}/git/trees`,
        ({ tree }: { tree: readonly { readonly path: string; readonly content?: string }[] }) => {
          inline.push(...tree.flatMap(({ path, content }) => (content === undefined ? [] : [path])));
          return true;
        },
      )
      .reply(201, { sha: sha("b") });
    const files = contents.map((content, at) => [String(at), { content, mode: "100644" as const }] as const);
    await github.commit(commitOf({ changes: new Map(files) }));
    return inline;
  }
  const letters = (count: number) => Buffer.alloc(count, "a");

  it.each<[string, Buffer, readonly string[]]>([
    ["a text", Buffer.from("ä\n"), ["0"]],
    ["an empty file", letters(0), ["0"]],
    ["a text of 200,000 bytes", letters(200_000), ["0"]],
    ["a longer one", letters(200_001), []],
    ["what is no UTF-8", Buffer.from([0xff, 0x41]), []],
    ["what holds a zero", Buffer.from("a\0b"), []],
  ])("%s goes with the request or as a blob of its own", async (_what, content, inline) => {
    expect(await inlineOf([content])).toEqual(inline);
  });

  it("go with one request until they are four million bytes, and a smaller one still fits behind one that does not", async () => {
    const full = Array.from({ length: 19 }, () => letters(200_000));
    const all = Array.from({ length: 20 }, (_, at) => String(at));
    expect(await inlineOf([...full, letters(200_000)])).toEqual(all);
    nock.cleanAll();
    ({ github, wire } = wired());
    expect(await inlineOf([...full, letters(199_999), letters(2), letters(1)])).toEqual([...all, "21"]);
  });
});

describe("one file of a branch", () => {
  const FILE = { type: "file", encoding: "base64", content: Buffer.from("gate: {}\n").toString("base64") };
  const at = (path: string) => `${REPO}/contents/${encodeURIComponent(path)}?ref=main`;
  const [YML, YAML] = [".github/coop.yml", ".github/coop.yaml"];
  const folders = (...names: readonly string[]) => {
    const root = names.length > 0 ? [{ path: ".github", mode: "040000", type: "tree", sha: sha("c") }] : [];
    wire.get(`${REPO}/git/trees/main`).reply(200, { tree: root });
    const tree = names.map((path) => ({
      path,
      mode: path === "linked" ? "120000" : "100644",
      type: "blob",
      sha: sha("d"),
    }));
    if (names.length > 0) wire.get(`${REPO}/git/trees/${sha("c")}`).reply(200, { tree });
  };

  it("is read with one request where it is there", async () => {
    wire.get(at(YML)).reply(200, FILE);
    expect(await github.file("main", YML, YAML)).toEqual({ path: YML, content: Buffer.from("gate: {}\n") });
  });

  it.each([[[]], [["workflows.md"]]])("is gone only where no folder names it: %j", async (names) => {
    wire.get(at(YML)).reply(404, {});
    folders(...names);
    expect(await github.file("main", YML, YAML)).toBe("gone");
  });

  it("is the second name where the first is not there", async () => {
    wire.get(at(YML)).reply(404, {});
    folders("coop.yaml");
    wire.get(at(YAML)).reply(200, FILE);
    expect(await github.file("main", YML, YAML)).toMatchObject({ path: YAML });
  });

  it("is asked for later where it is there and was not shown", async () => {
    wire.get(at(YML)).reply(404, {});
    folders("coop.yml");
    await expect(github.file("main", YML, YAML)).rejects.toThrow("which is there");
    wire.get(at(YML)).reply(404, {});
    const root = [{ path: ".github", mode: "040000", type: "tree", sha: sha("c") }];
    wire.get(`${REPO}/git/trees/main`).reply(200, { tree: root });
    wire.get(`${REPO}/git/trees/${sha("c")}`).reply(404, {});
    await expect(github.file("main", YML, YAML)).rejects.toThrow("refused (404)");
  });
});
