import { describe, expect, it } from "@jest/globals";
import { guardText } from "../../src/hygiene/redact.ts";

/** What manuals write where a key stands, and what every developer's machine has for a password. None of it is a leak. */
const EXAMPLES = [
  "glpat-XXXXXXXXXXXXXXXXXXXX",
  "glpat-xxxxxxxxxxxxxxxxxxxx",
  "glpat-0000000000000000000000",
  "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  "github_pat_XXXXXXXXXXXXXXXXXXXXXX_XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
  "sk-ant-api03-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  "sk-ant-YOUR-ANTHROPIC-API-KEY-HERE",
  "sk-ant-api03-YOUR-KEY-HERE-XXXXXXXXXX",
  "sk-proj-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  "AKIAXXXXXXXXXXXXXXXX",
  "xoxb-xxxxxxxxxxxx-xxxxxxxxxxxx-xxxxxxxxxxxxxxxxxxxxxxxx",
  "npm_XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
  "hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  "AIzaXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
  "sk_live_xxxxxxxxxxxxxxxxxxxxxxxx",
  "SG.xxxxxxxxxxxxxxxxxxxxxx.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
  "postgres://app:app@localhost:5432/app",
  "postgresql://coop:coop@db/coop",
  "mysql://wordpress:wordpress@mysql/wordpress",
  "mongodb://mongo:mongo@mongo:27017",
  "postgres://user:mypassword@localhost/db",
  "postgres://user:password123@localhost/db",
  "redis://default:secret@redis:6379",
];

const R = "a8Kd93jfQw72LmZx0PqR5tYv";
const T = `${R}B6nM1cXs9Wz3`;
/** A whole key that is dressed up as an example. */
const TWINS = [
  `ghp_${T}XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX`,
  `ghp_XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX_${T}`,
  `ghp_${T}_YOUR_TOKEN_HERE`,
  `glpat-${R}-EXAMPLE`,
  `glpat-your-${R}`,
  `sk-ant-api03-YOUR-KEY-${R}`,
  `ghp_${(T.match(/.{1,9}/g) ?? []).join("-")}-YOUR-KEY`,
  `ghp_${(T.match(/.{1,5}/g) ?? []).join("-")}-YOUR-KEY-HERE`,
  `xoxb-123456789012-${R}-EXAMPLE`,
  "AKIAIOSFODNN7EXAMPLE",
  `postgres://app:${R}@example.com/db`,
  "postgres://ap9x2Kq8:ap9x2Kq8@db/x",
  "postgres://app:x9Kd3fLq8@your.example.com/db",
];

describe("an example of a secret", () => {
  it.each(EXAMPLES)("passes: %s", (text) => {
    for (const one of [text, `KEY=${text}`, `+  url: "${text}"`])
      expect(guardText(one, [])).toEqual({ text: one, found: [] });
  });

  it.each(TWINS)("is none with a key in it: %s", (text) => {
    const { text: guarded, found } = guardText(`set ${text} in .env`, []);
    expect(found.length).toBeGreaterThan(0);
    for (const secret of [R, T, "x9Kd3fLq8", "ap9x2Kq8@"]) expect(guarded).not.toContain(secret);
  });
});
