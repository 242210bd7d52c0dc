"""Screens of a report. Letters name nothing: a locked phone shows them."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.core.help import help_row
from bot.core.replies import Button, Field, FieldKind, Form, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Nodes, Paragraph, Quote, Strong, Text, Words
from bot.core.screens import Page, in_rows, page
from bot.core.texts import Say, say_h, say_p
from bot.core.when import day_and_time
from handlers.reports.records import LONGEST_WORDS, Answer, Kind, Report, State
from handlers.reports.rules import READY

FEATURE = "reports"
YES, OWNER = "yes", "owner"
A_PAGE = 8


# Who reports ----------------------------------------------------------------------------------------------------------------


def choose(say: Say, thing: str, *, named: bool, mine: bool, letters: bool) -> Reply:
    """What it is, with who will hear of it: one tap sends it. `named`: it is about one thing, which goes with it."""
    blocks = (
        say_h(say, "reports.title"),
        say_p(say, "reports.who_hears"),
        say_p(say, "reports.one_tap_thing" if named else "reports.one_tap"),
    )
    kinds = [Button(say.label(f"reports.kind_{kind}"), Press(FEATURE, "send", thing, kind.value)) for kind in Kind]
    more: list[Button] = []
    if mine:
        more.append(Button(say.label("reports.mine_button"), Press(FEATURE, "mine")))
    if letters:
        more.append(Button(say.label("reports.letters_button"), Press(FEATURE, "letters")))
    return Reply(blocks, To.ONLY_YOU, (*in_rows(kinds, 2), *([tuple(more)] if more else []), help_row(say)), replace=False)


def danger(say: Say, thing: str, number: Nodes) -> Reply:
    """Facilitators are volunteers who may read it tomorrow: the emergency number comes first."""
    send = Button(say.label("reports.send_anyway_button"), Press(FEATURE, "send", thing, f"{Kind.DANGER}_{YES}"), Style.MAIN)
    call = Paragraph((Strong(say("reports.danger")), Text(" "), *number))
    return Reply((call, say_p(say, "reports.danger_why")), To.ONLY_YOU, (help_row(say), (send, _back(say, thing))))


def leading(say: Say, thing: str) -> Reply:
    facilitator = Button(say.label("reports.facilitator_button"), Press(FEATURE, "send", thing, f"{Kind.LEADING}_{YES}"))
    owner = Button(say.label("reports.owner_button"), Press(FEATURE, "send", thing, f"{Kind.LEADING}_{OWNER}"))
    return Reply((say_p(say, "reports.leading_ask"),), To.ONLY_YOU, ((facilitator, owner), (_back(say, thing), *help_row(say))))


def _back(say: Say, thing: str) -> Button:
    return Button(say.label("common.back"), Press(FEATURE, "again", thing))


def to_the_host(say: Say, key: str, contact: str) -> Reply:
    """Nothing is sent: the bot has nobody here who may have it."""
    whom = say_p(say, "reports.contact", contact=Words(contact)) if contact else say_p(say, "reports.no_contact")
    return Reply((say_p(say, key), whom), To.ONLY_YOU, (help_row(say),))


def sent(say: Say, report: Report, key: str = "reports.sent") -> Reply:
    """Where a report stands, for who made it."""
    body = report.body
    blocks: list[Block] = [say_p(say, key), say_p(say, f"reports.state_{report.state}"), _what(say, report)]
    if body.words:
        blocks += [say_p(say, "reports.your_words"), Quote((Words(body.words),))]
    for answer in body.answers:
        blocks += [say_p(say, "reports.they_say"), _answered(say, answer)]
    buttons: Row = ()
    if report.is_live:
        buttons = (
            Button(say.label("reports.words_button"), Press(FEATURE, "words", report.id)),
            Button(say.label("reports.take_back_button"), Press(FEATURE, "back", report.id), Style.STOP),
        )
    mine = Button(say.label("reports.mine_button"), Press(FEATURE, "mine"))
    return Reply(tuple(blocks), To.ONLY_YOU, (*([buttons] if buttons else []), (mine, *help_row(say))))


def mine(say: Say, found: Sequence[Report], number: int) -> Reply:
    if not found:
        return Reply((say_p(say, "reports.none_of_mine"),), To.ONLY_YOU, (help_row(say),))
    some = page(found, number, A_PAGE)
    rows = [(Button(say.label(f"reports.kind_{one.body.kind}"), Press(FEATURE, "shown", one.id)),) for one in some.some]
    return Reply((say_p(say, "reports.mine"),), To.ONLY_YOU, (*rows, *_more(say, "mine", some), help_row(say)))


def _more(say: Say, action: str, some: Page[Report]) -> tuple[Row, ...]:
    if not some.more and not some.number:
        return ()
    following = Press(FEATURE, action, "", str(some.number + 1 if some.more else 0))
    return ((Button(say.label("reports.more_button"), following),),)


def words_form(say: Say, report: Report) -> Form:
    field = Field(
        "words",
        say.label("reports.words_field"),
        FieldKind.LONG,
        hint=say.label("reports.words_hint"),
        value=report.body.draft or report.body.words,
        longest=LONGEST_WORDS,
    )
    return Form(Press(FEATURE, "typed", report.id), say.label("reports.words_title"), (field,))


def look_over(say: Say, report: Report) -> Reply:
    """The exact words, and who will read them."""
    add = Button(say.label("reports.add_button"), Press(FEATURE, "add", report.id), Style.MAIN)
    edit = Button(say.label("reports.change_button"), Press(FEATURE, "words", report.id))
    stop = Button(say.label("reports.not_button"), Press(FEATURE, "shown", report.id))
    blocks = (say_p(say, "reports.look_over"), Quote((Words(report.body.draft),)))
    return Reply(blocks, To.ONLY_YOU, ((add, edit, stop), help_row(say)))


def answer_came(say: Say, report: str) -> Reply:
    show = Button(say.label("reports.show_button"), Press(FEATURE, "shown", report), Style.MAIN)
    return Reply((say_p(say, "reports.answer_came"),), To.PRIVATE, ((show,), help_row(say)))


def no_answer_yet(say: Say, contact: str) -> Reply:
    whom = say_p(say, "reports.contact", contact=Words(contact)) if contact else say_p(say, "reports.no_contact")
    return Reply((say_p(say, "reports.no_answer_yet"), whom), To.PRIVATE, (help_row(say),))


# Who reads ------------------------------------------------------------------------------------------------------------------


def letter(say: Say, report: str, key: str = "reports.letter") -> Reply:
    read = Button(say.label("reports.read_button"), Press(FEATURE, "read", report), Style.MAIN)
    return Reply((say_p(say, key),), To.PRIVATE, ((read,), help_row(say)))


def letter_back(say: Say) -> Reply:
    return Reply((say_p(say, "reports.letter_back"),), To.PRIVATE, (help_row(say),), quiet=True)


def letters(say: Say, found: Sequence[Report], number: int) -> Reply:
    if not found:
        return Reply((say_p(say, "reports.no_letters"),), To.PRIVATE, (help_row(say),))
    some = page(found, number, A_PAGE)
    rows = [
        (Button(f"{'• ' if one.state is State.OPEN else ''}{say.label(f'reports.kind_{one.body.kind}')}", _read(one)),)
        for one in some.some
    ]
    return Reply((say_p(say, "reports.letters"),), To.PRIVATE, (*rows, *_more(say, "letters", some), help_row(say)))


def _read(report: Report) -> Press:
    return Press(FEATURE, "read", report.id)


def read(say: Say, report: Report, zone: ZoneInfo, note: str = "") -> Reply:
    """The report as its readers see it: no name, not even a sign of who it is."""
    body = report.body
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks += [
        say_h(say, "reports.one_report"),
        _what(say, report),
        say_p(say, "reports.when", when=day_and_time(report.at, zone, say.language)),
    ]
    if body.words:
        blocks += [say_p(say, "reports.their_words"), Quote((Words(body.words),))]
    if body.kind is Kind.DANGER:
        blocks.append(say_p(say, "reports.danger_reader"))
    for answer in body.answers:
        blocks += [say_p(say, "reports.answered_so"), _answered(say, answer)]
    blocks.append(say_p(say, f"reports.reader_{report.state}"))
    ready = [Button(say.label(f"reports.ready_{one}"), Press(FEATURE, "answer", report.id, one)) for one in READY]
    own = Button(say.label("reports.own_answer_button"), Press(FEATURE, "write", report.id))
    settle = Button(say.label("reports.settle_button"), Press(FEATURE, "settle", report.id))
    rows = in_rows(ready, 2) if report.is_live else ()
    last = (own, settle) if report.is_live else ()
    return Reply(tuple(blocks), To.PRIVATE, (*rows, *([last] if last else []), help_row(say)))


def answer_form(say: Say, report: Report) -> Form:
    field = Field(
        "words",
        say.label("reports.answer_field"),
        FieldKind.LONG,
        hint=say.label("reports.answer_hint"),
        value=report.body.answer_draft,
        longest=LONGEST_WORDS,
    )
    return Form(Press(FEATURE, "answer_typed", report.id), say.label("reports.answer_title"), (field,))


def answer_over(say: Say, report: Report) -> Reply:
    send = Button(say.label("reports.send_answer_button"), Press(FEATURE, "answer_own", report.id), Style.MAIN)
    edit = Button(say.label("reports.change_button"), Press(FEATURE, "write", report.id))
    back = Button(say.label("common.back"), _read(report))
    blocks = (say_p(say, "reports.answer_over"), Quote((Words(report.body.answer_draft),)))
    return Reply(blocks, To.PRIVATE, ((send, edit, back), help_row(say)))


# Both -----------------------------------------------------------------------------------------------------------------------


def _what(say: Say, report: Report) -> Block:
    kind = say.label(f"reports.kind_{report.body.kind}")
    if report.body.title:
        return say_p(say, "reports.what_where", kind=kind, title=Words(report.body.title))
    return say_p(say, f"reports.what_{report.body.thing[:1]}", kind=kind)


def _answered(say: Say, answer: Answer) -> Block:
    return Quote((Words(answer.words),)) if answer.words else say_p(say, f"reports.answer_{answer.ready}")
