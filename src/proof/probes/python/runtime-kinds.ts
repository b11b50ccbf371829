/** Of the runtime in Python: of which kind a value is, what lies inside it, and its text. Asks no code of the value itself: a proxy, a mock or a property must not notice. */
export const KINDS = String.raw`
import contextvars, copy, functools, hashlib, inspect, json, os, re, sys, tempfile, types

BY_NAME = {
    ("builtins", "NoneType"): "none", ("builtins", "bool"): "yes-no", ("builtins", "int"): "whole",
    ("builtins", "float"): "number", ("builtins", "complex"): "number", ("decimal", "Decimal"): "number",
    ("fractions", "Fraction"): "number", ("numpy", "integer"): "whole", ("numpy", "floating"): "number",
    ("numpy", "bool_"): "yes-no", ("numpy", "bool"): "yes-no",
    ("builtins", "str"): "text", ("builtins", "bytes"): "text", ("builtins", "bytearray"): "buffer",
    ("datetime", "datetime"): "moment", ("datetime", "date"): "moment", ("datetime", "time"): "moment",
    ("datetime", "timedelta"): "moment", ("uuid", "UUID"): "id",
    ("builtins", "list"): "list", ("builtins", "tuple"): "list", ("collections", "deque"): "list",
    ("builtins", "dict"): "dict", ("builtins", "set"): "set", ("builtins", "frozenset"): "set",
    ("builtins", "range"): "said", ("builtins", "slice"): "said", ("re", "Pattern"): "said",
    ("builtins", "type"): "named", ("builtins", "function"): "function", ("builtins", "method"): "function",
    ("builtins", "builtin_function_or_method"): "function", ("builtins", "module"): "named",
    ("builtins", "staticmethod"): "opaque", ("builtins", "classmethod"): "opaque", ("builtins", "property"): "opaque",
}
PRIMITIVES = ("none", "yes-no", "whole", "number", "text", "buffer", "moment", "id", "path", "member")
# Machinery, whose insides are nobody's answer.
OPAQUE = {
    "threading", "_thread", "logging", "asyncio", "concurrent", "socket", "ssl", "io", "_io", "selectors", "weakref",
    "_weakref", "sqlite3", "multiprocessing", "contextvars", "_contextvars", "tempfile", "subprocess", "_asyncio",
    "queue", "_queue", "random", "_random",
}
TEXT_CHARS_MAX = 4000  # Of what a value is told by: two that differ only behind that are taken for one.
WORD_CHARS_MAX = 300  # Of a longer text, this much and its hash.
LONG_CHARS = 20000  # A longer text is told by its length, both ends and a sample: it may be read thousands of times.
SAMPLE_CHARS = 5000
DEPTH_MAX = 6
CHILDREN_MAX = 200
BIG = 2000  # A set with more is told by its size alone: it has no order, and to sort it takes long.
Slot = types.MemberDescriptorType


# The usual ones at once, by identity: a class can have a hash of its own.
USUAL = (type(None), bool, int, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset, type)
AT_ONCE = {id(own): BY_NAME[("builtins", own.__name__)] for own in USUAL}


def kind_of(value):
    own = type(value)
    if id(own) in AT_ONCE:
        return AT_ONCE[id(own)]
    for base in own.__mro__:
        place = (base.__module__, base.__name__)
        if place == ("enum", "Enum"):
            return "member"
        if place[0] == "unittest.mock":
            return "opaque"
    for base in own.__mro__:
        name = base.__module__
        known = BY_NAME.get((name, base.__name__))
        if known:
            return known
        if type(name) is str and name.split(".")[0] == "pathlib" and base.__name__ == "PurePath":
            return "path"
        if type(name) is str and name.split(".")[0] in OPAQUE:
            return "opaque"
    return "object" if state_of(value) is not None else "opaque"


def state_of(value):
    """What an object keeps, by name. None: it keeps nothing that can be seen."""
    found, can = {}, False
    for base in type(value).__mro__:
        if "__slots__" not in base.__dict__:
            continue
        can = True
        for name, slot in tuple(base.__dict__.items()):
            if type(slot) is Slot:
                try:
                    found.setdefault(name, slot.__get__(value))
                except AttributeError:
                    pass
    try:
        own = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return found if can else None
    if isinstance(value, BaseException):
        found["args"] = BaseException.args.__get__(value)
    if issubclass(type(own), dict):
        found.update((name, kept) for name, kept in dict.items(own) if type(name) is str)
    return found


def children_of(value, kind):
    """What lies directly inside: how to find it again, where it lies, and it."""
    if kind == "list":
        return [(str(at), at, one) for at, one in zip(range(CHILDREN_MAX), base_of(value).__iter__(value))]
    if kind == "dict":
        return [(text_of(key), key, one) for (key, one), _ in zip(dict.items(value), range(CHILDREN_MAX))]
    if kind == "set":
        return [(label, one, one) for label, one in ordered(value)[:CHILDREN_MAX]]
    if kind == "object":
        return [(name, name, one) for name, one in sorted(state_of(value).items())[:CHILDREN_MAX]]
    return []


DEQUE = type(__import__("collections").deque())


def base_of(value):
    """Whose methods answer without any code of a class that was derived."""
    return next(base for base in (list, tuple, DEQUE, dict, set, frozenset) if issubclass(type(value), base))


def ordered(value):
    base = base_of(value)
    if base.__len__(value) > BIG:
        return []
    return sorted(((text_of(one), one) for one in base.__iter__(value)), key=lambda pair: pair[0])


class Full(Exception):
    pass


class Text:
    def __init__(self):
        self.parts, self.size = [], 0

    def add(self, part):
        self.parts.append(part)
        self.size += len(part)
        if self.size > TEXT_CHARS_MAX:
            raise Full()


def text_of(value):
    """By structure, the same in each run: no addresses, no order of sets, no names of temporary folders."""
    kind = kind_of(value)
    if kind in PRIMITIVES:
        return told(value, kind)[:TEXT_CHARS_MAX]
    text = Text()
    try:
        tell(value, text, 0, ())
    except Full:
        pass
    return "".join(text.parts)[:TEXT_CHARS_MAX]


def tell(value, text, depth, above):
    kind = kind_of(value)
    if kind in PRIMITIVES or kind == "said":
        return text.add(told(value, kind))
    own = type(value)
    if kind == "named":
        return text.add("<" + tail(getattr(value, "__qualname__", None) or value.__name__) + ">")
    # A callback may be written down anew under another name.
    text.add("function" if kind == "function" else tail(own.__qualname__))
    if kind in ("opaque", "function"):
        return
    if depth >= DEPTH_MAX or id(value) in above:
        return text.add("~")
    inside = children_of(value, kind)
    if kind in ("dict", "set"):
        text.add(str(base_of(value).__len__(value)))
    if kind == "dict":
        inside.sort(key=lambda child: child[0])
    text.add("(")
    for label, _, one in inside:
        if kind != "list":
            text.add(label + ":")
        if kind != "set":
            tell(one, text, depth + 1, above + (id(value),))
        text.add(",")
    text.add(")")


def tail(name):
    return str(name).split("<locals>.")[-1]


TEMPORARY = re.compile(
    "(?:%s|/tmp|/var/tmp)/(?:pytest-of-[^/]+/pytest-[0-9]+(?:/[^/]+)?|[A-Za-z_.-]*[a-z0-9_]{8})(?=/|$)"
    % re.escape(tempfile.gettempdir())
)
ADDRESS = re.compile("(?<= at )0x[0-9a-f]+")


def hashed(text, digits=16):
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:digits]


def place_of(labels):
    """The way to something, in four digits: what lies elsewhere has another name."""
    return "." + hashed("/".join(labels), 4)


def word_base(value):
    return next(base for base in (str, bytes, bytearray) if issubclass(type(value), base))


def cut(value):
    base = word_base(value)
    size, part = base.__len__(value), base.__getitem__
    if size <= LONG_CHARS:
        return value
    parts = (slice(0, SAMPLE_CHARS), slice(size - SAMPLE_CHARS, size), slice(0, size, size // SAMPLE_CHARS))
    mark = "(%d)" % size
    return (mark if base is str else mark.encode()) + part(value, parts[0]) + part(value, parts[1]) + part(value, parts[2])


def told(value, kind):
    own = type(value)
    if kind == "member":
        return own.__name__ + "." + str(object.__getattribute__(value, "__dict__").get("_name_"))
    if kind == "whole":
        return hex(int(value))
    if kind == "path":
        return "Path(" + TEMPORARY.sub("<tmp>", str(value)) + ")"
    if kind in ("text", "buffer"):
        value = cut(value)
    if kind == "text" and issubclass(own, str):
        plain = str.__str__(value)
        said = str.__repr__(ADDRESS.sub("0x", TEMPORARY.sub("<tmp>", plain)) if "/" in plain or "0x" in plain else plain)
    elif kind in ("text", "buffer"):
        said = repr(bytes(value))
    else:
        said = repr(value)
    if len(said) <= WORD_CHARS_MAX:
        return said
    return said[:WORD_CHARS_MAX] + hashed(said)
`;
