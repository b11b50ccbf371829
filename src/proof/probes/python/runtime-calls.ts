/** Of the runtime in Python: which calls count, what is written down about them, and what stands in the place of a function. */
export const CALLS = String.raw`
MODE = os.environ.get("COOP_PROBE", "")
RECORDS = MODE == "record"
WANTED = tuple(MODE.rsplit("|", 2)) if MODE.count("|") >= 2 else None
FOLDER = "/tmp/coop-reports"
LINES_MAX = 2000
FRAMES_MAX = 20
HEARD_MAX = 3000  # Calls of one function by tests that are looked at; in the run of a probe, those that were not meant.
HEARD_NODES = 50  # So much in what it is given makes a call count once more: it takes longer.
LOOKS_MAX = 50000  # Calls of one function by others whose stack is looked at.
ANSWERS_MAX = 100  # To one call: a clock or a counter must not leave the others without lines.
INSIDE = contextvars.ContextVar("coop_probe_inside", default=False)
SEEN, ANSWERS, HEARD, OWN, SIDES = set(), {}, {}, set(), {}
COROUTINE = inspect.CO_COROUTINE


def listed(name):
    try:
        return [path for path in json.loads(os.environ.get(name) or "[]") if type(path) is str]
    except ValueError:
        return []


TESTS, CODE = listed("COOP_PROBE_TESTS"), listed("COOP_PROBE_CODE")


# They have files of any name, as "case.py" and "main.py" at the root of a repository.
LIBRARY = tuple({read(os.path.dirname(os.__file__)) + "/" for read in (str, os.path.realpath)})
PACKAGES = re.compile("(?:^|/)(?:site|dist)-packages/")


def side_of(name):
    """The test file that a frame runs in, False for product code, None for everybody else."""
    if name not in SIDES:
        plain = name.replace("\\", "/")[2:] if name[:2] == "./" else name.replace("\\", "/")
        is_packed = bool(PACKAGES.search(plain))
        is_foreign = plain.startswith(LIBRARY) and not is_packed
        ends = lambda path: plain == path or plain.endswith("/" + path)
        fits = lambda path: not is_foreign and ends(path) and (not is_packed or bool(PACKAGES.search(path)))
        SIDES[name] = next((path for path in TESTS if fits(path)), False if any(map(fits, CODE)) else None)
    return SIDES[name]


def asked_from(frame, asked):
    """The places in tests from which a call comes, innermost first. None: product code asks, or nobody known."""
    places = []
    while frame is not None:
        code = frame.f_code
        side = side_of(code.co_filename)
        if side is False:
            if code in OWN or not (places or holds(frame, asked)):
                return None
        elif side is not None and len(places) < FRAMES_MAX:
            places.append("%s:%d:%s" % (side, frame.f_lineno or code.co_firstlineno, code.co_name))
        frame = frame.f_back
    return places or None


def holds(frame, asked):
    """Whether this is a decorator's inner function, which asks what it was put around."""
    names = frame.f_code.co_freevars
    return bool(names) and any(leads_to(frame.f_locals.get(name), asked) for name in names)


def leads_to(one, asked):
    while isinstance(one, types.FunctionType):
        if one is asked:
            return True
        one = one.__dict__.get("__wrapped__")
    return False


def given_to(one, args, kwargs):
    """The arguments by the names of the parameters, however they were handed over, and the defaults of those that were not."""
    code = one.__code__
    names = code.co_varnames[: code.co_argcount]
    defaults = dict(one.__kwdefaults__ or {})
    late = one.__defaults__ or ()
    defaults.update(zip(names[len(names) - len(late) :], late))
    given = dict(zip(names, args))
    if len(args) > len(names):
        given["*"] = list(args[len(names) :])
    given.update(kwargs)
    return given, defaults


def key_of(given, defaults):
    """What equals its default is left out, so that a new parameter with a default leaves old calls what they were."""
    texts = {name: text_of(value) for name, value in given.items()}
    told = sorted(name for name in texts if name not in defaults or texts[name] != text_of(defaults[name]))
    text = "".join("%s=%s;" % (name, texts[name]) for name in told)
    return hashed(text)


class Call:
    """One call that counts."""

    def __init__(self, of, gives, given, key, places):
        self.of, self.gives, self.given, self.key, self.places = of, gives, given, key, places
        self.before = seen_in(given)

    def gave(self, value):
        self.tell(text_of(value), lambda changes: self.names(value, effects_among(changes)))

    def names(self, value, effects):
        names = [name for name, _ in effects]
        if value is not None:
            return variants_of(value) + names
        if not self.gives:
            return ["skip", "twice"] + names
        return ["something"] + names + (["skip"] if names else [])

    def raised(self, error):
        names = ["swallow", "other-kind", "other-words", "cut-words"] if isinstance(error, (Exception, SystemExit)) else []
        self.tell("!%s%s" % (tail(type(error).__qualname__), text_of(BaseException.args.__get__(error))), lambda _: names)

    def gave_items(self, text, first, count, is_whole):
        names = first_names(first)[:1] if count else []
        names = names + (["drop"] if count else []) + (["extra"] if is_whole else [])
        self.tell("%s%d%s" % ("".join(text.parts)[:TEXT_CHARS_MAX], count, is_whole), lambda _: names)

    def tell(self, said, names_among):
        """Once for each answer: two calls of one key can be told apart by what they gave and changed alone."""
        changes = changes_between(self.before, self.given)
        told = ["%s=%s" % ("/".join(labels), text) for labels, _, _, text in changes]
        gave, call = hashed("|".join([said] + told)), (self.of, self.key, tuple(self.places))
        if (call, gave) in SEEN or ANSWERS.get(call, 0) >= ANSWERS_MAX:
            return
        variants = names_among(changes)
        SEEN.add((call, gave))
        ANSWERS[call] = ANSWERS.get(call, 0) + 1
        self.write({"of": self.of, "key": self.key, "gave": gave, "from": self.places, "variants": variants})

    def write(self, line):
        path = "%s/coop-calls-%d.jsonl" % (FOLDER, os.getpid())
        to = os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o644)
        try:
            os.write(to, (json.dumps(line) + "\n").encode())
        finally:
            os.close(to)

    def answer(self, value):
        name = WANTED[2]
        if name.startswith("effect:"):
            change_once_more(self.given, changes_between(self.before, self.given), name)
            return value
        if value is None and not self.gives:
            return value
        return changed(value, name)

    def other_error(self, error):
        words = str(error.args[0]) if error.args else ""
        if WANTED[2] != "other-kind":
            error.args = ("coop probe" if WANTED[2] == "other-words" else words[1:],) + error.args[1:]
            return error
        for kind in (RuntimeError, LookupError, ArithmeticError):
            if not isinstance(error, kind) and not issubclass(kind, type(error)):
                return kind(*error.args)
        return RuntimeError(*error.args)


def quietly(does, *given):
    """A probe that cannot look must not be noticed."""
    try:
        return does(*given)
    except Exception:
        return None


def counted(of, gives, one, asked, frame, args, kwargs):
    heard = HEARD.setdefault(of, [0, 0])
    if len(SEEN) >= LINES_MAX or heard[0] >= HEARD_MAX or heard[1] >= LOOKS_MAX:
        return None
    places = asked_from(frame, asked)
    if places is None:
        heard[1] += 1
        return None
    given, defaults = given_to(one, args, kwargs)
    key = key_of(given, defaults)
    if not RECORDS and key != WANTED[1]:
        heard[0] += 1
        return None
    call = Call(of, gives, given, key, places)
    heard[0] += 1 + len(call.before) // HEARD_NODES if RECORDS else 0
    return call
`;
