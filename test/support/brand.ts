import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/**
 * Where the compiler would let a text pass for one with a brand that its one maker has not given it: by an assertion, by `any`, by a
 * predicate, by a declaration without a body, or because the compiler is told to look away.
 */
export type Maker = { readonly file: string; readonly line: number; readonly why: string; readonly code: string };

export type Searched = {
  /** Where `tsconfig.json` is. */
  readonly root: string;
  readonly files: readonly string[];
  /** The module that makes the brand, and the type that has it. */
  readonly home: string;
  readonly type: string;
  /** Files that are not on disk, by path. */
  readonly made?: ReadonlyMap<string, string>;
};

/** So deep a type is looked into: a question holds turns, which hold results, which hold texts. */
const DEPTH_MAX = 5;
const LOOKS_AWAY = /^[ \t]*(?:\/\/|\/\*|\*)[\s/*]*@ts-(?:ignore|nocheck|expect-error)/m;

export function makersOf(searched: Searched): Maker[] {
  const program = programOf(searched);
  const checker = program.getTypeChecker();
  const holds = holder(checker, brandIn(program, checker, searched));
  const isBlind = blindFunctions(program, checker, searched);
  const { home, files, made } = searched;
  return [...files, ...(made?.keys() ?? [])]
    .filter((file) => file !== home)
    .flatMap((file) => {
      const source = program.getSourceFile(file);
      if (!source) throw new Error(`${file} is not in the program`);
      return makersIn(source, checker, holds, isBlind);
    });
}

function programOf({ root, files, made }: Searched): ts.Program {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => readFileSync(path, "utf8")) as { config: unknown }; // prettier-ignore
  const { options } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, root);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => made?.has(path) || fileExists(path);
  host.readFile = (path) => made?.get(path) ?? readFile(path);
  host.getSourceFile = (path, language, ...rest) => {
    const text = made?.get(path);
    return text === undefined
      ? getSourceFile(path, language, ...rest)
      : ts.createSourceFile(path, text, language, true);
  };
  return ts.createProgram([...files, ...(made?.keys() ?? [])], options, host);
}

/** The properties that a text has because of its brand, and others do not. */
function brandIn(program: ts.Program, checker: ts.TypeChecker, { home, type }: Searched): (one: ts.Type) => boolean {
  const source = program.getSourceFile(home);
  const symbol = source && checker.getSymbolAtLocation(source);
  const exported = symbol && checker.getExportsOfModule(symbol).find(({ name }) => name === type);
  if (!exported) throw new Error(`${home} exports no ${type}`);
  const branded = checker.getDeclaredTypeOfSymbol(exported);
  const own = branded.getProperties().find(({ declarations }) => declarations?.some((one) => one.getSourceFile() === source)); // prettier-ignore
  if (!own) throw new Error(`${type} has no brand`);
  return (one) => one.getProperties().some(({ name }) => name === own.name);
}

type Holds = (type: ts.Type | undefined) => boolean;

function holder(checker: ts.TypeChecker, isBranded: (one: ts.Type) => boolean): Holds {
  const known = new Map<ts.Type, boolean>();
  const look = (type: ts.Type, depth: number): boolean => {
    if (type.isUnion() || (type.isIntersection() && !isBranded(type)))
      return type.types.some((one) => look(one, depth));
    if (type.isIntersection()) return true;
    if (!(type.flags & ts.TypeFlags.Object) || depth === 0) return false;
    const element = checker.getIndexInfosOfType(type).map((one) => one.type);
    const isOfOurs = type.symbol?.declarations?.some((one) => !one.getSourceFile().isDeclarationFile) ?? false;
    const parts = isOfOurs ? type.getProperties().map((one) => checker.getTypeOfSymbol(one)) : [];
    const filled = checker.isArrayType(type) || !isOfOurs ? checker.getTypeArguments(type as ts.TypeReference) : [];
    return [...element, ...parts, ...filled].some((one) => look(one, depth - 1));
  };
  return (type) => {
    if (!type) return false;
    const before = known.get(type);
    if (before !== undefined) return before;
    const now = look(type, DEPTH_MAX);
    known.set(type, now);
    return now;
  };
}

/** Functions that give whatever type their caller names: `<T>(x: unknown) => x as T`, and those of libraries. */
function blindFunctions(
  program: ts.Program,
  checker: ts.TypeChecker,
  { files, made }: Searched,
): (declaration: ts.Node | undefined) => boolean {
  const blind = new Set<ts.Node>();
  const look = (node: ts.Node): void => {
    if (isAssertion(node) && checker.getTypeAtLocation(node).flags & ts.TypeFlags.TypeParameter) {
      const around = ts.findAncestor(node, ts.isFunctionLike);
      if (around) blind.add(around);
    }
    ts.forEachChild(node, look);
  };
  for (const file of [...files, ...(made?.keys() ?? [])]) look(program.getSourceFile(file) as ts.Node);
  return (declaration) => declaration !== undefined && blind.has(declaration);
}

function makersIn(
  source: ts.SourceFile,
  checker: ts.TypeChecker,
  holds: Holds,
  isBlind: (declaration: ts.Node | undefined) => boolean,
): Maker[] {
  const makers: Maker[] = [];
  const tell = (node: ts.Node, why: string) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    makers.push({ file: source.fileName, line: line + 1, why, code: node.getText(source).slice(0, 120) });
  };
  const look = (node: ts.Node): void => {
    const why = whyOf(node, checker, holds, isBlind);
    if (why) tell(node, why);
    ts.forEachChild(node, look);
  };
  look(source);
  if (LOOKS_AWAY.test(source.text)) makers.push({ file: source.fileName, line: 1, why: "the compiler is told to look away", code: "" }); // prettier-ignore
  return makers;
}

type Assertion = ts.AsExpression | ts.TypeAssertion;
function isAssertion(node: ts.Node): node is Assertion {
  return (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) && !ts.isConstTypeReference(node.type);
}

function whyOf(
  node: ts.Node,
  checker: ts.TypeChecker,
  holds: Holds,
  isBlind: (declaration: ts.Node | undefined) => boolean,
): string | null {
  if (isAssertion(node)) {
    const target = checker.getTypeAtLocation(node);
    if (!holds(target)) return null;
    const from = checker.getTypeAtLocation(node.expression);
    return from.flags & (ts.TypeFlags.Any | ts.TypeFlags.Never) || !checker.isTypeAssignableTo(from, target)
      ? "an assertion"
      : null;
  }
  if (ts.isTypePredicateNode(node)) return node.type && holds(checker.getTypeFromTypeNode(node.type)) ? "a predicate" : null; // prettier-ignore
  if (ts.isFunctionLike(node) && !("body" in node && node.body) && isDeclaredOnly(node)) {
    const signature = checker.getSignatureFromDeclaration(node);
    return signature && holds(signature.getReturnType()) ? "a declaration without a body" : null;
  }
  if (ts.isVariableDeclaration(node) && isAmbient(node) && holds(checker.getTypeAtLocation(node))) return "a declaration without a body"; // prettier-ignore
  if (ts.isCallExpression(node)) {
    const signature = checker.getResolvedSignature(node);
    if (isBlind(signature?.declaration) && holds(checker.getTypeAtLocation(node))) return "a function that asserts";
    const isNamed = node.typeArguments?.some((one) => holds(checker.getTypeFromTypeNode(one)));
    const isForeign = signature?.declaration?.getSourceFile().isDeclarationFile;
    if (isNamed && isForeign && holds(checker.getTypeAtLocation(node))) return "a library that asserts";
  }
  if (!ts.isExpression(node) || !isGiven(node)) return null;
  const wanted = checker.getContextualType(node);
  if (!holds(wanted)) return null;
  return checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any ? "any" : null;
}

function isDeclaredOnly(node: ts.Node): boolean {
  return ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node);
}

function isAmbient(node: ts.VariableDeclaration): boolean {
  const statement = node.parent.parent;
  return ts.isVariableStatement(statement) && (statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) ?? false); // prettier-ignore
}

/** Whether a value goes somewhere here: to a parameter, a field, a variable, a caller. */
function isGiven(node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression !== node;
  if (ts.isArrowFunction(parent)) return parent.body === node;
  if (ts.isBinaryExpression(parent)) return parent.right === node;
  if (ts.isConditionalExpression(parent)) return parent.condition !== node;
  return (
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent) ||
    ts.isReturnStatement(parent) || ts.isArrayLiteralExpression(parent) || ts.isSpreadAssignment(parent) || ts.isSpreadElement(parent) ||
    ts.isParenthesizedExpression(parent) || ts.isAwaitExpression(parent) || ts.isSatisfiesExpression(parent) ||
    ts.isParameter(parent) || ts.isPropertyDeclaration(parent) || ts.isYieldExpression(parent) || ts.isNonNullExpression(parent)
  ); // prettier-ignore
}
