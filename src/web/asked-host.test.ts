import { describe, expect, it } from "@jest/globals";
import { isKnownHost } from "./asked-host.ts";

describe("the name that a page is asked for by", () => {
  it.each([
    "localhost:3000",
    "coop.localhost",
    "127.0.0.1:3000",
    "[::1]:3000",
    "10.0.0.7",
    "coop.example.org",
    "COOP.example.org:8443",
  ])("is known: %s", (name) => expect(isKnownHost(name, ["coop.example.org"])).toBe(true));

  it.each([
    undefined,
    "",
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evillocalhost",
    "evil.example-127.0.0.1",
    "coop.example.org.evil.example",
    "127.0.0.1@evil.example",
  ])("may have been pointed here by anybody: %s", (name) =>
    expect(isKnownHost(name, ["coop.example.org"])).toBe(false),
  );
});
