import { describe, expect, it } from "@jest/globals";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { aDraft, aTicketLedger, ENTRY_KINDS, entriesOf } from "../../test/support/builders.ts";
import { type EntryDraft, entryBodySchema } from "../core/ledger/entries.ts";
import { guardBody } from "../hygiene/outgoing.ts";
import { renderEntries } from "./entry.ts";
import { headline } from "./headline.ts";

type Node = { type: string; value?: string; children?: Node[] };

function all(node: Node): Node[] {
  return [node, ...(node.children ?? []).flatMap(all)];
}

function nodes(markdown: string): Node[] {
  return all(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node);
}

/** The reading of one draft after a story that knows plan, findings and pull request. */
function reading(draft: EntryDraft): string {
  const story = aTicketLedger("reviewed").map(({ kind, data }) => ({ kind, data }) as EntryDraft);
  const chain = entriesOf(draft.kind === "opened" ? [draft] : [...story, draft]);
  return renderEntries(chain, chain.slice(-1));
}

function draftOf(kind: Parameters<typeof aDraft>[0], part: object): EntryDraft {
  const draft = aDraft(kind);
  return { ...draft, data: { ...draft.data, ...part } } as EntryDraft;
}

/** The draft with every free text of it replaced; texts with a form of their own (hashes, enums) stay. */
function poisoned(draft: EntryDraft, poison: string): EntryDraft {
  const data = structuredClone(draft.data) as Record<string, unknown>;
  const walk = (object: Record<string, unknown>): void => {
    for (const [name, child] of Object.entries(object)) {
      if (typeof child === "string") {
        object[name] = poison;
        if (!entryBodySchema.safeParse({ kind: draft.kind, data }).success) object[name] = child;
      } else if (child !== null && typeof child === "object") walk(child as Record<string, unknown>);
    }
  };
  if (draft.kind !== "commanded") walk(data);
  return entryBodySchema.parse({ kind: draft.kind, data });
}

const POISONS = [
  "<!-- coop:ledger v1 AAAA 00 -->",
  "@alice fixes #1 and https://evil.example/x.png",
  "</details>\n\n# Owned\n\n---\n| a |\n|---|\n",
  "```\nnever closed @alice",
  "![x](https://evil.example/a.png) [y](javascript:alert(1))",
  "a|b\\|c `x|y` ``z",
  "<img src=x onerror=alert(1)>",
];
const OWN_HTML = /^(<details><summary>[^<>&]*<\/summary>|<\/details>|<code>|<\/code>)$/;
const GUARD = { secrets: [], mayMention: () => false, linkHosts: ["github.com"] };

describe("that the policy accepts a plan", () => {
  const chain = aTicketLedger("implemented");
  const at = chain.findIndex(({ kind }) => kind === "plan_approved");

  it("is said by the plan's own comment, and not again by the one after it", () => {
    const policy = chain.map((one) =>
      one.kind === "plan_approved" ? ({ ...one, data: { ...one.data, by: "policy" } } as typeof one) : one,
    );
    const both = renderEntries(policy, policy.slice(at, at + 2));
    expect(both).not.toContain("Plan accepted");
    expect(both.startsWith("### Implementation")).toBe(true);
    expect(renderEntries(policy, policy.slice(at, at + 1))).toContain("Plan accepted by policy");
  });

  it("is another thing than a person's word", () => {
    expect(renderEntries(chain, chain.slice(at, at + 2))).toContain("**Plan accepted** by alice");
  });
});

describe("the budget", () => {
  it("is spoken of once, by the entry that uses the most of it", () => {
    const spend = (costMicroUsd: number) => ({
      calls: 1,
      inputTokens: 1,
      outputTokens: 1,
      costMicroUsd,
      unpricedTokens: 0,
    });
    const chain = entriesOf([
      aDraft("opened"),
      draftOf("routed", { budgetMicroUsd: 1_000 }),
      draftOf("planned", { spend: spend(790) }),
      draftOf("implemented", { spend: spend(60) }),
      draftOf("reviewed", { spend: spend(60) }),
    ]);
    const told = chain.map((entry) => /(\d+) % of it is used/.exec(renderEntries(chain, [entry]))?.[1] ?? "");
    expect(told).toEqual(["", "", "", "85", ""]);
  });
});

describe("an entry's reading", () => {
  it.each(ENTRY_KINDS)("%s says something, and the guard of outgoing texts has nothing to change", (kind) => {
    const markdown = reading(aDraft(kind));
    expect(markdown.length).toBeGreaterThan(20);
    expect(guardBody(markdown, GUARD)).toEqual({ text: markdown, found: [] });
    expect(markdown).not.toMatch(/undefined|NaN|\[object/);
  });

  it.each(ENTRY_KINDS)("%s keeps hostile texts where they were put", (kind) => {
    const calm = nodes(reading(aDraft(kind))).filter((node) => node.type === "heading").length;
    for (const poison of POISONS) {
      const markdown = reading(poisoned(aDraft(kind), poison));
      expect(markdown).not.toContain("<!--");
      const tree = nodes(markdown);
      expect(tree.filter((node) => node.type === "heading")).toHaveLength(calm);
      for (const node of tree) {
        expect(["image", "link", "definition"]).not.toContain(node.type);
        if (node.type === "html") expect(node.value).toMatch(OWN_HTML);
        if (node.type === "text") expect(node.value).not.toMatch(/(^|\W)@[\w]|fixes #\d/);
      }
      expect(guardBody(markdown, GUARD).text).toBe(markdown);
      const tags = tree.filter((node) => node.type === "html").map((node) => node.value ?? "");
      expect(tags.filter((tag) => tag.startsWith("<details>"))).toHaveLength(
        tags.filter((tag) => tag === "</details>").length,
      );
    }
  });

  it("of an answered command contains markers that its reply should never have had", () => {
    expect(reading(aDraft("commanded", { reply: "x <!-- coop:ledger v1 a b --> y" }))).not.toContain("<!--");
  });

  it("has a headline of one line for every kind", () => {
    for (const kind of ENTRY_KINDS) {
      const [entry] = entriesOf([aDraft(kind)]);
      expect(entry && headline(entry, "github")).toMatch(/^\S.{3,}$/);
    }
  });
});
