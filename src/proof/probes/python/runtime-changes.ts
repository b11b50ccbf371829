/** Of the runtime in Python: which other answers could stand in the place of one, and how each is made. */
export const CHANGES = String.raw`
LADDER = ("near:1e-6", "near:0.001", "near:0.04", "near:0.4", "near:4")
LEAVES_MAX = 200
NAMED_LEAVES = 6
NODES_MAX = 2000  # Where much leads to the same, ways are without number.
MADE_UP = "~"


def names_for(value, kind):
    """How one plain value can be changed, the most telling first."""
    if kind == "text":
        names = ["append", "prepend"]
        some = word_base(value).__getitem__(value, slice(0, LONG_CHARS))
        return names + ["case"] if some.swapcase() != some else names
    if kind == "member":
        return ["something"] if len(type(value).__members__) > 1 else []
    fixed = {"yes-no": ["not"], "whole": ["plus"], "number": list(LADDER), "none": ["something"], "moment": ["plus"]}
    return fixed.get(kind) or {"buffer": ["append"], "path": ["append"], "id": ["something"]}.get(kind, [])


def changed_plain(value, kind, name):
    own = type(value)
    if kind == "yes-no" and name == "not":
        return own(not value)
    if kind == "whole" and name == "plus":
        return as_before(own, int(value) + 1)
    if kind == "number" and name in LADDER:
        return nearby(value, own, name.split(":")[1])
    if kind in ("text", "buffer"):
        base = word_base(value)
        plain, sign = base(value), MADE_UP if base is str else MADE_UP.encode()
        made = {"append": plain + sign, "prepend": sign + plain, "case": plain.swapcase()}
        return as_before(own, made[name])
    if kind == "none" and name == "something":
        return MADE_UP
    if kind == "member" and name == "something":
        members = list(type(value).__members__.values())
        return members[(members.index(value) + 1) % len(members)]
    if kind == "moment" and name == "plus":
        return later(value, own)
    if kind == "path" and name == "append":
        return value.with_name(value.name + MADE_UP) if value.name else value / MADE_UP
    if kind == "id" and name == "something":
        return own(int=(value.int + 1) % (1 << 128))
    raise ValueError(name)


def as_before(own, value):
    if type(value) is own:
        return value
    try:
        return own(value)
    except Exception:
        return value


def nearby(value, own, by):
    if own is complex:
        return value + float(by)
    if value != value or value in (float("inf"), float("-inf")):
        return own(0)
    if own.__name__ == "Decimal":
        step = own(by)
    elif own.__name__ == "Fraction":
        step = own(str(by))
    else:
        step = float(by)
    made = value + step
    return as_before(own, made if made != value else value + abs(value) * step)


def later(value, own):
    time = __import__("datetime")
    if hasattr(value, "hour") and not hasattr(value, "year"):
        return value.replace(second=(value.second + 1) % 60)
    step = time.timedelta(seconds=1) if hasattr(value, "hour") or not hasattr(value, "year") else time.timedelta(days=1)
    try:
        return value + step
    except OverflowError:
        return value - step


def leaves_of(value):
    """The plain values inside, each with the labels and the way to it."""
    found = []
    leaves_in(value, (), (), (), found, [NODES_MAX])
    return found


def leaves_in(value, labels, way, above, found, left):
    kind = kind_of(value)
    left[0] -= 1
    if kind in PRIMITIVES:
        if way and names_for(value, kind):
            found.append((labels, way, value, kind))
        return
    if len(way) >= DEPTH_MAX or id(value) in above:
        return
    for label, at, one in children_of(value, kind):
        if len(found) >= LEAVES_MAX or left[0] <= 0:
            return
        leaves_in(one, labels + (label,), way + (at,), above + (id(value),), found, left)


def chosen(leaves):
    """First, last, and some between."""
    count = len(leaves)
    places = [0, count - 1, count // 2, count // 4, 3 * count // 4, 1, 2, 3, 4, 5]
    return [leaves[at] for at in dict.fromkeys(at for at in places if 0 <= at < count)][:NAMED_LEAVES]


def variants_of(value):
    kind = kind_of(value)
    if kind in PRIMITIVES:
        return names_for(value, kind)
    if kind not in ("list", "dict", "set", "object"):
        return []
    names = ["leaf:%d%s" % (at, place_of(leaf[0])) for at, leaf in enumerate(chosen(leaves_of(value)))]
    names += shapes_of(value, kind)
    inner = None if kind == "list" else list_inside(value)
    return names + (["in:" + name + place_of(inner[0]) for name in shapes_of(inner[2], "list")] if inner else [])


def is_struct(value):
    return issubclass(type(value), tuple) and hasattr(type(value), "_fields")


def shapes_of(value, kind):
    if kind == "object" or is_struct(value):
        return []
    many = base_of(value).__len__(value)
    # Whoever asks for each key by its name asks as much as who compares the whole dict.
    names = (["drop"] if many else []) + (["extra"] if kind != "dict" or not many else [])
    return names + ["order"] if kind == "list" and swap_at(value) is not None else names


def swap_at(value):
    texts = [text_of(one) for one, _ in zip(base_of(value).__iter__(value), range(LEAVES_MAX))]
    return next((at for at in range(len(texts) - 1) if texts[at] != texts[at + 1]), None)


def list_inside(value, labels=(), way=(), above=(), left=None):
    """The first list that lies in it and has something in it: the labels and the way to it, and it."""
    kind, left = kind_of(value), left or [NODES_MAX]
    if len(way) >= DEPTH_MAX or id(value) in above:
        return None
    inside = children_of(value, kind)
    left[0] -= len(inside)
    for label, at, one in inside:
        if kind_of(one) == "list" and not is_struct(one) and base_of(one).__len__(one):
            return labels + (label,), way + (at,), one
    for label, at, one in inside:
        if left[0] <= 0:
            return None
        deeper = list_inside(one, labels + (label,), way + (at,), above + (id(value),), left)
        if deeper:
            return deeper
    return None


def changed(value, name):
    """Another answer: a copy where it is plain data. The same where the name does not fit it."""
    kind = kind_of(value)
    if kind in PRIMITIVES:
        return changed_plain(value, kind, name) if name in names_for(value, kind) else value
    if name.startswith("leaf:"):
        leaf = leaf_named(name, leaves_of(value))
        return put(value, leaf[1], changed_plain(leaf[2], leaf[3], names_for(*leaf[2:])[0])) if leaf else value
    if name.startswith("in:"):
        inner = list_inside(value)
        is_there = inner and name.endswith(place_of(inner[0]))
        return put(value, inner[1], reshaped(inner[2], "list", name[3:-5])) if is_there else value
    return reshaped(value, kind, name)


def leaf_named(name, leaves):
    """By the way to it: where the shape is another one, its number is another one too."""
    return next((leaf for leaf in chosen(leaves) + leaves if name.endswith(place_of(leaf[0]))), None)


def reshaped(value, kind, name):
    if name not in shapes_of(value, kind):
        return value
    if kind == "dict":
        made = copied(value)
        if name == "drop":
            dict.__delitem__(made, list(dict.keys(made))[-1])
        else:
            dict.__setitem__(made, MADE_UP, None)
        return made
    if kind == "set":
        rest = ordered(value)
        ones = [one for _, one in (rest[:-1] if name == "drop" else rest)]
        return filled(value, ones + ([MADE_UP] if name == "extra" else []))
    ones = list(base_of(value).__iter__(value))
    if name == "drop":
        ones.pop()
    elif name == "extra":
        ones.append(ones[-1] if ones else None)
    else:
        at = swap_at(value)
        ones[at], ones[at + 1] = ones[at + 1], ones[at]
    return filled(value, ones)
`;
