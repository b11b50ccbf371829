import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { openSyntax } from "../../languages/syntax/parser.ts";
import { probedPython } from "./probed-python.ts";

const syntax = openSyntax();
const folder = mkdtempSync(join(tmpdir(), "coop-probes-"));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await syntax.close();
});

const SHOP = String.raw`"""A shop."""
import asyncio, contextlib, dataclasses, datetime, enum, functools, typing
from decimal import Decimal
from fractions import Fraction
from pathlib import Path


class Size(enum.Enum):
    SMALL = "s"
    LARGE = "l"


@dataclasses.dataclass(frozen=True)
class Point:
    x: int
    y: int


class Pair(typing.NamedTuple):
    a: int
    b: list


def logged(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        return fn(*args, **kwargs)
    return inner


class Cart:
    __slots__ = ("lines", "open", "by")

    def __init__(self, *lines):
        self.lines, self.open, self.by = list(lines), True, {}

    def __repr__(self):
        return "Cart(%r, %r, %r)" % (self.lines, self.open, self.by)

    def add(self, name, amount=1):
        self.lines.append(name)
        self.by[name] = amount

    def take(self):
        return self.lines.pop()

    def close(self):
        if not self.open:
            raise ValueError("closed already")
        self.open = False
        return self

    @property
    def count(self):
        return len(self.lines)

    @logged
    def names(self):
        return tuple(self.lines)

    def __len__(self):
        return len(self.lines)

    def __eq__(self, other):
        return self.lines == other.lines

    def each(self):
        for line in self.lines:
            if line is None:
                raise ValueError(line)
            yield line
        return len(self.lines)

    async def send(self, to):
        await asyncio.sleep(0)
        if to is None:
            raise KeyError(to)
        return {"to": to}


def give(x):
    return x


@contextlib.contextmanager
def opened(name):
    try:
        yield [name]
    except KeyError:
        yielded = name


def talks():
    heard = yield 1
    try:
        yield heard
    except ValueError as error:
        yield str(error)


def both(a, b=2, *rest, key=None):
    return [a, b, rest, key]


def asks(x):
    return give(x)


def calls(back):
    return back()


def after_close(cart):
    cart.close()
    return cart
`;

/** Asks as a test does, and says what it was told: without probes, while it records, and with each variant. */
const TEST = String.raw`import asyncio, builtins, functools, importlib, json, os, re, sys

builtins.compile = functools.lru_cache(maxsize=None)(compile)  # The runtime is read anew for each variant.

HERE = os.path.dirname(os.path.abspath(__file__))
CALLS = os.path.join(HERE, "coop-calls-%d.jsonl" % os.getpid())


def fresh(probe, folder):
    os.environ["COOP_PROBE"] = probe
    sys.__dict__.pop("_coop_probe", None)
    sys.modules.pop("shop", None)
    sys.path[0] = folder
    return vars(importlib.import_module("shop"))


def held(manager, error=None):
    with manager as inside:
        if error:
            raise error
        return inside


def said(talk):
    return [next(talk), talk.send("a"), talk.throw(ValueError("b")), list(talk)]


def ask(probe, asked, folder=HERE):
    names = dict(fresh(probe, folder), asyncio=asyncio, held=held, said=said)
    try:
        return repr(eval(asked, names))
    except BaseException as error:
        return "! " + type(error).__name__ + ": " + str(error)


def told(asked):
    plain = ask("", asked, os.path.join(HERE, "original"))
    same = [ask("", asked) == plain, ask("record", asked) == plain]
    lines = [json.loads(line) for line in open(CALLS) if "__repr__" not in line] if os.path.exists(CALLS) else []
    if lines:
        os.remove(CALLS)
    short = functools.partial(re.sub, r"^((leaf|effect|in):\w+)\.[0-9a-f]{4}$", r"\1")
    probe = lambda line: {short(name): ask("|".join((line["of"], line["key"], name)), asked) for name in line["variants"]}
    answers = [[line["of"].split("::")[1], probe(line)] for line in lines]
    return [plain, same, answers, [line["from"] for line in lines], [line["key"] for line in lines]]


print(json.dumps([told(asked) for asked in json.load(open(os.path.join(HERE, "asked.json")))]))
`;

type Told = [
  plain: string,
  same: boolean[],
  answers: [string, Record<string, string>][],
  from: string[][],
  keys: string[],
];

const ladder = (...values: string[]) =>
  Object.fromEntries(["1e-6", "0.001", "0.04", "0.4", "4"].map((by, at) => [`near:${by}`, values[at] ?? ""]));

// prettier-ignore
const ASKED: readonly (readonly [asked: string, ...calls: [string, Record<string, string>][]])[] = [
  ["give(True)", ["give", { not: "False" }]],
  ["give(7)", ["give", { plus: "8" }]],
  ["give(1.5)", ["give", { ...ladder("1.500001", "1.501", "1.54", "1.9", "5.5") }]],
  ["give(float(\"inf\"))", ["give", { ...ladder("0.0", "0.0", "0.0", "0.0", "0.0") }]],
  ["give(1e20)", ["give", { ...ladder("1.000001e+20", "1.001e+20", "1.04e+20", "1.4e+20", "5e+20") }]],
  ["give(Decimal(\"2.00\"))", ["give", { ...ladder("Decimal('2.000001')", "Decimal('2.001')", "Decimal('2.04')", "Decimal('2.40')", "Decimal('6.00')") }]],
  ["give(Fraction(1, 2))", ["give", { ...ladder("Fraction(500001, 1000000)", "Fraction(501, 1000)", "Fraction(27, 50)", "Fraction(9, 10)", "Fraction(9, 2)") }]],
  ["give(\"a1\")", ["give", { append: "'a1~'", prepend: "'~a1'", case: "'A1'" }]],
  ["give(\"12\")", ["give", { append: "'12~'", prepend: "'~12'" }]],
  ["give(b\"a\")", ["give", { append: "b'a~'", prepend: "b'~a'", case: "b'A'" }]],
  ["give(None)", ["give", { something: "'~'" }]],
  ["give(Size.SMALL)", ["give", { something: "<Size.LARGE: 'l'>" }]],
  ["give(datetime.datetime(2020, 1, 1))", ["give", { plus: "datetime.datetime(2020, 1, 1, 0, 0, 1)" }]],
  ["give(datetime.date(2020, 1, 1))", ["give", { plus: "datetime.date(2020, 1, 2)" }]],
  ["give(datetime.timedelta(days=1))", ["give", { plus: "datetime.timedelta(days=1, seconds=1)" }]],
  ["give(Path(\"/a/b.txt\"))", ["give", { append: "PosixPath('/a/b.txt~')" }]],
  ["give([3, 1, 2])", ["give", { "leaf:0": "[4, 1, 2]", "leaf:1": "[3, 1, 3]", "leaf:2": "[3, 2, 2]", drop: "[3, 1]", extra: "[3, 1, 2, 2]", order: "[1, 3, 2]" }]],
  ["give([])", ["give", { extra: "[None]" }]],
  ["give([1])", ["give", { "leaf:0": "[2]", drop: "[]", extra: "[1, 1]" }]],
  ["give((\"a\", None))", ["give", { "leaf:0": "('a~', None)", "leaf:1": "('a', '~')", drop: "('a',)", extra: "('a', None, None)", order: "(None, 'a')" }]],
  ["give({\"a\": 1, \"b\": [2, 3]})", ["give", { "leaf:0": "{'a': 2, 'b': [2, 3]}", "leaf:1": "{'a': 1, 'b': [2, 4]}", "leaf:2": "{'a': 1, 'b': [3, 3]}", drop: "{'a': 1}", "in:drop": "{'a': 1, 'b': [2]}", "in:extra": "{'a': 1, 'b': [2, 3, 3]}", "in:order": "{'a': 1, 'b': [3, 2]}" }]],
  ["give({})", ["give", { extra: "{'~': None}" }]],
  ["sorted(give({1, 2}), key=str)", ["give", { "leaf:0": "[2]", "leaf:1": "[1, 3]", drop: "[1]", extra: "[1, 2, '~']" }]],
  ["give(Pair(1, [2]))", ["give", { "leaf:0": "Pair(a=2, b=[2])", "leaf:1": "Pair(a=1, b=[3])" }]],
  ["give(Point(1, 2))", ["give", { "leaf:0": "Point(x=2, y=2)", "leaf:1": "Point(x=1, y=3)" }]],
  ["give([{\"a\": [1, {\"b\": \"c\"}]}])", ["give", { "leaf:0": "[{'a': [2, {'b': 'c'}]}]", "leaf:1": "[{'a': [1, {'b': 'c~'}]}]", drop: "[]", extra: "[{'a': [1, {'b': 'c'}]}, {'a': [1, {'b': 'c'}]}]" }]],
  ["give(Cart(\"a\"))", ["give", { "leaf:0": "Cart(['a~'], True, {})", "leaf:1": "Cart(['a'], False, {})", "in:drop": "Cart([], True, {})", "in:extra": "Cart(['a', 'a'], True, {})" }]],
  ["give(len)", ["give", {}]],
  ["give(Cart)", ["give", {}]],
  ["both(1)", ["both", { "leaf:0": "[2, 2, (), None]", "leaf:1": "[1, 2, (), '~']", "leaf:2": "[1, 3, (), None]", drop: "[1, 2, ()]", extra: "[1, 2, (), None, None]", order: "[2, 1, (), None]" }]],
  ["both(b=2, a=1)", ["both", { "leaf:0": "[2, 2, (), None]", "leaf:1": "[1, 2, (), '~']", "leaf:2": "[1, 3, (), None]", drop: "[1, 2, ()]", extra: "[1, 2, (), None, None]", order: "[2, 1, (), None]" }]],
  ["both(1, b=3)", ["both", { "leaf:0": "[2, 3, (), None]", "leaf:1": "[1, 3, (), '~']", "leaf:2": "[1, 4, (), None]", drop: "[1, 3, ()]", extra: "[1, 3, (), None, None]", order: "[3, 1, (), None]" }]],
  ["both(1, 3)", ["both", { "leaf:0": "[2, 3, (), None]", "leaf:1": "[1, 3, (), '~']", "leaf:2": "[1, 4, (), None]", drop: "[1, 3, ()]", extra: "[1, 3, (), None, None]", order: "[3, 1, (), None]" }]],
  ["both(1, 3, key=None)", ["both", { "leaf:0": "[2, 3, (), None]", "leaf:1": "[1, 3, (), '~']", "leaf:2": "[1, 4, (), None]", drop: "[1, 3, ()]", extra: "[1, 3, (), None, None]", order: "[3, 1, (), None]" }]],
  ["both(*range(3), key=\"k\")", ["both", { "leaf:0": "[1, 1, (2,), 'k']", "leaf:1": "[0, 1, (2,), 'k~']", "leaf:2": "[0, 1, (3,), 'k']", "leaf:3": "[0, 2, (2,), 'k']", drop: "[0, 1, (2,)]", extra: "[0, 1, (2,), 'k', 'k']", order: "[1, 0, (2,), 'k']" }]],
  ["asks(1)", ["asks", { plus: "2" }]],
  ["calls(lambda: give(1))", ["calls", { plus: "2" }]],
  ["(lambda c: (c.add(\"tea\"), c))(Cart())", ["Cart.add", { skip: "(None, Cart([], True, {}))", twice: "(None, Cart(['tea', 'tea'], True, {'tea': 1}))", "effect:0": "(None, Cart(['tea'], True, {'tea': 2}))", "effect:1": "(None, Cart(['tea~'], True, {'tea': 1}))" }]],
  ["(lambda c: (c.take(), c))(Cart(\"a\", \"b\"))", ["Cart.take", { append: "('b~', Cart(['a'], True, {}))", prepend: "('~b', Cart(['a'], True, {}))", case: "('B', Cart(['a'], True, {}))", "effect:0": "('b', Cart(['a', 'b'], True, {}))" }]],
  ["Cart(\"a\").close()", ["Cart.close", { "leaf:0": "Cart(['a~'], False, {})", "leaf:1": "Cart(['a'], True, {})", "in:drop": "Cart([], False, {})", "in:extra": "Cart(['a', 'a'], False, {})", "effect:0": "Cart(['a'], True, {})" }]],
  ["(lambda c: (c.close(), c.close()))(Cart())", ["Cart.close", { "leaf:0": "(Cart([], True, {}), Cart([], True, {}))", "effect:0": "(Cart([], True, {}), Cart([], True, {}))" }], ["Cart.close", { swallow: "(Cart([], False, {}), None)", "other-kind": "! RuntimeError: closed already", "other-words": "! ValueError: coop probe", "cut-words": "! ValueError: losed already" }]],
  ["after_close(Cart())", ["after_close", { "leaf:0": "Cart([], True, {})", "effect:0": "Cart([], True, {})" }]],
  ["Cart(\"a\").count", ["Cart.count", { plus: "2" }]],
  ["Cart(\"a\").names()", ["Cart.names", { "leaf:0": "('a~',)", drop: "()", extra: "('a', 'a')" }]],
  ["asyncio.run(Cart().send(\"x\"))", ["Cart.send", { "leaf:0": "{'to': 'x~'}", drop: "{}" }]],
  ["asyncio.run(Cart().send(None))", ["Cart.send", { swallow: "None", "other-kind": "! RuntimeError: None", "other-words": "! KeyError: 'coop probe'", "cut-words": "! KeyError: 'one'" }]],
  ["sorted([2, 1], key=give)", ["give", { plus: "[1, 2]" }], ["give", { plus: "[2, 1]" }]],
  ["[give(x) for x in (1, 1, 2)]", ["give", { plus: "[2, 2, 2]" }], ["give", { plus: "[1, 1, 3]" }]],
  ["list(Cart(\"a\", \"b\").each())", ["Cart.each", { "leaf:0": "['a~', 'b']", drop: "['b']", extra: "['a', 'b', 'b']" }]],
  ["next(Cart(\"a\", \"b\").each())", ["Cart.each", { "leaf:0": "'a~'", drop: "'b'" }]],
  ["list(Cart().each())", ["Cart.each", { extra: "[None]" }]],
  ["list(Cart([1, 2]).each())", ["Cart.each", { "leaf:0": "[[2, 2]]", drop: "[]", extra: "[[1, 2], [1, 2]]" }]],
  ["list(Cart(\"a\", None).each())", ["Cart.each", { swallow: "['a']", "other-kind": "! RuntimeError: None", "other-words": "! ValueError: coop probe", "cut-words": "! ValueError: one" }]],
  ["held(opened(\"a\"))", ["opened", { "leaf:0": "['a~']", drop: "! RuntimeError: generator didn't yield", extra: "! RuntimeError: generator didn't stop" }]],
  ["held(opened(\"a\"), KeyError(\"b\"))", ["opened", { "leaf:0": "None", drop: "! RuntimeError: generator didn't yield", extra: "! RuntimeError: generator didn't stop after throw()" }]],
  ["held(opened(\"a\"), IndexError(\"b\"))", ["opened", { "leaf:0": "! IndexError: b", drop: "! RuntimeError: generator didn't yield" }]],
  ["said(talks())", ["talks", { "leaf:0": "[2, 'a', 'b', []]", drop: "! StopIteration: ", extra: "[1, 'a', 'b', ['b']]" }]],
  ["len(Cart(\"a\"))", ["Cart.__len__", { plus: "2" }]],
  ["Cart(\"a\") == Cart(\"a\")", ["Cart.__eq__", { not: "False" }]],
];

let told: ReadonlyMap<string, Told>;
beforeAll(async () => {
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const parsed = await syntax.parse("shop.py", SHOP);
  if (parsed.outcome === "cannot") throw new Error(parsed.why);
  const probed = probedPython("shop.py", SHOP, parsed.root, parsed.language);
  put("original/shop.py", SHOP);
  put("shop.py", probed?.text ?? "");
  for (const { path, text } of probed?.beside ?? [])
    put(path, text.replace('"/tmp/coop-reports"', JSON.stringify(folder)));
  put("test_shop.py", TEST);
  put("asked.json", JSON.stringify(ASKED.map(([asked]) => asked)));
  const env = { ...process.env, COOP_PROBE_TESTS: '["test_shop.py"]', COOP_PROBE_CODE: '["shop.py", "contextlib.py"]' };
  const said = execFileSync("python3", ["-B", "test_shop.py"], { cwd: folder, env, encoding: "utf8" });
  told = new Map((JSON.parse(said) as Told[]).map((one, at) => [ASKED[at]?.[0] ?? "", one]));
});

it.each(ASKED)("%s is recorded, and told otherwise", (asked, ...calls) => {
  const [, same, answers, from] = told.get(asked) as Told;
  expect(same).toEqual([true, true]);
  expect(answers).toEqual(calls);
  for (const places of from) expect(places[0]).toMatch(/^test_shop\.py:\d+:(ask|held|said)$/);
});

it.each([
  ["both(1)", "both(b=2, a=1)"],
  ["both(1, b=3)", "both(1, 3, key=None)"],
  ['Cart("a").count', 'Cart("a").names()'],
])("%s has the key of %s", (one, other) => expect(told.get(one)?.[4]).toEqual(told.get(other)?.[4]));

it("has a key for each input", () => {
  const keys = [...told.values()].flatMap(([, , answers, , keys]) =>
    keys.map((key, at) => `${answers[at]?.[0]} ${key}`),
  );
  const asked = [...told.keys()].filter((one) => one.startsWith("give(") && one !== "give(None)");
  expect(new Set(asked.flatMap((one) => told.get(one)?.[4] ?? [])).size).toBe(asked.length);
  expect(keys).toHaveLength(ASKED.flatMap(([, ...calls]) => calls).length);
});
