import type { Tree } from "../trees/tree.ts";

/** SARIF 2.1.0 in the subset that GitHub's code scanning reads: rules with their texts, and a place in every result. */
export type SarifResult = {
  readonly ruleId: string;
  readonly level: "error" | "warning" | "note";
  readonly text: string;
  readonly place: Place;
  readonly fingerprint?: string;
};

export type Place = { readonly path: string; readonly line: number };

type Log = {
  readonly tool: string;
  readonly rules: readonly { readonly id: string; readonly text: string }[];
  readonly results: readonly SarifResult[];
  readonly verdict: string;
  readonly places: Pick<Places, "shown">;
};

export function sarifLog({ tool, rules, results, verdict, places }: Log): object {
  const told = rules.map(({ id, text }) => {
    return { id, shortDescription: { text }, fullDescription: { text }, help: { text } };
  });
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: tool, rules: told } },
        results: results.map((one) => result(one, places)),
        properties: { verdict },
      },
    ],
  };
}

function result({ ruleId, level, text, place, fingerprint }: SarifResult, { shown }: Pick<Places, "shown">): object {
  const uri = shown(place.path).split("/").map(encodeURIComponent).join("/");
  return {
    ...{ ruleId, level, message: { text } },
    ...(fingerprint === undefined ? {} : { partialFingerprints: { "coop/v1": fingerprint } }),
    locations: [
      { physicalLocation: { artifactLocation: { uri }, region: { startLine: Math.max(1, Math.trunc(place.line)) } } },
    ],
  };
}

/** The files in which something can be shown: those that the change touches first. `shown`: a name as it may go out. */
export type Places = { readonly changed: readonly string[]; readonly tree: Tree; shown(path: string): string };

export function placesOf(base: Tree, head: Tree, shown: Places["shown"]): Places {
  const differs = (path: string) => {
    const [before, after] = [base.get(path), head.get(path)];
    return before?.sha !== after?.sha || before?.mode !== after?.mode;
  };
  return { changed: [...head.keys()].filter(differs).sort(), tree: head, shown };
}

/**
 * Where a problem is shown that is about no line: code scanning refuses a whole upload when one result has no place, so
 * it stands at the first line of the first changed file, where a reader of the change sees it.
 */
export function somewhere({ changed, tree }: Places): Place {
  const [first = "."] = [...changed, ...tree.keys()];
  return { path: first, line: 1 };
}

/** The place that a text names, in a file of the head: one that was changed before any other. */
export function placeIn(texts: readonly string[], { changed, tree }: Places): Place | null {
  const named = texts
    .flatMap((text) => text.split(/[\s()"'`,;]+/))
    .flatMap((word) => {
      const found = /^(?:file:\/\/)?(?:\/workspace\/|\.\/)?([^:]+):(\d{1,9})(?!\d)/.exec(word);
      return found?.[1] !== undefined && tree.has(found[1]) ? [{ path: found[1], line: Number(found[2]) }] : [];
    });
  return named.find(({ path }) => changed.includes(path)) ?? named[0] ?? null;
}
