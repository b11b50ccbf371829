import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { buildSchema, type DocumentNode, executeSync, type GraphQLSchema, parse, validate } from "graphql";

/**
 * Holds questions in GraphQL and their answers against GitHub's own schema (test/data/graphql): a field that GitHub does not have, an
 * argument of another type, an answer that lacks what can never be null.
 */
export class GraphqlChecks {
  readonly #schema: GraphQLSchema = buildSchema(
    readFileSync(new URL("../data/graphql/github.graphql", import.meta.url), "utf8"),
  );
  /** The same few questions come again and again. */
  readonly #read = new Map<string, { readonly document: DocumentNode; readonly problems: string[] }>();

  /** Sentences, one for each difference. `asked` and `answered` are the bodies as they were sent. */
  problems(asked: unknown, answered: unknown): string[] {
    const { query, variables } = asked as { query: string; variables?: Record<string, unknown> };
    const { document, problems } = this.#questionOf(query);
    if (problems.length > 0) return problems;
    const { data } = answered as { data?: Record<string, unknown> | null };
    return data ? this.#answer(document, variables ?? {}, data) : [];
  }

  #questionOf(query: string): { readonly document: DocumentNode; readonly problems: string[] } {
    const known = this.#read.get(query);
    if (known) return known;
    const document = parse(query);
    const read = { document, problems: validate(this.#schema, document).map(({ message }) => message) };
    this.#read.set(query, read);
    return read;
  }

  /** Plays the question on the answer itself: what comes out is the answer again, if the schema could give it. */
  #answer(document: DocumentNode, variableValues: Record<string, unknown>, data: Record<string, unknown>): string[] {
    const { data: played, errors } = executeSync({
      ...{ schema: this.#schema, document, variableValues, rootValue: data },
      // An answer is keyed by the names that the question gave; what is null in it because of an error stays null.
      fieldResolver: (node: Record<string, unknown>, _args, _context, { path }) => node[path.key],
      // Asked for wherever an answer may be of several kinds; of what a branch points to, only commits are in the extract.
      typeResolver: (node: Record<string, unknown>, _context, { schema }, type) =>
        (node["__typename"] as string | undefined) ?? schema.getPossibleTypes(type)[0]?.name,
    });
    if (errors) return errors.map(({ message, path }) => `answer ${path?.join(".") ?? ""}: ${message}`);
    const same = isDeepStrictEqual(JSON.parse(JSON.stringify(played)), data);
    return same
      ? []
      : [`the answer has what was not asked for, or in another form: ${JSON.stringify(data).slice(0, 500)}`];
  }
}
