import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { guardBody, guardPlain } from "../../src/hygiene/outgoing.ts";
import { presetIn } from "../../src/hygiene/secret-preset.ts";
import { guardText } from "../../src/hygiene/redact.ts";

/** Keys of people and services that this server has never heard of, in a comment, a title, a diff or a log. */
const R = "a8Kd93jfQw72LmZx0PqR5tYv";
const HEX = "0123456789abcdef";
const GUARD = { secrets: [], mayMention: () => false, linkHosts: ["github.com"] };

const LEAKS = [
  "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYzQ9tKm2vLp",
  "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzQ9tKm2vLp",
  'password = "Winter2025Secure99"',
  "DB_PASSWORD=Munich2024Bayern",
  'client_secret: "Orange42Elephant77Garden"',
  `db_password=${R}`,
  `db_password=${R}$\{HOST}`,
  `{"client_secret": "${R}"}`,
  `{"apiKey":"${R}"}`,
  `clientSecret: '${R}'`,
  `X-Api-Key: ${R}`,
  `//registry/:_authToken=${R}`,
  `export SECRET=${R}`,
  `Server=x;User Id=sa;Password=Hunter2Hunter2!;`,
  `--token=${R}`,
  `--password ${R}`,
  `curl -u admin:${R} x`,
  `https://x/y?access_token=${R}`,
  `Authorization: Bearer ${R}`,
  `TWILIO_AUTH_TOKEN=${HEX}${HEX}`,
  "postgres://app:Zx%409kLm2@h",
  `redis://:${R}@h:6379`,
  "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBF\n=abcd\n-----END PGP PRIVATE KEY BLOCK-----",
  "+-----BEGIN OPENSSH PRIVATE KEY-----\n+b3BlbnNzaC1rZXktdjEAAAAA",
  "PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nPrivate-Lines: 14\nAAAA",
  `https://hooks.slack.com/services/T0AB12CD3/B0EF45GH6/${R}`,
  `xapp-1-A0AB12-123456789012-${HEX}${HEX}`,
  `https://discord.com/api/webhooks/123456789012345678/${R}${R}`,
  `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`,
  "hvs.CAESIJ1234567890abcdefghijklmnopqrstuv",
  `sk-or-v1-${HEX.repeat(4)}`,
  `sk_test_${R}`,
  `whsec_${R}abcdefgh`,
  "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1",
  `pypi-AgEIcHlwaS5vcmc${R}${R}`,
  `dckr_pat_${R}abc`,
  `dop_v1_${HEX.repeat(4)}`,
  `glrt-a8Kd93jfQw72LmZx0PqR`,
  `gsk_${R}${R}`,
  `ATATT3xFfGF0${R}${R}`,
  `dapi${HEX}${HEX}`,
  `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`,
  `figd_${R}abcdefghijklmn`,
  `HRKU-AA${R}${R}${R}`,
  `ABSK${R}${R}${R}`,
  `vercel_blob_rw_${R.slice(0, 16)}_${R}${R}`,
  `ico-${R}Zx8wPq2m`,
  `pa-${R}${R.slice(5)}`,
  `export DB_PASS='${R}'`,
  `password=[redacted]${R}`,
  `password=[${R}]`,
  `see cfk_${R}${R}`,
  `see vcp_${R.slice(0, 24)}`,
  "see A3TXQ7XJ2M4ZP8WKT3VN",
  `privateKey: Ed25519${R}`,
  `https://abc:xyz${R}@h`,
  `https://passwd:${R}@h`,
  `Basic QWxhZGRpbjpv${R}`,
  `Token:\n\n\`\`\`\nhttps://h.example.org/${R}\n\`\`\`\n`,
  Buffer.from("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzQ9tKm2vLp").toString("base64"),
  Buffer.from(`PORT=80\nDB_PASSWORD=${R}\n`).toString("base64"),
  `Your token is: ${R}${R}`,
  `2/1201234567890/1209876543210:81487fa93f37810b7d32ae7136aa1b2a`,
  // Naughts behind what was drawn hide nothing.
  `ghp_${R}000000000000`,
  `ghp_${R}${R.slice(0, 4)}00000000`,
  `const wasm = 'AGFzbQEAAAABIANPDQACQ', key = "AKIAQ7XJ2M4ZP8WKT3VN"`,
];

describe("a secret of somebody else", () => {
  it.each(LEAKS)("goes out by neither gate: %s", (text) => {
    const secret = /[A-Za-z0-9+/=_.~%!-]{7,}\W*$/.exec(text)?.[0] ?? text;
    for (const guarded of [guardText(text, []), guardPlain(text, GUARD), guardBody(`See:\n\n${text}\n`, GUARD)]) {
      expect(guarded.found.length).toBeGreaterThan(0);
      expect(guarded.text).not.toContain(secret);
    }
  });
});

/** The words, code and diffs of others, as they stand in what npm installed and in this repository. */
const PROSE = globSync(["node_modules/*/README.md", "docs/**/*.md", "*.md"]).sort();
const CODE = globSync("{src,node_modules/{zod,pino,diff,yaml}}/**/*.{ts,js}").filter((path) => !/test|fixture/.test(path)).sort(); // prettier-ignore
/** Manifests, hashes of lockfiles, and programs as they are shipped: minified, with base64 in them. */
const SHIPPED = [
  ...globSync("node_modules/*/{package.json,*.{js,cjs,mjs}}"),
  ...globSync("node_modules/{es-module-lexer,undici}/**/*.{js,cjs}"),
].sort();
const LOCKS = ["package-lock.json", "node_modules/.package-lock.json"];
/** Documents that show made-up credentials as examples. */
const SHOWS_CREDENTIALS = /client_?secret|somepassword/i;

/** Kinds that secretlint's preset finds by itself. */
const OF_THE_PRESET = [
  'AWS_SECRET_ACCESS_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzQ9tKm2vLp"',
  `ghp_${R}${R.slice(0, 12)}`,
  `npm_${R}${R.slice(0, 12)}`,
  `xoxb-1234567890-${R}`,
  `https://hooks.slack.com/services/T0AB12CD3/B0EF45GH6/${R}`,
  `https://admin:${R}@h.example.org`,
  `postgres://app:${R}@db.internal/app`,
  `glpat-${R.slice(0, 20)}`,
  `hvs.${R}${R}${R}${R}`,
  `dapi${HEX}${HEX}`,
  `figd_${R}${R}`,
];

describe("the preset beside our own shapes", () => {
  it.each(OF_THE_PRESET)("finds %s, whatever a stranger tells it to overlook", (secret) => {
    const text = `// secretlint-disable\nsee ${secret} there\n`;
    expect(
      presetIn(text)
        .map(({ from, to }) => text.slice(from, to))
        .join(),
    ).toMatch(/\w{10}/);
    expect(guardText(text, []).text).not.toContain(secret);
  });

  it("takes out what our own shapes do not know", () => {
    // Shopify's keys are hexadecimal, says our shape; the preset takes any letters.
    const secret = "shpat_kQzVbTnWpLxRmJcHdFgYsKvNqXwZtBrP";
    expect(guardText(`see ${secret} there`, [])).toEqual({ text: "see [redacted] there", found: ["a secret"] });
  });

  it.each([
    "postgres://<user>:<password>@<host>:<port>/<database>?<query>",
    "postgres://someuser:somepassword@somehost:381/somedatabase",
    "https://REDACTED:REDACTED@www.example.com",
    "http://user:pass@example.com and mysql://root:root@localhost/test",
    "postgres://app:[redacted]@db.internal/app",
    "npm_config_registry_of_this_project_and_more and _authToken=${NPM_TOKEN}",
    "AWS_ACCOUNT_ID is a number, AKIA begins a key, xoxb- another",
    "set SLACK_BOT_TOKEN to xoxb-not-a-real-token-value or xoxb-your-token-goes-here",
    `a token looks like ghp_${"x".repeat(36)} here`,
    "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----",
  ])("takes no example for a secret: %s", (text) => {
    expect(presetIn(text)).toEqual([]);
    expect(guardText(text, [])).toEqual({ text, found: [] });
  });
});

describe("ordinary text", () => {
  it("raises no alarm: more than 1,500 paragraphs and 500 diffs", () => {
    const paragraphs = PROSE.flatMap((path) => readFileSync(path, "utf8").split(/\n(?=#)/));
    const diffs = CODE.slice(0, 600).map((path) =>
      readFileSync(path, "utf8")
        .slice(0, 10_000)
        .split("\n")
        .map((line, index) => (index % 5 === 0 ? "-" : "+") + line)
        .join("\n"),
    );
    expect(paragraphs.length).toBeGreaterThan(1_500);
    expect(diffs.length).toBeGreaterThan(500);
    const ordinary = [...paragraphs, ...diffs].filter((text) => !SHOWS_CREDENTIALS.test(text));
    const alarms = ordinary.flatMap((text) => {
      const { found, text: guarded } = guardText(text, []);
      const lines = guarded.split("\n");
      return found.length > 0 ? [text.split("\n").find((line, index) => line !== lines[index])] : [];
    });
    expect(alarms).toEqual([]);
  });

  it("raises no alarm in what is installed either: lockfiles, manifests and programs", () => {
    const locks = LOCKS.flatMap((path) => readFileSync(path, "utf8").match(/(?:.*\n){1,200}/g) ?? []);
    const shipped = SHIPPED.map((path) => readFileSync(path, "utf8").slice(0, 20_000));
    expect(locks.length + shipped.length).toBeGreaterThan(500);
    const alarms = [...locks, ...shipped].filter((text) => guardText(text, []).found.length > 0);
    expect(alarms.map((text) => text.slice(0, 200))).toEqual([]);
  });

  it.each([
    "PRIMARY_KEY=customer_id_2024_archive",
    "SORT_KEY=created_at#2024-01-01",
    "class sk-spinner-bounce-delay-2x",
    "sk-learn-compatible-estimators-v2x",
    "API_KEY=your-api-key-here-1234",
    "token = process.env.GITHUB_TOKEN_FOR_2024",
    "foreign_key: users_accounts_2023_id",
    "const password = await prompt('Password')",
    "Authorization: Bearer ${token}",
    "exports.exchangeX509Token = exchangeX509Token;",
    "passwordHash: $2b$10$N9qo8uLOickgx2ZMRZoMye",
    "if !s.ReadUint16LengthPrefixed(&extensions) {",
    "cliSecret := cli2.writeSecret[QUICEncryptionLevelEarly]",
    "http://foo:bar@bar.com and cvs://:pserver:anoncvs@sources.example.org:/cvs/src",
    "the secret key is derived with HKDF-SHA256/AES128GCM",
    "PASS: src/a1b2c3d4.test.ts (12 tests)",
    '{"d": "a-text-of-words-that-has-no-digits-and-is-longer-than-forty-letters"}',
    "commit 0f3c1ab27d64e05818c20f3c1ab27d64e05818c2 changed 67 files",
    "echo v1.22.3-rc1 | tee VERSION",
    "Keys begin with `-----BEGIN RSA PRIVATE KEY-----` or not.",
    // Each of these stood in a file that somebody published.
    ":param Ed25519PrivateKey|Ed25519PublicKey|Ed448PrivateKey|Ed448PublicKey key:",
    "privateKey: X25519PrivateKeyParameters2",
    "  def test_stub_lambda_block_6\n    skip_stub6\n\n    Thread.stub6 :new, lambda { 21+21 } do",
    "grub_ybrqre_fgntr_2_pbasvt_bs_gur_znpuvar_2024 and tub_rental_pricing_table_for_summer_2024_v2",
    "const wasm = 'AGFzbQEAAAABIANPDQACQAJAIAAvAQAiAkHcAGsOAgAEAQsgAUEEaiEBDAILIAAhASACQQprDgQAAQEAAQsLQYgKIAA2AgAQKUGICigC'",
    "background: url(data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABIARHBEADQCABLQAAQSBHDRUgBCABQQFqIgFHDQALQfgAIQIM6wIL)",
    "Specify a proxy in the form scheme://[user:passwd@]proxy.server:port.",
    "const options = new URL('https://abc:xyz@example.com');",
    'if e := "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="; g != e {',
    "TOKEN=ghp_PersonalAccessToken01245678900000000",
    'const TOKEN = "ghs_InstallallationOrActionToken00000000";\nconst other = "ghu_InstallationUserToServer000000000000";',
    `the token is: ${"process.env.GITHUB_TOKEN_2"} and the password is: something`,
    Buffer.from("LOG_LEVEL=debug\nNODE_ENV=production\nPRIMARY_KEY=customer_id_2024_archive\n").toString("base64"),
    Buffer.from("password=changeme\napi_key=your-api-key-here-1234\n").toString("base64"),
    "2024/1234567890123/1234567890123:81487fa93f37810b7d32ae7136aa1b2a",
    "With a token:\n\n```\nhttps://0123456789abcdef@pypi.company.com/simple\n```\n",
    "Access token:\n\n```\nhttps://login.v2.company1.com:8443/oauth/authorize\n```\n",
  ])("of a kind that looks like a secret passes: %s", (text) => {
    expect(guardText(text, [])).toEqual({ text, found: [] });
  });
});

describe("a text that was guarded", () => {
  it.each([
    `${Buffer.from(`ghp_${R}${R}`).toString("base64")}MIIEvQIBADANBgkqpasswordpassword`,
    `password~~~\nhttps://${R}${R}**password`,
    `ghp_${R}${R}password=${R}`,
    "@bobsk-ant-@bob and @a-@b",
  ])("needs no second time, so that signatures over it hold: %s", (text) => {
    for (const guard of [
      (one: string) => guardText(one, []).text,
      (one: string) => guardBody(one, GUARD).text,
      (one: string) => guardPlain(one, GUARD).text,
    ])
      // prettier-ignore
      expect(guard(guard(text))).toBe(guard(text));
  });

  it("calls nobody behind somebody who was not called", () => {
    expect(guardPlain("@a-@bob", GUARD).text).toBe("@\u200ba-@\u200bbob");
  });
});

describe("people are called by nobody", () => {
  it.each([".@x", "@@x", "&#64;x", "&#x40;x", "&commat;x", "-@x", "(@x)", "\\@x", "a/@x", "`@x", "&#64;&#120;"])(
    "%s",
    (text) => {
      const { text: out } = guardBody(`Look: ${text}`, GUARD);
      expect(out).toMatch(/(?:@|&#64;)&#8203;(?:x|&#120;)/);
    },
  );

  it.each(["see node_modules/@types/node", "mail a@x.org", "https://github.com/@x"])(
    "and no path is broken: %s",
    (text) => {
      expect(guardBody(text, GUARD).text).toBe(text);
      expect(guardPlain(text.replace("https:", ""), GUARD).text.replaceAll("\u200b", "")).toBe(
        text.replace("https:", ""),
      );
    },
  );
});
