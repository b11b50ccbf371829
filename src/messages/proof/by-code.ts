import type { ProofCode } from "../../core/ticket/proof-codes.ts";
import type { FoundFacts } from "../../core/ticket/proof-facts.ts";
import type { ProofItemId } from "../../core/ticket/proof-items.ts";

/** A sentence for each code of an item. A code without one does not compile. */
export type FoundSentences<Id extends ProofItemId> = Sentences<
  Pick<FoundFacts[Id], ProofCode<Id> & keyof FoundFacts[Id]>
>;

/** Words for each code of any table of facts. */
export type Sentences<Table> = { readonly [C in keyof Table]: (facts: Readonly<Table[C]>) => string };

/** What a table says of a value with its code. */
export function said<Table>(
  sentences: Sentences<Table>,
  { code, facts }: { readonly code: keyof Table; readonly facts: object },
): string {
  const write = sentences[code] as (facts: object) => string;
  return write(facts);
}
