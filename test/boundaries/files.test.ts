import { describe, it, expect } from "@jest/globals";
import { parsePlan } from "../../src/cli/proof/plan.ts";
import { parseTicket } from "../../src/desk/ticket-file.ts";
import { commitMessage, pullTitle } from "../../src/messages/pull.ts";
import { objectsIn } from "../../src/models/balanced.ts";
import { looseJson } from "../../src/models/loose-json.ts";
import { retryAfterMs } from "../../src/models/retry-after.ts";
import { decode } from "../../src/trees/encoding.ts";
import { isInLfs } from "../../src/trees/lfs.ts";
import { meantPath } from "../../src/trees/meant-path.ts";
import { checkPath } from "../../src/trees/paths.ts";
import { OPENED, ticketOf } from "../support/ledgers.ts";
import { holdBoundaries } from "../support/limit-on-page.ts";

const text = (length: number) => "x".repeat(length);
const list = <T>(length: number, one: (at: number) => T) => Array.from({ length }, (_, at) => one(at));
/** Words, and not one long one. */
const words = (length: number) => "word ".repeat(length).slice(0, length - 1) + "x";

describe("files and their names", () => {
  const paths = "src/trees/paths.ts";
  const path = (length: number) => `${"folder/".repeat(30)}${text(length - 210)}`;

  holdBoundaries([
    [`${paths} PATH_CHARS_MAX`, (n) => checkPath(path(n)).outcome, "ok", "refused"],
    [`${paths} NAME_BYTES_MAX`, (n) => checkPath(`${"é".repeat(20)}${text(n - 40)}`).outcome, "ok", "refused"],
    ["src/trees/meant-path.ts SAID_CHARS_MAX", (n) => meantPath(`./${text(n - 2)}`, new Set([text(n - 2)])) !== null, true, false], // prettier-ignore
    ["src/trees/encoding.ts SNIFFED_BYTES", (n) => decode(Buffer.from(`${text(n - 1)}\0${text(9)}`)) === null, true, false], // prettier-ignore
    ["src/trees/lfs.ts LINES_MAX", (n) => isInLfs("a.psd", [{ folder: "", text: `${"#\n".repeat(n - 1)}*.psd filter=lfs` }]), true, false], // prettier-ignore
    ["src/trees/lfs.ts PATTERN_CHARS_MAX", (n) => isInLfs("a.psd", [{ folder: "", text: `${"*".repeat(n - 4)}.psd filter=lfs` }]), true, false], // prettier-ignore
  ]);
});

describe("tickets and plans that people write", () => {
  const plan = "src/cli/proof/plan.ts";
  const given = (value: object) => parsePlan(JSON.stringify({ files: ["a.ts"], ...value }), "plan.json").outcome;
  const refusedAs = (value: string) => {
    const read = parseTicket(value);
    return typeof read === "string" ? "refused" : read.title.length;
  };

  holdBoundaries([
    ["src/desk/ticket-file.ts TICKET_CHARS_MAX", (n) => refusedAs(`T\n${text(n - 2)}`), 1, "refused"],
    ["src/desk/ticket-file.ts TITLE_CHARS_MAX", (n) => refusedAs(text(n)), (n: number) => n, (n: number) => n - 1],
    [`${plan} TEXT_CHARS_MAX`, (n) => given({ goal: text(n) }), "read", "refused"],
    [`${plan} FILES_MAX`, (n) => given({ files: list(n, (at) => `f${at}.ts`) }), "read", "refused"],
    [`${plan} TESTS_MAX`, (n) => given({ tests: list(n, (at) => `t${at}`) }), "read", "refused"],
    [`${plan} LINES_MAX`, (n) => given({ verification: list(n, (at) => `v${at}`) }), "read", "refused"],
  ]);
});

describe("what git and GitHub show of a change", () => {
  const titled = (title: string) => {
    const ticket = ticketOf(...OPENED);
    return { ...ticket, text: { ...ticket.text, title } };
  };
  const subject = (title: string) => commitMessage(titled(title), 0).split("\n")[0];

  holdBoundaries([
    ["src/messages/pull.ts TITLE_CHARACTERS_MAX", (n) => pullTitle(titled(words(n))).endsWith("…"), false, true],
    ["src/messages/pull.ts SUBJECT_CHARACTERS_MAX", (n) => subject(words(n))?.endsWith("…"), false, true],
  ]);

  it("is never longer than what they show whole", () => {
    expect(pullTitle(titled(words(500))).length).toBeLessThanOrEqual(100);
    expect(subject(words(500))?.length).toBeLessThanOrEqual(72);
  });
});

describe("what models and their servers say", () => {
  const nested = (levels: number) => `${"[".repeat(levels)}1,${"]".repeat(levels)}`;

  holdBoundaries([
    ["src/models/retry-after.ts RETRY_AFTER_MAX_MS", (n) => retryAfterMs(new Headers({ "retry-after-ms": String(n) }), 0), (n: number) => n, (n: number) => n - 1], // prettier-ignore
    ["src/models/balanced.ts STARTS_MAX", (n) => objectsIn(`${"{ ".repeat(n - 1)}{"a":1}`).length, 1, 0],
    ["src/models/loose-json.ts DEPTH_MAX", (n) => looseJson(nested(n)) !== undefined, true, false],
  ]);
});
