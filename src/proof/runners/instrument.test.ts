import { describe, expect, it } from "@jest/globals";
import { memoryStore } from "../../../test/contracts/sandbox-fixture.ts";
import { instrument } from "./instrument.ts";

describe("node's own runner", () => {
  const OURS = "--test-reporter=ours --test-reporter-destination=stderr";
  it.each<[string, string | undefined]>([
    ["node --test", `--test-reporter=spec --test-reporter-destination=stdout ${OURS}`],
    ["node --test --test-reporter=dot", `${OURS} --test-reporter-destination=stdout`],
    ["node --test --test-reporter dot test/", `${OURS} --test-reporter-destination=stdout`],
    ["node --test --test-reporter=tap --test-reporter-destination=out.tap", OURS],
    ["node --test --test-reporter=tap --test-reporter=dot --test-reporter-destination=a", undefined],
    ["node check.js", undefined],
  ])("is asked for a report beside its own in `%s`", async (command, options) => {
    const { blobs, tree } = memoryStore();
    const { environment } = await instrument(command, tree({}), blobs);
    expect(environment["NODE_OPTIONS"]?.replace(/=data:\S+/, "=ours")).toBe(options);
  });
});
