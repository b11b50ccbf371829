import { relative } from "node:path";
import { afterEach, expect, it } from "@jest/globals";
import { gitIn, repositoryWith, standUp } from "../../test/support/desk.ts";
import { historyOf } from "./clone-history.ts";

afterEach(standUp);

it("is read from where the command was given, with the parents and files of each commit", async () => {
  const folder = repositoryWith({ "a.txt": "a\n" });
  const first = gitIn(folder, "rev-parse", "HEAD");
  gitIn(folder, "commit", "-q", "--allow-empty", "-m", "two");
  const commits = await historyOf(relative(process.cwd(), folder), process.env["PATH"] ?? "");
  expect(commits.map(({ parents, author, message, files }) => [parents, author, message.trim(), files])).toEqual([
    [[first], "mona", "two", []],
    [[], "mona", "one", ["a.txt"]],
  ]);
});
