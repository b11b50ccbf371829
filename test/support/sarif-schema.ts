import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";

/**
 * The published JSON Schema of SARIF 2.1.0 (MIT licence, as `@microsoft/jest-sarif` 1.0.0-beta.0 carries it). It is written in
 * draft 4, which differs for this file only in how it names itself and in taking the lone bracket of a pattern in it.
 */
const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync("test/data/sarif/sarif-2.1.0-rtm.5.json", "utf8")) as Record<string, unknown>; // prettier-ignore
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
addFormats.default(ajv);
const validate = ajv.compile(schema);

/** Sentences, one for each thing that the schema refuses. */
export function sarifProblems(log: unknown): string[] {
  validate(log);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
