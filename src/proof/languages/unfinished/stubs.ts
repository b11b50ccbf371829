import { isEquality, looksAtBoth } from "./equality.ts";
import {
  fillsInterface,
  holderOf,
  isDefault,
  isHook,
  isMeantEmptyName,
  isOfNothingName,
  isStandIn,
} from "./meant-empty.ts";
import { answersForAnyName, answersOnlyOne } from "./one-answer.ts";
import { type Family, familyOf, type Language } from "../syntax/grammar.ts";
import { functionsOf, type NamedFunction } from "../syntax/functions.ts";
import { above, FUNCTION, type SyntaxNode, within } from "../syntax/syntax.ts";
import {
  hasParameters,
  isConstantAnswer,
  isNotWritten,
  isThrow,
  onlySaysSo,
  parameterNames,
  usesParameters,
} from "./simple-forms.ts";
import { wordsOf } from "../tests/test-cases.ts";

/** A function that has a form and no content. */
export type Stub = {
  readonly name: string;
  readonly line: number;
  readonly what: string;
  /**
   * False for a form that may also be meant (`set() { throw new TypeError("read-only") }`): it is a stub where no test
   * notices when the function does nothing.
   */
  readonly certain: boolean;
};

const EMPTY = "is empty";
const SAME = "answers the same whatever it is given";
export const ONLY_THROWS = "only throws";
export const ONLY_SAYS_SO = "only says that it is not implemented";

/** @param lines the added lines; the function has to begin on one of them, or its body */
export function stubsIn(
  root: SyntaxNode,
  language: Language,
  lines: ReadonlySet<number>,
  bases: ReadonlySet<string> = basesIn(root),
): Stub[] {
  const family = familyOf(language);
  const open = answersForAnyName(root, language).filter(({ line }) => lines.has(line));
  const standIns = open.map(({ line }): Stub => ({ name: "get", line, what: "answers the same to every name", certain: true })); // prettier-ignore
  const found = functionsOf(root, language).flatMap((one): Stub[] => {
    if (!lines.has(one.node.line) && !lines.has(one.body.line)) return [];
    const form = formOf(one, family);
    if (!form || isForm(one, family, bases)) return [];
    if (form.what === EMPTY && isMeantEmpty(one)) return [];
    return [{ name: one.name, line: one.node.line, ...form }];
  });
  return [...standIns, ...found];
}

/** Functions that cannot do less than they do: empty ones, and forms for others to fill in. */
export function hollowIn(root: SyntaxNode, language: Language): Set<SyntaxNode> {
  const family = familyOf(language);
  const bases = basesIn(root);
  const hollow = functionsOf(root, language).filter(
    (one) => isForm(one, family, bases) || formOf(one, family)?.what === EMPTY || isNo(one),
  );
  return new Set(hollow.map(({ node }) => node));
}

/** `set: () => false`: a trap or callback that does nothing is as much a no. Named functions have to be looked at. */
function isNo({ node, body }: NamedFunction): boolean {
  return (
    node.type === "arrow_function" &&
    node.parent?.type === "pair" &&
    /^(false|null|undefined)$/.test(body.text) &&
    !hasParameters(node)
  );
}

/** Classes that another class builds on. */
export function basesIn(...roots: readonly SyntaxNode[]): Set<string> {
  return new Set(
    roots
      .flatMap((root) => [...within(root)])
      .filter((one) => one.type === "class_definition")
      .flatMap((one) => superclassesOf(one)),
  );
}

/** What only has to be there, for others to fill in: an abstract method, an overload, a method of a protocol. */
function isForm(one: NamedFunction, family: Family, bases: ReadonlySet<string>): boolean {
  if (family === "js") return one.node.children.some((child) => child.type === "abstract");
  if (family !== "python") return false;
  const outer = one.node.parent?.type === "decorated_definition" ? one.node.parent : null;
  const marks = outer?.children.filter((child) => child.type === "decorator").map((child) => child.text) ?? [];
  if (marks.some((mark) => /\b(abstractmethod|abstractproperty|overload)\b/.test(mark))) return true;
  const owner = [...above(one.node)].find((node) => node.type === "class_definition");
  // A text that says what others may do there is a form too.
  if (!owner || !(formOf(one, family) || one.body.parts.every((part) => isDocstring(part, one.body)))) return false;
  const name = owner.child("name")?.text ?? "";
  return bases.has(name) || superclassesOf(owner).some((base) => /^(ABC|Protocol|ABCMeta)$/.test(base));
}

function superclassesOf(node: SyntaxNode): string[] {
  const list = node.child("superclasses")?.parts ?? [];
  return list.flatMap((one) => {
    const value = one.type === "keyword_argument" ? one.child("value") : one.type === "subscript" ? one.parts[0] : one;
    return wordsOf(value ?? null).slice(-1);
  });
}

type Form = Pick<Stub, "what" | "certain">;

function formOf({ node, body }: NamedFunction, family: Family): Form | null {
  if (family === "js" && body.type !== "statement_block") return null;
  if (isEquality(node) && !looksAtBoth(node, body))
    return { what: "reports two values as equal without comparing them", certain: true };
  const statements = body.parts.filter((one) => !/comment$/.test(one.type) && !isDocstring(one, body));
  const inner = statements.length === 1 && statements[0]?.type === "statement_list" ? statements[0].parts : statements;
  const telling = inner.filter((one) => !isNothing(one));
  const [only, more] = telling;
  if (isLeftForLater(telling, body) || endsUnwritten(node, body, telling))
    return { what: "says that it is not written", certain: true };
  if (onlySaysSo(telling) && !isForOneSystem(node)) return { what: ONLY_SAYS_SO, certain: true };
  if (more) {
    const isOne = family !== "other" && isGiven(node) && answersOnlyOne(body, inner, family);
    return isOne ? { what: SAME, certain: true } : null;
  }
  if (!only) return inner.length > 0 || family !== "python" ? { what: EMPTY, certain: true } : null;
  if (isNotWritten(only)) return { what: "says that it is not written", certain: true };
  if (isThrow(only) && !usesParameters(node, only))
    return { what: ONLY_THROWS, certain: family === "go" && isMeantToAnswer(node) };
  if (isConstantAnswer(only) && hasParameters(node) && !usesParameters(node, only))
    return { what: SAME, certain: isEquality(node) || !isMeantConstant(node) };
  return null;
}

/** `if not parts: return 0`, `raise NotImplementedError("prices")`: one answer for nothing; a table of kinds says which one it lacks. */
function endsUnwritten(node: SyntaxNode, body: SyntaxNode, steps: readonly SyntaxNode[]): boolean {
  const last = steps.at(-1);
  if (!last || steps.length > 2 || !isNotWritten(last) || usesParameters(node, last)) return false;
  const returns = [...within(body, ({ type }) => !FUNCTION.test(type))].filter(
    ({ type }) => type === "return_statement",
  );
  return returns.length === 1 && returns.every(isConstantAnswer);
}

const NOT_YET = /["'`][^"'`]*(\bnot yet (supported|written|done|built|finished|possible|handled)\b|\bnot (supported|written|done|built|finished|possible|handled) yet\b)/i; // prettier-ignore

/** Whatever does not fail before ends with `throw new Error("not supported yet")`; a guard that says so has answers beside it. */
function isLeftForLater(steps: readonly SyntaxNode[], body: SyntaxNode): boolean {
  const last = steps.at(-1);
  if (!last || !NOT_YET.test(last.text)) return false;
  const isFailing = (one: SyntaxNode) => isThrow(one) || /^return\b.*\b(errors\.New|fmt\.Errorf)\(|^return\b(?!.*\.[eE]rr\w*$).*\b[eE]rr\w*$/.test(one.text); // prettier-ignore
  const own = [...within(body, ({ type }) => !FUNCTION.test(type))];
  const answers = own.filter((one) => one.type === "return_statement" && one.parts.length > 0);
  return isFailing(last) && answers.every(isFailing) && !own.some(endsWork);
}

/** `page.paint(); return;`: what has no answer to give is done there; a lone `return` may stand where nothing is. */
function endsWork(one: SyntaxNode): boolean {
  if (/^yield(_expression)?$/.test(one.type)) return true;
  const block = /^(statement_block|block|statement_list)$/.test(one.parent?.type ?? "") ? one.parent : null;
  return (
    one.type === "return_statement" && one.parts.length === 0 && block !== null && block.parts[0]?.start !== one.start
  );
}

/** Whether there is something on which an answer could depend: a parameter that is read, the object itself. */
function isGiven(node: SyntaxNode): boolean {
  const names = [...parameterNames(node)];
  return (names.length > 0 && !names.some((name) => name.startsWith("_"))) || /method/.test(node.type) || node.child("receiver") !== null; // prettier-ignore
}

/** A Go function of its own that takes something and gives something, in a file for every system. */
function isMeantToAnswer(node: SyntaxNode): boolean {
  if (node.type !== "function_declaration" || !node.child("result") || !hasParameters(node)) return false;
  if (/unreach|unsupported|never|fatal|panic|^(fail|throw|die)/i.test(node.child("name")?.text ?? "")) return false;
  return !isForOneSystem(node);
}

function isForOneSystem(node: SyntaxNode): boolean {
  return node.root.children.some((one) => one.type === "comment" && /^\/\/go:build\b/.test(one.text));
}

function isDocstring(one: SyntaxNode, body: SyntaxNode): boolean {
  return one === body.parts.find((part) => !/comment$/.test(part.type)) && isText(one);
}

function isText(one: SyntaxNode): boolean {
  return one.type === "expression_statement" && one.parts.length === 1 && one.parts[0]?.type === "string";
}

function isNothing(one: SyntaxNode): boolean {
  return /^(pass_statement|empty_statement|;)$/.test(one.type) || one.text === "..." || isText(one) || onlyNames(one);
}

/** `void text;`, `_ = day`, `del unit`: says that a name is not used, and uses it for nothing. */
function onlyNames(one: SyntaxNode): boolean {
  return (
    /^(expression_statement|assignment_statement|short_var_declaration|delete_statement)$/.test(one.type) &&
    /^(void [\w, ()]+|_\w*(, _)* :?= [\w, ()]+|del [\w, ]+|\w+);?$/.test(one.text) &&
    ![...within(one)].some(({ type }) => /^call(_expression)?$/.test(type))
  );
}

/** A method may fill a form that others set, and a name like `_line` says that it is not read. */
function isMeantConstant(node: SyntaxNode): boolean {
  if ([...above(node)].some((one) => /^(class|object$|arguments$)/.test(one.type))) return true;
  if (node.type === "method_declaration") return true;
  return [...parameterNames(node)].some((name) => name.startsWith("_"));
}

/** A method in Go that gives neither itself nor what it gets a name cannot use any of it: it fills an interface. */
function namesNothing(node: SyntaxNode): boolean {
  if (node.type !== "method_declaration") return false;
  const given = [node.child("receiver"), node.child("parameters")].flatMap((one) => one?.parts ?? []);
  return given.every((one) => /^_?$/.test(one.child("name")?.text ?? ""));
}

/** `{ info: () => {}, warn: () => {} }`: an object all of whose functions are empty stands for nobody. */
function isOfNothing(node: SyntaxNode): boolean {
  const pair = node.type === "arrow_function" && node.parent?.type === "pair" ? node.parent : null;
  const members = pair?.parent?.parts ?? [];
  return (
    members.length > 0 && members.every((one) => /^\(?[\w, ]*\)? => \{\s*\}$/.test(one.child("value")?.text ?? ""))
  );
}

/** Besides names: places where nothing is what others expect, such as a method that a base class asks for. */
function isMeantEmpty({ name, node }: NamedFunction): boolean {
  if (isMeantEmptyName(name) || namesNothing(node) || isOfNothing(node) || isDefault(node) || isStandIn(node))
    return true;
  if (isOfNothingName(holderOf(node)) || fillsInterface(node) || isHook(node)) return true;
  const owner = [...above(node)].find((one) => /^class(_definition|_declaration)?$/.test(one.type));
  if (!owner) return false;
  const ofClass = `${owner.child("name")?.text ?? ""}`;
  const fills = owner.children.some((one) => /^(class_heritage|argument_list)$/.test(one.type));
  const isEllipsis = [...within(node)].some((one) => one.type === "ellipsis");
  return isOfNothingName(ofClass) || (fills && !isEllipsis);
}
