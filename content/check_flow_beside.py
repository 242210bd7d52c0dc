"""What can be wrong beside a flow's steps: its picture, and what comes after it."""

from collections.abc import Iterator, Mapping, Sequence

from bot.core.errors import BadPress
from bot.core.flow import Beside, Each, Fields, Flow, Follow, Only, Picture, Reviews, Write
from bot.core.replies import parse_press
from content.check_flow_steps import is_any, not_alike, value_problems
from content.flow_answers import Answer, Answers, Shape, answers_of

FAMILY, GATE = "family", "gate"
LADDER = frozenset({"low", "medium", "high"})
Found = Iterator[tuple[tuple[str, ...], str]]
_LINES = (Shape.LIST, Shape.MAPPING)
_PARTS: Mapping[tuple[str, str], tuple[Shape, ...]] = {  # the forms that a picture's part may have; any, where it is not here
    ("wave", "before"): (Shape.NUMBER,),
    ("wave", "ratings"): (Shape.RATINGS,),
    ("wave", "after"): (Shape.NUMBER,),
    ("table", "boxes"): (Shape.LIST,),
    ("table", "marks"): (Shape.MAPPING,),
    ("radar", "of"): (Shape.MAPPING,),
    ("trend", "of"): (Shape.NUMBER,),
    ("bars", "before"): (Shape.NUMBER, Shape.MAPPING),
    ("bars", "after"): (Shape.NUMBER, Shape.MAPPING),
    ("ladder", "of"): (Shape.MAPPING,),
    ("ladder", "more"): (Shape.MAPPING,),
    ("grid", "of"): (Shape.LIST,),
    ("grid", "columns"): (Shape.MAPPING,),
}


def beside_problems(flow: Flow, flows: Mapping[str, Flow]) -> Found:
    """`flows`: every flow there is, by its name."""
    answers, beside = answers_of(flow), flow.beside
    if flow.picture is not None:
        yield from ((("picture",), f"picture: {said}") for said in _picture(flow, flow.picture, answers))
    if beside.title and beside.title not in answers:
        yield ("title",), f"title: nothing is saved as {beside.title}"
    if beside.gate and beside.point != FAMILY:
        yield ("gate",), "gate: only for point: family"
    if beside.gate and GATE not in flows:
        yield ("gate",), f"gate: there is no flow {GATE}"
    if not beside.stores and (beside.again or beside.then or beside.follow or beside.kit or beside.calendar or _of_kept(beside)):
        yield ("stores",), "stores: false, so nothing can come of what is kept"
    if beside.look:
        try:
            parse_press(beside.look)
        except BadPress:
            yield ("look",), f"look: {beside.look} is no press"
    if beside.passing and beside.follow:
        yield ("passing",), "passing and follow do not go together: the moment of both looks the same, and an entry has one of them"
    for name, pairs in beside.then:
        yield from ((("then", name), f"then: {said}") for said in _then(name, pairs, answers, flows))
    for follow in beside.follow:
        yield from ((("follow", follow.name), f"follow: {follow.name}: {said}") for said in _follow(follow, answers, flows))
    for pin in beside.kit:
        for said in (*_of(answers, pin.of, (Shape.TEXT, *_LINES)), *_when(answers, pin.when)):
            yield ("kit", pin.into), f"kit: {said}"
    if beside.calendar is not None:
        entry = beside.calendar
        for name, shapes in ((entry.of, (Shape.TEXT, Shape.LIST)), (entry.day, (Shape.DATE,)), (entry.time, (Shape.TIME,))):
            yield from ((("calendar",), f"calendar: {said}") for said in (_of(answers, name, shapes) if name else ()))
    if beside.reviews is not None:
        yield from ((("reviews",), f"reviews: {said}") for said in _reviews(beside.reviews, answers, flows))
    for step in flow.steps.values():
        for offered in step.offer if isinstance(step, Write) else ():
            name, _, saved = offered.partition(".")
            if name not in flows or saved not in answers_of(flows[name]):
                yield ("steps", step.name, "offer"), f"step {step.name}: offer: no flow saves {offered}"
            elif not is_any(answers_of(flows[name]), saved, (Shape.TEXT, *_LINES)):
                yield ("steps", step.name, "offer"), f"step {step.name}: offer: {offered} has no lines"


def _of_kept(beside: Beside) -> bool:
    return beside.passing or beside.compare or beside.reviews is not None


def _reviews(reviews: Reviews, answers: Answers, flows: Mapping[str, Flow]) -> Iterator[str]:
    if reviews.of not in flows:
        yield f"there is no flow {reviews.of}"
    yield from _of(answers, reviews.whole, (Shape.LIST,))
    yield from _of(answers, reviews.done, (Shape.LIST,))
    yield from _of(answers, reviews.far, (Shape.NUMBER,))


def _of(answers: Answers, name: str, shapes: Sequence[Shape]) -> Iterator[str]:
    if name not in answers:
        yield f"nothing is saved as {name}"
    elif not is_any(answers, name, shapes):
        yield f"{name} is not {' or '.join(shapes)}"


def _when(answers: Answers, when: Only) -> Iterator[str]:
    if when.name and when.name not in answers:
        yield f"nothing is saved as {when.name}"
    elif when.name:
        yield from value_problems(answers, when.name, when.value)


def _then(name: str, pairs: Sequence[tuple[str, str]], answers: Answers, flows: Mapping[str, Flow]) -> Iterator[str]:
    if name not in flows:
        yield f"there is no flow {name}"
        return
    theirs = answers_of(flows[name])
    for their, our in pairs:
        if their not in theirs:
            yield f"{their} is not asked by {name}"
        if our not in answers:
            yield f"nothing is saved as {our}"
        elif (
            their in theirs
            and not _are_words(answers[our], theirs[their], flows[name])
            and (said := not_alike(answers[our], theirs[their]))
        ):
            yield f"{our} is not as {their} of {name}: {said}"


def _are_words(ours: Sequence[Answer], theirs: Sequence[Answer], flow: Flow) -> bool:
    """Can it be said in words, and is it asked for in words there? Then a list becomes a text, or a text a list."""
    asked = all(isinstance(flow.steps[answer.by], Write | Fields) for answer in theirs)
    return asked and all(answer.shape in (Shape.TEXT, Shape.CHOICE, *_LINES) for answer in ours)


def _follow(follow: Follow, answers: Answers, flows: Mapping[str, Flow]) -> Iterator[str]:
    if follow.begin not in flows:
        yield f"there is no flow {follow.begin}"
    yield from _when(answers, follow.when)
    if follow.on:
        yield from _of(answers, follow.on, (Shape.DATE,))
        if ":" not in follow.at:
            yield from _of(answers, follow.at, (Shape.TIME,))


def _picture(flow: Flow, picture: Picture, answers: Answers) -> Iterator[str]:
    kind, missing = picture.kind, False
    for part, names in picture.parts.items():
        for name in names:
            if name not in answers:
                missing = True
                yield f"nothing is saved as {name}"
            elif (kind, part) in _PARTS and not is_any(answers, name, _PARTS[kind, part]):
                yield f"{part}: {name} is not {' or '.join(_PARTS[kind, part])}"
    if missing:
        return

    def every(part: str) -> list[Answer]:
        return [answer for name in picture.parts.get(part, ()) for answer in answers[name]]

    if kind == "radar" and any(answer.inner is not Shape.NUMBER for answer in every("of")):
        yield f"of: {picture.part('of')} is no mapping to numbers"
    if kind == "ladder" and any(not answer.values or not answer.values <= LADDER for answer in every("of")):
        yield f"of: {picture.part('of')} is no mapping to {', '.join(sorted(LADDER))}"
    if kind == "ladder" and any(answer.inner is not Shape.TEXT for answer in every("more")):
        yield f"more: {picture.part('more')} is no mapping to words"
    if kind == "bars" and not_alike(every("before"), every("after")):
        yield f"before and after differ: {not_alike(every('before'), every('after'))}"
    if kind == "pairs" and any(answer.shape is Shape.MAPPING for answer in every("right")):
        left, right = picture.part("left"), picture.part("right")
        if not any(isinstance(step, Each) and step.save == right and left in (*step.of, step.save) for step in flow.steps.values()):
            yield f"right: {right} is not about the lines of {left}"
