import { mkdirSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { beginsAt, findRepository } from "../../src/desk/repository.ts";
import { parseTicket, TICKET_CHARS_MAX } from "../../src/desk/ticket-file.ts";
import { emptyFolder, gitIn, repositoryWith, standUp, writeIn } from "../support/desk.ts";

afterEach(standUp);

const FILES = { "a.txt": "a\n" };
const searchPath = process.env["PATH"] ?? "";

/** What a person is told in a folder: notes, then the refusal if there is one. */
async function toldIn(
  folder: string,
  base: string | null = null,
  path = searchPath,
  given?: string[],
): Promise<string[]> {
  const found = await findRepository({ folder, searchPath: path, temporary: tmpdir() });
  if (found.outcome === "refused") return [`refused: ${found.sentence}`];
  const begins = await beginsAt(found.repository, base, given);
  return [...found.repository.notes, ...(typeof begins === "string" ? [`refused: ${begins}`] : begins.notes)];
}

type Place = readonly [name: string, make: () => string, told: readonly RegExp[]];
const PLACES: readonly Place[] = [
  ["a clean repository", () => repositoryWith(FILES), []],
  ["no repository", emptyFolder, [/^refused: This folder is in no git repository: .*`git init`/]],
  [
    "no commits yet",
    () => {
      const folder = emptyFolder();
      gitIn(folder, "init", "-q");
      return folder;
    },
    [/^refused: This repository has no commits yet: .*git commit/],
  ],
  [
    "uncommitted changes",
    () => {
      const folder = repositoryWith(FILES);
      writeIn(folder, { "b.txt": "b\n" });
      return folder;
    },
    [/^Uncommitted changes are not seen: the work begins from commit [0-9a-f]{7}\./],
  ],
  [
    "files that were touched, and say the same",
    () => {
      const folder = repositoryWith({ "a.txt": "a\n", "b c.txt": "b\n" });
      for (const name of ["a.txt", "b c.txt"]) utimesSync(join(folder, name), 1, 1);
      return folder;
    },
    [],
  ],
  [
    "a change of as many letters",
    () => {
      const folder = repositoryWith(FILES);
      writeIn(folder, { "a.txt": "b\n" });
      utimesSync(join(folder, "a.txt"), 1, 1);
      return folder;
    },
    [/^Uncommitted changes are not seen:/],
  ],
  [
    "a detached head",
    () => {
      const folder = repositoryWith(FILES);
      gitIn(folder, "checkout", "-q", "--detach");
      return folder;
    },
    [/^HEAD is detached: the work begins from commit [0-9a-f]{7}/],
  ],
  [
    "a shallow clone",
    () => {
      const from = repositoryWith(FILES);
      gitIn(from, "commit", "-q", "--allow-empty", "-m", "two");
      const to = join(emptyFolder(), "clone");
      gitIn(from, "clone", "-q", "--depth=1", `file://${from}`, to);
      return to;
    },
    [/^This clone is shallow\./],
  ],
  [
    "a bare repository",
    () => {
      const to = join(emptyFolder(), "bare.git");
      const from = repositoryWith(FILES);
      gitIn(from, "clone", "-q", "--bare", from, to);
      return to;
    },
    [/^This repository is bare:/],
  ],
  [
    "a partial clone without its files",
    () => {
      const from = repositoryWith(FILES);
      gitIn(from, "config", "uploadpack.allowFilter", "true");
      const to = join(emptyFolder(), "clone");
      gitIn(from, "clone", "-q", "--filter=blob:none", "--no-checkout", `file://${from}`, to);
      return to;
    },
    [
      /^refused: This is a partial clone, and it lacks files of commit [0-9a-f]{7}: .*`git fetch --refetch --no-filter`/,
    ],
  ],
  [
    "a linked worktree",
    () => {
      const from = repositoryWith(FILES);
      const to = join(emptyFolder(), "linked");
      gitIn(from, "worktree", "add", "-q", "-b", "side", to);
      return to;
    },
    [/^This is a linked worktree\./],
  ],
  ["git's own folder", () => join(repositoryWith(FILES), ".git"), []],
  [
    "a broken index",
    () => {
      const folder = repositoryWith(FILES);
      writeIn(folder, { ".git/index": "rubbish" });
      return folder;
    },
    [/^Git cannot say whether anything is uncommitted .*The work begins from commit [0-9a-f]{7}\.$/],
  ],
  [
    "a broken setting",
    () => {
      const folder = repositoryWith(FILES);
      writeIn(folder, { ".git/config": "[broken\n" });
      return folder;
    },
    [/^refused: Git cannot read this repository \(bad config line 1 in file .*\)\. Mend that/],
  ],
  [
    "a .git file that leads nowhere",
    () => {
      const folder = emptyFolder();
      writeIn(folder, { ".git": "gitdir: /nowhere/at/all\n" });
      return folder;
    },
    [/^refused: Git cannot read this repository \(not a git repository: \/nowhere\/at\/all\)/],
  ],
  [
    "a lost commit",
    () => {
      const folder = repositoryWith(FILES);
      rmSync(join(folder, ".git/objects"), { recursive: true });
      mkdirSync(join(folder, ".git/objects"));
      return folder;
    },
    [/^refused: Commit [0-9a-f]{7}, where HEAD stands, is missing from this repository: `git fsck`/],
  ],
  [
    "a branch without commits beside one that has some",
    () => {
      const folder = repositoryWith(FILES);
      gitIn(folder, "checkout", "-q", "--orphan", "fresh");
      return folder;
    },
    [/^refused: The branch fresh has no commits yet: switch to one/],
  ],
  [
    "submodules",
    () => {
      const [part, whole] = [repositoryWith(FILES), repositoryWith(FILES)];
      gitIn(whole, "submodule", "--quiet", "add", part, "part");
      gitIn(whole, "commit", "-qm", "with a part");
      return whole;
    },
    [/^Submodules are not looked into:/],
  ],
];

describe("a place to work at", () => {
  it.each(PLACES)("says what there is to say: %s", async (_name, make, told) => {
    const said = await toldIn(make());
    expect(said).toHaveLength(told.length);
    said.forEach((sentence, index) => expect(sentence).toMatch(told[index] ?? /^$/));
  });

  it.each<[what: string, files: Readonly<Record<string, string>>, given: string[], warned: boolean]>([
    ["its own file", { "ticket.md": "t" }, ["ticket.md"], false],
    ["its own file in a folder of its own", { "tickets/1.md": "t" }, ["tickets/1.md"], false],
    ["its own file, which is committed and changed", { "a.txt": "ticket" }, ["./a.txt"], false],
    ["a file of another folder", {}, ["../ticket.md"], false],
    ["a name that git would read as a pattern", { "*.md": "t", "b.md": "b" }, ["*.md"], true],
    ["a pipe, and another file", { "b.txt": "b" }, [], true],
    ["its own file beside another one", { "tickets/1.md": "t", "tickets/2.md": "t" }, ["tickets/1.md"], true],
    ["its own file, and one that is changed", { "ticket.md": "t", "a.txt": "b" }, ["ticket.md"], true],
  ])("warns of what is not committed, but not of the ticket: %s", async (_what, files, given, warned) => {
    const folder = repositoryWith(FILES);
    writeIn(folder, files);
    expect(await toldIn(folder, null, searchPath, given)).toHaveLength(warned ? 1 : 0);
  });

  it("sees what is not committed from every folder inside, and no empty folder", async () => {
    const folder = repositoryWith({ ...FILES, "deep/b.txt": "b\n" });
    mkdirSync(join(folder, "empty"));
    expect(await toldIn(join(folder, "deep"))).toEqual([]);
    writeIn(folder, { "c.txt": "c\n" });
    expect(await toldIn(join(folder, "deep"))).toHaveLength(1);
    expect(await toldIn(join(folder, "deep"), null, searchPath, ["../c.txt"])).toEqual([]);
  });

  it("shares its folder among all worktrees, from every folder inside", async () => {
    const from = repositoryWith({ "deep/er/a.txt": "a\n" });
    const linked = join(emptyFolder(), "linked");
    gitIn(from, "worktree", "add", "-q", "-b", "side", linked);
    const homes = await Promise.all(
      [from, join(from, "deep/er"), linked].map(async (folder) => {
        const found = await findRepository({ folder, searchPath, temporary: tmpdir() });
        return found.outcome === "found" ? [found.repository.home, found.repository.name] : [];
      }),
    );
    expect(new Set(homes.map(String)).size).toBe(1);
  });

  it("says that there is no git, and that a base is none", async () => {
    const folder = repositoryWith(FILES);
    const bin = emptyFolder();
    symlinkSync("/bin/sh", join(bin, "sh"));
    expect(await toldIn(folder, null, bin)).toEqual([expect.stringMatching(/^refused: There is no git on the PATH/)]);
    expect(await toldIn(folder, "nowhere")).toEqual([
      expect.stringMatching(/^refused: --base "nowhere" is no commit here/),
    ]);
    expect(await toldIn(folder, "--all")).toEqual([
      expect.stringMatching(/^refused: --base "--all" is no commit here/),
    ]);
  });

  it("follows a branch and stays at a commit", async () => {
    const folder = repositoryWith(FILES);
    const sha = gitIn(folder, "rev-parse", "HEAD");
    gitIn(folder, "tag", "v1");
    const found = await findRepository({ folder, searchPath, temporary: tmpdir() });
    if (found.outcome === "refused") throw new Error(found.sentence);
    for (const [base, wanted] of [
      [null, "main"],
      ["main", "main"],
      ["v1", sha],
      [sha.slice(0, 8), sha],
      ["HEAD", sha],
    ] as const) {
      expect([base, await beginsAt(found.repository, base)]).toEqual([
        base,
        expect.objectContaining({ base: wanted, commitSha: sha }),
      ]);
    }
  });
});

describe("a ticket's file", () => {
  it.each([
    ["# Add a flag\n\nPlease.", { title: "Add a flag", body: "Please." }],
    ["\uFEFF\r\n  Add a flag ##\r\nPlease.\r\n", { title: "Add a flag", body: "Please." }],
    ["#42 is wrong", { title: "#42 is wrong", body: "" }],
    ["One line", { title: "One line", body: "" }],
    ["", expect.stringMatching(/is empty/)],
    ["  \n\t\n", expect.stringMatching(/is empty/)],
    ["# \n\ntext", expect.stringMatching(/no title/)],
    ["a\0b", expect.stringMatching(/is no text/)],
    ["###\n", "The ticket has no title: write it in its first line."],
    ["x".repeat(TICKET_CHARS_MAX + 1), expect.stringMatching(/has more than 65536 characters/)],
  ])("is read: %j", (text, wanted) => expect(parseTicket(text)).toEqual(wanted));

  it("keeps all of a first line that is too long for a title", () => {
    const parsed = parseTicket(`${"word ".repeat(80)}\n\nmore`);
    if (typeof parsed === "string") throw new Error(parsed);
    expect(parsed.title.length).toBeLessThanOrEqual(256);
    expect(parsed.title.endsWith("word…")).toBe(true);
    expect(parsed.body).toBe(`${"word ".repeat(80).trim()}\n\nmore`);
  });
});
