import { globSync, readFileSync } from "node:fs";
import { expect, it } from "@jest/globals";
import ts from "typescript";

/**
 * Why is a value, and what people read stands in `src/messages`. Words for models that describe a field of an answer, and errors that
 * only a mistake of ours throws, are no sentences of the bot.
 */
const WORDS_MIN = 3;
/** `prepared: …` tells something as well. */
const LABEL = /^[a-z][a-z ]*: …/;

/** Sentences that stay, each with the reason. */
const STAYS: Readonly<Record<string, readonly string[]>> = {
  // The text that a review with inline comments alone has in the ledger, in place of the person's own.
  "src/core/rules/remarks.ts": ["See the inline comments."],
  // A survivor becomes a finding while a ledger is folded: what is folded is never worded again.
  "src/core/ticket/survivor.ts": [
    "… left out",
    "No test notices …",
    "With … in this line every test still passes.",
    "Add a test that fails with it. Dispute it only where no input can tell the two apart, and say why.",
  ],
  // A model that answers with more is told so by the schema that refuses it.
  "src/core/ticket/plan.ts": [
    "At most … chunks: plan the first ones, and name under risks what another ticket has to do.",
  ],
  // How titles of one kind begin, which the rules compare.
  "src/core/ticket/verdict.ts": ["The verification steps"],
  // What a model answers that is not asked because its step has ended: nothing of such a step is recorded.
  "src/flow/interruptible.ts": ["… was not asked: the step ends."],
  // What V8 says.
  "src/proof/apart/messages.ts": ["Maximum call stack size exceeded"],
};

/** Texts that end like a sentence or begin like one, with `…` where a fact is filled in. */
function sentencesIn(path: string, source: string): string[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isThrowStatement(node) || isError(node) || isLogged(node)) return;
    // Of a chain (`z.string().describe("…").nullable()`) what stands before is looked at.
    if (isForModels(node)) return ts.isCallExpression(node) ? visit(node.expression) : undefined;
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.push(node.text);
    if (ts.isTemplateExpression(node))
      found.push([node.head.text, ...node.templateSpans.map((span) => `…${span.literal.text}`)].join(""));
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found.map((text) => text.trim()).filter(isSentence);
}

/** A pattern is none, nor is a command or its example. */
function isSentence(text: string): boolean {
  if (/\(\?|\\|\w\|\w|^\/coop |^[A-Z_]+=/.test(text)) return false;
  if (LABEL.test(text)) return true;
  if (text.split(/\s+/).length < WORDS_MIN) return false;
  return /[a-z`)…][.!?]["')]*$/.test(text) || /^(?:[A-Z…]|`…`)[^\n]* [a-z]+ [a-z]+/.test(text);
}

/** `z.string().describe("…")`, `{ description: "…" }` */
function isForModels(node: ts.Node): boolean {
  if (ts.isPropertyAssignment(node)) return node.name.getText() === "description";
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  return node.expression.name.text === "describe";
}

/** `new ForgeError("…")`, and what the constructor of a kind of error says. */
function isError(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return /(?:Error|Failed)$/.test(node.expression.getText());
  return ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword;
}

/** The log is written for who runs the server, beside the code that it tells of. */
function isLogged(node: ts.Node): boolean {
  return ts.isCallExpression(node) && /\blog\.(?:info|warn|error)$/.test(node.expression.getText());
}

// What a rule over source code calls the thing it found stays with the rule, what runners print is theirs, and source texts of other
// languages that run inside the sandbox are code.
const files = globSync("src/{core,proof,steps,flow}/**/*.ts").filter(
  (path) =>
    !/\.(?:test|system|fixture)\.ts$|^src\/proof\/(?:languages|runners\/(?:text|reports|guesses)|probes\/\w+\/runtime)(?:\/|-|\.)/.test(
      path,
    ),
);

it.each(files)("no sentence that people read stands in %s", (path) => {
  expect(sentencesIn(path, readFileSync(path, "utf8"))).toEqual(STAYS[path] ?? []);
});

it("finds one, however it is built", () => {
  const found = (source: string) => sentencesIn("a.ts", source);
  expect(found('say("no-test", "No test was added.");')).toEqual(["No test was added."]);
  expect(found("say(`${plural(files)} changed without a plan.`);")).toEqual(["… changed without a plan."]);
  expect(found("const why = `Red on this commit: ${names(red)}`;")).toEqual(["Red on this commit: …"]);
  expect(found('throw new Error("No such file here."); z.string().describe("A test that fails.");')).toEqual([]);
  expect(found('z.string("It has to be a path.").describe("A test that fails.");')).toEqual(["It has to be a path."]);
  expect(found('class Gone extends Error { constructor() { super("It is gone for good."); } }')).toEqual([]);
  expect(found('world.log.warn({}, "GitHub is away for now."); say("GitHub is away for now.");')).toHaveLength(1);
  expect(found("notes.push(`prepared: ${what}`);")).toEqual(["prepared: …"]);
  expect(found('const PATTERN = "(?:one|two) of them."; run("npm run test -- --all");')).toEqual([]);
});
