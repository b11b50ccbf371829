import { describe, expect, it } from "@jest/globals";
import type { Client } from "./client.ts";
import { resolveOwn, settleThreads } from "./review-threads.ts";

/** Conversations below lines of a pull request: which of them we close, and which we leave to people. */
type Given = {
  readonly id: string;
  readonly resolved?: string;
  readonly finding?: string;
  readonly first?: "theirs";
  readonly last?: "theirs";
  readonly url?: string;
};

const thread = ({ id, resolved, finding = "R1-1", first, last, url = `https://example.com/${id}` }: Given) => ({
  ...{ id, isResolved: resolved !== undefined, resolvedBy: resolved === undefined ? null : { login: resolved } },
  first: { nodes: [{ viewerDidAuthor: first !== "theirs", url, body: `**\`${finding}\`** wrong\nmore \`R9-9\`` }] },
  last: { nodes: [{ viewerDidAuthor: last !== "theirs", url }] },
});

/** @param pages of conversations; null: a server without GraphQL. */
function clientOf(pages: readonly (readonly Given[])[] | null, refuses: readonly string[] = []) {
  const asked: string[] = [];
  const graphql = async (query: string, { id, after }: { id?: string; after?: string | null }) => {
    if (pages === null) throw Object.assign(new Error("no"), { name: "GraphqlResponseError", errors: [] });
    if (id !== undefined) {
      asked.push(`${query.includes("unresolve") ? "reopens" : "resolves"} ${id}`);
      if (refuses.includes(id)) throw Object.assign(new Error("no"), { name: "GraphqlResponseError", errors: [] });
      return {};
    }
    const page = Number(after ?? 0);
    asked.push(`reads ${page}`);
    const pageInfo = { hasNextPage: page + 1 < pages.length, endCursor: String(page + 1) };
    return { repository: { pullRequest: { reviewThreads: { pageInfo, nodes: (pages[page] ?? []).map(thread) } } } };
  };
  const identity = async () => ({ slug: "coop" });
  return { client: { rest: { graphql }, at: { owner: "a", repo: "b" }, identity } as unknown as Client, asked };
}

describe("before a merge", () => {
  const resolving = async (...given: Parameters<typeof clientOf>) => {
    const { client, asked } = clientOf(...given);
    return { ...(await resolveOwn(client, 13)), asked };
  };

  it("closes what we began and in which we spoke last, and names what others have to close", async () => {
    const page: readonly Given[] = [
      { id: "ours" },
      { id: "closed", resolved: "mona" },
      { id: "answered", last: "theirs" },
      { id: "theirs", first: "theirs" },
      { id: "nowhere", first: "theirs", url: "" },
      { id: "second" },
    ];
    expect(await resolving([page])).toEqual({
      resolved: 2,
      open: ["https://example.com/answered", "https://example.com/theirs"],
      asked: ["reads 0", "resolves ours", "resolves second"],
    });
  });

  it("leaves open what GitHub does not let us close", async () => {
    expect(await resolving([[{ id: "ours" }]], ["ours"])).toMatchObject({ resolved: 0, open: ["https://example.com/ours"] }); // prettier-ignore
  });

  it("reads all pages, up to ten", async () => {
    expect((await resolving([[{ id: "a" }], [{ id: "b" }]])).asked).toEqual(["reads 0", "reads 1", "resolves a", "resolves b"]); // prettier-ignore
    const many = await resolving(Array.from({ length: 12 }, () => []));
    expect(many.asked).toEqual(Array.from({ length: 10 }, (_, page) => `reads ${page}`));
  });

  it.each([
    [{ repository: null }],
    [{ repository: { pullRequest: null } }],
    [{ repository: { pullRequest: { reviewThreads: null } } }],
    [{ repository: { pullRequest: { reviewThreads: { nodes: [null], pageInfo: { hasNextPage: false } } } } }],
  ])("finds nothing where GitHub shows nothing: %j", async (data) => {
    const client = { rest: { graphql: async () => data }, at: { owner: "a", repo: "b" } } as unknown as Client;
    expect(await resolveOwn(client, 13)).toEqual({ resolved: 0, open: [] });
  });

  it("finds nothing on a server without GraphQL", async () => {
    expect(await resolving(null)).toEqual({ resolved: 0, open: [], asked: [] });
  });
});

describe("after a review", () => {
  it("holds up nothing where GraphQL alone fails, but waits for a limit", async () => {
    const settling = (error: object) => {
      const graphql = () => Promise.reject(Object.assign(new Error("Something went wrong while executing"), error));
      const client = { rest: { graphql }, at: { owner: "a", repo: "b" }, identity: async () => ({ slug: "coop" }) };
      return settleThreads(client as unknown as Client)(13, new Map());
    };
    const errors = [{ message: "Something went wrong while executing your query" }];
    await expect(settling({ name: "GraphqlResponseError", errors })).resolves.toBeUndefined();
    await expect(settling({ status: 502 })).resolves.toBeUndefined();
    await expect(settling({ status: 429 })).rejects.toMatchObject({ name: "ForgeAway", retryAfterMs: 60_000 });
  });

  const SETTLED = new Map([["R1-1", "settled" as const], ["R1-2", "open" as const]]); // prettier-ignore
  it.each<[string, Given, readonly string[]]>([
    ["a settled finding is closed", { id: "a" }, ["resolves a"]],
    ["one that is closed stays so", { id: "a", resolved: "mona" }, []],
    ["one that a person answered is left to them", { id: "a", last: "theirs" }, []],
    ["one that a person began is theirs", { id: "a", first: "theirs" }, []],
    ["an open finding that we closed is opened again", { id: "a", finding: "R1-2", resolved: "coop[bot]" }, ["reopens a"]],
    ["also where GitHub leaves out what kind of account that is", { id: "a", finding: "R1-2", resolved: "coop" }, ["reopens a"]],
    ["one that a person closed stays as they wanted it", { id: "a", finding: "R1-2", resolved: "mona" }, []],
    ["an open one stays open", { id: "a", finding: "R1-2" }, []],
    ["what is only quoted below is another finding", { id: "a", finding: "R7-7" }, []],
  ])("%s", async (_what, given, acts) => {
    const { client, asked } = clientOf([[given]]);
    await settleThreads(client)(13, new Map([...SETTLED, ["R9-9", "settled"]]));
    expect(asked).toEqual(["reads 0", ...acts]);
  }); // prettier-ignore
});
