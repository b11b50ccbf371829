import { Writable } from "node:stream";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { ledgerKeys } from "../../src/core/ledger/ledger-keys.ts";
import { guardBody, guardPlain } from "../../src/hygiene/outgoing.ts";
import { guardText, holdsKnownSecret } from "../../src/hygiene/redact.ts";
import { seen } from "../../src/hygiene/seen.ts";
import { serverLog } from "../../src/log.ts";
import { readMarker, withMarker } from "../../src/messages/marker.ts";
import { looseJson } from "../../src/models/loose-json.ts";
import { rendered } from "../../src/web/markdown.ts";
import { aTicketLedger } from "../support/builders.ts";

/** A property that nothing can break holds nothing: so in each input stands a word, where it must not come out. */
const numRuns = Number(process.env.FUZZ_RUNS ?? 10_000);
const holds = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void) =>
  fc.assert(fc.property(arbitrary, check), { numRuns });

const HIDDEN = "SECRETLY";
const tags = [...HIDDEN].map((char) => String.fromCodePoint(0xe0000 + char.charCodeAt(0))).join("");

/** Blocks of a page of which a reader sees nothing, and pieces of a line. Each ends what it begins. */
const HIDING_BLOCKS: readonly ((word: string) => string)[] = [
  (word) => `<!-- ${word} -->`,
  (word) => `<!--\n${word}\n\n-->`,
  (word) => `<div hidden>\n\n${word}\n\n</div>`,
  (word) => `<p style="color:#fff">${word}</p>`,
  (word) => `<details><summary></summary>\n\n${word}\n\n</details>`,
  (word) => `<template>\n\n${word}\n\n</template>`,
  (word) => `[//]: # (${word})`,
  (word) => `[${word}]: http://x`,
  (word) => `[^unused]: ${word}`,
  (word) => `| a |\n|---|\n| b | ${word} |`,
  (word) => `\`\`\`js ${word}\nx\n\`\`\``,
  (word) => `~~~geojson\n{"a": "${word}"}\n~~~`,
  (word) => `\`\`\`mermaid\ngraph TD\n%% ${word}\nA\n\`\`\``,
  (word) => `\`\`\`mermaid\ngraph TD\n${word}long[a]\n\`\`\``,
  (word) => `\`\`\`math\n\\phantom{${word}}\n\`\`\``,
  (word) => `<?x ${word} ?>`,
  (word) => `<!-- x --\u200b> ${word} -->`,
  (word) => `\`\`\u00ad\`\n<!-- ${word} -->`,
  (word) => "<ul><li>".repeat(30) + word + "</li></ul>".repeat(30),
];
const HIDING_PIECES: readonly ((word: string) => string)[] = [
  (word) => `<!-- ${word} -->`,
  (word) => `<span hidden>${word}</span>`,
  (word) => `<rp>${word}</rp>`,
  (word) => "<sub>".repeat(6) + word + "</sub>".repeat(6),
  (word) => "<kbd><sup>".repeat(5) + word + "</sup></kbd>".repeat(5),
  (word) => `[x](http://y/${word})`,
  (word) => `[x](y "${word}")`,
  (word) => `![${word}](x)`,
  (word) => `<b title="> ${word}">x</b>`,
  (word) => `$\\phantom{${word}}$`,
  (word) => `https://github.com/o/r/issues/5?x=${word}`,
  () => tags,
];
/** What stands around them, and does not change what they are. */
const NOISE = ["and", "*so*", "_it_", "**on**", "`code`", "<b>x</b>", "&amp;", "é", "😀", "1.", "$5", "(a)", "@bob", "#1", "\\*", "[x]", ":-)", "a\u200bb"]; // prettier-ignore

const line = fc.array(fc.constantFrom(...NOISE), { maxLength: 5 }).map((words) => `w ${words.join(" ")}`);
const hidingLine = fc
  .tuple(line, fc.constantFrom(...HIDING_PIECES), line)
  .map(([before, hide, after]) => `${before} ${hide(HIDDEN)} ${after}`);
const hidingBlock = fc.oneof(
  fc.constantFrom(...HIDING_BLOCKS).map((hide) => hide(HIDDEN)),
  hidingLine,
);
const nested = (block: string, by: string) =>
  block
    .split("\n")
    .map((one, index) => (by === "> " || index === 0 ? by : "  ") + one)
    .join("\n");
const container = fc.constantFrom("", "", "> ", "- ");
const hidingPage = fc
  .array(
    fc.oneof(
      line,
      fc.tuple(container, hidingBlock).map(([by, block]) => (by ? nested(block, by) : block)),
    ),
    { minLength: 1, maxLength: 6 },
  ) // prettier-ignore
  .map((blocks) => blocks.join("\n\n"));

describe("canaries in a page", () => {
  it("what is hidden, in whatever it stands, reaches no model; and a second look changes nothing", () => {
    holds(hidingPage, (page) => {
      const shown = seen(page, "page");
      expect(shown).not.toMatch(/SECRETLY|[\u{e0000}-\u{e007f}]/u);
      expect(seen(shown, "page")).toBe(shown);
    });
  });

  it("what is seen reaches it, whatever is hidden in between", () => {
    const words = fc.array(fc.tuple(line, fc.option(hidingBlock)), { minLength: 1, maxLength: 5 });
    holds(words, (blocks) => {
      const page = blocks.map(([words, hiding], index) => `visible${index} ${words}${hiding ? `\n\n${hiding}` : ""}`);
      const shown = seen(page.join("\n\n"), "page");
      for (const index of blocks.keys()) expect(shown).toContain(`visible${index}`);
    });
  });
});

const CANARY = "Zq7-Canary_9f3KxW2mTbLr8Vd5Yh1Ns6Pj0";
const FOREIGN = "ghp_a8Kd93jfQw72LmZx0PqR5tYvB6nM1cXs9Wz3";
const codes = (text: string, spell: (code: number) => string, sign: string) =>
  [...text].map((char) => spell(char.charCodeAt(0))).join(sign);
/** Ways to write a key. The first few keep letters as they are, so that others can be put on top. */
const DRESSES: readonly ((key: string) => string)[] = [
  (key) => key,
  (key) => `_${key}_`,
  (key) => `x\\n${key}`,
  (key) => `\u001b[32m${key}\u001b[0m`,
  (key) => `%20${key}`,
  (key) => key.replace(/[_-]/g, "\\$&"),
  (key) => `${key.slice(0, 9)}**${key.slice(9, 20)}**${key.slice(20)}`,
  (key) => `"${key.slice(0, 15)}" +\n  "${key.slice(15)}"`,
  (key) => `${key.slice(0, 12)}\n> ${key.slice(12)}`,
  (key) => [...key].join(" "),
  (key) => [...key].join("\u200b"),
  (key) => Buffer.from(key).toString("base64"),
  (key) => Buffer.from(key).toString("hex"),
  (key) => Buffer.from(key, "utf16le").toString("base64"),
  (key) => [...key].reverse().join(""),
  (key) => codes(key, String, ", "),
  (key) => codes(key, (code) => `%${code.toString(16)}`, ""),
  (key) => codes(key, (code) => `&#${code};`, ""),
  (key) => codes(key, (code) => `\\u00${code.toString(16)}`, ""),
];
const WORDS = ["the", "log says", "diff --git a/x b/x", "+", "`", "**", "<b>", "- ", "\n", "\n\n", "| a |", "0f3c1ab", "=", ":", "é", "[redacted]"]; // prettier-ignore
const words = fc.array(fc.constantFrom(...WORDS), { maxLength: 6 }).map((all) => all.join(" "));
const dress = fc.constantFrom(...DRESSES);

describe("canaries in what goes out", () => {
  const options = { secrets: [CANARY], mayMention: () => false, linkHosts: ["github.com"] };
  const gates: readonly ((text: string) => string)[] = [
    (text) => guardText(text, options.secrets).text,
    (text) => guardBody(text, options).text,
    (text) => guardPlain(text, options).text,
  ];

  it("no secret of this server leaves by any gate, in whatever dress", () => {
    holds(fc.tuple(words, dress, words), ([before, wear, after]) => {
      for (const gate of gates) {
        const out = gate(`${before} ${wear(CANARY)} ${after}`);
        expect(holdsKnownSecret(out, options.secrets)).toBe(false);
        expect(out).not.toContain(wear(CANARY).slice(4, -4));
      }
    });
  });

  it("nor somebody else's", () => {
    holds(fc.tuple(words, dress, words), ([before, wear, after]) => {
      for (const gate of gates) {
        const out = gate(`${before} ${wear(FOREIGN)} ${after}`);
        expect(out).not.toContain(wear(FOREIGN).slice(4, -4));
        expect(out).not.toContain(FOREIGN.slice(20));
      }
    });
  });

  it("nor by the log, however deep it stands", () => {
    const deep = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        dress.map((wear) => wear(CANARY)),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom("a", "header", "url", "error"), tie("value"), { maxKeys: 3 }),
      ),
    })).value;
    holds(deep, (value) => {
      let out = "";
      const sink = new Writable({ write: (chunk: Buffer, _encoding, done) => done(void (out += chunk.toString())) });
      serverLog("info", [CANARY], sink).info({ value }, "told");
      expect(out).not.toBe("");
      expect(out).not.toContain(CANARY);
      expect(holdsKnownSecret(out, options.secrets)).toBe(false);
    });
  });
});

describe("canaries in what others wrote for a program", () => {
  const key = ledgerKeys("a ledger secret for the fuzzer");
  const entries = aTicketLedger("end", { key }).slice(0, 2);
  const genuine = withMarker("The plan: add a flag.", entries, key);

  it("a marker with one sign changed, left out or put in is not genuine", () => {
    expect(readMarker(genuine, key).state).toBe("genuine");
    const place = fc.nat(genuine.trimEnd().length - 1);
    holds(fc.tuple(place, fc.constantFrom("a", "0", "-", ".", "/", " x", ""), fc.boolean()), ([at, by, isInstead]) => {
      const body = genuine.slice(0, at) + by + genuine.slice(at + (isInstead ? 1 : 0));
      // Empty lines before it are no part of what was said.
      if (body.replace(/\n+(?=<!-- coop)/, "\n\n") === genuine) return;
      expect(readMarker(body, key).state).not.toBe("genuine");
    });
  });

  it("a page of this server runs nothing", () => {
    const piece = fc.constantFrom("<script>alert(1)</script>", '<img src=x onerror="alert(1)">', "[x](javascript:alert(1))", "[x](JaVa\tScript:alert(1))", "<iframe src=//x>", "![x](javascript:a)", "<a href='javascript:a'>", '"><svg onload=a>', "[x](data:text/html,<b>)", "```html\n<script>\n```", "`<script>`", ...NOISE, "\n", "\n\n"); // prettier-ignore
    holds(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const { html } = rendered(pieces.join(" "));
      expect(html).not.toMatch(
        /<(?:script|img|iframe|svg)\b|<[^>]*\son\w+\s*=|(?:href|src)="(?!https?:|#|\/|mailto:)/i,
      );
    });
  });

  it("JSON gives no object another prototype", () => {
    const value = fc.constantFrom('{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}', '{"a":{"__proto__":{"polluted":1}}}', "{'__proto__':{'polluted':1,}}"); // prettier-ignore
    holds(fc.tuple(words, value, words), ([before, json, after]) => {
      const read = looseJson(`${before} ${json} ${after}`);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      expect((read as { polluted?: unknown } | null | undefined)?.polluted).toBeUndefined();
    });
  });
});
