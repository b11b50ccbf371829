import { type Command, Argument } from "commander";
import { z } from "zod";
import { serverSchema } from "../server-file.ts";
import { policySchema } from "../core/rules/policy.ts";
import { print } from "./terminal.ts";

/** `coop schema`: JSON Schemas of the two settings files, for editors. Kept in docs/schemas; a test compares them. */
const SCHEMAS = { policy: policySchema, server: serverSchema } as const;

export function schemaCommand(program: Command): void {
  program
    .command("schema")
    .addArgument(new Argument("<file>", "whose schema").choices(Object.keys(SCHEMAS)))
    .description("print the JSON Schema of a policy or a server file, for your editor")
    .addHelpText(
      "after",
      "\nExamples:\n  coop schema policy > .github/coop.schema.json\n  coop schema server > coop-server.schema.json",
    )
    .action((name: keyof typeof SCHEMAS) => print(schemaText(name)));
}

export function schemaText(name: keyof typeof SCHEMAS): string {
  const schema = z.toJSONSchema(SCHEMAS[name], { io: "input", unrepresentable: "any" });
  const title = name === "policy" ? "Cooperations: a repository's policy" : "Cooperations: the server's file";
  return JSON.stringify({ ...schema, title }, null, 2);
}
