/** Reads the small part of GraphQL that clients of GitHub use: one operation, variables, aliases, nested selections. */
export type Value = string | number | boolean | null | Value[] | { [name: string]: Value };

export type Selection = {
  readonly name: string;
  readonly alias: string;
  readonly args: Readonly<Record<string, Value>>;
  readonly fields: readonly Selection[];
};

export type Operation = { readonly kind: "query" | "mutation"; readonly fields: readonly Selection[] };

const TOKEN = /\s*(?:#[^\n]*\n\s*)*(\.\.\.|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|[A-Za-z_]\w*|[{}()[\]:!=$@])[\s,]*/y;

/** The operation, or a sentence about what could not be read. */
export function parseQuery(source: string, variables: Record<string, Value>): Operation | { error: string } {
  try {
    return new Reader(source, variables).operation();
  } catch (error) {
    if (error instanceof SyntaxError) return { error: error.message };
    throw error;
  }
}

class Reader {
  readonly #tokens: string[] = [];
  readonly #variables: Record<string, Value>;

  constructor(source: string, variables: Record<string, Value>) {
    this.#variables = variables;
    TOKEN.lastIndex = 0;
    const text = source.trim();
    for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
      const found = TOKEN.exec(text);
      if (!found?.[1]) throw new SyntaxError(`Parse error on ${JSON.stringify(text.slice(at, at + 20))}`);
      this.#tokens.push(found[1]);
    }
  }

  operation(): Operation {
    const first = this.#tokens[0];
    if (first === "{") return { kind: "query", fields: this.#selections() };
    if (first !== "query" && first !== "mutation") throw new SyntaxError(`Unknown operation ${first ?? "(nothing)"}`);
    // The name and the types of variables say nothing that the values do not.
    while (this.#tokens[0] !== undefined && this.#tokens[0] !== "{") this.#tokens.shift();
    return { kind: first, fields: this.#selections() };
  }

  #take(expected?: string): string {
    const token = this.#tokens.shift();
    if (token === undefined || (expected !== undefined && token !== expected)) {
      throw new SyntaxError(`Expected ${expected ?? "more"}, found ${token ?? "the end"}`);
    }
    return token;
  }

  #selections(): Selection[] {
    this.#take("{");
    const fields: Selection[] = [];
    while (this.#tokens[0] !== "}") {
      if (this.#tokens[0] === "...") fields.push(...this.#inlineFragment());
      else fields.push(this.#field());
    }
    this.#take("}");
    return fields;
  }

  #inlineFragment(): Selection[] {
    this.#take("...");
    this.#take("on");
    this.#take();
    return this.#selections();
  }

  #field(): Selection {
    const first = this.#take();
    const name = this.#tokens[0] === ":" ? (this.#take(), this.#take()) : first;
    const args = this.#tokens[0] === "(" ? this.#named("(", ")") : {};
    return { name, alias: first, args, fields: this.#tokens[0] === "{" ? this.#selections() : [] };
  }

  #named(open: string, close: string): Record<string, Value> {
    this.#take(open);
    const values: Record<string, Value> = {};
    while (this.#tokens[0] !== close) {
      const name = this.#take();
      this.#take(":");
      values[name] = this.#value();
    }
    this.#take(close);
    return values;
  }

  #value(): Value {
    if (this.#tokens[0] === "{") return this.#named("{", "}");
    const token = this.#take();
    if (token === "$") return this.#variables[this.#take()] ?? null;
    if (token === "[") {
      const items: Value[] = [];
      while (this.#tokens[0] !== "]") items.push(this.#value());
      this.#take("]");
      return items;
    }
    if (/^["\d-]/.test(token) || ["true", "false", "null"].includes(token)) return JSON.parse(token) as Value;
    return token;
  }
}
