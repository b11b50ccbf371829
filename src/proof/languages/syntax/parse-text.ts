import { createRequire } from "node:module";
import treeSitter, { type Language, type Tree } from "@vscode/tree-sitter-wasm";
import { COLUMNS, type FlatTree } from "./syntax.ts";

/** The only user of the parser's package. It belongs into a thread that can be ended: whatever a text does to a grammar, the server goes on. */
const files = createRequire(import.meta.url);
const grammars = new Map<string, Promise<Language>>();
const ready = treeSitter.Parser.init();

/** @returns null where the grammar gives no tree, or `isLate` says so while it works */
export async function parseText(
  language: string,
  text: string,
  isLate: () => boolean = () => false,
): Promise<FlatTree | null> {
  await ready;
  const parser = new treeSitter.Parser();
  parser.setLanguage(await grammar(language));
  const tree = parser.parse(text, null, { progressCallback: isLate });
  const flat = tree && flatten(tree);
  tree?.delete();
  parser.delete();
  return flat;
}

function grammar(language: string): Promise<Language> {
  const known = grammars.get(language);
  if (known) return known;
  const loaded = treeSitter.Language.load(files.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${language}.wasm`));
  grammars.set(language, loaded);
  return loaded;
}

function flatten(tree: Tree): FlatTree {
  const types = names();
  const fields = names();
  const columns: number[] = [];
  const open: number[] = [];
  const cursor = tree.walk();
  const add = () => {
    open.push(columns.length);
    columns.push(
      types.idOf(cursor.nodeType),
      fields.idOf(cursor.currentFieldName ?? ""),
      cursor.nodeIsNamed ? 1 : 0,
      cursor.startIndex,
      cursor.endIndex,
      cursor.startPosition.row + 1,
      0,
    );
  };
  const close = () => {
    const at = open.pop();
    if (at !== undefined) columns[at + 6] = columns.length / COLUMNS;
  };
  for (add(); open.length > 0;) {
    if (cursor.gotoFirstChild()) {
      add();
      continue;
    }
    close();
    while (open.length > 0 && !cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) break;
      close();
    }
    if (open.length > 0) add();
  }
  cursor.delete();
  return { types: types.all, fields: fields.all.map((name) => name || null), nodes: Int32Array.from(columns) };
}

function names() {
  const all: string[] = [];
  const ids = new Map<string, number>();
  const idOf = (name: string) => {
    const known = ids.get(name);
    if (known !== undefined) return known;
    ids.set(name, all.length);
    return all.push(name) - 1;
  };
  return { all, idOf };
}
