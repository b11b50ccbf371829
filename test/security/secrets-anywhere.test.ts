import { describe, expect, it } from "@jest/globals";
import { guardBody } from "../../src/hygiene/outgoing.ts";
import { guardText, holdsKnownSecret } from "../../src/hygiene/redact.ts";

/** A secret is seldom alone on its line, and seldom written as its maker wrote it. */
const R = "a8Kd93jfQw72LmZx0PqR5tYv";
const H = "0123456789abcdef";
const T = `${R}B6nM1cXs9Wz3`;
const GH = `ghp_${T}`;
const KEYS = [GH, `sk-ant-api03-${R}${R}${R}AA`, "AKIAZ7Q2M4XW9KDLPV3T", `glpat-${R}`, `xoxb-123456789012-${R}`];
const BEFORE = ["-", "_", "__", "**_", "key_", "=", "+", "/", ":", "x\\n", "x\\t", "\\r\\n", "\\u0022", "\\x22", "\u001b[32m", "\u001b[1;31m", "%3D", "%20", "%2520", "&#x3D;", "b64:", "(", "\\042"]; // prettier-ignore

const wide = (text: string) => Buffer.from(text, "utf16le");
const base64 = (text: string | Buffer) => Buffer.from(text).toString("base64");
const numbers = (text: string, spell: (code: number) => string, sign: string) =>
  [...text].map((char) => spell(char.charCodeAt(0))).join(sign);
const bold = (text: string) =>
  text.replace(/[a-z]/gi, (char) => String.fromCodePoint((char >= "a" ? 0x1d41a - 97 : 0x1d400 - 65) + char.charCodeAt(0))); // prettier-ignore
const pieces = (length: number) => GH.match(new RegExp(`.{1,${length}}`, "g")) ?? [];
/** As `xxd` shows it in fours, or `hexdump -C` in pairs. */
const dump = (text: string, group: number, edge: string) =>
  (text.match(/.{1,16}/g) ?? [])
    .map((row, index) => {
      const hex =
        Buffer.from(row)
          .toString("hex")
          .match(new RegExp(`.{1,${group}}`, "g")) ?? [];
      return `000000${index}0: ${hex.join(" ")}  ${edge}${row}${edge}`;
    })
    .join("\n");
function base32(text: string): string {
  const bits = [...text].map((char) => char.charCodeAt(0).toString(2).padStart(8, "0")).join("");
  return (bits.match(/.{5}/g) ?? []).map((five) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(Number.parseInt(five, 2))).join(""); // prettier-ignore
}

const DRESSED: Readonly<Record<string, string>> = {
  "a stroke of Markdown": `ghp\\_${T}`,
  "a percent code": `ghp%5F${T}`,
  "a percent code of a percent code": `ghp%255F${T}`,
  "a number for a sign": `ghp&#95;${T}`,
  "a name for a sign": `ghp&lowbar;${T}`,
  "an escape of JSON": `{"t":"ghp\\u005f${T}"}`,
  "an escape of JavaScript": `"ghp\\u{5f}${T}"`,
  "bold letters inside": `ghp_${T.slice(0, 10)}**${T.slice(10, 20)}**${T.slice(20)}`,
  "struck letters inside": `ghp_${T.slice(0, 10)}~~${T.slice(10, 20)}~~${T.slice(20)}`,
  "a tag inside": `ghp_${T.slice(0, 10)}<b></b>${T.slice(10)}`,
  "a place to break": `ghp_${T.slice(0, 10)}<wbr>${T.slice(10)}`,
  "a comment inside": `ghp_${T.slice(0, 10)}<!-- -->${T.slice(10)}`,
  "a sign of no width": `ghp_${T.slice(0, 10)}&#8203;${T.slice(10)}`,
  "a soft hyphen": `ghp_${T.slice(0, 10)}&shy;${T.slice(10)}`,
  "a colour of the terminal inside": `ghp_${T.slice(0, 10)}\u001b[31m${T.slice(10)}`,
  "a combining mark": `ghp_${T.slice(0, 10)}\u0301${T.slice(10)}`,
  "code for its beginning": "`ghp_`" + T,
  "a comment between pieces": `"ghp_${T.slice(0, 12)}" /* x */ "${T.slice(12)}"`,
  "a remark between pieces": `["ghp_${T.slice(0, 12)}",\n # c\n "${T.slice(12)}"]`,
  "a letter of another script": `gh\u0440_${T}`,
  "mathematical letters": bold(GH),
  "two blanks between": [...GH].join("  "),
  "hyphens between": [...GH].join("-"),
  "wide characters in base64": base64(wide(GH)),
  "wide characters the other way round": base64(wide(GH).swap16()),
  "wide characters in hexadecimal": wide(GH).toString("hex"),
  "base64 in base64": base64(base64(GH)),
  "base64 of hexadecimal": base64(Buffer.from(GH).toString("hex")),
  base32: base32(GH),
  "moved letters": GH.replace(/[a-z]/gi, (char) => String.fromCharCode(((char.charCodeAt(0) - (char <= "Z" ? 65 : 97) + 13) % 26) + (char <= "Z" ? 65 : 97))), // prettier-ignore
  "double percent codes": numbers(GH, (code) => `%25${code.toString(16)}`, ""),
  "a list of numbers": `[${numbers(GH, String, ", ")}]`,
  "numbers of three digits": numbers(GH, (code) => String(code).padStart(3, "0"), " "),
  "a list of bytes": `[${numbers(GH, (code) => `0x${code.toString(16)}`, ", ")}]`,
  "pairs with blanks": numbers(GH, (code) => code.toString(16), " "),
  "pairs with colons": numbers(GH, (code) => code.toString(16), ":"),
  "calls of a function": numbers(GH, (code) => `chr(${code})`, "."),
  "octal escapes": numbers(GH, (code) => `\\${code.toString(8)}`, ""),
  "cells of a table": `| ${pieces(12).join(" | ")} |`,
  "links without words": pieces(12)
    .map((piece) => `[${piece}](#)`)
    .join(""),
  "blanks by name between": pieces(12).join("&nbsp;"),
  "commas between": pieces(12).join(","),
  "items of a list": pieces(12)
    .map((piece, index) => `${index + 1}. ${piece}`)
    .join("\n"),
  "a blank behind its beginning": `ghp_ ${T}`,
  "base64 over lines": base64(`a long text in front of ${GH} and another long text behind it`).replace(
    /(.{40})/g,
    "$1\n",
  ),
  "base64 in a quotation": base64(`a long text in front of ${GH} and another long text behind it`).replace(
    /(.{40})/g,
    "$1\n> ",
  ),
  "base64 backwards": [...base64(GH)].reverse().join(""),
  "base64 of a key backwards": base64([...GH].reverse().join("")),
  "a dump of bytes": dump(GH, 4, ""),
  "a dump of bytes with letters": dump(GH, 2, "|"),
  bits: numbers(GH, (code) => code.toString(2).padStart(8, "0"), " "),
  "percent codes of two bytes": `%u0067%u0068%u0070%u005f${T}`,
  "a soft end of a line": `${GH.slice(0, 20)}=\n${GH.slice(20)}`,
  "small capitals": `\u0262\u029c\u1d18_${T}`,
  "letters of tags": [...GH].map((char) => String.fromCodePoint(0xe0000 + char.charCodeAt(0))).join(""),
  "an equals sign by number": `password&#61;${R}`,
  "a stroke before an equals sign": `password\\=${R}`,
  "a tag around a password": `password=<b>${R}</b>`,
  "a wide name": `ｐａｓｓｗｏｒｄ=${R}`,
  "strokes in a web token": `eyJhbGciOiJIUzI1NiJ9\\.eyJzdWIiOiIxMjM0NTY3ODkwIn0\\.${R}${R}`,
  "strokes in an API key": `sk\\-proj\\-${R}${R}T3BlbkFJ${R}`,
  "an address with signs by number": `postgres://app&#58;${R}&#64;db/x`,
  "a stroke in a Google key": "AIza\\_yD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY",
  "a webhook's address by number": `https&#58;//hooks.slack.com/services/T0AB12CD3/B0EF45GH6/${R}`,
  "letters before it": `xghp_${T}`,
  "slanted letters": `_${GH}_`,
  "fat letters": `__${GH}__ x`,
};

const VENDORS: readonly string[] = [
  `AQ.Ab8RN6${R}${R}`,
  `sk-lf-01234567-89ab-cdef-0123-456789abcdef`,
  `sgp_${H}_${H}${H}01234567`,
  `pnu_${R}abcdefghijkl`,
  `rpa_${R}${R}`,
  `e2b_${H}${H}01234567`,
  `fc-${H}${H}`,
  `FLWSECK-${H}${H}-X`,
  `shippo_live_${H}${H}01234567`,
  `duffel_live_${R}abcdefghijklmnopqrs`,
  `rdme_xn8s9h${H.repeat(4)}`,
  `ory_at_${R}${R}`,
  `CLOJARS_${H}${H}${H}0123456789ab`,
  `lip_${R}`,
  `live_${H}${H}012`,
  `ATTA${H.repeat(4)}01234567`,
  `glwt-${R}`,
  `dose${H}${H}`,
  `tfp_${R}${R}`,
  `essu_${base64(`${R}:${R}`)}`,
  `sk_org_live_${R}`,
  `polar_oat_${R}${R}`,
  `4b1d${T}23`,
  `AVNS_${R.slice(0, 19)}`,
  `cflt${R}${R}`,
  `ddp_${R}${R.slice(0, 12)}`,
  `0.01234567-89ab-cdef-0123-456789abcdef.${R}:${R}==`,
  `wk-1.${R}${R}`,
  `crsr_${R}${R}`,
  `SCW${R.slice(0, 17).toUpperCase()}`,
  `rootly_${H.repeat(4)}`,
  `endr+${R.slice(0, 16)}`,
  `xau_${R}${R}`,
  `sm_aat_${R.slice(0, 16)}`,
  `sha256~${R}${R.slice(0, 19)}`,
  `pat.${R.slice(0, 22)}.${R}.${R.slice(0, 20)}`,
  `access-production-01234567-89ab-cdef-0123-456789abcdef`,
  `apify_api_${R}${R.slice(0, 12)}`,
  `hcaik_${R}${R}${R.slice(0, 10)}`,
  `pat-na1-01234567-89ab-cdef-0123-456789abcdef`,
  `signkey-prod-${H}${H}${H}`,
  `dbtu_${R}${R}`,
  `A3-ABC123-DEF456-GH789-JK012-LM345-NP678`,
];

describe("a secret of somebody else is found", () => {
  it.each(BEFORE)("behind %j", (before) => {
    const through = KEYS.filter((key) => guardText(`x ${before}${key} y`, []).text.includes(key.slice(-16)));
    expect(through).toEqual([]);
  });

  it.each(Object.entries(DRESSED))("with %s", (_what, text) => {
    for (const guarded of [guardText(`see ${text} there`, []), guardBody(`See ${text} there`, GUARD)]) {
      expect(guarded.found.length).toBeGreaterThan(0);
      expect(guarded.text).not.toContain(text.slice(-24));
    }
  });

  it.each(VENDORS)("of a rarer kind: %s", (key) => {
    const { text } = guardText(`the key ${key} leaked`, []);
    expect(text).toBe("the key [redacted] leaked");
  });
});

const GUARD = { secrets: [], mayMention: () => false, linkHosts: ["github.com"] };
const CANARY = "Zq7-Canary_9f3KxW2mTbLr8Vd5Yh1Ns6Pj0";

describe("a secret of this server is found", () => {
  it.each([
    ["in wide characters, in base64", base64(wide(CANARY))],
    ["in wide characters the other way round", base64(wide(CANARY).swap16())],
    ["in wide characters, in hexadecimal", wide(CANARY).toString("hex")],
    ["in numbers of three digits", numbers(CANARY, (code) => String(code).padStart(3, "0"), "")],
    ["in numbers of four digits", numbers(CANARY, (code) => `0x00${code.toString(16)}`, ", ")],
    ["in seven bits", numbers(CANARY, (code) => code.toString(2).padStart(7, "0"), " ")],
    ["in octal numbers", numbers(CANARY, (code) => code.toString(8), " ")],
    ["in hexadecimal of hexadecimal", Buffer.from(Buffer.from(CANARY).toString("hex")).toString("hex")],
    ["in hexadecimal of base64", Buffer.from(base64(CANARY)).toString("hex")],
    ["in base64 three times", base64(base64(base64(CANARY)))],
    ["with strokes of Markdown", CANARY.replace(/[-_]/g, "\\$&")],
  ])("%s", (_how, text) => {
    expect(holdsKnownSecret(`see ${text}`, [CANARY])).toBe(true);
    expect(guardText(`see ${text}`, [CANARY]).text).toContain("[redacted]");
  });
});

describe("what only looks like a secret passes", () => {
  it.each([
    "cache-key-d41d8cd98f00b204e9800998ecf8427e",
    "npm-cache-key-44f3dded0023602fd612738a305c6c68822ab300",
    "task-0f3c1ab27d64e05818c20f3c1ab27d64e05818c2",
    "disk-44f3dded0023602fd612738a305c6c68",
    "test_ghp_token_is_redacted_from_the_output_of_2024_runs",
    "my-sk-ant-colony-optimization-2024-benchmark-results",
    "__sk_live_reload_socket_connection_handler_v2__",
    "core_re_export_of_all_the_things_2024_x",
    "shelf_ReallyLongCamelCaseIdentifierNameForTests2024",
    "123e4567-e89b-12d3-a456-426614174000",
    "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==",
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
    "data:font/woff2;base64,d09GMgABAAAAAAoIABAAAAAAGgAAAAmrAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "btn-primary--is-active_state-2x__icon-wrapper--large-size",
    "_3xK9d_module__container___2fYzQ",
    "css-1q2w3e4r5t-MuiButtonBase-root-MuiButton-root",
    "__webpack_require__.r(__webpack_exports__) and __WEBPACK_DEFAULT_EXPORT__1",
    "_ZN4core3fmt9Formatter9write_str17h0123456789abcdefE",
    "com.example.android.features.authentication.TokenRepositoryImpl_Factory$InstanceHolder2",
    "const [a, b, c] = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150, 160, 170, 180, 190, 200, 210, 220];",
    "0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14",
    "de:ad:be:ef:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00:11",
    "index 44f3dde..ea41c98 100644 --- a/src/sk_buff.c",
    "pull-44f3dded0023602fd612738a305c6c68822ab300",
    "LC_ALL=en_US.UTF-8 PYTHONHASHSEED=0 NODE_OPTIONS=--max-old-space-size=4096",
    "01ARZ3NDEKTSV4RRFFQ69G5FAV",
    "V1StGXR8_Z5jdHi6B-myT and cjld2cjxh0000qzrmn831i7rn",
    "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWKSPdG",
    "0x71C7656EC7ab88b098defB751B7401B5f6d8976F",
    "%E2%9C%93%20a%20b%20c%20d%20e%20f%20g%20h%20i%20j%20k%20l%20m%20n",
    "Released v1.\n44f3dded0023602fd612738a305c6c68822ab300 is its commit",
    "M10 10 L20 20 C30 30 40 40 50 50 S60 60 70 70 Q80 80 90 90 T10 20 A30 40 50 60 70 80 90 10 20 30",
    "live_reload_0123456789abcdef and test_0123456789abcdef",
    "sdk-v2.1.0-rc.1+build.20240101 and api-2024-01-01",
    "a.b-c.d-e.f-g.h-i.j-k.l-m.n-o.p-q.r-s.t-u.v-w.x",
  ])("%s", (text) => expect(guardText(text, [CANARY])).toEqual({ text, found: [] }));
});
