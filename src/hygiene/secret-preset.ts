import { rules } from "@secretlint/secretlint-rule-preset-recommend";
import type { FoundKey } from "./secret-keys.ts";
import { REDACTED } from "./secret-shapes.ts";
import { isExampleKey, isMadeUp, isPlaceholder, isRandomOrHex, isUsualLogin } from "./secret-values.ts";

/**
 * A second list beside our own shapes, kept by others: secretlint's recommended preset. Only its rules are used. What it has for
 * people who know better, comments that switch a rule off, would be a stranger's word here.
 */
type Rule = {
  readonly meta: { readonly id: string };
  create(context: object, options: object): { readonly file?: (source: object) => unknown };
};

const PREFIX = "@secretlint/secretlint-rule-";
/** They take any word for a password. */
const IN_ADDRESSES = ["basicauth", "database-connection-string"];
/** Its rule for Slack wants no more than groups behind a dash, so that `xoxb-not-a-real-token` is one. */
const GROUPED = /^xox[a-z]-/;
/** `ghp_xxxxxxxxxxxx`: a manual that shows how long a key is. No key repeats one letter all along. */
const ONE_LETTER = /^(?:[A-Za-z]{1,8}[_-]){1,3}(.)\1{7,}$/;
const LOGIN = /:\/\/([^\s:/@]{0,100}):([^\s/@]{1,200})@/;

type Report = { readonly range: readonly [number, number] };
let reported: { readonly rule: string; readonly range: Report["range"] }[] = [];

const MADE = (rules as readonly Rule[])
  .map((rule) => ({ rule, name: rule.meta.id.replace(PREFIX, "") }))
  .filter(({ name }) => name !== "filter-comments")
  .map(({ rule, name }) => {
    const context = {
      createTranslator: () => (id: string) => ({ message: id, messageId: id }),
      report: ({ range }: Report) => reported.push({ rule: name, range }),
    };
    return { name, ...rule.create(context, {}) };
  });

/** @returns where its rules find a secret, but for examples in addresses */
export function presetIn(text: string): FoundKey[] {
  reported = [];
  const source = {
    ...{ content: text, filePath: "text.txt", ext: ".txt", contentType: "text", hasBOM: false },
    ...{ indexToPosition: () => ({ line: 1, column: 0 }), rangeToLocation: () => ({}) },
  };
  for (const { file } of MADE) file?.(source);
  return reported.flatMap(({ rule, range: [from, to] }) => {
    const value = text.slice(from, to);
    if ((IN_ADDRESSES.includes(rule) && isExample(value, text.slice(from))) || isMadeUp(value)) return [];
    if (ONE_LETTER.test(value) || (!IN_ADDRESSES.includes(rule) && isExampleKey(value))) return [];
    if (GROUPED.test(value) && !isRandomOrHex(value)) return [];
    return [{ name: "a secret", from, to }];
  });
}

/** @param text from the address on */
function isExample(address: string, text: string): boolean {
  const login = LOGIN.exec(address);
  if (!login) return false;
  const [all, user = "", given = ""] = login;
  const password = given.replaceAll(REDACTED, "");
  return (
    password === "" || isPlaceholder(password) || isUsualLogin(user, password, text.slice(login.index + all.length - 1))
  );
}
