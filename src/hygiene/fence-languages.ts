/** Names that GitHub's highlighter knows and people use. Any other word behind a fence is on no page. */
const NAMES =
  "ada apache applescript asm assembly awk bash bat batch bazel bicep c c++ cc cpp c# cs csharp css clj clojure cmake cobol coffee coffeescript console cql crystal csv cuda cypher d dart delphi diff docker dockerfile dot dotenv elixir elm env erb erlang ex f# fish fortran fsharp gdscript gherkin git gitignore glsl go golang gradle graphql groovy haml handlebars hbs haskell hcl hlsl html http ini java javascript jinja jinja2 js json json5 jsonc jsonl jsx julia kotlin kt latex less liquid lisp log lua make makefile markdown matlab md mdx mermaid math geojson topojson stl mjs cjs mts cts nginx nim nix objc objective-c objectivec ocaml pascal patch perl php pl plaintext plantuml postgresql powershell prisma prolog properties proto protobuf ps1 puppet pug py pycon python python3 qml r racket raku razor rb reason rego rest rs rst ruby rust sass scala scheme scss sh shell shell-session sol solidity sparql sql starlark svelte svg swift tcl terraform tex text tf thrift toml ts tsx txt typescript vb vba verilog vhdl vim viml vue wasm wat wgsl xml xsd xslt yaml yml zig zsh";

const KNOWN: ReadonlySet<string> = new Set(NAMES.split(" "));

export function isFenceLanguage(name: string): boolean {
  return KNOWN.has(name.toLowerCase());
}
