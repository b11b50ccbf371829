import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { sentenceFor } from "../../messages/reasons/sentence.ts";
import { BUDGET_RAISE_USD_MAX, COMMANDS, INSTRUCTION_CHARACTERS_MAX, parseCommand } from "./command.ts";
import { COMMANDS_IN_COMMENT_MAX, commandsIn } from "./command-lines.ts";
import type { WhyCode } from "./why.ts";
import { processorTime } from "../../../test/support/processor-time.ts";

const said = (body: string) => {
  const parsed = parseCommand(body);
  return parsed.outcome === "command" ? parsed.command : parsed.outcome;
};

describe("what is a command", () => {
  it.each([
    ["/coop approve", { verb: "approve" }],
    ["/coop approve\r\n\r\nLooks right to me.", { verb: "approve" }],
    ["/coop approve\n\n> /coop stop", { verb: "approve" }],
    ["/coop \t approve \t ", { verb: "approve" }],
    ["/coop APPROVE", { verb: "approve" }],
    ["/coop park", { verb: "park" }],
    ["\n \n/coop approve", { verb: "approve" }],
    ["   /coop approve", { verb: "approve" }],
    ["/Coop approve", { verb: "approve" }],
    ["/coop\u00a0approve", { verb: "approve" }],
    ["/coop approve\u00a0", { verb: "approve" }],
    ["/coop assign Reviewer = opus", { verb: "assign", role: "reviewer", model: "opus" }],
    ["/coop rework Keep the old flag.", { verb: "rework", text: "Keep the old flag." }],
    ["/coop rework\nKeep the old flag.\nAnd test it.", { verb: "rework", text: "Keep the old flag.\nAnd test it." }],
    ["/coop rework Two things:\r\n1. a\r\n2. b", { verb: "rework", text: "Two things:\n1. a\n2. b" }],
    [
      "/coop rework `--json` ist kaputt, bitte prüfen 🙏",
      { verb: "rework", text: "`--json` ist kaputt, bitte prüfen 🙏" },
    ],
    ["/coop answer Yes, only for CSV.", { verb: "answer", text: "Yes, only for CSV." }],
    ["/coop assign reviewer=gpt-5.5", { verb: "assign", role: "reviewer", model: "gpt-5.5" }],
    ["/coop assign implementer=org/model:q4", { verb: "assign", role: "implementer", model: "org/model:q4" }],
    ["/coop budget +2.50", { verb: "budget", addMicroUsd: 2_500_000 }],
    ["/coop budget +$5", { verb: "budget", addMicroUsd: 5_000_000 }],
    [`/coop budget +${BUDGET_RAISE_USD_MAX}`, { verb: "budget", addMicroUsd: BUDGET_RAISE_USD_MAX * 1_000_000 }],
    ["/coop skip 2", { verb: "skip", part: 2 }],
    ["/coop skip Part 12", { verb: "skip", part: 12 }],
    ["/coop budget +0.000001", { verb: "budget", addMicroUsd: 1 }],
  ])("%j", (body, command) => {
    expect(said(body)).toEqual(command);
  });
});

describe("what is not a command and gets no answer", () => {
  it.each([
    [""],
    ["Thanks!\n/coop approve"],
    ["    /coop approve"],
    ["\t/coop approve"],
    ["> /coop approve"],
    [">/coop approve"],
    ["- /coop approve"],
    ["1. /coop approve"],
    ["# /coop approve"],
    ["```\n/coop approve\n```"],
    ["~~~\n/coop approve\n~~~"],
    ["`/coop approve`"],
    ["**/coop approve**"],
    ["<!-- x -->/coop approve"],
    ["<!-- x -->\n/coop approve"],
    ["<!--\n/coop approve\n-->"],
    ["<details>\n/coop approve\n</details>"],
    ["[/coop approve](https://example.com)"],
    ["\\/coop approve"],
    ["//coop approve"],
    ["/coopapprove"],
    ["/coop-approve"],
    ["/coop: approve"],
    ["/сoop approve"],
    ["/cοοp approve"],
    ["/coop\u200b approve"],
    ["\u200b/coop approve"],
    ["\ufeff/coop approve"],
    ["\u202e/coop approve"],
    ["／coop approve"],
    ["@coop approve"],
    ["/cooperate approve"],
    ["Please do not say /coop approve yet."],
  ])("%j", (body) => {
    expect(said(body)).toBe("none");
  });
});

describe("what is meant as a command and answered with what is wrong", () => {
  it.each([
    ["/coop"],
    ["/coop   "],
    ["/coop skip"],
    ["/coop skip #22"],
    ["/coop skip 2 because"],
    ["/coop\napprove"],
    ["/coop aprove"],
    ["/coop approve!"],
    ["/coop approve now"],
    ["/coop approve /coop stop"],
    ["/coop аpprove"],
    ["/coop par\u212a"],
    ["/coop approve\u200b"],
    ["/coop constructor"],
    ["/coop __proto__"],
    ["/coop answer"],
    ["/coop assign"],
    ["/coop assign reviewer"],
    ["/coop assign boss=opus"],
    ["/coop assign reviewer=opus please"],
    ["/coop budget"],
    ["/coop budget 5"],
    ["/coop budget -5"],
    ["/coop budget +0"],
    ["/coop budget +1e9"],
    ["/coop budget +NaN"],
    ["/coop budget +٥"],
    [`/coop budget +${BUDGET_RAISE_USD_MAX + 1}`],
    ["/coop stop stop"],
  ])("%j", (body) => {
    const parsed = parseCommand(body);
    expect(parsed.outcome === "malformed" && sentenceFor(parsed.why)).toMatch(/\/coop/);
  });

  it.each<[string, WhyCode, string | null]>([
    ["/coop aprove", "verb-unknown", "approve"],
    ["/coop approve!", "verb-unknown", "approve"],
    ["/coop appr", "verb-unknown", "approve"],
    ["/coop stauts", "verb-unknown", "status"],
    ["/coop re", "verb-unknown", null],
    ["/coop launch", "verb-unknown", null],
    ["/coop assign reviwer=opus", "assignment-malformed", "/coop assign reviewer=opus"],
    ["/coop assign boss=opus", "assignment-malformed", null],
    ["/coop budget 5", "amount-malformed", "/coop budget +5"],
    ["/coop budget -5", "amount-malformed", null],
    ["/coop \u200fapprove", "almost-a-command", "/coop approve"],
    ["/coop approve\u200e", "almost-a-command", "/coop approve"],
    ["/coop Assign\u061c reviewer=opus", "almost-a-command", "/coop Assign reviewer=opus"],
    ["/coop status \u2069", "almost-a-command", "/coop status"],
    ["/coop \u200faprove", "verb-unknown", "approve"],
  ])("%j suggests what was probably meant", (body, code, meant) => {
    expect(parseCommand(body)).toMatchObject({ outcome: "malformed", why: { code, facts: { meant } } });
  });
});

describe("several commands in one comment", () => {
  it.each<[string, string[]]>([
    ["/coop retry\n/coop status", ["/coop retry", "/coop status"]],
    [
      "/coop assign implementer=opus\r\n\r\n/coop rework Use a map.\nAnd test it.",
      ["/coop assign implementer=opus", "/coop rework Use a map.\nAnd test it."],
    ],
    ["/coop retry\nThanks!\n/coop stop", ["/coop retry\nThanks!\n/coop stop"]],
    ["/coop retry\n> /coop stop", ["/coop retry\n> /coop stop"]],
    ["/coop retry\n```\n/coop stop\n```", ["/coop retry\n```\n/coop stop\n```"]],
    ["/coop retry\n<!--\n/coop stop\n-->", ["/coop retry\n<!--\n/coop stop\n-->"]],
    ["/coop retry\n    /coop stop", ["/coop retry\n    /coop stop"]],
    ["Thanks!\n/coop retry", []],
  ])("%j", (body, parts) => {
    expect(commandsIn(body)).toEqual(parts);
  });

  it("are not without end", () => {
    expect(commandsIn("/coop status\n".repeat(50))).toHaveLength(COMMANDS_IN_COMMENT_MAX + 1);
  });
});

describe("the table of commands", () => {
  it("parses its own examples, each to its own verb", () => {
    for (const row of COMMANDS) expect(parseCommand(row.example)).toMatchObject({ outcome: "command", row });
  });

  it("has one row a verb, and only looking is free", () => {
    expect(new Set(COMMANDS.map((row) => row.verb)).size).toBe(COMMANDS.length);
    expect(COMMANDS.filter((row) => row.needs === "read").map((row) => row.verb)).toEqual([
      "status",
      "explain",
      "help",
    ]);
  });
});

describe("the parser", () => {
  it("takes only comments whose first word is /coop, whatever the comment", () => {
    const body = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: "binary" }).map((text) => `/coop ${text}`),
      fc
        .array(fc.constantFrom("/coop", " ", "approve", "\n", ">", "`", "rework", "\t", "\u00a0"))
        .map((all) => all.join("")),
    );
    fc.assert(
      fc.property(body, (text) => {
        const parsed = parseCommand(text);
        if (parsed.outcome !== "none") expect(text).toMatch(/^\s*\/coop/i);
      }),
    );
  });

  it("caps an instruction", () => {
    const parsed = said(`/coop rework ${"x".repeat(20_000)}`);
    expect(parsed).toMatchObject({ verb: "rework" });
    expect(JSON.stringify(parsed).length).toBeLessThan(INSTRUCTION_CHARACTERS_MAX + 100);
  });

  it.each([
    ["blanks", `/coop${" ".repeat(60_000)}`],
    ["blanks and a word", `/coop a${" ".repeat(60_000)}b`],
    ["blanks and a line separator", `/coop${" ".repeat(60_000)}\u2028x`],
    ["blanks and a no-break space", `/coop${" ".repeat(60_000)}\u00a0x`],
    ["tabs", `/coop${"\t ".repeat(30_000)}\n${"\n".repeat(5000)}`],
  ])("reads 60,000 %s in no time", (_name, body) => {
    const taken = processorTime();
    parseCommand(body);
    // Quadratic patterns took 3,000 ms here; the bound leaves room for a busy machine.
    expect(taken.ms()).toBeLessThan(500);
  });
});
