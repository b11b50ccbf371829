import { describe, expect, it } from "@jest/globals";
import { readTicket } from "./text.ts";

const FORM = `### Checklist

- [x] I have read the documentation
- [X] I searched for existing issues

### Describe the bug

A clear and concise description of what the bug is.

### To Reproduce

_No response_

### Environment

- OS: Ubuntu 24.04
- Version: 1.2.3
`;

describe("what a person wrote", () => {
  it("is nothing in a form that nobody filled in", () => {
    const reading = readTicket("It dies", FORM);
    expect(reading.prose).toBe("");
    expect(reading.forms).toEqual(new Set(["bug"]));
    expect(reading).toMatchObject({ reports: true, hasEnvironment: true, hasCode: false, headings: 4 });
  });

  it.each([
    ["a sentence", "It shows nothing.", "It shows nothing."],
    ["a heading of a form", "## Expected behavior\nIt closes.", "It closes."],
    ["a bold heading", "**Describe the solution you'd like**\nA flag.", "A flag."],
    ["a heading that says something", "# All my posts say 1 January today", "All my posts say 1 January today"],
    ["a box of the author", "- [ ] names of the files", "names of the files"],
    ["a box that a form makes people tick", "- [x] I have searched the documentation", ""],
    ["a placeholder", "_No response_\nN/A\nnone", ""],
    ["a template's sentence", "Add any other context about the problem here.", ""],
    ["code", "Run\n```\ndocs readme typo\n```\nagain", "Run\nagain"],
    ["an open fence", "Run\n~~~\nrefactor", "Run"],
    ["inline code", "The `docs` flag", "The   flag"],
    ["a path", "See src/docs/guide/readme.txt for it", "See   for it"],
    ["an address", "See https://example.org/docs now", "See   now"],
    ["a link's text", "See [the page](https://example.org/docs)", "See the page"],
    ["a comment", "One <!-- Tell us what is wrong --> two", "One  two"],
    ["a comment without an end", "One <!-- docs", "One"],
    ["a line of a log", "2026-01-02 10:11:12 refactor failed\nat run (a.js:1:2)", ""],
    ["a version among facts", "- OS: macOS 14\nIt hangs.", "It hangs."],
  ])("of %s", (_name, body, prose) => {
    expect(readTicket("Title", body).prose.trim()).toBe(prose);
  });

  it.each([
    ["[Bug]: it dies", ["Bug"], "it dies"],
    ["[FEATURE] - Backups", ["FEATURE"], "Backups"],
    ["feat(cli): a flag", ["feat(cli)"], "a flag"],
    ["[ui] Docs: a page", ["ui", "Docs"], "a page"],
    ["Why it fails on a Monday: the cache", [], "Why it fails on a Monday: the cache"],
    ["[bug]", ["bug"], "[bug]"],
    ["std::vector is slow", [], "std::vector is slow"],
  ])("%s has tags", (title, tags, rest) => {
    expect(readTicket(title, "")).toMatchObject({ tags, title: rest });
  });

  it.each([
    ["a stack trace", "```\nTypeError: x is null\n    at f (a.js:1:2)\n```", { hasTrace: true, hasCode: true }],
    ["a panic", "panic: nil map", { hasTrace: true }],
    ["a picture", "![it](https://example.org/a.png)", { hasImage: true }],
    ["an empty fence", "```\n```", { hasCode: false, hasTrace: false }],
    ["a list", "- one thing\n- another\n1. third", { listItems: 3 }],
  ])("notes %s", (_name, body, noted) => {
    expect(readTicket("Title", body)).toMatchObject(noted);
  });
});

describe("the kind that a form asks for", () => {
  it.each([
    ["on the line of its question", "Type: <b>Feature Request</b>\n\nPlease.", ["Feature Request"]],
    ["below a heading", "### Issue type\n\nBug\n\n### Details", ["Bug"]],
    ["below a question of both", "**Do you want to request a *feature* or report a *bug*?**\n\nfeature", ["feature"]],
    ["with an article", "**Kind:** a bug", ["bug"]],
    [
      "in a sentence",
      "**Do you want to request a *feature* or report a *bug*?**\nI want to request a feature.",
      ["feature"],
    ],
    ["with something behind it", "### Issue type\nFeature / use case", ["Feature"]],
  ])("is a tag when it stands %s", (_where, body, tags) => {
    expect(readTicket("It is slow", body).tags).toEqual(tags);
  });

  it.each([
    "The type of the column is a feature of the schema.",
    "Type: string",
    "Kind of bug or feature? Who knows.",
    "Category: feature flags",
    "### Type of change\n- [ ] bug",
    "### Issue type\nbug? Maybe.",
    "### Issue type\nBug / feature",
  ])("is not what %j says", (body) => {
    expect(readTicket("It is slow", body).tags).toEqual([]);
  });
});

it("takes no headings of a form that asks for the kind for those of a form for bugs", () => {
  const body = "### Current behaviour\nIt is green.\n### How to reproduce\nLook.";
  expect([...readTicket("Colours", body).forms]).toEqual(["bug"]);
  expect([...readTicket("Colours", `### Issue type\nSupport\n${body}`).forms]).toEqual([]);
});
