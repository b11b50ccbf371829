import { familyOf, type Language } from "../syntax/grammar.ts";
import { above, FUNCTION, givenIn, type SyntaxNode, within } from "../syntax/syntax.ts";

const NAMES = /^(identifier|call|call_expression|new_expression|this|self|attribute|member_expression|selector_expression)$/; // prettier-ignore
/** What many functions answer and mean: nothing, a truth, a count of none or one, one plain word. */
const PLAIN_ANSWER = /^(["'`][a-zA-Z_-]*["'`]|-?[01]|true|false|True|False|null|undefined|None|nil|\[\]|\{\}|\(\))$/;
const IF = /^(if_statement|else_clause|elif_clause|statement_block|block|statement_list)$/;

/**
 * Whether a function only refuses what it cannot take, and answers all else with one and the same number or text: it looks
 * as if it worked, and works nothing out.
 * @param steps the statements of its body
 */
export function answersOnlyOne(
  body: SyntaxNode,
  steps: readonly SyntaxNode[],
  language: "js" | "python" | "go",
): boolean {
  const last = steps.at(-1);
  if (last?.type !== "return_statement" || !steps.slice(0, -1).every(isGuardOrConstant)) return false;
  const constants = constantsIn(steps);
  const all = [...within(body, (one) => !FUNCTION.test(one.type))].filter((one) => one.type === "return_statement");
  const answers = all.filter((one) => language !== "go" || !isErrorOfGo(one)).map((one) => answerOf(one, constants));
  const refuses = steps.slice(0, -1).some((one) => one.type === "if_statement");
  const [answer] = answers;
  return refuses && answer !== null && answer !== undefined && answers.every((one) => one === answer);
}

/** `if (…) throw …`, or a name for a number: nothing that works anything out. */
function isGuardOrConstant(step: SyntaxNode): boolean {
  if (/comment$/.test(step.type)) return true;
  if (step.type !== "if_statement") return namesConstants(step);
  const inner = [...within(step, ({ type }) => IF.test(type))].filter((one) => /_statement$/.test(one.type) && one !== step && !IF.test(one.type)); // prettier-ignore
  const asked = [...within(step, ({ type }) => !/^(throw|raise|return)_statement$/.test(type))];
  return (
    !asked.some(isWork) && inner.every((one) => /^(throw_statement|raise_statement|return_statement)$/.test(one.type))
  );
}

const DECLARES = /^(lexical_declaration|variable_declaration|expression_statement|short_var_declaration|var_declaration|const_declaration)$/; // prettier-ignore

/** Neither a loop, nor a field that is set: those are work. */
function namesConstants(step: SyntaxNode): boolean {
  const given = DECLARES.test(step.type) ? [...within(step)].flatMap((one) => givenIn(one) ?? []) : [];
  const isConstantOfName = ({ left, right }: (typeof given)[number]) =>
    /^[\w, ]+$/.test(left.text) && right !== null && isConstant(right, new Map());
  return given.length > 0 && given.every(isConstantOfName);
}

const ASKS =
  /^(len|isinstance|callable|any|all|isNaN|isFinite|(Number|Array|Object|strings|utf8|math|errors|re)\.\w+|.+\.(includes|startsWith|endsWith|test|has|some|every|trim|match|startswith|endswith|strip|is[a-z]+))$/;

/** `if err := save(row); err != nil`, `if (!(await remove(id)))`: the question does the work. */
function isWork(one: SyntaxNode): boolean {
  if (/^await(_expression)?$/.test(one.type)) return true;
  return /^call(_expression)?$/.test(one.type) && !ASKS.test(one.child("function")?.text ?? "");
}

function constantsIn(steps: readonly SyntaxNode[]): ReadonlyMap<string, string> {
  const all = steps.filter(({ type }) => type !== "if_statement").flatMap((step) => [...within(step)]);
  return new Map(all.map(givenIn).flatMap((one) => (one?.right ? [[one.left.text, one.right.text]] : [])));
}

/** The text of an answer that is written down, or null. */
function answerOf(statement: SyntaxNode, constants: ReadonlyMap<string, string>): string | null {
  const [first] = statement.parts;
  const value = first?.type === "expression_list" ? first.parts[0] : first;
  if (!value || !isConstant(value, constants)) return null;
  const text = constants.get(value.text) ?? value.text;
  return PLAIN_ANSWER.test(text) ? null : text;
}

function isConstant(value: SyntaxNode, constants: ReadonlyMap<string, string>): boolean {
  return [...within(value)].every((one) => !NAMES.test(one.type) || constants.has(one.text));
}

/** `return 0, ErrEmpty`: the last of several is an error. */
function isErrorOfGo({ parts: [list] }: SyntaxNode): boolean {
  return list?.type === "expression_list" && list.parts.length > 1 && list.parts.at(-1)?.text !== "nil";
}

/** Stand-ins that have an answer for every name, always the same: a `Proxy`, `__getattr__`. Nothing is an answer as well. */
export function answersForAnyName(root: SyntaxNode, language: Language): SyntaxNode[] {
  const family = familyOf(language);
  if (family === "python") return [...within(root)].filter(isOpenClass);
  if (family !== "js") return [];
  return [...within(root)].filter((one) => {
    if (one.type !== "new_expression" || one.child("constructor")?.text !== "Proxy") return false;
    const handler = one.child("arguments")?.parts[1];
    const trap = handler && trapOf(handler.type === "identifier" ? valueOf(handler.text, root) : handler);
    return trap !== null && trap !== undefined && givesOne(trap);
  });
}

function valueOf(name: string, root: SyntaxNode): SyntaxNode | null {
  for (const one of within(root)) if (givenIn(one)?.left.text === name) return givenIn(one)?.right ?? null;
  return null;
}

function trapOf(handler: SyntaxNode | null): SyntaxNode | null {
  const own =
    handler?.type === "as_expression" || handler?.type === "satisfies_expression" ? handler.parts[0] : handler;
  for (const one of own?.parts ?? []) {
    if (one.type === "pair" && one.child("key")?.text === "get") return one.child("value");
    if (one.type === "method_definition" && one.child("name")?.text === "get") return one;
  }
  return null;
}

/** Whether a function, or the function that it answers, has one number or text for whatever it is given. */
function givesOne(trap: SyntaxNode): boolean {
  const value = soleAnswer(trap);
  if (!value) return false;
  if (/^(arrow_function|function_expression|lambda)$/.test(value.type)) {
    const inner = soleAnswer(value);
    return inner !== null && (/^(true|True)$/.test(inner.text) || isWorthIt(inner));
  }
  return isWorthIt(value);
}

function isWorthIt(value: SyntaxNode): boolean {
  return isConstant(value, new Map()) && !/^(["'`]{2}|0|true|false|null|undefined|None|True|False|void 0|\[\]|\{\s*\}|\(\))$/.test(value.text); // prettier-ignore
}

function soleAnswer(of: SyntaxNode): SyntaxNode | null {
  const body = of.child("body");
  if (!body) return null;
  if (!/^(statement_block|block)$/.test(body.type)) return unwrapped(body);
  const steps = body.parts.filter(({ type }) => !/comment$/.test(type));
  const [only] = steps;
  return steps.length === 1 && only?.type === "return_statement" ? unwrapped(only.parts[0] ?? only) : null;
}

function unwrapped(value: SyntaxNode): SyntaxNode {
  const inner = /^(parenthesized_expression|as_expression)$/.test(value.type) ? value.parts[0] : undefined;
  return inner ? unwrapped(inner) : value;
}

function isOpenClass(one: SyntaxNode): boolean {
  if (one.type !== "function_definition" || !/^__(getattr|getattribute)__$/.test(one.child("name")?.text ?? "")) return false; // prettier-ignore
  return [...above(one)].some(({ type }) => type === "class_definition") && givesOne(one);
}
