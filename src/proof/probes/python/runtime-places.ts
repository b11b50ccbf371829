/** Of the runtime in Python: how something is put into an answer, and what a call changed in its object and its arguments. */
export const PLACES = String.raw`
PLAIN = ("builtins", "collections")
TOUCHED = {}  # What was changed in place, and into what: the second time would undo it.
EFFECTS_MAX = 4


def filled(value, ones):
    own = type(value)
    if own in (list, set, frozenset, tuple):
        return own(ones)
    if issubclass(own, tuple):
        return tuple.__new__(own, ones)
    if issubclass(own, frozenset):
        return frozenset.__new__(own, ones)
    if own.__module__ in PLAIN:
        made = copy.copy(value)
        made.clear()
        (made.update if issubclass(own, set) else made.extend)(ones)
        return made
    base = list if issubclass(own, list) else set if issubclass(own, set) else DEQUE
    base.clear(value)
    (base.update if base is set else base.extend)(value, ones)
    return value


def copied(value):
    return copy.copy(value) if type(value).__module__ in PLAIN else value


def put(value, way, new, in_place=False):
    """The value with another one at the end of the way. Objects keep who they are, frozen ones are made anew."""
    if not way:
        return new
    kind, at = kind_of(value), way[0]
    child = next((one for _, place, one in children_of(value, kind) if place is at or place == at), None)
    made = put(child, way[1:], new, in_place)
    if made is child:
        return value
    if kind == "list":
        return put_in_list(value, at, made, in_place)
    if kind == "dict":
        into = value if in_place else copied(value)
        dict.__setitem__(into, at, made)
        return into
    if kind == "set":
        if in_place and issubclass(type(value), set):
            set.discard(value, at)
            set.add(value, made)
            return value
        return filled(value, [one for one in value if one is not at] + [made])
    return put_in_object(value, at, made)


def put_in_list(value, at, made, in_place):
    own = type(value)
    if in_place and not issubclass(own, tuple):
        (list if issubclass(own, list) else DEQUE).__setitem__(value, at, made)
        return value
    ones = list(base_of(value).__iter__(value))
    ones[at] = made
    return filled(value, ones)


def put_in_object(value, name, made):
    was = TOUCHED.get((id(value), name))
    if was and was[1] == text_of(state_of(value).get(name)):
        return value
    into = twin(value) if is_frozen(type(value)) else value
    set_in(into, name, made)
    TOUCHED[(id(into), name)] = (into, text_of(made))
    return into


def is_frozen(own):
    params = getattr(own, "__dataclass_params__", None)
    return bool(params and params.frozen) or getattr(own.__setattr__, "__name__", "") == "_frozen_setattrs"  # Of attrs.


def twin(value):
    try:
        made = object.__new__(type(value))
        for name, kept in state_of(value).items():
            set_in(made, name, kept)
        return made
    except Exception:
        return value


def set_in(value, name, made):
    for base in type(value).__mro__:
        slot = base.__dict__.get(name)
        if type(slot) is Slot:
            return slot.__set__(value, made)
    if name == "args" and isinstance(value, BaseException):
        value.args = made
    else:
        object.__getattribute__(value, "__dict__")[name] = made


def seen_in(given):
    """Everything in the arguments: by labels, the way to it, it, and the text of what is plain."""
    nodes, left = {}, [LEAVES_MAX, NODES_MAX]
    for name, value in given.items():
        note_inside(value, (name,), (name,), (), nodes, left)
    return nodes


def note_inside(value, labels, way, above, nodes, left):
    kind = kind_of(value)
    is_plain = kind in PRIMITIVES
    nodes[labels] = (way, value, told(value, kind) if is_plain else None)
    left[0 if is_plain else 1] -= 1
    if is_plain or len(way) > DEPTH_MAX or id(value) in above:
        return
    for label, at, one in children_of(value, kind):
        if min(left) <= 0:
            return
        note_inside(one, labels + (label,), way + (at,), above + (id(value),), nodes, left)


def changes_between(before, given):
    """What a call changed in what it was given: by labels, the way to it, it, and its text. No text: it is gone."""
    after = seen_in(given)
    is_new = lambda labels, text: text is not None and (labels not in before or before[labels][2] != text)
    found = [(labels,) + node for labels, node in after.items() if is_new(labels, node[2])]
    gone = [labels for labels in before if labels not in after and labels[:-1] in after]
    return found + [(labels, before[labels][0], before[labels][1], None) for labels in gone]


def effects_among(changes):
    """What of it can be changed once more: how that is called, and the change."""
    can = lambda way, value, text: text is None or (len(way) > 1 and names_for(value, kind_of(value)))
    some = [change for change in changes if can(*change[1:])][:EFFECTS_MAX]
    return [("effect:%d%s" % (at, place_of(change[0])), change) for at, change in enumerate(some)]


def change_once_more(given, changes, name):
    effects = effects_among(changes)
    _, way, value, text = next(change for other, change in effects if other[-5:] == name[-5:])
    kind = kind_of(value)
    put_back(given, way, value if text is None else changed_plain(value, kind, names_for(value, kind)[0]))


def put_back(given, way, new):
    holder = given[way[0]]
    for at in way[1:-1]:
        holder = next(one for _, place, one in children_of(holder, kind_of(holder)) if place is at or place == at)
    kind, last = kind_of(holder), way[-1]
    if not any(place is last or place == last for _, place, _ in children_of(holder, kind)):
        if kind == "list":
            holder.insert(last, new)
        elif kind == "set":
            holder.add(new)
        elif kind == "dict":
            dict.__setitem__(holder, last, new)
        else:
            set_in(holder, last, new)
        return
    put(given[way[0]], way[1:], new, in_place=True)
`;
