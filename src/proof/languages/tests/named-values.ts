import { STATUS_CODES } from "node:http";
import { type SyntaxNode, within } from "../syntax/syntax.ts";

/** Letters only: `StatusNotFound`, `NOT_FOUND`, `HTTP_404_NOT_FOUND` and "Not Found" are the same name. */
const letters = (text: string) => text.toLowerCase().replace(/[^a-z]/g, "");

/** Names that libraries use and the standard does not. */
const OTHERS: readonly (readonly [name: string, status: number])[] = [
  ["nonauthoritativeinfo", 203],
  ["requestentitytoolarge", 413],
  ["requesturitoolong", 414],
  ["teapot", 418],
  ["internalservererror", 500],
];
const STATUSES = new Map<string, string>([
  ...Object.entries(STATUS_CODES).map(([status, name]) => [letters(name ?? ""), status] as const),
  ...OTHERS.map(([name, status]) => [name, String(status)] as const),
]);

const MEMBER = /^(selector_expression|member_expression|attribute)$/;
/** `http.StatusOK`, `HTTPStatus.OK`, `status.HTTP_200_OK`, `StatusCodes.OK`, `constants.HTTP_STATUS_OK` */
const SAYS_STATUS = /\bhttp\.Status[A-Z]|^(http\.)?HTTPStatus\.|\bHTTP_|^(Http)?Status(Codes?)?\./;

/** `assert.throws(f, { name: "SyntaxError" })` may say `new SyntaxError(…)` as well. */
const ERROR = /^[A-Z]\w*(Error|Exception)$/;

/** `Status.IN_PROGRESS` and `StatusInProgress` are as a rule the names of "in progress", however that is joined. */
function wordsOfConstant({ type, text, start, parent }: SyntaxNode): string[] {
  // Asked of each node: who else stands beside it is looked at last, because a table has thousands of rows.
  if (!MEMBER.test(type) && type !== "identifier") return [];
  if (["function", "constructor"].some((field) => parent?.child(field)?.start === start)) return [];
  if (MEMBER.test(type)) {
    const [, last] = /^[A-Z]\w*\.([A-Z][A-Z\d_]*)$/.exec(text) ?? [];
    return last?.toLowerCase().split("_") ?? [];
  }
  if (type !== "identifier" || !/^[A-Z][a-z]+([A-Z][a-z]+)+$/.test(text)) return [];
  return (text.match(/[A-Z][a-z]+/g) ?? []).slice(1).map((one) => one.toLowerCase());
}

/** What code says by a name instead of a number or a text: statuses of HTTP as numbers, kinds of errors, keys. */
export function namesIn(root: SyntaxNode): { readonly text: string; readonly start: number }[] {
  return [...within(root)].flatMap((node) => textsOf(node).map((text) => ({ text, start: node.start })));
}

function textsOf(node: SyntaxNode): string[] {
  if (node.type === "identifier" && ERROR.test(node.text)) return [node.text];
  if (node.type === "property_identifier" && node.parent?.type === "pair") return [node.text];
  const status = MEMBER.test(node.type) && SAYS_STATUS.test(node.text) ? statusOf(node.text) : undefined;
  if (status !== undefined) return [status];
  const words = wordsOfConstant(node);
  return words.length > 0 ? [...new Set(["_", "-", " ", ""].map((by) => words.join(by)))] : [];
}

function statusOf(text: string): string | undefined {
  return STATUSES.get(letters(text.replace(/^.*\./s, "")).replace(/^(http)?(status)?/, ""));
}
