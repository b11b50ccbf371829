import type { SyntaxNode } from "../syntax/syntax.ts";
import { oncePerNode, within } from "../syntax/syntax.ts";
import { outputOf } from "./example-output.ts";
import { type TestText, wordsOf } from "../tests/test-cases.ts";

/**
 * Ways in which a Go test says less that no other language has.
 * @param loops of a go.mod that says `go 1.21` or less, all rounds of a loop share one variable
 */
export function goLooksAway(was: TestText, is: TestText, loops: "shared" | "own"): string[] {
  const found: string[] = [];
  // An example without its output is compiled and never run.
  if (was.name.startsWith("Example") && outputOf(was) !== null && outputOf(is) === null)
    found.push("no longer says what it prints, so it does not run");
  if (was.name.startsWith("Fuzz") && seeds(is) < seeds(was)) found.push("has lost a seed");
  if (loops === "shared" && lastRowOnly(is.body) > lastRowOnly(was.body))
    found.push("runs its rows side by side over one variable, so that only the last row is looked at");
  if (onlyLogs(was.body, is.body)) found.push("only logs what it failed for");
  if (asksForNewError(was.body, is.body)) found.push("looks for an error that nobody can give");
  if (failsLess(was.body, is.body)) found.push("fails only where something else holds too");
  return found;
}

/** `if got != 4 {` became `if got != 4 && got != 5 {`. */
function failsLess(was: SyntaxNode, is: SyntaxNode): boolean {
  const asked = new Set(conditionsIn(is).map(({ text }) => text));
  const before = new Set(
    conditionsIn(was)
      .map(({ text }) => text)
      .filter((text) => !asked.has(text)),
  );
  // `a != 1 || b != 2` became `a != 1 && b != 2`.
  const either = [...before].map((text) => text.split(" || "));
  return conditionsIn(is).some((condition) => {
    const all = conjuncts(condition);
    const texts = new Set(all.map(({ text }) => text));
    if (either.some((parts) => parts.length > 1 && parts.every((one) => texts.has(one)))) return true;
    return all.some((one) => before.has(one.text) && !isLeftToRows(one, all));
  });
}

/** `t.Errorf` became `t.Logf` under the very same condition. */
function onlyLogs(was: SyntaxNode, is: SyntaxNode): boolean {
  const logged = new Set(
    [...within(is)].flatMap((one) => {
      const then = one.type === "if_statement" ? one.child("consequence") : null;
      const isLog = then && !calls(then).some(fails) && (calls(then).some((call) => LOGS.test(call.child("function")?.text ?? "")) || isSent(then)); // prettier-ignore
      return isLog ? [one.child("condition")?.text ?? ""] : [];
    }),
  );
  const still = failuresIn(is);
  return [...failuresIn(was)].some(([text, times]) => logged.has(text) && (still.get(text) ?? 0) < times);
}

/** How often a test fails for each condition. */
function failuresIn(body: SyntaxNode): Map<string, number> {
  const found = new Map<string, number>();
  for (const { text } of conditionsIn(body)) found.set(text, (found.get(text) ?? 0) + 1);
  return found;
}

/** `errors.Is(err, errors.New("boom"))` in the place of what was asked: an error that was made right now is no other. */
function asksForNewError(was: SyntaxNode, is: SyntaxNode): boolean {
  const isNew = (one: SyntaxNode) => /^(errors\.New|fmt\.Errorf)\(/.test(one.child("arguments")?.parts[1]?.text ?? "");
  const newIn = (one: SyntaxNode) => calls(one).filter((call) => call.child("function")?.text === "errors.Is" && isNew(call)); // prettier-ignore
  if (newIn(is).length <= newIn(was).length) return false;
  const others = (body: SyntaxNode) => conditionsIn(body).filter((one) => newIn(one).length === 0).length;
  return others(is) < others(was);
}

const LOGS = /^\w+\.(Log|Logf)$|^(fmt\.Print|log\.Print)/;

/** `failures <- "crates"` and nothing else, to a channel that nobody reads. */
function isSent(then: SyntaxNode): boolean {
  const steps = then.parts.flatMap((one) => (one.type === "statement_list" ? one.parts : [one]));
  const sent = steps.length === 1 && steps[0]?.type === "send_statement" ? steps[0].child("channel") : null;
  return sent?.type === "identifier" && !usedIn(then.root).has(sent.text);
}

/** Names of a file with which anything is done but to make them, to send to them and to close them: a helper may read what is sent. */
const usedIn = oncePerNode((root): ReadonlySet<string> => {
  const isGiven = ({ parent, field }: SyntaxNode) =>
    (parent?.type === "expression_list" && parent.field === "left") || (parent?.type === "var_spec" && field === "name"); // prettier-ignore
  const isClosed = ({ parent }: SyntaxNode) => parent?.parent?.child("function")?.text === "close";
  const isSentTo = ({ parent, field }: SyntaxNode) => parent?.type === "send_statement" && field === "channel";
  const names = [...within(root)].filter(({ type }) => type === "identifier");
  return new Set(names.filter((one) => !isGiven(one) && !isClosed(one) && !isSentTo(one)).map(({ text }) => text));
});

/** `err != nil && !tt.wantErr`: a table says for which rows. */
function isLeftToRows(asked: SyntaxNode, all: readonly SyntaxNode[]): boolean {
  const others = all.filter((one) => one !== asked);
  return / nil$/.test(asked.text) && others.every((one) => /^!?\w+\.\w+( [!=]= [\w"]+)?$/.test(one.text));
}

/** What has to hold so that the test fails. */
function conditionsIn(body: SyntaxNode): SyntaxNode[] {
  return [...within(body)].flatMap((one) => {
    const condition = one.type === "if_statement" ? one.child("condition") : null;
    const then = one.child("consequence");
    return condition && then && calls(then).some(fails) ? [condition] : [];
  });
}

function fails(call: SyntaxNode): boolean {
  return /^\w+\.(Error|Errorf|Fatal|Fatalf|Fail|FailNow)$/.test(call.child("function")?.text ?? "");
}

function conjuncts(condition: SyntaxNode): SyntaxNode[] {
  const isAnd = condition.type === "binary_expression" && condition.children.some((one) => one.text === "&&");
  return isAnd ? condition.parts.flatMap(conjuncts) : [condition];
}

/** A `testing.T` that the test made itself: no runner hears what it is told. */
export function tellsNobody(body: SyntaxNode): boolean {
  return [...within(body)].some((one) => {
    if (!/^(short_var_declaration|assignment_statement|var_spec)$/.test(one.type)) return false;
    const made = /^(\w+)(?: :?= (?:&testing\.(?:T|B){}|new\(testing\.(?:T|B)\))| (?:= )?testing\.(?:T|B)(?:{})?)$/.exec(
      one.text,
    );
    const name = made?.[1];
    // Whoever tests a helper of tests asks afterwards whether it failed.
    return name !== undefined && !calls(body).some((call) => call.child("function")?.text === `${name}.Failed`);
  });
}

/** `f.Add(…)`: what a plain run of a fuzz test looks at. */
function seeds({ body }: TestText): number {
  return calls(body).filter((one) => wordsOf(one.child("function")).at(-1) === "Add").length;
}

function calls(root: SyntaxNode): SyntaxNode[] {
  return [...within(root)].filter((one) => one.type === "call_expression");
}

/** Parallel subtests that use their loop's variable, which was not copied for each of them. */
function lastRowOnly(body: SyntaxNode): number {
  const loops = [...within(body)].filter((one) => one.type === "for_statement");
  return loops.filter((loop) => {
    const range = loop.children.find((one) => one.type === "range_clause");
    const names = [...within(range?.child("left") ?? loop, (one) => one.type !== "block")]
      .filter((one) => one.type === "identifier" && one.text !== "_")
      .map(({ text }) => text);
    const inside = loop.child("body");
    if (!range || !inside) return false;
    const copied = new Set(
      [...within(inside)]
        .filter((one) => one.type === "short_var_declaration")
        .flatMap((one) => [...within(one.child("left") ?? one)].map(({ text }) => text)),
    );
    return calls(inside)
      .flatMap((one) => one.child("arguments")?.parts ?? [])
      .filter(
        (one) =>
          one.type === "func_literal" &&
          calls(one).some((call) => wordsOf(call.child("function")).at(-1) === "Parallel"),
      )
      .some((one) =>
        [...within(one)].some(
          (part) => part.type === "identifier" && names.includes(part.text) && !copied.has(part.text),
        ),
      );
  }).length;
}

/** The language's version decides how loops work: `go 1.22` and later give each round a variable of its own. */
export function loopsOf(goMod: string): "shared" | "own" {
  const [, major = "1", minor = "22"] = /^go (\d+)\.(\d+)/m.exec(goMod) ?? [];
  return Number(major) === 1 && Number(minor) < 22 ? "shared" : "own";
}
