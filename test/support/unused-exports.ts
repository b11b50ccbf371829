import { dirname, join } from "node:path";
import ts from "typescript";
import type { Source } from "./tidy-rules.ts";

/**
 * Values that a product file exports and nobody imports, and types that not even their own file uses. A type that only
 * describes what an exported function takes or gives may stand there for its readers.
 */
export function unusedExports(all: readonly Source[], isProduct: (path: string) => boolean): string[] {
  const imported = new Set<string>();
  const parsed = all.map(({ path, text }) => ({ path, file: ts.createSourceFile(path, text, ts.ScriptTarget.Latest) }));
  for (const { path, file } of parsed) noteImports(path, file, file, imported);
  return parsed
    .filter(({ path }) => isProduct(path) && !imported.has(`${path} *`))
    .flatMap(({ path, file }) =>
      exportsOf(file)
        .filter(({ name }) => !imported.has(`${path} ${name}`))
        .filter(({ name, isType }) => !isType || wordsOf(file.text, name) === 1)
        .map(({ name }) => `${path}: ${name}`),
    );
}

function noteImports(path: string, file: ts.SourceFile, node: ts.Node, imported: Set<string>): void {
  const note = (to: ts.Node | undefined, name: string) => {
    if (to && ts.isStringLiteralLike(to) && to.text.startsWith("."))
      imported.add(`${join(dirname(path), to.text)} ${name}`);
  };
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    const names = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause;
    if (names && (ts.isNamedImports(names) || ts.isNamedExports(names)))
      for (const one of names.elements) note(node.moduleSpecifier, (one.propertyName ?? one.name).text);
    else note(node.moduleSpecifier, "*");
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) note(node.arguments[0], "*");
  ts.forEachChild(node, (child) => noteImports(path, file, child, imported));
}

function exportsOf(file: ts.SourceFile): { readonly name: string; readonly isType: boolean }[] {
  return file.statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
    if (!modifiers?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({ name }) =>
        ts.isIdentifier(name) ? [{ name: name.text, isType: false }] : [],
      );
    const isType = ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement);
    if (isType || ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
      return statement.name ? [{ name: statement.name.text, isType }] : [];
    return [];
  });
}

function wordsOf(text: string, name: string): number {
  return text.split(new RegExp(`\\b${name}\\b`)).length - 1;
}
