import { STATUS_CODES } from "node:http";
import { type SyntaxNode, within } from "./syntax.ts";

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

/** What code says by a name instead of a number or a text: statuses of HTTP as numbers, kinds of errors, keys. */
export function namesIn(root: SyntaxNode): { readonly text: string; readonly start: number }[] {
  return [...within(root)].flatMap((node) => {
    if (node.type === "identifier" && ERROR.test(node.text)) return [{ text: node.text, start: node.start }];
    if (node.type === "property_identifier" && node.parent?.type === "pair") return [{ text: node.text, start: node.start }]; // prettier-ignore
    if (!MEMBER.test(node.type) || !SAYS_STATUS.test(node.text)) return [];
    const name = letters(node.text.replace(/^.*\./s, "")).replace(/^(http)?(status)?/, "");
    const status = STATUSES.get(name);
    return status === undefined ? [] : [{ text: status, start: node.start }];
  });
}
