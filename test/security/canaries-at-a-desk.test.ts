import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "@jest/globals";
import { fold } from "../../src/core/ticket/fold.ts";
import type { Ticket } from "../../src/core/ticket/ticket.ts";
import { formatReview, REVIEW_FORMATS } from "../../src/cli/review-report.ts";
import { guardText, holdsKnownSecret } from "../../src/hygiene/redact.ts";
import { type Seat, sitDown, standUp } from "../support/desk.ts";
import { theSandbox } from "../support/scenario.ts";
import { GREETER, loudStory, NAMELESS, REVIEWS_ONLY, sees } from "../support/stories.ts";
import { telling } from "../support/telling.ts";

/** Models that know every secret of a desk and say them wherever they can: none may come out where anybody reads. */
afterEach(standUp);

const MODEL_KEY = "sk-ant-a-key-of-7Yq2mW9xK4";
const GIVEN = {
  ANTHROPIC_API_KEY: MODEL_KEY,
  GITHUB_TOKEN: "t0ken-0f-Mona-8Zr5vN1c",
  PGPASSWORD: "Pg-W0rd-of-3Hs6kD0a",
};
/** A test that prints what it was given, put together so that the repository itself holds nothing. */
const TURNED = [...MODEL_KEY].map((sign) => sign.charCodeAt(0) ^ 5).join();
const PRINTING = `${GREETER["test/greet.test.js"]}console.log([${TURNED}].map((one) => String.fromCharCode(one ^ 5)).join(""));\n`;
const GATED = {
  ...GREETER,
  "test/greet.test.js": PRINTING,
  ".github/coop.yml": `planGate: always\n${REVIEWS_ONLY[".github/coop.yml"]}`,
};

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name));
}

/** Of the journal, which holds what models answered, word for word, exports are made; they are redacted. */
async function rowsOf({ desk }: Seat): Promise<Record<string, string>> {
  const tables = await desk.database.query<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'");
  const read = tables
    .filter(({ name }) => name !== "journal" && !name.startsWith("sqlite_"))
    .map(async ({ name }) => [name, JSON.stringify(await desk.database.query(`SELECT * FROM "${name}"`))] as const);
  return Object.fromEntries(await Promise.all(read));
}

function placedIn(ticket: Ticket, [path = ""]: readonly string[]): Ticket {
  const findings = [...ticket.findings].map(
    ([id, one]) => [id, { ...one, finding: { ...one.finding, path } }] as const,
  );
  return { ...ticket, findings: new Map(findings) };
}

it("no secret of the desk is in its pages, handoffs, rows, branches or reports", async () => {
  const before = { ...process.env };
  Object.assign(process.env, GIVEN);
  try {
    const seat = await sitDown(GATED);
    const secrets = [seat.desk.home.secret, ...Object.values(GIVEN)];
    const collab = join(seat.folder, "collab");
    const number = await seat.begin({ collab });
    const doubt = sees("reviewer", undefined, { findings: [{ ...NAMELESS, severity: "concern" }] });
    const models = telling(loudStory(doubt), secrets);
    const at = { cast: { secrets: Object.values(GIVEN) }, room: { sandbox: await theSandbox(), preparer: null } };
    await seat.work(number, models, at);
    await seat.work(number, models, { ...at, yes: ["plan", "merge"] });

    const texts: Record<string, string> = await rowsOf(seat);
    for (const path of [...filesBelow(collab), ...filesBelow(seat.desk.home.collab(number))])
      texts[path] = readFileSync(path, "utf8");
    const branch = seat.git("for-each-ref", "--format=%(refname)", "refs/heads/coop");
    texts["commits"] = seat.git("log", "--all", "-p", "--format=%B%an%ae%N");
    const entries = await seat.desk.ledgers.read(seat.desk.key(number));
    const ticket = fold(entries.slice(0, entries.findLastIndex(({ kind }) => kind === "reviewed") + 1));
    if (!ticket) throw new Error("Nobody reviewed it");
    const shown = (path: string) => guardText(path, secrets).text;
    const places = { changed: [`src/${MODEL_KEY}.js`], tree: new Map(), shown };
    for (const format of REVIEW_FORMATS) {
      texts[`coop review --format ${format}`] = formatReview(ticket, format, places);
      texts[`coop review --format ${format}, a place`] = formatReview(placedIn(ticket, places.changed), format, places);
    }

    expect(texts["coop review --format sarif"]).toContain("[redacted]");
    const printed = Object.keys(texts).filter((name) => name.includes("artifacts"));
    expect(printed.map((name) => texts[name])).toContainEqual(expect.stringContaining("[redacted]"));
    expect(branch).toContain("coop/");
    expect(Object.keys(texts).filter((name) => name.includes("handoffs")).length).toBeGreaterThan(3);
    expect(Object.values(texts).join("\n")).toContain("[redacted]");
    expect(Object.keys(texts).filter((name) => holdsKnownSecret(texts[name] ?? "", secrets))).toEqual([]);
  } finally {
    process.env = before;
  }
});
