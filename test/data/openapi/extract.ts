/**
 * Makes `github.json`, the extract of GitHub's own OpenAPI description that tests hold every exchange against: the
 * operations that the local GitHub serves, with the schemas they need and without prose and examples. To make it again:
 *
 *   cd "$(mktemp -d)" && npm pack @octokit/openapi && tar xzf *.tgz package/generated/api.github.com.json
 *   node test/data/openapi/extract.ts <that folder>/package/generated/api.github.com.json
 *
 * Then run prettier's check and the test `forge-openapi`. The description is GitHub's, published under the MIT licence.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { OPERATIONS } from "../../../src/github-double/server.ts";

type Node = Record<string, unknown>;
type Description = { readonly info: Node; readonly paths: Record<string, Record<string, Node>>; readonly components: Node };

/** Says nothing about which values are allowed. */
const PROSE = new Set(["description", "summary", "example", "examples", "externalDocs", "tags", "operationId", "deprecated"]);

/** Served here by the same address under another name in the description, or not described at all. */
const NAMED_OTHERWISE: Record<string, string> = {
  "/repos/{owner}/{repo}/contents": "/repos/{owner}/{repo}/contents/{path}",
};

/** `kept` is true below `properties`, where a name such as "description" is a field and no prose. */
function strip(value: unknown, kept = false): unknown {
  if (Array.isArray(value)) return value.map((item) => strip(item));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => kept || (!PROSE.has(name) && !name.startsWith("x-")));
  const stripped = entries.map(([name, item]) => [name, strip(item, name === "properties" && !kept)]);
  return corrected(Object.fromEntries(stripped) as Node);
}

/** Where a review comment stands, which is nowhere once its lines are gone: the description knows that of some answers only. */
const PLACES = ["position", "line"];

/** The list of installations says that an account is a user *and* an enterprise, which nothing can be. */
function corrected(schema: Node): Node {
  if (schema["title"] === "Pull Request Review Comment") {
    const fields = schema["properties"] as Record<string, Node>;
    for (const name of PLACES) fields[name] = { ...fields[name], nullable: true };
  }
  const { allOf, ...rest } = schema;
  const titles = Array.isArray(allOf) ? allOf.map((part: Node) => part["title"]) : [];
  return titles.includes("Simple User") && titles.includes("Enterprise") ? { ...rest, anyOf: allOf } : schema;
}

function lookUp(root: Node, pointer: string): unknown {
  return pointer
    .slice(2)
    .split("/")
    .reduce<unknown>((node, part) => (node as Node | undefined)?.[part], root);
}

/** Copies everything that is referred to, and what that refers to. */
function collect(source: Node, part: unknown, into: Node): void {
  if (Array.isArray(part)) return part.forEach((item) => collect(source, item, into));
  if (typeof part !== "object" || part === null) return;
  for (const [name, item] of Object.entries(part)) {
    if (name === "$ref" && typeof item === "string") copy(source, item, into);
    else collect(source, item, into);
  }
}

function copy(source: Node, pointer: string, into: Node): void {
  const [, section, kind, name] = pointer.split("/") as [string, string, string, string];
  if (section !== "components") throw new Error(`Unexpected reference ${pointer}`);
  const kinds = ((into["components"] ??= {}) as Record<string, Node>)[kind] ?? {};
  (into["components"] as Record<string, Node>)[kind] = kinds;
  if (name in kinds) return;
  kinds[name] = strip(lookUp(source, pointer));
  collect(source, kinds[name], into);
}

function extract(source: Description): Node {
  const paths: Record<string, Node> = {};
  for (const { method, template } of OPERATIONS) {
    const path = NAMED_OTHERWISE[template] ?? template;
    const operation = source.paths[path]?.[method.toLowerCase()];
    if (operation) (paths[path] ??= {})[method.toLowerCase()] = strip(operation);
    else console.log(`not described: ${method} ${template}`);
  }
  const into: Node = { openapi: "3.0.3", info: { title: source.info["title"], version: source.info["version"] }, paths };
  collect(source as unknown as Node, paths, into);
  return into;
}

const file = process.argv[2];
if (!file) throw new Error("Usage: node test/data/openapi/extract.ts <api.github.com.json>");
const made = JSON.stringify(extract(JSON.parse(readFileSync(file, "utf8")) as Description));
writeFileSync(new URL("github.json", import.meta.url), `${made}\n`);
console.log(`${made.length} bytes`);
