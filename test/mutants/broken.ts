import ts from "typescript";

/** The file with every exported function and method failing at once; null if it has none. */
export function brokenText(path: string, text: string): string | null {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const bodies = source.statements.filter(isExported).flatMap(bodiesOf);
  if (bodies.length === 0) return null;
  return bodies
    .map((body) => body.getStart() + 1)
    .sort((one, other) => other - one)
    .reduce((broken, at) => `${broken.slice(0, at)} if (true as boolean) throw new Error("broken on purpose");${broken.slice(at)}`, text); // prettier-ignore
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function bodiesOf(statement: ts.Statement): ts.Block[] {
  if (ts.isFunctionDeclaration(statement)) return statement.body ? [statement.body] : [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ initializer }) => inside(initializer));
  if (!ts.isClassDeclaration(statement)) return [];
  return statement.members.flatMap((member) =>
    (ts.isMethodDeclaration(member) || ts.isConstructorDeclaration(member)) && member.body ? [member.body] : [],
  );
}

/** `const step = { run: async () => { … } }`: a step is a record whose functions are written in it. */
function inside(value: ts.Expression | undefined): ts.Block[] {
  if (!value) return [];
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return ts.isBlock(value.body) ? [value.body] : [];
  if (!ts.isObjectLiteralExpression(value)) return [];
  return value.properties.flatMap((one) => {
    if (ts.isMethodDeclaration(one)) return one.body ? [one.body] : [];
    return ts.isPropertyAssignment(one) ? inside(one.initializer) : [];
  });
}
