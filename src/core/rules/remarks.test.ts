import { describe, expect, it } from "@jest/globals";
import { APPROVED, draft, READY, ticketOf } from "../../../test/support/ledgers.ts";
import { saysSomething, SEE_INLINE, withRemarks } from "./remarks.ts";

const said = { by: "maria", source: "comment:1", inline: [] };
const note = { id: 4, path: "src/a.ts", line: 3, text: "Breaks callers that pass null." };

describe("what a review says", () => {
  it.each([
    "LGTM",
    "lgtm!",
    "Looks good to me 👍",
    "Thanks!",
    "Nice work, thank you.",
    "👍🏽",
    ":tada:",
    " ",
    "Ship it 🚀",
  ])("%j asks for nothing", (text) => expect(saysSomething(text)).toBe(false));
  it.each([
    "LGTM, but callers pass null",
    "nice try",
    "Why?",
    "Thanks, please add a test",
    "Bitte prüfen",
    "nit: typo",
  ])("%j is something to ask about", (text) => expect(saysSomething(text)).toBe(true));
});

describe("a rework", () => {
  const remarked = draft("remarked", { text: "Please handle null.", comments: [note] });

  it("takes up reviews that were said before it", () => {
    const ticket = ticketOf(...READY, remarked);
    expect(withRemarks(ticket, said, "")).toEqual({ text: "Please handle null.", comments: [note] });
    expect(withRemarks(ticket, said, "And undefined.").text).toBe("And undefined.\n\nPlease handle null.");
    expect(withRemarks(ticketOf(...READY, draft("remarked", { text: "", comments: [note] })), said, "")).toEqual({
      text: SEE_INLINE,
      comments: [note],
    });
  });

  it("says the same when it is replayed from what was recorded", () => {
    const ticket = ticketOf(...READY, remarked);
    const first = withRemarks(ticket, said, "And undefined.");
    expect(withRemarks(ticket, { ...said, inline: first.comments }, first.text)).toEqual(first);
  });

  it("takes each review up once, and none where there is none", () => {
    const after = ticketOf(...READY, remarked, draft("rework_requested"));
    expect(after.remarks).toEqual([]);
    expect(withRemarks(ticketOf(...APPROVED), said, "")).toEqual({ text: "", comments: [] });
  });
});
