import { describe, expect, it } from "@jest/globals";
import { DEFAULT_POLICY } from "../core/rules/policy.ts";
import { memoryTree } from "../trees/memory-tree.ts";
import type { Snapshot } from "../trees/tree.ts";
import { collectProof } from "./collect.ts";
import { inWords } from "../messages/proof/in-words.ts";

/** A change that nobody can read is a change about which nothing was found out. */
async function statesOf(path: string, content: Buffer) {
  const before = memoryTree([["src/a.js", Buffer.from("export const a = 1;\n")]]);
  const after = memoryTree([
    ["src/a.js", Buffer.from("export const a = 1;\n")],
    [path, content],
  ]);
  const snapshot = (name: string, { tree }: typeof before): Snapshot => ({
    commitSha: name.repeat(40),
    treeSha: name,
    tree,
  });
  const blobs = { ...before.blobs, get: async (sha: string) => (await before.blobs.get(sha)) ?? after.blobs.get(sha) };
  const nobody = { checks: [], unplanned: [], protectedAccepted: [], reviews: [] };
  const items = await collectProof(
    {
      type: "review",
      plan: null,
      base: snapshot("a", before),
      head: snapshot("b", after),
      policy: DEFAULT_POLICY,
      commands: [],
      ...nobody,
    },
    { sandbox: { state: "none", why: "None here." }, blobs },
  );
  const shown = items.map(inWords).filter(({ id }) => ["completeness", "tamper", "mutation"].includes(id));
  return Object.fromEntries(shown.map(({ id, state, evidence }) => [id, [state, evidence]]));
}

describe("a changed file that could not be read", () => {
  it.each<[string, string, Buffer, RegExp]>([
    [
      "code of more than 2 MB",
      "src/b.js",
      Buffer.alloc(2_000_001, "x"),
      /`src\/b\.js` could not be read \(it has more than 2 MB\)/,
    ],
    ["code with a byte that no text has", "src/b.js", Buffer.from("// TODO \0\nfoo();\n"), /no text in any encoding/],
    ["settings of more than 2 MB", "package.json", Buffer.alloc(2_000_001, " "), /more than 2 MB/],
  ])("leaves what is read open: %s", async (_, path, content, said) => {
    const states = await statesOf(path, content);
    expect(states["completeness"]).toEqual(["unknown", expect.stringMatching(said)]);
    expect(states["tamper"]?.[0]).not.toBe("proven");
  });

  it("leaves open what is read of code that is too long to parse, and what could be tried in it", async () => {
    const states = await statesOf(
      "src/b.js",
      Buffer.from(`export const f = (x) => x * 3; // ${"x".repeat(400_000)}\n`),
    );
    const unread = ["unknown", expect.stringMatching(/^`src\/b\.js` could not be read \(it has more than 400,000 characters\), so nothing is known about it\./)]; // prettier-ignore
    expect(states).toMatchObject({ completeness: unread, mutation: unread });
  });

  it("is not meant by a picture", async () => {
    const states = await statesOf("logo.png", Buffer.from([0x89, 0x50, 0, 1]));
    expect(states["completeness"]?.[0]).toBe("proven");
    expect(states["tamper"]?.[0]).toBe("proven");
    expect(states["mutation"]?.[0]).toBe("not-applicable");
  });

  it("is not meant by a source in another encoding, which is read", async () => {
    const states = await statesOf("src/b.js", Buffer.from("// TODO: gr\xfc\xdfen\nfoo();\n", "latin1"));
    expect(states["completeness"]).toEqual(["refuted", expect.stringMatching(/src\/b\.js/)]);
  });
});
