import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { boardFoot, boardLines, type BoardRow, changeJson, changeLine } from "../../src/cli/watch-board.ts";
import { deskSource, repositoryAt } from "../../src/cli/watch-sources.ts";
import { gitIn, repositoryWith, sitDown, standUp } from "../support/desk.ts";
import { loudStory } from "../support/stories.ts";

afterEach(standUp);

const NOW = new Date("2026-11-27T12:00:00.000Z");
const ROW: BoardRow = {
  ...{ repository: "greeter", ticket: "#1", phase: "implementing", work: "running", last: "Plan approved" },
  ...{ cost: "$0.0123", costMicroUsd: 12_300, changedAt: "2026-11-27T11:58:00.000Z", title: "Be loud", next: null },
};
const WIDE = { columns: 120, rows: 24 };
const unpainted = (_format: string, text: string) => text;

describe("the board", () => {
  it("shows those first that wait for a person, and the commands that go on", () => {
    const rows: BoardRow[] = [
      { ...ROW, ticket: "#1" },
      { ...ROW, ticket: "#2", phase: "merged", work: "none", changedAt: "2026-11-26T11:00:00.000Z" },
      { ...ROW, ticket: "#3", phase: "ready", work: "none", next: "coop resume 3 --yes merge" },
      { ...ROW, ticket: "#4", work: "none", next: "coop resume 4", changedAt: "2026-11-27T11:59:50.000Z" },
      { ...ROW, ticket: "#5", phase: "merged", words: "Approved", work: "none", changedAt: "2026-11-26T10:00:00.000Z" },
      { ...ROW, repository: "octo/app", ticket: "#40", phase: "parked", work: "unknown" },
    ];
    expect([...boardLines(rows, NOW, unpainted, WIDE), "", ...boardFoot(rows)]).toEqual([
      "Repository  Ticket  State                          Cost  Changed    Title",
      "greeter     #3      Ready to merge              $0.0123  2 min ago  Be loud",
      "greeter     #4      Interrupted (implementing)  $0.0123  10 s ago   Be loud",
      "greeter     #1      Implementing                $0.0123  2 min ago  Be loud",
      "octo/app    #40     Parked                      $0.0123  2 min ago  Be loud",
      "greeter     #2      Merged                      $0.0123  1 d ago    Be loud",
      "greeter     #5      Approved                    $0.0123  1 d ago    Be loud",
      "",
      "6 tickets: 2 waiting for you, 1 running, 1 parked, 2 done",
      "greeter #3: coop resume 3 --yes merge",
      "greeter #4: coop resume 4",
    ]);
  });

  it("fits into its window, and a title cannot draw on it", () => {
    const rows = Array.from({ length: 40 }, (_, n) => ({
      ...ROW,
      ticket: `#${n}`,
      title: `\x1b[2J${"long ".repeat(40)}`,
    }));
    const lines = boardLines(rows, NOW, unpainted, { columns: 60, rows: 20 });
    expect(lines.length).toBeLessThanOrEqual(20);
    expect(lines.at(-1)).toMatch(/^… and \d+ more$/);
    expect(lines.filter((line) => line.length > 60 || line.includes("\x1b"))).toEqual([]);
  });

  it.each([
    ["50 columns, in lines of their own", 50, 3],
    ["80 columns, a line a ticket", 80, 15],
  ])("shows all that matters of a ticket in %s", (_what, columns, fitting) => {
    const row = { ...ROW, phase: "question" as const, title: "Add a loud option to greet, so that it carries across a hall" }; // prettier-ignore
    const once = boardLines([row, row], NOW, unpainted, { columns, rows: Infinity });
    const live = boardLines([row, row], NOW, unpainted, { columns, rows: 24 });
    for (const lines of [once, live]) {
      expect(lines.filter((line) => line.length > columns)).toEqual([]);
      expect(lines.join(" ").match(/#1|Waiting for an answer|\$0\.0123|2 min ago|Add a loud/g)).toHaveLength(10);
    }
    expect(once.join(" ").replace(/\s+/g, " ")).toContain(
      "Add a loud option to greet, so that it carries across a hall",
    );
    // As many as the window has lines for, and the rest is counted.
    const many = boardLines(Array.from({ length: 40 }, () => row), NOW, unpainted, { columns, rows: 24 }); // prettier-ignore
    expect(many.length).toBeLessThanOrEqual(24);
    expect(many.filter((line) => line.includes("#1")).length).toBeGreaterThanOrEqual(fitting);
    expect(many.at(-1)).toMatch(/^… and \d+ more$/);
  });

  it("tells a change in one line, or in one object", () => {
    const row = { ...ROW, phase: "question" as const, title: "Be\nloud", next: 'coop resume 1 --say "your answer"' };
    expect(changeLine(row)).toBe(
      'greeter #1 Waiting for an answer $0.0123 Plan approved (Be loud). Go on with: coop resume 1 --say "your answer"',
    );
    expect(JSON.parse(changeJson(row))).toMatchObject({ event: "ticket", ticket: "#1", phase: "question", turn: "person", costMicroUsd: 12_300 }); // prettier-ignore
  });
});

describe("a repository on the board", () => {
  const sourceAt = async (folder: string) => {
    const found = await repositoryAt(folder);
    if (typeof found === "string") throw new Error(found);
    return deskSource(found);
  };

  it("shows its tickets as they go on, and who works on them", async () => {
    const seat = await sitDown();
    const source = await sourceAt(seat.folder);
    const number = await seat.begin();
    await seat.work(number, loudStory());
    const repository = basename(seat.folder);
    const waiting = {
      repository,
      ticket: "#1",
      phase: "ready",
      work: "none",
      next: "coop resume 1 --yes merge",
    };
    expect(await source.look()).toMatchObject([waiting]);
    // Another process has taken the ticket: this one stands for it.
    writeFileSync(join(seat.folder, ".git/coop/locks/1.lock"), JSON.stringify({ pid: process.pid, started: null }));
    expect(await source.look()).toMatchObject([{ ...waiting, work: "running", next: null }]);
    // It died.
    writeFileSync(join(seat.folder, ".git/coop/locks/1.lock"), JSON.stringify({ pid: 2 ** 30, started: null }));
    expect(await source.look()).toMatchObject([waiting]);
    await seat.work(number, loudStory(), { yes: ["plan", "merge"] });
    expect(await source.look()).toMatchObject([{ phase: "merged", words: "Approved", next: null }]);
    await source.close();
  });

  it("is empty before its first ticket, and looking leaves nothing behind", async () => {
    const folder = repositoryWith({ "a.txt": "a\n" });
    const source = await sourceAt(folder);
    expect(await source.look()).toEqual([]);
    expect(gitIn(folder, "status", "--porcelain", "--ignored")).toBe("");
    expect(await repositoryAt(join(folder, ".git"))).toMatchObject({ home: join(folder, ".git") });
  });

  it("says what is wrong with a database that cannot be read", async () => {
    const folder = repositoryWith({ "a.txt": "a\n" });
    mkdirSync(join(folder, ".git/coop"));
    writeFileSync(join(folder, ".git/coop/desk.sqlite"), "no database at all, but long enough to look like one");
    expect(await (await sourceAt(folder)).look()).toMatch(/cannot be opened|not a database/);
  });
});
