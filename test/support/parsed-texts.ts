import { afterAll } from "@jest/globals";
import { functionsOf } from "../../src/proof/languages/syntax/functions.ts";
import { openSyntax, type Parsed } from "../../src/proof/languages/syntax/parser.ts";

type Read = Extract<Parsed, { readonly outcome: "parsed" }>;

/** Parses texts in one thread, which ends with the tests of its file. @throws where there is no tree */
export function readerOfTests(): (path: string, text: string) => Promise<Read> {
  const syntax = openSyntax();
  afterAll(() => syntax.close());
  return async (path, text) => {
    const parsed = await syntax.parse(path, text);
    if (parsed.outcome === "cannot") throw new Error(parsed.why);
    return parsed;
  };
}

/** The same with the first function that stands there. */
export function functionReaderOfTests() {
  const read = readerOfTests();
  return async (path: string, text: string) => {
    const parsed = await read(path, text);
    const [one] = functionsOf(parsed.root, parsed.language);
    if (!one) throw new Error("there is no function");
    return { one, ...parsed };
  };
}
