import { assertionsIn } from "../tests/assertions.ts";
import { around } from "../tests/said.ts";
import { givenIn, type SyntaxNode, within } from "../syntax/syntax.ts";
import type { TestSide } from "../tests/test-side.ts";

/** Random numbers and clocks of the languages that are read. */
const LUCK =
  /^(Math\.random|crypto\.(random\w+|getRandomValues)|(random|randint|randrange|uniform|randomInt|randomBytes|randomUUID|hrtime|perf_counter|monotonic)|Date\.now|performance\.now|process\.(hrtime|hrtime\.bigint|uptime)|random\.\w+|secrets\.\w+|os\.urandom|uuid\.uuid\d|time\.(time|time_ns|monotonic|monotonic_ns|perf_counter|perf_counter_ns|process_time|Now|Since|Until)|(datetime\.)?datetime\.(now|utcnow|today)|rand\.\w+)$/;

/** Names of the tests whose verdict a random number or a clock has a part in: what they show may be luck. */
export function decidedByLuck(side: TestSide): string[] {
  const names = luckyNames(side);
  const isLucky = (node: SyntaxNode) => hasLuck(node, names);
  return side.tests
    .filter(({ body }) => {
      const asserted = assertionsIn(body, side.language, side.helpers).map(({ node }) => around(node, side.language));
      const asked = [...within(body)].filter(({ type }) => /^(if_statement|ternary_expression|conditional_expression)$/.test(type)); // prettier-ignore
      return asserted.some(isLucky) || asked.some((one) => isLucky(one.child("condition") ?? one));
    })
    .map(({ name }) => name);
}

/** Variables and functions that hold or give what luck decides. */
function luckyNames({ root, functions }: TestSide): Set<string> {
  const found = new Set<string>();
  const values = [...within(root)].map(givenIn).filter((one) => one !== null);
  for (let size: number | null = null; size !== found.size;) {
    size = found.size;
    for (const { name, body } of functions) if (hasLuck(body, found)) found.add(name);
    for (const { left, right } of values) {
      const isFunction = /^(arrow_function|function_expression|lambda|func_literal)$/.test(right?.type ?? "");
      if (!right || isFunction || !hasLuck(right, found)) continue;
      for (const { type, text } of within(left)) if (/identifier/.test(type)) found.add(text);
    }
  }
  return found;
}

function hasLuck(node: SyntaxNode, names: ReadonlySet<string>): boolean {
  return [...within(node)].some((one) => {
    if (/^call(_expression)?$/.test(one.type)) return LUCK.test(one.child("function")?.text ?? "");
    if (one.type === "new_expression")
      return one.child("constructor")?.text === "Date" && (one.child("arguments")?.parts.length ?? 0) === 0;
    return one.type === "identifier" && names.has(one.text);
  });
}
