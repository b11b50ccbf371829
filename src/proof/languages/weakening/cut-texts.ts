import type { Asked } from "./as-near.ts";
import { isLiteral, meantBy } from "../tests/assertions.ts";
import { isTelling } from "../tests/said.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";
import type { TestText } from "../tests/test-cases.ts";

const JOINS = /^strings\.Join$|\.join$/;
const READS_ROWS = /\bcsv\.(DictReader|reader|NewReader)\(/;

/**
 * Texts that are written in parts now, or of which a part was written: the lines of a text as a list, what a test joined itself,
 * lines that are now compared as one text.
 * @param now what stands together in the assertions as they are now
 */
export function textsCut(was: TestText, now: readonly Asked[], is: TestText): (text: string) => boolean {
  const between = ["\n", ...separatorsIn(was.body), ...(READS_ROWS.test(is.body.text) ? [","] : [])];
  const all = now.flatMap(({ texts }) => [...texts]);
  const lines = new Set(all.filter((one) => one.includes("\n")).flatMap(linesOf));
  return (text) =>
    (isTelling(text) && lines.has(text)) ||
    isStructNow(text, now, is) ||
    between.some((by) => {
      const parts = by === "\n" ? linesOf(text) : text.split(by).filter((one) => one !== "");
      return (
        parts.length > 1 &&
        now.some(({ texts }) => texts.has(`[${parts.join(" ")}]`) || parts.every((one) => texts.has(one)))
      );
    });
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((one) => one !== "");
}

/** What an old test put between the parts that it got: `strings.Join(got, ",")`. */
function separatorsIn(body: SyntaxNode): string[] {
  return [...within(body)].flatMap((one) => {
    const callee = one.child("function");
    if (!callee || !JOINS.test(callee.text)) return [];
    const by =
      callee.text === "strings.Join" ? one.child("arguments")?.parts[1] : (one.child("arguments")?.parts[0] ?? null);
    const object = callee.child("object");
    return [by, object].flatMap((part) => (part && isLiteral(part) && meantBy(part) !== "" ? [meantBy(part)] : []));
  });
}

/** `{"name":"jug","grams":3}` is compared as `Pot{Name: "jug", Grams: 3}`: JSON finds fields whatever their case. */
function isStructNow(text: string, now: readonly Asked[], { body }: TestText): boolean {
  if (!/^[[{].*[\]}]$/s.test(text)) return false;
  const said: string[] = [];
  try {
    JSON.parse(text, (key: string, value: unknown) => {
      // Nothing says a truth by its text.
      if (typeof value === "boolean" || value === null) throw new SyntaxError();
      if (typeof value === "string" || typeof value === "number") said.push(String(value));
      const field = `${key.slice(0, 1).toUpperCase()}${key.slice(1)}:`;
      if (/^[a-z]/.test(key) && !body.text.includes(field)) throw new SyntaxError();
      return value;
    });
  } catch {
    return false;
  }
  return said.some(isTelling) && now.some(({ texts }) => said.every((one) => !isTelling(one) || texts.has(one)));
}
