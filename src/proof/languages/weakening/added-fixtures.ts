import type { Parsed } from "../syntax/parser.ts";
import { plain, type SyntaxNode, within } from "../syntax/syntax.ts";

/** What pytest brings itself: a fixture of such a name would take the place of its own. */
const OF_PYTEST =
  /^(_.*|pytest.*|request|cache|capfd|capfdbinary|caplog|capsys|capsysbinary|capteesys|config|doctest_namespace|monkeypatch|pytestconfig|record_.*|recwarn|subtests|testdir|tmp_path|tmp_path_factory|tmpdir|tmpdir_factory|mocker|event_loop)$/;
/** Those of plugins that many have. */
const OF_PLUGINS =
  /^(httpx_mock|requests_mock|aioresponses|respx_mock|responses|freezer|time_machine|faker|benchmark|snapshot|django_\w+|admin_client|async_client|rf|live_server|mailoutbox|settings|httpserver|aiohttp_client|fs|socket_enabled)$/;
const HOOKS = /^(pytest_|collect_ignore|__)/;

/**
 * Whether a `conftest.py` only has more fixtures, and helpers for them, than before. They decide nothing for tests that do
 * not ask for them by name. No hook, nothing for all tests (`autouse`), no other fixture in the place of an old one.
 * @param known names of the fixtures that the repository had
 * @param ofTests names of the modules of its tests: what is imported from there may be for all tests
 */
export function onlyAddsFixtures(
  before: Parsed,
  after: Parsed,
  known: ReadonlySet<string>,
  ofTests: ReadonlySet<string>,
): boolean {
  if (before.outcome === "cannot" || after.outcome === "cannot" || after.language !== "python") return false;
  const old = before.root.parts.map(plain);
  const added: SyntaxNode[] = [];
  let next = 0;
  for (const one of after.root.parts)
    if (plain(one) === old[next]) next++;
    else added.push(one);
  // What an old fixture uses may come from a star or from Python itself: a new name must not take its place.
  const used = [...within(before.root)].flatMap(({ type, text }) => (type === "identifier" ? [text] : []));
  const names = new Set([...known, ...used]);
  return next === old.length && added.every((one) => isHarmless(one, names, ofTests));
}

/** Whether pytest or a plugin has a fixture of this name. */
export function isBuiltInFixture(name: string): boolean {
  return (
    !/^(_|pytest_?|config$|event_loop$|cache$|settings$)/.test(name) && (OF_PYTEST.test(name) || OF_PLUGINS.test(name))
  );
}

/** The fixtures that a file of Python defines. */
export function fixturesIn(parsed: Parsed): string[] {
  if (parsed.outcome === "cannot") return [];
  return fixturesOf(parsed.root).map(({ name }) => name);
}

const FIXTURE = /^@(pytest\.|pytest_asyncio\.)?fixture\b/;
type Fixture = { readonly name: string; readonly node: SyntaxNode };

/** Each fixture with the name by which tests ask for it. */
export function fixturesOf(root: SyntaxNode): Fixture[] {
  return [...within(root)].flatMap((node): Fixture[] => {
    if (node.type !== "decorated_definition") return [];
    const mark = node.parts.find((one) => one.type === "decorator" && FIXTURE.test(plain(one)));
    const said = /\bname\s*=\s*["'](\w+)["']/.exec(mark?.text ?? "")?.[1];
    const name = said ?? node.child("definition")?.child("name")?.text;
    return mark && name !== undefined ? [{ name, node }] : [];
  });
}

function isHarmless(statement: SyntaxNode, taken: ReadonlySet<string>, ofTests: ReadonlySet<string>): boolean {
  const names = namesOf(statement);
  const isNew = names.every((name) => !taken.has(name) && !HOOKS.test(name));
  switch (statement.type) {
    case "import_statement":
    case "future_import_statement":
      return isNew && !isFromTests(statement, ofTests);
    case "import_from_statement":
      return isNew && !/\*/.test(statement.text) && !isFromTests(statement, ofTests);
    case "function_definition":
      return isNew && !callsAtOnce(statement);
    case "decorated_definition":
      return isFixture(statement) && isNew && names.every((name) => !OF_PYTEST.test(name) && !OF_PLUGINS.test(name)) && !/\*|\b(autouse|name)\s*=/.test(decoratorsOf(statement)) && !callsAtOnce(statement); // prettier-ignore
    default:
      return false;
  }
}

function isFromTests({ text }: SyntaxNode, ofTests: ReadonlySet<string>): boolean {
  return (text.match(/\w+/g) ?? []).some((word) => ofTests.has(word)) || /^from\s+\./.test(text);
}

/** What stands in its head is run where the file is loaded. */
function callsAtOnce(statement: SyntaxNode): boolean {
  const inner = statement.child("definition") ?? statement;
  const head = [inner.child("parameters"), inner.child("return_type")].filter((one) => one !== null);
  return head.some((one) => [...within(one)].some(({ type }) => type === "call"));
}

function isFixture(one: SyntaxNode): boolean {
  return one.type === "decorated_definition" && /^@(pytest\.)?fixture\b(\([^()]*\))?$/.test(decoratorsOf(one));
}

function decoratorsOf(one: SyntaxNode): string {
  return one.parts.filter(({ type }) => type === "decorator").map(plain).join(" "); // prettier-ignore
}

/** The names that a statement gives to something. */
function namesOf(statement: SyntaxNode): string[] {
  const inner = statement.child("definition") ?? statement;
  if (/^(function|class)_definition$/.test(inner.type)) return [inner.child("name")?.text ?? ""];
  if (!/import/.test(statement.type)) return [];
  return statement.children
    .filter(({ field }) => field === "name")
    .map((one) => (one.child("alias") ?? one).text.split(".")[0] ?? "");
}
