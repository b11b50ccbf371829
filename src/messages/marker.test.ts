import { randomBytes } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { aDraft, aTicketLedger, entriesOf, TEST_KEY } from "../../test/support/builders.ts";
import { rawOf } from "../core/ledger/entry.ts";
import { ledgerKeys } from "../core/ledger/ledger-keys.ts";
import { macOf } from "../core/ledger/seals.ts";
import { BODY_CHARACTERS_MAX } from "./cut-comment.ts";
import { isReplyTo, isStatusOf, openMarker, readMarker, replyMarker, statusMarker, ticketMarker, ticketOfBody, visiblePart, withMarker } from "./marker.ts"; // prettier-ignore

const entries = aTicketLedger("planned");
const visible = "### Plan\n\nSome words.";
const body = withMarker(visible, entries, TEST_KEY);
const marker = body.slice(body.lastIndexOf("\n") + 1);
const other = withMarker("Other words.", entries, TEST_KEY);
const read = (text: string) => readMarker(text, TEST_KEY);

/** A marker whose payload is signed by us but holds what we would never write. */
function signed(payload: string): string {
  const zeros = "0".repeat(64);
  return `x\n\n<!-- coop:ledger v1 ${payload} ${macOf(TEST_KEY.macKeys[0] ?? Buffer.alloc(0), `ledger-marker:${payload}`)}.${zeros} -->`;
}

describe("the ledger marker", () => {
  it("gives back the entries it was given, and leaves the text as it is", () => {
    expect(read(body)).toEqual({ state: "genuine", entries });
    expect(visiblePart(body)).toBe(visible);
  });

  it.each([
    ["CRLF, as GitHub's editor sends it", body.replaceAll("\n", "\r\n")],
    ["blanks at line ends and at the end", `${body.replace("Some words.", "Some words.  ")}\n \n`],
  ])("takes %s for the same text", (_name, text) => {
    expect(read(text).state).toBe("genuine");
  });

  it.each([
    ["a comment without one", "Just words, `coop:ledger`.", "none"],
    ["a changed readable part", body.replace("Some words", "Other words"), "edited"],
    ["a removed readable part", marker, "edited"],
    ["a genuine marker under another text", `${visible}\n\n${other.slice(other.lastIndexOf("\n") + 1)}`, "edited"],
    ["two markers", `${body}\n\n${marker}`, "forged"],
    ["a marker in a quotation", body.replace("<!--", "> <!--"), "forged"],
    ["a marker in a closed fence", `\`\`\`\n${marker}\n\`\`\``, "forged"],
    ["a marker in a fence left open", `\`\`\`\n${marker}`, "forged"],
    ["an indented marker", `    ${marker}`, "forged"],
    ["text after the marker", `${body}\nmore`, "forged"],
    ["a marker of another version", body.replace(" v2 ", " v3 "), "forged"],
    ["no payload at all", "<!-- coop:ledger -->", "forged"],
    ["a bomb", signed(deflateRawSync(Buffer.alloc(60_000_000, 32)).toString("base64url").slice(0, 59_000)), "forged"],
    ["a payload that is no deflate stream", signed("AAAA"), "forged"],
    ["a payload that holds no entries", signed(deflateRawSync("[]").toString("base64url")), "forged"],
    ["a payload of something else", signed(deflateRawSync('[{"v":1}]').toString("base64url")), "forged"],
  ])("reads %s", (_name, text, state) => {
    expect(read(text).state).toBe(state);
  });

  it.each(["```ts\nconst a = 1;\n```", "````md\n```\n````\n\nWords.", "~~~\n```\n~~~", "```\n``` no end\n````"])(
    "is genuine behind a code block that is closed: %j",
    (text) => {
      expect(read(withMarker(text, entries, TEST_KEY)).state).toBe("genuine");
    },
  );

  it("is unpacked up to a million bytes", () => {
    const packed = JSON.stringify(entries.map(rawOf));
    const padded = (bytes: number) => signed(deflateRawSync(packed.padEnd(bytes)).toString("base64url"));
    expect([openMarker(padded(1_000_000)), openMarker(padded(1_000_001))]).toMatchObject([
      { entries },
      "its ledger marker holds no entries",
    ]);
  });

  it("is not believed under another key", () => {
    expect(readMarker(body, ledgerKeys("another secret")).state).toBe("forged");
  });

  it("is never genuine with one character of it changed", () => {
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.constantFrom("A", "z", "0", "-", "\n"), (at, by) => {
        fc.pre(body[at] !== by && !/\s/.test(body[at] ?? "") && by !== "\n");
        expect(read(body.slice(0, at) + by + body.slice(at + 1)).state).not.toBe("genuine");
      }),
    );
  });
});

describe("a body that would be too long", () => {
  const long = Array.from({ length: 900 }, (_, at) => `Paragraph ${at}. ${"words ".repeat(20)}`).join("\n\n");

  it("is cut at a paragraph, says so, and keeps its marker whole", () => {
    const cut = withMarker(`<details><summary>x</summary>\n\n${long}`, entries, TEST_KEY);
    expect(cut.length).toBeLessThanOrEqual(BODY_CHARACTERS_MAX);
    expect(read(cut)).toEqual({ state: "genuine", entries });
    expect(visiblePart(cut)).toMatch(
      /words\n\n<\/details>\n\n\*This comment is longer .* complete in its hidden marker\.\*$/,
    );
  });

  it("keeps within the bytes too, when every character takes several", () => {
    const cut = withMarker(long.replace(/[a-z]/g, "語").replaceAll(" ", "😀"), entries, TEST_KEY);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(240_000);
    expect(read(cut).state).toBe("genuine");
  });

  it("is not cut inside a fence", () => {
    const fenced = `before\n\n\`\`\`\n${long}\n\`\`\``;
    expect(visiblePart(withMarker(fenced, entries, TEST_KEY))).toMatch(/^before\n\n\*This comment/);
  });

  it("still carries the largest entry there can be, though nothing of it compresses", () => {
    const noise = () => randomBytes(1_000).toString("base64url");
    const comments = Array.from({ length: 20 }, (_, id) => ({ id, path: "a", line: 1, text: noise() }));
    const entry = aDraft("rework_requested", { instructions: noise() + noise(), comments });
    const largest = entriesOf([aDraft("opened"), entry]).slice(1);
    const full = withMarker(long, largest, TEST_KEY);
    expect(full.length).toBeLessThanOrEqual(BODY_CHARACTERS_MAX);
    expect(read(full)).toEqual({ state: "genuine", entries: largest });
  });
});

describe("names by which the bot finds its own writing", () => {
  it("are found on a line of their own, and for their own ticket only", () => {
    expect(isStatusOf(`Words\r\n\r\n${statusMarker("acme/tally#12")}`, "acme/tally#12")).toBe(true);
    expect(isStatusOf(`Words\n\n${statusMarker("acme/tally#12")}`, "acme/tally#1")).toBe(false);
    expect(isStatusOf(`> ${statusMarker("acme/tally#12")}`, "acme/tally#12")).toBe(false);
    expect(isReplyTo(replyMarker("comment:5"), "comment:5")).toBe(true);
  });

  it("cannot be left by what they name", () => {
    expect(replyMarker("label:--> <b>")).toMatch(/^<!-- coop:reply sha256:[0-9a-f]{64} -->$/);
  });

  it.each([
    ["its own marker", `Closes #12\n\n${ticketMarker("acme/tally#12")}`, "acme/tally#12"],
    ["two of them", `${ticketMarker("acme/tally#12")}\n${ticketMarker("acme/tally#13")}`, null],
    ["something else", "<!-- coop:ticket nonsense -->", null],
    ["nothing", "Words", null],
  ])("a pull request's body with %s", (_name, text, key) => {
    expect(ticketOfBody(text)).toBe(key);
  });
});
