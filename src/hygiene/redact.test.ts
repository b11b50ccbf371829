import { describe, expect, it } from "@jest/globals";
import { guardText, holdsKnownSecret, REDACTED } from "./redact.ts";
import { processorTime } from "../../test/support/processor-time.ts";

const SECRET = "Zq7-Canary_9f3KxW2mTbLr8Vd5Yh1Ns6Pj0";
const SECRETS = [SECRET];
const bytes = [...Buffer.from(SECRET)];
const base64 = (text: string) => Buffer.from(text).toString("base64");
const reversed = [...SECRET].reverse().join("");

/** Ways a model could spell a secret so that a person could turn it back. */
const FORMS: Record<string, string> = {
  plain: SECRET,
  "in a sentence": `the key is ${SECRET}, keep it`,
  "base64, first alignment": base64(SECRET),
  "base64, second alignment": base64(`a${SECRET}b`),
  "base64, third alignment": base64(`ab${SECRET}c`),
  base64url: Buffer.from(SECRET).toString("base64url"),
  "base64 in base64": base64(base64(SECRET)),
  "hex, lower": Buffer.from(SECRET).toString("hex"),
  "hex, upper": Buffer.from(SECRET).toString("hex").toUpperCase(),
  "hex with colons": bytes.map((byte) => byte.toString(16)).join(":"),
  "hex with \\x": bytes.map((byte) => `\\x${byte.toString(16)}`).join(""),
  "hex with 0x": bytes.map((byte) => `0x${byte.toString(16)}`).join(", "),
  "unicode escapes": bytes.map((byte) => `\\u00${byte.toString(16)}`).join(""),
  "HTML entities, decimal": bytes.map((byte) => `&#${byte};`).join(""),
  "HTML entities, hex": bytes.map((byte) => `&#x${byte.toString(16)};`).join(""),
  "URL-encoded": encodeURIComponent(SECRET),
  "URL-encoded, every character": bytes.map((byte) => `%${byte.toString(16)}`).join(""),
  "JSON string": JSON.stringify({ key: SECRET }),
  reversed,
  "reversed, base64": base64(reversed),
  "reversed, hex": Buffer.from(reversed).toString("hex"),
  "base64, reversed": [...base64(SECRET)].reverse().join(""),
  "hex, base64": base64(Buffer.from(SECRET).toString("hex")),
  "hex, reversed": [...Buffer.from(SECRET).toString("hex")].reverse().join(""),
  "first seven characters cut": SECRET.slice(7),
  "last seven characters cut": SECRET.slice(0, -7),
  "spaces between": [...SECRET].join(" "),
  "a line each": [...SECRET].join("\n"),
  "zero-width between": [...SECRET].join("\u200b"),
  "as a JSON array": JSON.stringify([...SECRET]),
  "Markdown between": SECRET.replace(/(.{6})/g, "$1**"),
  "lower case": SECRET.toLowerCase(),
  "full width": [...SECRET]
    .map((char) => (/[A-Za-z0-9]/.test(char) ? String.fromCharCode(char.charCodeAt(0) + 0xfee0) : char))
    .join(""),
  rot13: SECRET.replace(/[a-z]/gi, (c) =>
    String.fromCharCode(((c.charCodeAt(0) - (c <= "Z" ? 65 : 97) + 13) % 26) + (c <= "Z" ? 65 : 97)),
  ),
  "decimal codes": bytes.join(" "),
  octal: bytes.map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join(""),
  binary: bytes.map((byte) => byte.toString(2).padStart(8, "0")).join(" "),
};

describe("a secret of this server", () => {
  it.each(Object.entries(FORMS))("is caught: %s", (_name, text) => {
    const { text: guarded, found } = guardText(text, SECRETS);
    expect(found).toContain("a secret of this server");
    expect(guarded).toContain(REDACTED);
    expect(guarded.replaceAll(REDACTED, "").length).toBeLessThan(text.length / 2);
    expect(holdsKnownSecret(text, SECRETS)).toBe(true);
  });

  it("is caught when a piece of a private key is quoted", () => {
    const line =
      "MIIEpQIBAAKCAQEAu1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0gun\nVTLw7onLRnrq0/IzW7yWR7QkrmBL7jTKEn5u";
    const key = `-----BEGIN RSA PRIVATE KEY-----\n${line}\n-----END RSA PRIVATE KEY-----`;
    expect(guardText("It begins ozMxH2Mo4lgOEePzNm0tRgeL, I think.", [key]).text).toBe(
      `It begins ${REDACTED}, I think.`,
    );
    expect(guardText("See BEGIN RSA PRIVATE KEY in the manual.", [key]).found).toEqual([]);
  });

  it("is caught although it is all signs", () => {
    expect(guardText("so: !§$%&/()=?-x", ["!§$%&/()=?-x"]).text).toBe(`so: ${REDACTED}`);
    expect(guardText("!§$%&/()=?-x so", ["!§$%&/()=?-x"]).text).toBe(`${REDACTED} so`);
  });

  it("leaves the text around it as it was", () => {
    expect(guardText(`before ${SECRET} after`, SECRETS).text).toBe(`before ${REDACTED} after`);
  });

  it("is not looked for when it is one ordinary word or too short", () => {
    expect(guardText("ready for development", ["development", "for"]).found).toEqual([]);
  });
});

const SHAPES: Record<string, string> = {
  "GitHub token": `ghp_${"a1B2".repeat(9)}`,
  "GitHub installation token with dots": `ghs_${"eyJh.b-_9".repeat(50)}`,
  "fine-grained token": `github_pat_${"11ABCDE0".repeat(8)}`,
  "Anthropic key": `sk-ant-api03-${"Xy9_".repeat(20)}`,
  "OpenAI key": `sk-proj-${"Ab3d".repeat(10)}`,
  "AWS key": "AKIAIOSFODNN7EXAMPLE",
  "Slack token": "xoxb-1234567890-abcdefghij",
  "Google key": `AIza${"SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY".slice(0, 35)}`,
  "npm token": `npm_${"a1B2c3".repeat(6)}`,
  JWT: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
  "private key": "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----",
  "private key without its end": "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE",
  "line of an .env file": "STRIPE_SECRET=9fK2mX7qLw4Zt8Rv3Bn6",
  "password in a URL": "postgres://app:9fK2mX7q@db.internal/app",
};

describe("a secret of somebody else", () => {
  it.each(Object.entries(SHAPES))("is caught by its shape: %s", (_name, text) => {
    const { text: guarded, found } = guardText(`x ${text} y`, []);
    expect(found).toHaveLength(1);
    expect(guarded).not.toContain(text);
  });
});

const ORDINARY = [
  "Fixes the parser; see 44f3dded0023602fd612738a305c6c68822ab300 and ea41c98.",
  "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "Request 123e4567-e89b-12d3-a456-426614174000 timed out after 30 s.",
  'The body is `eyJhIjoxfQ==`, which is {"a":1}.',
  "integrity sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==",
  "const apiKey = process.env.ANTHROPIC_API_KEY;",
  "API_KEY=${{ secrets.PRODUCTION_API_KEY_2024 }}",
  "Set `WEBHOOK_SECRET=<your secret>` in `.env`.",
  "CACHE_KEY=44f3dded0023602fd612738a305c6c68822ab300",
  "PRIVATE_KEY_PATH=/etc/coop/app-2024.private-key.pem",
  "TOKEN=aaaaaaaaaaaaaaaaaaaaaaaa and MAX_TOKEN=1000000000000000000",
  "The sk-learn-compatible-estimators-2024 package; ask-for-permission-first-12345.",
  "postgres://user:password@localhost/app and https://example.org/a:b@c",
  "git@github.com:owner/repository.git, `git+ssh://git@github.com/o/r.git`",
  "```ts\nexport const KEY = Symbol('key'); // AKIA is a prefix\n```",
  "A private key begins with `-----BEGIN`; a public one with -----BEGIN PUBLIC KEY-----.",
  "expect(hash).toBe('9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08')",
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk",
  "01101000 01100101 01101100 01101100 01101111 and 0xdeadbeef",
  "ghp_ is how a token begins; gho_short is not one.",
  "pass = vulkan.RenderPass2KHR\npass = Pass2D::Opaque4K\npass = 0x7ffe12ab34",
  'variable "monkey_ami" { default = "ami-0abcdef1234567890" }',
];

describe("an ordinary comment", () => {
  it.each(ORDINARY)("passes unchanged: %s", (text) => {
    expect(guardText(text, SECRETS)).toEqual({ text, found: [] });
  });

  it("of the largest size takes well under a second, also when it almost matches", () => {
    const taken = processorTime();
    guardText(`${SECRET.slice(0, 11)} `.repeat(5000), SECRETS);
    guardText("a".repeat(60_000), ["a".repeat(200) + "b7", SECRET]);
    expect(taken.ms()).toBeLessThan(5000);
  });
});
