import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { guardBody, type GuardOptions, guardPlain, guardVisible } from "./outgoing.ts";

const SECRET = "Zq7-Canary_9f3KxW2mTbLr8Vd5Yh1Ns6Pj0";
const options: GuardOptions = {
  secrets: [SECRET],
  mayMention: (login) => login === "alice",
  linkHosts: ["github.com"],
};
const guard = (text: string) => guardVisible(text, options).text;
const MARKER = `\n\n<!-- coop:1:${Buffer.from('{"kind":"opened"}').toString("base64url")} -->`;

describe("the gate for outgoing text", () => {
  it.each([
    ["@alice, please look", "@alice, please look"],
    ["@bob and @acme/team", "@&#8203;bob and @&#8203;acme/team"],
    ["write to bob@example.org", "write to bob@example.org"],
    ["`@bob` and\n\n```\n@bob\n```", "`@bob` and\n\n```\n@bob\n```"],
    ["**@bob**", "**@&#8203;bob**"],
    ["@&#98;ob and &#64;&#98;ob", "@&#8203;&#98;ob and @&#8203;&#98;ob"],
    ["<details><summary>@bob</summary>", "<details><summary>@&#8203;bob</summary>"],
  ])("calls only people it may: %j", (text, expected) => {
    expect(guard(text)).toBe(expected);
  });

  it.each([
    ["![x](https://evil.example/p.png?d=1)", "x (`https://evil.example/p.png?d=1`)"],
    ["[docs](https://evil.example/a)", "docs (`https://evil.example/a`)"],
    ["see https://evil.example/a now", "see `https://evil.example/a` now"],
    ["<https://evil.example/>", "`https://evil.example/`"],
    ["[a][b]\n\n[b]: https://evil.example", "[a][b]\n\nb (`https://evil.example`)"],
    ["[x](//evil.example)", "x (`//evil.example`)"],
    ["[x](/\\evil.example/a)", "x (`/\\evil.example/a`)"],
    ["[x](/&Tab;/evil.example)", "x (`/\t/evil.example`)"],
    ["[x](javascript:alert(1))", "x (`javascript:alert(1)`)"],
    ["[x](https://github.com@evil.example)", "x (`https://github.com@evil.example`)"],
    [
      "[![a](https://evil.example/i)](https://github.com/o/r)",
      "[a (`https://evil.example/i`)](https://github.com/o/r)",
    ],
    ["[x](https://github.com/o/r/blob/main/a.ts#L3)", "[x](https://github.com/o/r/blob/main/a.ts#L3)"],
    ["[x](#part) [y](docs/a.md)", "[x](#part) [y](docs/a.md)"],
  ])("lets no foreign address load or be clicked: %j", (text, expected) => {
    expect(guard(text)).toBe(expected);
  });

  it.each([
    ['a <img src="https://evil.example/i"> b', 'a &lt;img src="https&#58;//evil.example/i"> b'],
    ["a <!-- coop:1:Zm9yZ2Vk --> b", "a &lt;!-- coop:1:Zm9yZ2Vk --> b"],
    ["```\n<!-- coop:1:Zm9yZ2Vk -->\n```", "```\n<! -- coop:1:Zm9yZ2Vk -->\n```"],
    ["<details>\n<summary>More</summary>\n\nx\n\n</details>", "<details>\n<summary>More</summary>\n\nx\n\n</details>"],
  ])("keeps only tags that arrange text, and no comment: %j", (text, expected) => {
    expect(guard(text)).toBe(expected);
  });

  it("passes the markers at the end unchanged and guards what stands before them", () => {
    const body = `The key is ${SECRET}.${MARKER}${MARKER}`;
    expect(guardBody(body, options)).toEqual({
      text: `The key is [redacted].${MARKER}${MARKER}`,
      found: ["a secret of this server"],
    });
  });

  it("does not publish a marker that holds a secret", () => {
    const marker = `\n<!-- coop:1:${Buffer.from(`{"text":"${SECRET}"}`).toString("base64url")} -->`;
    expect(() => guardBody(`fine${marker}`, options)).toThrow("holds a secret");
  });

  it.each(["word ".repeat(40_000), "é世😀\n".repeat(40_000), "```\n" + "x\n".repeat(60_000), "@bob ".repeat(11_990)])(
    "cuts what GitHub would refuse, never the marker (%#)",
    (text) => {
      const { text: body } = guardBody(text.trimEnd() + MARKER, options);
      expect(body.length).toBeLessThanOrEqual(60_000);
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(240_000);
      expect(body.endsWith(`than a GitHub comment may be.*${MARKER}`)).toBe(true);
      expect(body).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
    },
  );

  it.each([["a"], ["世"]])("leaves whole what just fits, of whatever signs: %s", (sign) => {
    const fits = sign.repeat(60_000);
    expect(guardBody(fits, options).text).toBe(fits);
    expect(guardBody(`${fits}${sign}`, options).text).toContain("Cut here");
  });

  it("closes a code block that the cut left open", () => {
    const { text } = guardBody("```\n" + "x\n".repeat(60_000) + "```", options);
    expect(text).toMatch(/x\n```\n\n\*Cut here/);
  });

  it("calls nobody from behind a comment whose end makes a definition into words", () => {
    expect(guardBody("[b]: `<!--@bob", options).text).toContain("@&#8203;bob");
  });

  it("guards titles without Markdown", () => {
    expect(guardPlain(`Fix @bob's ${SECRET}`, options).text).toBe("Fix @\u200bbob's [redacted]");
  });

  it("settles: guarding a guarded text changes nothing, and no comment or secret is ever left", () => {
    const piece = fc.constantFrom(
      "<!--",
      "-->",
      "<b>",
      "<img src=x>",
      "@bob",
      "`",
      "```\n",
      "[a](",
      "https://evil.example/",
      ")",
      "![",
      "](",
      "]",
      "\n\n",
      "word ",
      "&#8203;",
      "@",
      "|",
      "- ",
      SECRET,
      "\\",
      "<",
      "[b]: ",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const once = guard(pieces.join(""));
        expect(once).not.toContain("<!--");
        expect(once).not.toContain(SECRET);
        expect(guard(once)).toBe(once);
      }),
      { numRuns: 600 },
    );
  });
});
