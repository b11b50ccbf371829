/** Of the runtime in Python: what stands in the place of a function. It runs in the names of the function's own file, so all that it needs is in its closure. */
export const AROUND = String.raw`
def answered(call, value):
    try:
        return call.answer(value)
    except Exception:
        return value


def around_sync(one, look, inside, frame, quietly, answered, records, variant):
    def stand_in(*args, **kwargs):
        __tracebackhide__ = True
        if inside.get():
            return one(*args, **kwargs)
        token = inside.set(True)
        try:
            call = quietly(look, stand_in, frame(1), args, kwargs)
            if call is None:
                return one(*args, **kwargs)
            if variant == "skip":
                return None
            try:
                if variant == "twice":
                    one(*args, **kwargs)
                value = one(*args, **kwargs)
            except BaseException as error:
                if records:
                    quietly(call.raised, error)
                if variant == "swallow" and isinstance(error, (Exception, SystemExit)):
                    return None
                if variant in ("other-kind", "other-words", "cut-words") and isinstance(error, (Exception, SystemExit)):
                    raise call.other_error(error) from None
                raise
            if records:
                quietly(call.gave, value)
                return value
            return answered(call, value)
        finally:
            inside.reset(token)

    return stand_in


def around_async(one, look, enter, leave, frame, quietly, answered, records, variant):
    async def stand_in(*args, **kwargs):
        __tracebackhide__ = True
        token = enter()
        if token is None:
            return await one(*args, **kwargs)
        try:
            call = quietly(look, stand_in, frame(1), args, kwargs)
            if call is None:
                return await one(*args, **kwargs)
            if variant == "skip":
                return None
            try:
                if variant == "twice":
                    await one(*args, **kwargs)
                value = await one(*args, **kwargs)
            except BaseException as error:
                if records:
                    quietly(call.raised, error)
                if variant == "swallow" and isinstance(error, (Exception, SystemExit)):
                    return None
                if variant in ("other-kind", "other-words", "cut-words") and isinstance(error, (Exception, SystemExit)):
                    raise call.other_error(error) from None
                raise
            if records:
                quietly(call.gave, value)
                return value
            return answered(call, value)
        finally:
            leave(token)

    return stand_in


def around_generator(one, look, frame, streamed):
    def stand_in(*args, **kwargs):
        __tracebackhide__ = True
        call = look(stand_in, frame(1), args, kwargs)
        if call is None:
            return (yield from one(*args, **kwargs))
        return (yield from streamed(call, one(*args, **kwargs)))

    return stand_in


def streamed(call, own):
    """What a generator gives, one by one; what is sent to it or thrown into it reaches it."""
    variant = WANTED[2] if WANTED else None
    step, given, first, last, count, is_whole, failed = own.send, None, None, None, 0, False, None
    text = Text()
    try:
        while True:
            try:
                item = step(given)
            except StopIteration as end:
                is_whole, value = True, end.value
                break
            except Exception as error:
                failed = error if error is not given else None
                if variant == "swallow" and failed:
                    return None
                if variant in ("other-kind", "other-words", "cut-words") and failed:
                    raise call.other_error(error) from None
                raise
            first, last, count = item if count == 0 else first, item, count + 1
            given, step = None, own.send
            if RECORDS:
                alone(note_item, text, item)
            if count == 1 and variant == "drop":
                continue
            if count == 1 and variant and variant.startswith("leaf:"):
                item = (alone(first_changed, item, variant) or [item])[0]
            try:
                given = yield item
            except GeneratorExit:
                own.close()
                raise
            except BaseException as error:
                given, step = error, own.throw
        if variant == "extra":
            yield last
        return value
    finally:
        if RECORDS and failed:
            alone(call.raised, failed)
        elif RECORDS:
            alone(call.gave_items, text, first, count, is_whole)


def note_item(text, item):
    if text.size <= TEXT_CHARS_MAX:
        text.add(text_of(item) + ",")


def first_names(item):
    """How its change is called where a generator gives it first, and how elsewhere."""
    return ["leaf:0" + place_of(("0", name)) for name in variants_of(item)[:1]] + variants_of(item)[:1]


def first_changed(item, variant):
    names = first_names(item)
    return [changed(item, names[1]) if names and names[0] == variant else item]


def alone(does, *given):
    """While we look at what a generator gave, no call counts."""
    token = enter()
    try:
        return quietly(does, *given)
    finally:
        if token is not None:
            leave(token)


def looked(look, *given):
    """Looks at a call of a generator, which goes on later: only while we look nothing else counts."""
    token = enter()
    try:
        return None if token is None else quietly(look, *given)
    finally:
        if token is not None:
            leave(token)


def enter():
    return None if INSIDE.get() else INSIDE.set(True)


def leave(token):
    try:
        INSIDE.reset(token)
    except ValueError:  # It ends in another context than it began in.
        pass


def stand_in_for(of, gives, one):
    code = one.__code__
    OWN.add(code)
    if code.co_flags & inspect.CO_ASYNC_GENERATOR or (WANTED and WANTED[0] != of):
        return one
    look = functools.partial(counted, of, gives, one)
    variant = WANTED[2] if WANTED else None
    rest = (sys._getframe, quietly, answered, RECORDS, variant)
    if code.co_flags & inspect.CO_GENERATOR:
        made = around_generator(one, functools.partial(looked, look), sys._getframe, streamed)
    elif code.co_flags & COROUTINE:
        made = around_async(one, look, enter, leave, *rest)
    else:
        made = around_sync(one, look, INSIDE, *rest)
    return dressed(made, one)


def dressed(made, one):
    """The stand-in says of itself whatever the function says of itself."""
    own = types.FunctionType(made.__code__, one.__globals__, one.__name__, None, made.__closure__)
    for name, cell in zip(made.__code__.co_freevars, made.__closure__):
        if name == "stand_in":
            cell.cell_contents = own
    functools.update_wrapper(own, one)
    if sys.version_info < (3, 14):  # From then on, to ask would work annotations out.
        own.__signature__ = inspect.signature(one, follow_wrapped=False)
    return own


def decorate(of, gives=False):
    def around(one):
        if type(one) is not types.FunctionType or not (RECORDS or WANTED):
            return one
        return quietly(stand_in_for, of, gives, one) or one

    return around


if RECORDS or WANTED:
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 2000))  # Twice what is usual: a stand-in takes a frame of its own.
`;
