import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { allLimits, LIMITS_PAGE, limitsIn, limitsPage } from "./limits.ts";

describe("docs/limits.md", () => {
  it("has every limit with its number", () => {
    const asSeen = readFileSync(LIMITS_PAGE, "utf8").split("\n");
    const asWritten = limitsPage().split("\n");
    const differing = (some: string[], others: string[]) => some.filter((line) => !others.includes(line));
    const differences = { page: differing(asSeen, asWritten), sources: differing(asWritten, asSeen) };
    // A number that differs was changed on purpose, and `npm run limits` writes it down; or by mistake, and this is where it is seen.
    expect(differences).toEqual({ page: [], sources: [] });
    expect(asSeen).toEqual(asWritten);
  });
});

describe("limits", () => {
  /** What a minute is nobody has to explain. */
  const UNIT = /^(?:MINUTE|HOUR|DAY|WEEK)_MS$|^MB$/;

  it("say why that number, each or with those right above", () => {
    const silent = allLimits().filter(({ name, why, joined }) => why === "" && !joined && !UNIT.test(name));
    expect(silent.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
  });
});

describe("limits in a source", () => {
  const found = (text: string) => limitsIn("src/a.ts", text).map(({ name, value, why }) => ({ name, value, why }));

  it("are constants whose name says that they are limits, with the comment above them", () => {
    const text = [
      "/** Nobody reads more. */",
      "export const SHOWN_MAX = 1_0;",
      "const PORT = 80;",
      "const WAIT_MS_MAX = 2 * 60_000;",
    ];
    expect(found(text.join("\n"))).toEqual([
      { name: "SHOWN_MAX", value: 10, why: "Nobody reads more." },
      { name: "WAIT_MS_MAX", value: 120_000, why: "" },
    ]);
  });

  it("are worked out from one another, and a comment over a gap is not theirs", () => {
    expect(found("/** Of the file. */\n\nconst A_MAX = 4;\nconst B_MAX = (A_MAX + 2) / 3 - 2 ** 1;")).toEqual([
      { name: "A_MAX", value: 4, why: "" },
      { name: "B_MAX", value: 0, why: "" },
    ]);
  });

  it("are not guessed where a number needs another file", () => {
    expect(found('import { A } from "./a.ts";\nconst B_MAX = A * 2;')).toEqual([]);
  });
});
