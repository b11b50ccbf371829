import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import type { Exchange } from "../../src/github-double/exchange.ts";
import { GraphqlChecks } from "./graphql-schema.ts";

/**
 * Holds every exchange with the local GitHub against GitHub's own descriptions (test/data/openapi, test/data/graphql): what
 * the program sends, and what the local GitHub answers. Hand `onExchange` to `startForge`, and expect `violations` to be empty.
 */
export type Validator = {
  readonly onExchange: (exchange: Exchange) => void;
  /** Sentences, one for each difference found. */
  readonly violations: string[];
  /** Operations that were met with a successful answer, such as "GET /app". */
  readonly covered: Set<string>;
};

type Schema = Record<string, unknown>;
type Content = { readonly content?: Record<string, { readonly schema?: Schema }> };
type Parameter = { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: Schema };
type Operation = {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly requestBody?: Content & { readonly required?: boolean };
  readonly responses: Record<string, Content | { readonly $ref: string }>;
};
type Description = {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: Record<string, Record<string, unknown>>;
};

const ROOT = "github";
/** GitHub answers these to anything, described or not: 301, and 307 to a write, to what has moved. */
const ALWAYS_POSSIBLE = new Set([301, 304, 307, 400, 401, 403, 404, 410, 413, 415, 422]);

/** Compiled once a test file: it takes longer than most stories. */
let shared: { readonly rest: Checks; readonly graphql: GraphqlChecks } | null = null;

export function validator(): Validator {
  const { rest: checks, graphql } = (shared ??= { rest: new Checks(), graphql: new GraphqlChecks() });
  const violations: string[] = [];
  const covered = new Set<string>();
  const onExchange = (exchange: Exchange): void => {
    // What a test makes fail on purpose, and addresses outside the API, are not GitHub's description to keep.
    if (exchange.origin === "injected" || exchange.path.startsWith("/_")) return;
    if (exchange.path === "/graphql") {
      const problems = exchange.status === 200 ? graphql.problems(exchange.requestBody, exchange.responseBody) : [];
      violations.push(...problems.map((problem) => `GraphQL: ${problem}`));
      return;
    }
    const name = `${exchange.method} ${exchange.template ?? exchange.path}`;
    if (exchange.status < 400) covered.add(name);
    violations.push(...checks.problems(exchange).map((problem) => `${name} → ${exchange.status}: ${problem}`));
  };
  return { onExchange, violations, covered };
}

class Checks {
  readonly #description = JSON.parse(
    readFileSync(new URL("../data/openapi/github.json", import.meta.url), "utf8"),
  ) as Description;
  readonly #ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
  readonly #compiled = new Map<object, ValidateFunction>();

  constructor() {
    addFormats.default(this.#ajv);
    // GitHub's own addresses for bots (`1+coop[bot]@…`) are none by the letter of the standard.
    this.#ajv.addFormat("email", /^[^@\s]+@[^@\s]+$/);
    this.#ajv.addFormat("repo.nwo", /^[^/\s]+\/[^/\s]+$/);
    this.#ajv.addSchema({ $id: ROOT, components: nullable(this.#description.components) as Schema });
  }

  problems(exchange: Exchange): string[] {
    const path = exchange.template?.replace(/\/contents$/, "/contents/{path}").replace(/\/tarball$/, "/tarball/{ref}");
    const operation = this.#description.paths[path ?? ""]?.[exchange.method.toLowerCase()];
    if (!operation) return ["the local GitHub does not know this operation, or GitHub does not describe it"];
    // A request that GitHub refuses may be as wrong as it likes: tests of refusals send such requests on purpose.
    const asked =
      exchange.status < 400 ? [...this.#query(operation, exchange), ...this.#request(operation, exchange)] : [];
    return [...asked, ...this.#response(operation, exchange)];
  }

  #query(operation: Operation, { query }: Exchange): string[] {
    const described = (operation.parameters ?? [])
      .map((one) => this.#resolve<Parameter>(one))
      .filter((one) => one.in === "query");
    const unknown = Object.keys(query).filter((name) => !described.some((parameter) => parameter.name === name));
    const wrong = described.flatMap((parameter) => {
      const value = query[parameter.name];
      if (value === undefined) return parameter.required ? [`query lacks ${parameter.name}`] : [];
      return this.#against(parameter.schema, fromText(parameter.schema, value), `query ${parameter.name}`);
    });
    return [...unknown.map((name) => `query ${name} is not described`), ...wrong];
  }

  #request(operation: Operation, { requestBody }: Exchange): string[] {
    const schema = operation.requestBody?.content?.["application/json"]?.schema;
    if (requestBody === null || requestBody === undefined) {
      return operation.requestBody?.required ? ["a body is required"] : [];
    }
    if (!schema) return isEmpty(requestBody) ? [] : ["no body is described"];
    // GitHub ignores a field it does not know, which is how a typing error stays unseen.
    const known = this.#fields(schema);
    const unknown = Object.keys(requestBody).filter((name) => known.size > 0 && !known.has(name));
    return [
      ...unknown.map((name) => `field ${name} is not described`),
      ...this.#against(schema, requestBody, "request"),
    ];
  }

  #response(operation: Operation, { status, responseBody }: Exchange): string[] {
    const described = operation.responses[String(status)];
    if (!described) return ALWAYS_POSSIBLE.has(status) ? [] : ["this status is not described"];
    const content = this.#resolve<Content>(described).content ?? {};
    const schema = (content["application/json"] ?? content["application/vnd.github.object"])?.schema;
    if (!schema || responseBody === undefined) return [];
    return this.#against(schema, responseBody, "answer");
  }

  /** Names of a body's fields, over all the forms that it may take. */
  #fields(schema: Schema): Set<string> {
    const whole = this.#resolve<Schema>(schema);
    const forms = ["oneOf", "anyOf", "allOf"].flatMap((key) => (whole[key] as Schema[] | undefined) ?? []);
    const own = Object.keys((whole["properties"] as Schema | undefined) ?? {});
    return new Set([...own, ...forms.flatMap((form) => [...this.#fields(form)])]);
  }

  #resolve<T>(part: object): T {
    if (!("$ref" in part) || typeof part.$ref !== "string") return part as T;
    const [, , kind = "", name = ""] = part.$ref.split("/");
    return this.#description.components[kind]?.[name] as T;
  }

  #against(schema: Schema, value: unknown, what: string): string[] {
    let check = this.#compiled.get(schema);
    if (!check) {
      check = this.#ajv.compile(rooted(nullable(schema)) as Schema);
      this.#compiled.set(schema, check);
    }
    if (check(value)) return [];
    return (check.errors ?? []).map((error) => `${what}${error.instancePath} ${error.message ?? "is wrong"}`);
  }
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** A query's text as the value that its schema speaks of. */
function fromText(schema: Schema, value: string): unknown {
  const type = schema["type"];
  if (type === "integer" || type === "number") return Number(value);
  if (type === "boolean") return value === "true" ? true : value === "false" ? false : value;
  return type === "array" ? value.split(",") : value;
}

/** OpenAPI 3.0 says `nullable` where JSON Schema lists null among the types. */
function nullable(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(nullable);
  if (typeof schema !== "object" || schema === null) return schema;
  const { nullable: mayBeNull, ...rest } = Object.fromEntries(
    Object.entries(schema).map(([name, item]) => [name, nullable(item)]),
  );
  return mayBeNull === true ? { anyOf: [{ type: "null" }, rest] } : rest;
}

function rooted(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(rooted);
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).map(([name, item]) => {
    return name === "$ref" && typeof item === "string" ? [name, `${ROOT}${item}`] : [name, rooted(item)];
  });
  return Object.fromEntries(entries);
}
