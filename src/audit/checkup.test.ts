import { describe, expect, it } from "@jest/globals";
import { checkRights, checkWebhook } from "./checkup.ts";

const wanted = { permissions: { contents: "write", metadata: "read" }, events: ["issues", "push"] };
const states = (has: typeof wanted | { permissions: Record<string, string>; events: string[] }) =>
  checkRights(wanted, has).map((one) => `${one.state} ${one.says}`);

describe("checking the App's rights", () => {
  it.each([
    ["exactly", wanted, [/^well/, /^well/]],
    [
      "too few",
      { ...wanted, permissions: { contents: "read", metadata: "read" } },
      [/^wrong.*lacks contents: write/, /^well/],
    ],
    [
      "too many",
      { ...wanted, permissions: { ...wanted.permissions, workflows: "write" } },
      [/^wrong.*more than.*workflows/, /^well/],
    ],
    ["no events", { ...wanted, events: ["issues"] }, [/^well/, /^wrong.*push/]],
  ])("%s", (_name, has, [rights, events]) => {
    const [first, second] = states(has);
    expect(first).toMatch(rights as RegExp);
    expect(second).toMatch(events as RegExp);
  });
});

describe("checking the webhook", () => {
  const path = "/api/github/webhooks";
  it.each([
    [`https://a.example${path}`, null, "well"],
    ["https://a.example/", "https://a.example", "well"],
    [null, null, "wrong"],
    ["nonsense", null, "wrong"],
    ["https://a.example/hooks", null, "wrong"],
    [`https://b.example${path}`, "https://a.example", "wrong"],
  ] as const)("%s with %s is %s", (url, publicUrl, state) => {
    expect(checkWebhook(url, publicUrl, path).state).toBe(state);
  });
});
