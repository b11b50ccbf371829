import { join } from "node:path";
import ts from "typescript";

export type Types = {
  /** Whether the compiler refuses the checkout with this one file changed. */
  refuse(path: string, text: string): boolean;
};

/**
 * A compiler that has looked at the whole checkout once and then looks again only at what one change can reach: a second
 * instead of ten for each mutant. Nothing is written.
 *
 * @throws if the checkout is refused as it stands
 */
export function typesOf(checkout: string): Types {
  const config = ts.getParsedCommandLineOfConfigFile(join(checkout, "tsconfig.json"), {}, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
    },
  } satisfies ts.ParseConfigFileHost);
  if (!config) throw new Error("tsconfig.json cannot be read.");
  const { options, fileNames } = config;
  const host = ts.createIncrementalCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  const kept = new Map<string, ts.SourceFile | undefined>();
  let changed: { readonly name: string; readonly text: string } | null = null;
  host.getSourceFile = (name, target, ...rest) => {
    if (name === changed?.name) return versioned(ts.createSourceFile(name, changed.text, target, true), changed.text);
    if (!kept.has(name)) kept.set(name, read(name, target, ...rest));
    return kept.get(name);
  };
  const builder = (old?: ts.SemanticDiagnosticsBuilderProgram) =>
    ts.createSemanticDiagnosticsBuilderProgram(fileNames, options, host, old);
  const base = builder();
  if (isRefused(base)) throw new Error("`npm run types` is red before anything is changed. Mend it first.");
  return {
    refuse: (path, text) => {
      changed = { name: join(checkout, path), text };
      const refused = isRefused(builder(base));
      changed = null;
      return refused;
    },
  };
}

/** Looks until the first fault. */
function isRefused(program: ts.SemanticDiagnosticsBuilderProgram): boolean {
  if (program.getSyntacticDiagnostics().length > 0) return true;
  for (
    let next = program.getSemanticDiagnosticsOfNextAffectedFile();
    next;
    next = program.getSemanticDiagnosticsOfNextAffectedFile()
  )
    if (next.result.length > 0) return true;
  return false;
}

function versioned(file: ts.SourceFile, text: string): ts.SourceFile {
  return Object.assign(file, { version: ts.sys.createHash?.(text) ?? text });
}
