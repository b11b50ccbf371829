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
  "postgres://app:app@127.0.0.1:5432/app",
  "postgres://app:app@[::1]/app",
  "postgres://app:app_pass123@10.0.0.5/app",
  "redis://default:superpassword@192.168.1.4:6379",
  "postgres://app:app@host.docker.internal:5432/app",
  "amqp://svc-billing:svc-billing@mq.example.com",
  "mongodb://root:rootpassword@mongo1:27017,mongo2:27017/admin",
  "postgres://app:app@db.default.svc.cluster.local/app",
  "postgres://app:app@${DB_HOST}:5432/app",
  "https://deploy:secret123@artifacts.test/npm/",
  "postgres://app:app@db:${DB_PORT}/app",
  "postgres://app:app@localhost:$PGPORT/app",
  "postgres://app:app@{host}:{port}/app",
  "postgres://app:app@{self.host}/app",
  "postgres://app:app@%s:%d/app",
];

/** A developer's password where others reach it: it opens what it stands for. */
const FAR = [
  "mongodb://root:rootpassword@mongo.prod.acme.com:27017",
  "https://deploy:secret123@artifacts.acme.com/npm/",
  "redis://default:superpassword@redis-12345.c1.redislabs.com:12345",
  "postgres://acme:acme@db.prod.acme.com",
  "amqps://svc-billing:svc-billing@mq.acme.com",
  "postgres://acme:acme@52.17.4.9:5432/acme",
  "postgres://acme:acme@10.evil.com/acme",
  "postgres://acme:acme@localhost:5432,db.prod.acme.com:5432/acme",
  "postgres://acme:acme@localhost@db.prod.acme.com/acme",
  "postgres://acme:acme@example.com.acme.io/acme",
  "postgres://acme:acme@${DB_HOST:-db.prod.acme.com}/acme",
  "postgres://acme:acme@${STAGE}.acme.com/acme",
  "postgres://acme:acme@{stage}.acme.com/acme",
  "postgres://acme:acme@%s.acme.com/acme",
  "postgres://acme:acme@db.prod.acme.com:${DB_PORT}/acme",
  "postgres://acme:acme@db:{port}@db.prod.acme.com/acme",
  "postgres://acme:acme@db:${PORT}.acme.com/acme",
  "postgres://acme:acme@{h},db.prod.acme.com/acme",
  "postgres://acme:acme@0x34110409/acme",
  "postgres://acme:acme@873530377/acme",
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

  it.each(FAR)("is none on a host that others reach: %s", (text) => {
    for (const one of [text, `KEY=${text}`, `+  url: "${text}"`])
      expect(guardText(one, []).text).not.toMatch(/rootpassword|secret123|superpassword|acme:acme|billing:svc-billing/);
  });

  it.each(TWINS)("is none with a key in it: %s", (text) => {
    const { text: guarded, found } = guardText(`set ${text} in .env`, []);
    expect(found.length).toBeGreaterThan(0);
    for (const secret of [R, T, "x9Kd3fLq8", "ap9x2Kq8@"]) expect(guarded).not.toContain(secret);
  });
});
