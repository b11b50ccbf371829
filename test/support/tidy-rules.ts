import ts from "typescript";

/** A source file as text; every rule is a function over these, so that each can be shown a bad one. */
export type Source = { readonly path: string; readonly text: string };

export const FILE_LINES_MAX = 250;
/** Tables of cases are longer than the code they are about. */
const TEST_LINES_MAX = 300;
export const FUNCTION_LINES_MAX = 70;

function parse({ path, text }: Source): ts.SourceFile {
  const kind = path.endsWith(".ts") ? ts.ScriptKind.TS : ts.ScriptKind.JS;
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

function at(file: ts.SourceFile, node: ts.Node): string {
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;
}

export function longFile({ path, text }: Source): string[] {
  const lines = text.trimEnd().split("\n").length;
  const isTest = path.startsWith("test/") || /\.(test|system)\.ts$/.test(path);
  return lines > (isTest ? TEST_LINES_MAX : FILE_LINES_MAX) ? [`${path} has ${lines} lines`] : [];
}

export function longFunctions(source: Source): string[] {
  const file = parse(source);
  const found: string[] = [];
  visit(file, (node) => {
    if (!ts.isFunctionLike(node) || !("body" in node) || !node.body) return;
    const line = (position: number) => file.getLineAndCharacterOfPosition(position).line;
    const lines = line(node.getEnd()) - line(node.getStart(file)) + 1;
    if (lines > FUNCTION_LINES_MAX) found.push(`${at(file, node)} has ${lines} lines`);
  });
  return found;
}

export type Import = {
  readonly from: string;
  readonly to: string;
  /** `type`: gone when the program runs. */
  readonly kind: "type" | "value";
  /** Absent: loaded with the file; else when the code comes to it. */
  readonly late?: true;
  readonly where: string;
};

/** Everything a file imports or re-exports, with relative paths made whole. */
export function importsOf(source: Source): Import[] {
  const file = parse(source);
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, kind: Import["kind"], node: ts.Node, late?: true) => {
    if (!specifier || !ts.isStringLiteral(specifier)) return;
    const to = whole(source.path, specifier.text);
    found.push({ from: source.path, to, kind, where: at(file, node), ...(late ? { late } : {}) });
  };
  visit(file, (node) => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, importKind(node.importClause), node);
    if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly ? "type" : "value", node);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], "value", node, true);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, "type", node);
  });
  return found;
}

function importKind(clause: ts.ImportClause | undefined): Import["kind"] {
  if (!clause) return "value";
  if (clause.isTypeOnly) return "type";
  const named = clause.namedBindings;
  const onlyTypes =
    !clause.name && named !== undefined && ts.isNamedImports(named) && named.elements.every((one) => one.isTypeOnly);
  return onlyTypes ? "type" : "value";
}

function whole(from: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  return new URL(specifier, `file:///${from}`).pathname.slice(1);
}

/** The npm package or node module that a specifier names; null for our own files. */
export function packageOf(to: string): string | null {
  if (/^(src|test|examples|migrations)\//.test(to) || /^[^:]*\.(ts|mjs|js|json)$/.test(to)) return null;
  if (to.startsWith("node:")) return to;
  return to
    .split("/")
    .slice(0, to.startsWith("@") ? 2 : 1)
    .join("/");
}

/** Chains of imports that come back to where they began, those of types too: files in a circle are read and moved as one. */
export function cycles(imports: readonly Import[]): string[] {
  const edges = new Map<string, string[]>();
  for (const { from, to } of imports) if (packageOf(to) === null) edges.set(from, [...(edges.get(from) ?? []), to]);
  const found = new Set<string>();
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]) => {
    const start = path.indexOf(file);
    if (start >= 0) found.add([...path.slice(start), file].join(" → "));
    if (start >= 0 || done.has(file)) return;
    for (const next of edges.get(file) ?? []) walk(next, [...path, file]);
    done.add(file);
  };
  for (const file of edges.keys()) walk(file, []);
  return [...found];
}

export function defaultExports(source: Source): string[] {
  const file = parse(source);
  const found: string[] = [];
  visit(file, (node) => {
    const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
    const named = ts.isExportSpecifier(node) && node.name.text === "default";
    if (ts.isExportAssignment(node) || named || modifiers?.some((one) => one.kind === ts.SyntaxKind.DefaultKeyword))
      found.push(at(file, node));
  });
  return found;
}

/** Uses of a global's property, such as `process.env` or `console.log`, outside of strings and comments. */
export function usesOf(source: Source, object: string, property?: string): string[] {
  const file = parse(source);
  const found: string[] = [];
  visit(file, (node) => {
    if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return;
    const named = ts.isPropertyAccessExpression(node)
      ? node.name.text
      : node.argumentExpression.getText(file).slice(1, -1);
    if (node.expression.getText(file) === object && (property === undefined || named === property))
      found.push(at(file, node));
  });
  return found;
}

/** Exported types with methods, which are what adapters promise, that carry no docstring. */
export function undocumented(source: Source): string[] {
  const file = parse(source);
  return file.statements
    .filter((node) => ts.isTypeAliasDeclaration(node) && isExported(node) && isPort(node.type))
    .filter((node) => ts.getJSDocCommentsAndTags(node).length === 0)
    .map((node) => at(file, node));
}

function isPort(type: ts.TypeNode): boolean {
  return ts.isTypeLiteralNode(type) && type.members.some((member) => ts.isMethodSignature(member));
}

function isExported(node: ts.TypeAliasDeclaration): boolean {
  return ts.getModifiers(node)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** Work left for later, in comments. A comment that speaks about such marks is none. */
export function leftovers({ path, text }: Source): string[] {
  const comment = path.endsWith(".sql")
    ? /^\s*--/
    : path.endsWith(".md")
      ? /^\s*<!--/
      : /^\s*(\/\/|\/?\*+)|[;{},]\s*\/\//;
  const mark = /(?:\/\/|\*|--)\s*(?:TODO|FIXME|XXX|HACK)\b/;
  return linesWith(path, text, comment, mark);
}

/** A number after a document's name leads nowhere: our documents have no numbered sections, so a heading is named instead. */
export function numberedSections({ path, text }: Source): string[] {
  const mark = /\b(?:DESIGN|SECURITY|STRATEGY|ARCHITECTURE|HOUSE|GLOSSARY|API)(?:\.md)?[ ,]+(?:section |§ ?)?\d+\b/;
  return linesWith(path, text, /^/, mark);
}

/** Tests that run alone, and tests that are always left out; a suite chosen by what the machine has is neither. */
export function skippedTests(source: Source): string[] {
  const file = parse(source);
  const found: string[] = [];
  visit(file, (node) => {
    if (ts.isCallExpression(node) && /^[fx](?:describe|it|test)$/.test(node.expression.getText(file)))
      found.push(at(file, node));
    if (!ts.isPropertyAccessExpression(node) || !/^(?:describe|it|test)$/.test(node.expression.getText(file))) return;
    const used = ts.isCallExpression(node.parent) || ts.isPropertyAccessExpression(node.parent);
    if (node.name.text === "only" || (used && /^(?:skip|todo|failing)$/.test(node.name.text)))
      found.push(at(file, node));
  });
  return found;
}

/** Paths that exist on somebody's machine only. */
export function machinePaths({ path, text }: Source): string[] {
  return linesWith(path, text, /(?<![\w.~:/-])\/(?:work|home\/(?!user\b|coop\b|node\b)\w+|Users\/\w+|root\/\w+)\//);
}

function linesWith(path: string, text: string, ...patterns: readonly RegExp[]): string[] {
  const fits = (line: string) => patterns.every((pattern) => pattern.test(line));
  return text.split("\n").flatMap((line, index) => (fits(line) ? [`${path}:${index + 1}`] : []));
}

/** Numbers that are missing or taken twice, counted from 1. */
export function gaps(names: readonly string[]): string[] {
  const numbers = names.map((name) => Number(/^(\d{4})[-_]/.exec(name)?.[1] ?? Number.NaN)).sort((a, b) => a - b);
  return numbers.flatMap((number, index) =>
    number === index + 1 ? [] : [`${index + 1} is due where ${number} stands`],
  );
}

/** Relative links of a Markdown file, without their anchors; code is not looked at. */
export function linksOf({ path, text }: Source): { readonly link: string; readonly to: string }[] {
  const prose = text.replace(/^(```|~~~)[\s\S]*?^\1/gm, "").replace(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(\s*<?([^)\s>]+)/g)]
    .map((match) => match[1] ?? "")
    .filter((link) => !/^(?:[a-z][a-z+.-]*:|#)/i.test(link))
    .map((link) => ({
      link,
      to: decodeURI(whole(path, link.startsWith(".") ? link : `./${link}`)).replace(/[#?].*$/, ""),
    }));
}

/** Below ten a number explains itself beside what it counts: the first three names, the last four digits. */
const PLAIN_NUMBER_MAX = 9;

/** Caps whose number has no name: `.max(300)`, `.slice(0, 300)`. */
export function namelessCaps(source: Source): string[] {
  const file = parse(source);
  const found: string[] = [];
  visit(file, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    if (!["max", "slice"].includes(node.expression.name.text)) return;
    const last = node.arguments.at(-1);
    const number = last && ts.isPrefixUnaryExpression(last) ? last.operand : last;
    if (!number || !ts.isNumericLiteral(number) || Number(number.text) <= PLAIN_NUMBER_MAX) return;
    // The minutes of an ISO time, cut out of its middle.
    if (
      node.expression.name.text === "slice" &&
      node.arguments.length === 2 &&
      node.arguments[0]?.getText(file) !== "0"
    )
      return;
    found.push(`${at(file, node)}: ${node.getText(file).split("\n").at(-1)}`);
  });
  return found;
}
