import { expect, it } from "@jest/globals";
import type { Rest } from "./client.ts";
import { type Permissions, Rights } from "./rights.ts";

/** What a token is asked for where an installation was not granted everything. */
const WANTED: Permissions = { contents: "write", issues: "write", metadata: "read" };
const PAGE = "https://github.com/settings/installations/5";

function appWith(permissions: Record<string, string> | "away") {
  const asked: unknown[] = [];
  const getInstallation = async (where: unknown) => {
    asked.push(where);
    if (permissions === "away") throw new Error("away");
    return { data: { permissions, html_url: PAGE } };
  };
  return { app: { rest: { apps: { getInstallation } } } as unknown as Rest, asked };
}

it.each<[string, Record<string, string> | "away", Permissions | null, readonly string[]]>([
  ["all of it", { contents: "write", issues: "write", metadata: "read" }, null, []],
  ["more than that", { contents: "admin", issues: "write", metadata: "write" }, null, []],
  ["one thing not at all", { contents: "write", metadata: "read" }, { contents: "write", metadata: "read" }, ["issues: write"]],
  ["one thing for reading only", { contents: "read", issues: "write", metadata: "read" }, { contents: "read", issues: "write", metadata: "read" }, ["contents: write"]],
  ["nothing", {}, {}, ["contents: write", "issues: write", "metadata: read"]],
  ["nobody knows what", "away", null, []],
])("an installation that was granted %s", async (_what, granted, permissions, missing) => {
  const rights = new Rights();
  const { app, asked } = appWith(granted);
  expect(await rights.narrow(app, 5, 77, WANTED)).toEqual(permissions);
  expect(asked).toEqual([{ installation_id: 5 }]);
  expect(rights.missing(77)).toEqual(missing.length > 0 ? { rights: missing, page: PAGE } : null);
  expect(rights.toAsk(77, WANTED)).toEqual(permissions ?? WANTED);
}); // prettier-ignore

it("asks for less for ten minutes, of that repository alone, and then for all of it again", async () => {
  let now = 1_000;
  const rights = new Rights(() => now);
  await rights.narrow(appWith({}).app, 5, 77, WANTED);
  const asks = (ms: number, repository = 77) => ((now = 1_000 + ms), rights.toAsk(repository, WANTED));
  expect([asks(0), asks(599_999), asks(0, 78)]).toEqual([{}, {}, WANTED]);
  expect(rights.missing(78)).toBe(null);
  expect(asks(600_000)).toEqual(WANTED);
  expect(rights.missing(77)).toBe(null);
});
