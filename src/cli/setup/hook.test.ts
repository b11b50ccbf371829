import { describe, expect, it } from "@jest/globals";
import { hookFor } from "./hook.ts";

describe("the address that an App is created with", () => {
  it.each([
    [
      "https://coop.example.org/api/github/webhooks",
      { intake: "webhook", url: "https://coop.example.org/api/github/webhooks" },
    ],
    [undefined, { intake: "poll", url: expect.stringMatching(/^https:\/\/[a-z]+\.invalid\//) }],
    ["", { intake: "poll" }],
    ["coop.example.org", { usage: expect.stringContaining("Without an address") }],
    ["--help", { usage: expect.stringContaining("npm run setup") }],
    ["https://", { usage: expect.anything() }],
    ["http://[", { usage: expect.anything() }],
  ])("%j", (given, expected) => expect(hookFor(given)).toMatchObject(expected));
});
