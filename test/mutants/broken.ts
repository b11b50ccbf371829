import ts from "typescript";

const FAILS = 'throw new Error("broken on purpose");';

/** The file with every exported function and method failing at once; null if it has none. */
export function brokenText(path: string, text: string): string | null {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const bodies = source.statements.filter(isExported).flatMap(bodiesOf);
  if (bodies.length === 0) return null;
  return bodies
    .flatMap(breaks)
    .sort((one, other) => other.at - one.at)
    .reduce((broken, { at, put }) => `${broken.slice(0, at)}${put}${broken.slice(at)}`, text);
}

/** A block of statements fails first; of `(a) => b(a)` the answer does. */
function breaks(body: ts.ConciseBody): { readonly at: number; readonly put: string }[] {
  if (ts.isBlock(body)) return [{ at: body.getStart() + 1, put: ` if (true as boolean) ${FAILS}` }];
  return [
    { at: body.getStart(), put: `((() => { ${FAILS} })(), ` },
    { at: body.getEnd(), put: ")" },
  ];
}

function isExported(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function bodiesOf(statement: ts.Statement): ts.ConciseBody[] {
  if (ts.isFunctionDeclaration(statement)) return statement.body ? [statement.body] : [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ initializer }) => inside(initializer));
  if (!ts.isClassDeclaration(statement)) return [];
  return statement.members.flatMap((member) =>
    (ts.isMethodDeclaration(member) || ts.isConstructorDeclaration(member)) && member.body ? [member.body] : [],
  );
}

/** `const step = { run: async () => { … } }`: a step is a record whose functions are written in it. */
function inside(value: ts.Expression | undefined): ts.ConciseBody[] {
  if (!value) return [];
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return [value.body];
  // `judged(async () => { … })`: what is given to a function is what it calls.
  if (ts.isCallExpression(value)) return value.arguments.flatMap(inside);
  if (!ts.isObjectLiteralExpression(value)) return [];
  return value.properties.flatMap((one) => {
    if (ts.isMethodDeclaration(one)) return one.body ? [one.body] : [];
    return ts.isPropertyAssignment(one) ? inside(one.initializer) : [];
  });
}
