import { globSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { npmCommand } from "../src/cli/npm-command.ts";

/**
 * docs/limits.md: every limit of the sources with its number, unit and reason, for whoever runs the program and wonders why it
 * stops where it does. `npm run limits` writes it; `limits.test.ts` compares, so that no number changes without being read.
 */
export const LIMITS_PAGE = "docs/limits.md";

type Limit = {
  readonly file: string;
  readonly name: string;
  readonly value: number;
  /** "": it has no comment. */
  readonly why: string;
  /** Stands right below another constant, whose comment then is about both. */
  readonly joined: boolean;
};

/** Words of a name that say that its number is a limit, or in which unit it is. */
const LIMIT_WORDS =
  /(?:^|_)(?:MAX|MIN|LEAST|MS|SECONDS|MINUTES|HOURS|DAYS|BYTES|MB|CHARS|CHARACTERS|LINES|TOKENS|SHOWN|KEPT|ONCE|ROW|READ|TURNS|PAGE|SHARE|FACTOR|POINTS|TOLD)(?:_|$)/;
/** The double of GitHub has GitHub's limits; what draws and measures has none that a ticket meets. */
const NOT_LIMITS = /^src\/(?:github-double|cli\/bench|cli\/bars)|\.(?:test|fixture)\.ts$/;
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|_)MS(?:_|$)/, "ms"],
  [/(?:^|_)SECONDS(?:_|$)/, "s"],
  [/(?:^|_)MINUTES(?:_|$)/, "min"],
  [/(?:^|_)HOURS(?:_|$)/, "h"],
  [/(?:^|_)DAYS(?:_|$)/, "days"],
  [/(?:^|_)BYTES(?:_|$)/, "bytes"],
  [/(?:^|_)MB(?:_|$)/, "MB"],
  [/(?:^|_)USD(?:_|$)/, "USD"],
  [/(?:^|_)(?:CHARS|CHARACTERS)(?:_|$)/, "characters"],
];

/** The numbers at the top of a file, in its order. */
export function limitsIn(file: string, text: string): Limit[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const known = new Map<string, number>();
  const found: Limit[] = [];
  let before: ts.Statement | null = null;
  for (const statement of source.statements) {
    const joined: boolean = before !== null && !/\n\s*\n/.test(text.slice(before.end, statement.getStart()));
    before = ts.isVariableStatement(statement) ? statement : null;
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      const value = initializer && ts.isIdentifier(name) ? valueOf(initializer, known) : null;
      if (value === null || !ts.isIdentifier(name)) continue;
      known.set(name.text, value);
      if (LIMIT_WORDS.test(name.text))
        found.push({ file, name: name.text, value, why: whyOf(text, statement), joined });
    }
  }
  return found;
}

const SIGNS: Readonly<Partial<Record<ts.SyntaxKind, (left: number, right: number) => number>>> = {
  [ts.SyntaxKind.PlusToken]: (left, right) => left + right,
  [ts.SyntaxKind.MinusToken]: (left, right) => left - right,
  [ts.SyntaxKind.AsteriskToken]: (left, right) => left * right,
  [ts.SyntaxKind.SlashToken]: (left, right) => left / right,
  [ts.SyntaxKind.AsteriskAsteriskToken]: (left, right) => left ** right,
};

/** `null`: no number, or one that needs another file. */
function valueOf(node: ts.Expression, known: ReadonlyMap<string, number>): number | null {
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isIdentifier(node)) return known.get(node.text) ?? null;
  if (ts.isParenthesizedExpression(node)) return valueOf(node.expression, known);
  if (!ts.isBinaryExpression(node)) return null;
  const [left, right] = [valueOf(node.left, known), valueOf(node.right, known)];
  const sign = SIGNS[node.operatorToken.kind];
  return left === null || right === null || !sign ? null : sign(left, right);
}

/** The comment right above, as one line. */
function whyOf(text: string, statement: ts.Statement): string {
  const comment = ts.getLeadingCommentRanges(text, statement.getFullStart())?.at(-1);
  if (!comment || /\n\s*\n/.test(text.slice(comment.end, statement.getStart()))) return "";
  return text
    .slice(comment.pos, comment.end)
    .replace(/^\/\*\*?|\*\/$|^\/\/ ?/g, "")
    .replace(/\n\s*\*? ?/g, " ")
    .trim();
}

const unitOf = (name: string) => UNITS.find(([words]) => words.test(name))?.[1] ?? "";
const LONG = [
  [86_400_000, "days"],
  [3_600_000, "h"],
  [60_000, "min"],
  [1_000, "s"],
] as const;

/** Exact, so that a change of one is seen; long times are told in words as well. */
function shown({ name, value }: Limit): string {
  const exact = `${value.toLocaleString("en-US", { maximumFractionDigits: 6 })} ${unitOf(name)}`.trim();
  if (unitOf(name) !== "ms" || value < 1_000) return exact;
  const [unitMs, unit] = LONG.find(([ms]) => value >= ms) ?? LONG[3];
  return `${exact} (${(value / unitMs).toLocaleString("en-US", { maximumFractionDigits: 2 })} ${unit})`;
}

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");

/** Of all sources, by path. */
export function allLimits(): Limit[] {
  const files = globSync("src/**/*.ts").filter((file) => !NOT_LIMITS.test(file));
  return files.sort().flatMap((file) => limitsIn(file, readFileSync(file, "utf8")));
}

export function limitsPage(): string {
  const limits = allLimits();
  const roomOf = ({ file }: Limit) => file.split("/").slice(0, -1).join("/");
  const rooms = [...Map.groupBy(limits, roomOf)].sort(([one], [other]) => (one < other ? -1 : 1));
  const parts = rooms.map(([room, those]) => {
    const rows = those.map(
      (limit) =>
        `| \`${limit.name}\` | ${shown(limit)} | ${cell(limit.why)} | \`${limit.file.slice(room.length + 1)}\` |`,
    );
    return [`## ${room}`, "", "| limit | number | why | file |", "|---|---|---|---|", ...rows].join("\n");
  });
  return [HEAD.replace("N", String(limits.length)), ...parts].join("\n\n") + "\n";
}

const HEAD = `# Limits

All N limits of the program, by folder: where it stops, and why there. Those that you can set are in the README (policy, server file)
and in [operations.md](operations.md); the others are constants. A row without a reason shares that of the row above it.

\`npm run limits\` writes this page from the sources, and a test compares the two. So a number cannot change without being read here.`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  npmCommand("limits", `Writes ${LIMITS_PAGE} from the limits of the sources.`).parse();
  writeFileSync(LIMITS_PAGE, limitsPage());
}
