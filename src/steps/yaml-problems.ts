// Held by test/scenarios/bad-input.test.ts
import { type Document, LineCounter, parseDocument, visit } from "yaml";
import { z } from "zod";
import { closest } from "../core/rules/did-you-mean.ts";
import { type SettingProblem, settingInWords } from "../messages/settings.ts";

/** What is wrong in a YAML file and where; lines and columns count from 1. */
export type YamlProblem = { readonly line: number; readonly column: number; readonly problem: string };

export type YamlReading<T> =
  { readonly outcome: "valid"; readonly value: T } | { readonly outcome: "invalid"; readonly problems: YamlProblem[] };

/** A file with more mistakes is another kind of file. */
const PROBLEMS_MAX = 20;
/** As much of the parser's own words as a comment needs. */
const PROBLEM_CHARACTERS_MAX = 900;

/**
 * Reads a settings file and names everything that is wrong with it at once. An empty file is an empty object.
 *
 * @example
 * readYaml("planGate: sometimes", policySchema).outcome // → "invalid"
 */
export function readYaml<T>(text: string, schema: z.ZodType<T>): YamlReading<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: "error" });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length > 0)
    return invalid(document.errors.map(({ pos, message }) => ({ ...place(pos[0]), problem: firstLine(message) })));
  let value: unknown;
  try {
    // Aliases are refused: a few lines of them can expand without end.
    value = document.toJS({ maxAliasCount: 0 }) ?? {};
  } catch {
    const problem = settingInWords({ code: "aliases", facts: {} });
    return invalid([{ ...place(firstAlias(document)), problem }]);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { outcome: "valid", value: parsed.data };
  return invalid(
    parsed.error.issues.flatMap((issue) =>
      named(issue, schema).map(({ path, problem }) => ({ ...place(positionOf(document, path)), problem })),
    ),
  );
}

function invalid(problems: readonly YamlProblem[]): { outcome: "invalid"; problems: YamlProblem[] } {
  const inOrder = [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
  return { outcome: "invalid", problems: inOrder.slice(0, PROBLEMS_MAX) };
}

type Named = { readonly path: readonly PropertyKey[]; readonly problem: string };

/** One problem for each unknown name, since each is mended by itself. */
function named(issue: z.core.$ZodIssue, schema: z.ZodType): Named[] {
  const within = issue.code === "invalid_union" ? formMeant(issue.errors) : null;
  if (within) return within.flatMap((one) => named({ ...one, path: [...issue.path, ...one.path] }, schema));
  if (issue.code !== "unrecognized_keys") {
    const path = issue.path.map(String).join(".");
    const problem: SettingProblem = /received undefined$/.test(issue.message)
      ? { code: "missing", facts: { path } }
      : { code: "wrong", facts: { path, says: parsersWords(issue) } };
    return [{ path: issue.path, problem: firstLine(settingInWords(problem)) }];
  }
  const known = fieldsAt(schema, issue.path);
  return issue.keys.map((key) => {
    const path = [...issue.path, key];
    const facts = { path: path.map(String).join("."), meant: closest(key, known), known };
    return { path, problem: settingInWords({ code: "unknown", facts }) };
  });
}

function parsersWords(issue: z.core.$ZodIssue): string {
  if (issue.code !== "invalid_union") return issue.message;
  const each = issue.errors.flatMap(([first]) =>
    first ? [first.message.replace(/^Invalid (?:input|option): /, "")] : [],
  );
  return ["Invalid input", [...new Set(each)].join(", or ")].filter(Boolean).join(": ");
}

/** Of the forms that a setting may have, the one that it nearly is: only something inside of it is wrong. */
function formMeant(forms: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | null {
  const near = forms.filter((issues) =>
    issues.every(({ path, code }) => path.length > 0 || code === "unrecognized_keys"),
  );
  return near.length === 1 ? (near[0] ?? null) : null;
}

/** The names that an object of the schema knows at a path; [] where it has no names of its own. */
function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: z.core.JSONSchema.BaseSchema | undefined = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  for (const step of path) {
    const next: unknown = typeof step === "number" ? at?.items : at?.properties?.[String(step)];
    const found = typeof next === "object" && next !== null ? (next as z.core.JSONSchema.BaseSchema) : undefined;
    // Of several forms those that are objects have names.
    at = found?.anyOf?.find((one) => typeof one === "object" && one.properties) ?? found;
  }
  return Object.keys(at?.properties ?? {});
}

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? "").slice(0, PROBLEM_CHARACTERS_MAX);
}

/** Where the deepest existing part of a path stands in the file; of a name that is not known, the name itself. */
function positionOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return node.range[0];
  }
  return 0;
}

/** Where the first alias stands; the beginning, if there is none. */
function firstAlias(document: Document.Parsed): number {
  let found = 0;
  visit(document, {
    Alias: (_key, { range }) => {
      found = range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}
