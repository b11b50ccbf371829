import { describe, expect, it } from "@jest/globals";
import { aDraft, TEST_KEY, TEST_START, TEST_TICKET } from "../../../test/support/builders.ts";
import { issueAs } from "../../../test/support/ledgers.ts";
import { readTrigger } from "../rules/trigger.ts";
import { fold } from "../ticket/fold.ts";
import { link } from "./chain.ts";
import type { EntryDraft } from "./entries.ts";
import { forgeRefOf } from "./forge-ref.ts";

const GITHUB = { kind: "github", installationId: 7, repositoryId: 70 };

describe("where a repository lives", () => {
  it.each([
    ["as it is written today", { forge: GITHUB }, GITHUB],
    ["as it was written before there were several forges", { installationId: 7, repositoryId: 70 }, GITHUB],
    ["at a desk", { forge: { kind: "desk" } }, { kind: "desk" }],
    ["half of it", { installationId: 7 }, null],
    ["a forge that comes later", { forge: { kind: "elsewhere" }, installationId: 7, repositoryId: 70 }, null],
    ["nothing", {}, null],
  ])("%s", (_what, named, forge) => expect(forgeRefOf(named)).toEqual(forge));

  it("is one value on every ticket, also on those of old ledgers", () => {
    const { forge: _forge, ...before } = aDraft("opened").data as { forge?: unknown };
    const old = { kind: "opened", data: { ...before, installationId: 7, repositoryId: 70 } } as EntryDraft;
    for (const opened of [old, aDraft("opened")])
      expect(fold(link(TEST_KEY, TEST_TICKET, [], [opened], TEST_START))?.forge).toEqual(GITHUB);
    expect(() => link(TEST_KEY, TEST_TICKET, [], [{ kind: "opened", data: before } as EntryDraft], TEST_START)).toThrow(
      "names no forge",
    );
  });

  it("is read from what waited in an inbox through an update", () => {
    const by = { login: "maria", id: 1, type: "User" };
    const waiting = { kind: "commented", source: "comment:1", defaultBranch: "main", by, commentId: 1, body: "Hm." };
    const stored = { ...waiting, issue: issueAs(), installationId: 7, repositoryId: 70 };
    expect(readTrigger(stored)).toMatchObject({ kind: "commented", forge: GITHUB });
    for (const bad of [null, "text", { ...stored, repositoryId: "70" }, { ...stored, kind: "shouted" }])
      expect(readTrigger(bad)).toBeNull();
  });
});
