import { describe, expect, it } from "@jest/globals";
import { almostCommand } from "./almost-command.ts";
import { processorTime } from "../../../test/support/processor-time.ts";

describe("what looks like a command", () => {
  it.each([
    ["**/coop approve**", "/coop approve"],
    ["`/coop approve`", "/coop approve"],
    ["_/coop park_", "/coop park"],
    ["@cooperations /coop approve", "/coop approve"],
    ["@coop[bot], /coop status", "/coop status"],
    ["@coop approve", "/coop approve"],
    ["@coop[bot]: status", "/coop status"],
    ["- /coop approve", "/coop approve"],
    ["1. /coop park\n", "/coop park"],
    ["- [ ] /coop approve", "/coop approve"],
    ["\u200b/coop approve", "/coop approve"],
    ["\u200f/coop approve\u200f", "/coop approve"],
    ["\u2067/coop approve\u2069", "/coop approve"],
    ["\ufeff/coop retry", "/coop retry"],
    ["／coop approve", "/coop approve"],
    ["\\coop approve", "/coop approve"],
    ["/coop\u3000approve", "/coop approve"],
    ["\u3000／coop\u3000rework\u3000名前", "/coop rework 名前"],
    ["/coop\u202fapprove", "/coop approve"],
    ["/ coop approve", "/coop approve"],
    ["/coop: approve", "/coop approve"],
    ["/coop-approve", "/coop approve"],
    ["coop approve", "/coop approve"],
    ["# /coop status", "/coop status"],
    ["Please /coop approve", "/coop approve"],
    ["LGTM! /coop approve", "/coop approve"],
    ["ok, @coop approve", "/coop approve"],
    ["<b>/coop approve</b>", "/coop approve"],
    ["Looks right to me, thanks.\n\n/coop approve", "/coop approve"],
    ["Two things:\r\n/coop rework Keep the flag.", "/coop rework Keep the flag."],
  ])("%j is answered with %j", (body, meant) => expect(almostCommand(body)).toBe(meant));

  it.each([
    ["a command", "/coop approve"],
    ["talk about one", "`/coop approve` merges it."],
    ["talk about the bot", "coop is nice"],
    ["talk that begins politely", "Please say /coop approve"],
    ["polite talk about one", "Thanks, /coop approve merges it."],
    ["a heading about one", "## /coop approve and what it does"],
    ["a path", "Please /cooper/approve"],
    ["a list of commands", "- /coop approve\n- /coop park"],
    ["a list that explains", "- /coop approve merges it"],
    ["talk to somebody of a like name", "@coopers approve"],
    ["a thank you", "@coop thanks"],
    ["a quote", "> /coop approve\n\nWhy did it do that?"],
    ["code", "It answers to this:\n\n```\n/coop approve\n```\n"],
    ["indented code", "Say\n\n    /coop approve"],
    ["a slip that only looks like one", "**/coop aprove**"],
    ["nothing", ""],
    ["one long line", `${"/coop ".repeat(20_000)}`],
  ])("%s is left alone", (_what, body) => expect(almostCommand(body)).toBeNull());

  it("takes no longer for what is made to take long", () => {
    const taken = processorTime();
    for (const one of ["*", "`", "@a ", "\u200b", "/coop", " "]) almostCommand(one.repeat(60_000));
    expect(taken.ms()).toBeLessThan(5_000);
  });
});
