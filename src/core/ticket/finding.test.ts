import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { type FindingKind, findingId, findingKindSchema, findingNamedIn, saysTheSame } from "./finding.ts";

const remark = {
  kind: "implementation" as FindingKind,
  path: "src/export.ts",
  title: "Quotes are not escaped",
  quote: '  out.push(row.join(","));',
};

describe("a finding's identity", () => {
  it.each([
    ["its line moves", { ...remark, line: 80 }],
    ["the indent changes", { ...remark, quote: '\tout.push(row.join(","));  ' }],
    ["it is wrapped", { ...remark, quote: 'out.push(\n  row.join(","),\n);'.replace(",\n)", ")") }],
    ["case changes", { ...remark, quote: remark.quote.toUpperCase() }],
    ["the title is worded anew", { ...remark, title: "CSV injection through quotes" }],
  ])("stays when %s", (_name, other) => {
    expect(findingId(other)).toBe(findingId(remark));
  });

  it.each([
    ["another file is meant", { ...remark, path: "src/import.ts" }],
    ["no file is meant", { ...remark, path: null }],
    ["it is of another kind", { ...remark, kind: "security" as const }],
    ["other text is cited", { ...remark, quote: "out.end();" }],
    ["nothing is cited", { ...remark, quote: null }],
  ])("changes when %s", (_name, other) => {
    expect(findingId(other)).not.toBe(findingId(remark));
  });

  it("takes numbers in a quote for lines and counts, which move", () => {
    const at = (line: number) => ({ ...remark, quote: null, title: `Line ${line} leaks a handle` });
    expect(findingId(at(14))).toBe(findingId(at(27)));
  });

  it.each(["}", "  });", "", " \n", "42"])("does not rest on a quote that stands everywhere: %j", (quote) => {
    const two = [
      { ...remark, quote, title: "The handle leaks" },
      { ...remark, quote, title: "The error is swallowed" },
    ];
    expect(new Set(two.map(findingId)).size).toBe(2);
  });

  it("is stable under white space, case and digits, whatever the text", () => {
    const text = fc.string({ minLength: 8, unit: "grapheme-ascii" });
    fc.assert(
      fc.property(fc.constantFrom(...findingKindSchema.options), text, fc.nat(), (kind, quote, digits) => {
        const loose = ` ${quote.toUpperCase().split("").join(" ")}\n${digits}`;
        expect(findingId({ ...remark, kind, quote: loose })).toBe(findingId({ ...remark, kind, quote }));
        expect(findingId({ ...remark, kind, quote })).toMatch(/^F-[0-9a-f]{8}$/);
      }),
    );
  });
});

describe("saying the same in other words", () => {
  const remark = {
    kind: "implementation" as const,
    path: "src/csv.js",
    quote: null,
    title: "Quotes in cells are not escaped",
  };
  it.each([
    ["the same title", {}, true],
    ["other words, same things", { title: "Cells with quotes remain unescaped: quotes must be escaped" }, true],
    ["the same line", { title: "Output breaks", quote: "  return cells.join(',')" }, true],
    ["another thing in the file", { title: "An empty header row crashes the export" }, false],
    ["one shared word", { title: "Cells are joined twice" }, false],
    ["the same words about another file", { path: "src/tsv.js" }, false],
  ])("%s", (_name, over, same) => {
    const quoted = "quote" in over ? { ...remark, quote: "return cells.join(',')" } : remark;
    expect(saysTheSame(quoted, { ...remark, ...over })).toBe(same);
  });
});

it.each([
  ["**Blocker: Quotes are lost** · `F-11111111` · Reviewer", "F-11111111"],
  ["**Concern: The check is missing, see `F-22222222`** · `F-11111111` · Adversary", "F-11111111"],
  ["**Concern: an odd ` in the title** · `F-11111111` · Adversary", "F-11111111"],
  ["Why?", null],
])("names the finding that a comment is about, and not one in its title: %s", (headline, id) => {
  expect(findingNamedIn(headline)).toBe(id);
});
