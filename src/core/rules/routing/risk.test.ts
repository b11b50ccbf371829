import { describe, expect, it } from "@jest/globals";
import { clarityOf } from "./clarity.ts";
import { riskOf } from "./risk.ts";
import { readTicket } from "./text.ts";

const TOLD = {
  title: "Add a flag",
  prose: "",
  raw: "",
  labels: [] as readonly string[],
  namedPaths: [] as readonly string[],
  isLarge: false,
  isText: false,
};

describe("risk", () => {
  it.each([
    "Add TOTP as a second factor",
    "Users stay logged in after logout",
    "Authorisation is not checked on /export",
    "Refunding an order takes two clicks",
    "Customers are charged twice",
    "Deleting a project leaves its files",
    "Purge old accounts",
    "Migrate the schema online",
    "Remove what's deprecated",
    "Races between two workers",
    "Deadlocked after close()",
    "Rotate the API tokens",
    "Encrypted backups",
    "Certificates are accepted after their end date",
    "Somebody else's orders can be read",
    "Empty the board with one click",
    "Both workers do it at the same time",
    "Show it to customers who are not allowed to see it",
    "Change the column type of orders",
    "Passwort wird im Protokoll angezeigt",
    "Carte bancaire débitée deux fois",
    "Someone who was made a viewer keeps on editing",
    "Stock goes below zero during sales",
    "Notes are gone after closing the window",
    "Open in two editors, whichever writes last wins",
    "Documents of a hidden group are visible to others",
    "HTML in comments is executed",
    "Everything is back to defaults after the update",
    "用户数据被删除",
    "Points are credited twice when a friend signs up",
    "Remove unused accounts",
    "Remove unused columns of the orders table",
    "Bank statements of other customers are shown",
    "ログアウトできない",
  ])("%s is high by its title", (title) => {
    expect(riskOf({ ...TOLD, title }).risk).toBe("high");
  });

  it.each([
    "Show the author of a page",
    "The dropdown is cut off",
    "Update the lockfile",
    "Tokenizer drops the last line",
    "Add a flag for the colour",
    "Migrate the eslint config",
    "Remove a link that is old",
    "Traceback on startup",
    "Waits for a key at the prompt",
    "The legend disappears",
    "删除未使用的工具函数",
    "Supprimer le code mort",
    "Notes in the margin are too small",
    "The menu is gone",
    "An empty folder is shown with an arrow",
    "Two tests check the colour",
    "Memory leak after reopening the map",
    "Map marker points to the wrong place",
    "Replace print statements with a logger",
    "Remove unused imports",
    "Remove an unused dependency",
    "Links point to the old wiki",
    "Popup location is off by ten pixels",
  ])("%s is low", (title) => {
    expect(riskOf({ ...TOLD, title }).risk).toBe("low");
  });

  it.each([
    ["medium", "Check the permissions first.", [], false],
    ["medium", "Permissions, permissions and permissions.", [], false],
    ["high", "Permissions and payments may change; take a lock.", [], false],
    ["medium", "", [], true],
    ["medium", "", ["db/migrations/1.sql"], false],
    ["high", "Permissions.", ["src/auth/a.ts"], false],
    ["low", "This does not touch permissions, and there is no schema change.", [], false],
    ["medium", "This touches permissions.", [], false],
  ] as const)("is %s by the text %j, paths %j", (risk, prose, paths, isLarge) => {
    expect(riskOf({ ...TOLD, prose, namedPaths: paths, isLarge }).risk).toBe(risk);
  });
});

describe("risk that two words tell together", () => {
  const prose = `Notes are kept by day. ${"A day has hours. ".repeat(60)}`;

  it("is told where a ticket says what it is about", () => {
    expect(riskOf({ ...TOLD, prose: "The stock of Monday reverted." })).toEqual({
      risk: "medium",
      why: [
        expect.stringMatching(/^deletion \("stock … reverted"\) \+\d\.\d+$/),
        expect.stringMatching(/^the text speaks of buying and selling \("stock"\) \+\d\.\d+$/),
      ],
      signals: [
        { name: "deletion-pair", word: "stock … reverted" },
        { name: "trades-text", word: "stock" },
      ],
    });
    expect(riskOf({ ...TOLD, prose: `${prose} The toolbar reverted.` }).risk).toBe("low");
  });

  it("is counted once with the same danger in other words", () => {
    expect(riskOf({ ...TOLD, prose: "Notes are gone, deleted, wiped." }).risk).toBe("medium");
  });
});

describe("risk of documents", () => {
  it("is not what they write about, but what else changes", () => {
    expect(riskOf({ ...TOLD, title: "Explain how permissions work", isText: true }).risk).toBe("low");
    expect(riskOf({ ...TOLD, isText: true, namedPaths: ["src/auth/a.ts"] }).risk).toBe("medium");
  });
});

describe("clarity", () => {
  it.each([
    ["Something is wrong", "please fix"],
    ["broken", ""],
    ["It doesn't work on my machine", "Installed it as told. Doesn't work. What can I do?"],
    ["improve UX", "The UX could be improved"],
    ["Fix the card payment bug in checkout", ""],
    ["Workers do not give the memory back", "### Describe the bug\n\n_No response_\n\n### Steps\n\n_No response_"],
    [
      "Please fix",
      "## Describe the bug\nA clear and concise description of what the bug is.\n## To Reproduce\n1. Go to '...'",
    ],
  ])("%s: %j is unclear", (title, body) => {
    expect(clarityOf(readTicket(title, body)).clarity).toBe("unclear");
  });

  it.each([
    ["Add a switch for json on stdout", ""],
    ["2FA", "With an authenticator app and time based one-time passwords."],
    ["On Windows shells colours don't work", "(screenshot)"],
    ["parse() returns NaN", ""],
    ["导出的文件打不开", ""],
    ["Crash", "```\npanic: runtime error\n```"],
    [
      "Dates are off",
      "### Describe the bug\nDates are a day late in the export of a month.\n\n### Environment\n_No response_",
    ],
  ])("%s: %j is clear", (title, body) => {
    expect(clarityOf(readTicket(title, body)).clarity).toBe("clear");
  });
});
