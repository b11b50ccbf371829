/**
 * Makes `github.graphql`, the extract of GitHub's own GraphQL schema that tests hold every GraphQL question and answer
 * against: what is served by the local GitHub, without prose. To make it again:
 *
 *   cd "$(mktemp -d)" && npm pack @octokit/graphql-schema && tar xzf *.tgz package/schema.graphql
 *   node test/data/graphql/extract.ts <that folder>/package/schema.graphql
 *
 * A field stays if its type and those of its arguments are among NAMED or say what they are by themselves (scalars and enums), so the types below
 * are whole as far as the program could ask for them. The schema is GitHub's, published under the MIT licence.
 */
import { readFileSync, writeFileSync } from "node:fs";
import {
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  type TypeNode,
  visit,
} from "graphql";

/** Types whose fields may be asked for. An input that is not here keeps no field that takes it. */
const NAMED = new Set([
  ...["Query", "Mutation", "Node", "Actor", "User", "Bot", "App", "PageInfo", "GitObject", "Commit", "Ref"],
  ...["Repository", "Issue", "PullRequest", "Label", "LabelConnection", "CommitHistoryConnection", "CommitEdge"],
  ...["CheckSuite", "CheckSuiteConnection", "CheckRun", "CheckRunConnection", "CheckRunFilter", "CheckSuiteFilter"],
  ...["Status", "StatusContext", "PullRequestReviewThread", "PullRequestReviewThreadConnection"],
  ...["PullRequestReviewComment", "PullRequestReviewCommentConnection", "MergeQueue", "MergeQueueEntry"],
  ...["ResolveReviewThreadInput", "ResolveReviewThreadPayload"],
  ...["UnresolveReviewThreadInput", "UnresolveReviewThreadPayload"],
  ...["MarkPullRequestReadyForReviewInput", "MarkPullRequestReadyForReviewPayload"],
  ...["ConvertPullRequestToDraftInput", "ConvertPullRequestToDraftPayload"],
  ...["EnqueuePullRequestInput", "EnqueuePullRequestPayload"],
  ...["DequeuePullRequestInput", "DequeuePullRequestPayload"],
]);
/** GitHub has hundreds of ways to begin; these are ours. */
const QUERIES = new Set(["id", "repository", "node"]);

function innermost(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : innermost(type.type);
}

/** Names that need nothing else: scalars of the standard, GitHub's own, and enums. */
function plainNames(definitions: readonly DefinitionNode[]): Set<string> {
  const own = definitions.flatMap((one) =>
    one.kind === Kind.SCALAR_TYPE_DEFINITION || one.kind === Kind.ENUM_TYPE_DEFINITION ? [one.name.value] : [],
  );
  return new Set(["Int", "Float", "String", "Boolean", "ID", ...own]);
}

function extract(source: string): string {
  const { definitions } = parse(source, { noLocation: true });
  const plain = plainNames(definitions);
  const isHere = (type: TypeNode) => NAMED.has(innermost(type)) || plain.has(innermost(type));
  const takes = (argument: InputValueDefinitionNode) => isHere(argument.type);
  const field = (one: FieldDefinitionNode) => {
    const args = one.arguments ?? [];
    const isNeeded = (argument: InputValueDefinitionNode) => argument.type.kind === Kind.NON_NULL_TYPE;
    if (!isHere(one.type) || args.some((argument) => isNeeded(argument) && !takes(argument))) return [];
    return [{ ...one, arguments: args.filter(takes) }];
  };
  const object = (one: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode => ({
    ...one,
    interfaces: (one.interfaces ?? []).filter((name) => NAMED.has(name.name.value)),
    fields: once((one.fields ?? []).filter(({ name }) => one.name.value !== "Query" || QUERIES.has(name.value))).flatMap(field),
  });
  const kept = definitions.flatMap((one): DefinitionNode[] => {
    if (!("name" in one) || !one.name || !NAMED.has(one.name.value)) return [];
    if (one.kind === Kind.OBJECT_TYPE_DEFINITION) return [object(one)];
    if (one.kind === Kind.INTERFACE_TYPE_DEFINITION) return [{ ...one, interfaces: [], fields: once(one.fields ?? []).flatMap(field) }];
    if (one.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) return [{ ...one, fields: (one.fields ?? []).filter(takes) }];
    return [one];
  });
  const used = new Set<string>();
  for (const one of kept) visit(one, { NamedType: ({ name }) => void used.add(name.value) });
  const words = definitions.filter(
    (one) =>
      (one.kind === Kind.SCALAR_TYPE_DEFINITION || one.kind === Kind.ENUM_TYPE_DEFINITION) && used.has(one.name.value),
  );
  return print(
    visit({ kind: Kind.DOCUMENT, definitions: [...kept, ...words] }, { StringValue: (_, key) => (key === "description" ? null : undefined), Directive: () => null }),
  );
}

/** GitHub's published schema has said a field twice before. */
function once(fields: readonly FieldDefinitionNode[]): FieldDefinitionNode[] {
  return fields.filter((one, at) => fields.findIndex(({ name }) => name.value === one.name.value) === at);
}

const [path = ""] = process.argv.slice(2);
const text = extract(readFileSync(path, "utf8"));
writeFileSync(new URL("github.graphql", import.meta.url), `${text}\n`);
