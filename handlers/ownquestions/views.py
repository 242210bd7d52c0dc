"""Screens of a community's own questions, for its facilitators."""

from collections.abc import Sequence

from bot.core.flow_own import HowAsked, Question
from bot.core.help import help_now, help_row
from bot.core.ids import CommunityId
from bot.core.replies import Button, Field, FieldKind, Form, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Heading, Nodes, Paragraph, Text, Words
from bot.core.screens import cut, in_few_rows
from bot.core.texts import Say, say_h, say_p
from handlers.ownquestions import rules
from handlers.ownquestions.records import MOST_QUESTIONS, MOST_SETS, QuestionSet

ROWS = 3  # of sets


def sets(say: Say, community: CommunityId, found: Sequence[QuestionSet], note: str = "") -> Reply:
    """The community's sets, a button each."""
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks += [say_h(say, "ownquestions.title"), say_p(say, "ownquestions.hello" if found else "ownquestions.none")]
    buttons = [Button(cut(one.body.title), _press("show", one.id)) for one in found]
    new = (Button(say.label("ownquestions.new_button"), _press("new", community), Style.MAIN),) if len(found) < MOST_SETS else ()
    return Reply(tuple(blocks), To.ONLY_YOU, (*in_few_rows(buttons, ROWS), (*new, help_now(say))))


def shown(say: Say, one: QuestionSet, note: str = "") -> Reply:
    """One set: its questions in their order, and what may be done with them."""
    questions = one.body.questions
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks.append(Heading((Words(one.body.title),)))
    blocks += [Paragraph((Text(f"{n}. "), *_told(say, question))) for n, question in enumerate(questions, 1)]
    blocks.append(say_p(say, "ownquestions.which" if questions else "ownquestions.empty", most=MOST_QUESTIONS))
    rows: list[Row] = []
    if len(questions) < MOST_QUESTIONS:
        rows.append(tuple(Button(say.label(f"ownquestions.add_{how}"), _press("add", one.id, how)) for how in HowAsked))
    if questions:
        named = enumerate(questions, 1)
        rows.append(tuple(Button(str(n), _press("question", one.id, rules.mark_of(question))) for n, question in named))
    rename = Button(say.label("ownquestions.rename_button"), _press("rename", one.id))
    delete = Button(say.label("ownquestions.delete_button"), _press("delete", one.id))
    rows.append((*((_preview(say, one),) if questions else ()), rename, delete))
    rows.append((Button(say.label("ownquestions.all_button"), _press("list", one.community)), help_now(say)))
    return Reply(tuple(blocks), To.ONLY_YOU, tuple(rows))


def _preview(say: Say, one: QuestionSet) -> Button:
    return Button(say.label("ownquestions.preview_button"), _press("try", one.id), Style.MAIN, private=True)


def _told(say: Say, question: Question) -> Nodes:
    """A question with how it is asked."""
    if question.how is not HowAsked.CHOICE:
        return (Words(question.words), Text(" – "), *say(f"ownquestions.how_{question.how}"))
    between: list[Text | Words] = []
    for answer in question.answers:
        between += [Text(" · ") if between else Text(" – "), Words(answer)]
    return (Words(question.words), *between)


def question(say: Say, one: QuestionSet, place: int) -> Reply:
    found = one.body.questions[place]
    mark = rules.mark_of(found)
    change = Button(say.label("ownquestions.change_button"), _press("change", one.id, mark), Style.MAIN)
    up = (Button(say.label("ownquestions.up_button"), _press("up", one.id, mark)),) if place else ()
    out = Button(say.label("ownquestions.out_button"), _press("out", one.id, mark), Style.STOP)
    back = Button(say.label("common.back"), _press("show", one.id))
    rows = ((change, *up, out), (back, help_now(say)))
    return Reply((Paragraph((Text(f"{place + 1}. "), *_told(say, found))),), To.ONLY_YOU, rows)


def ask_delete(say: Say, one: QuestionSet) -> Reply:
    yes = Button(say.label("ownquestions.delete_yes"), _press("drop", one.id), Style.STOP)
    no = Button(say.label("common.back"), _press("show", one.id))
    blocks = (Heading((Words(one.body.title),)), say_p(say, "ownquestions.delete_ask"))
    return Reply(blocks, To.ONLY_YOU, ((yes, no), help_row(say)))


def refused(say: Say) -> Reply:
    return Reply((say_p(say, "ownquestions.only_facilitators"),), To.ONLY_YOU, (help_row(say),), replace=False)


# Forms --------------------------------------------------------------------------------------------------------------


def title_form(say: Say, press: Press, title: str = "") -> Reply:
    field = Field(
        "title",
        say.label("ownquestions.field_title"),
        hint=say.label("ownquestions.hint_title"),
        value=title,
        longest=rules.LONGEST_TITLE,
    )
    return Reply(form=Form(press, say.label("ownquestions.title_form"), (field,)))


def question_form(say: Say, press: Press, how: HowAsked, found: Question | None = None) -> Reply:
    words = Field(
        "words",
        say.label("ownquestions.field_words"),
        FieldKind.LONG,
        hint=say.label("ownquestions.hint_words"),
        value=found.words if found is not None else "",
        longest=rules.LONGEST_WORDS,
    )
    answers = Field(
        "answers",
        say.label("ownquestions.field_answers"),
        FieldKind.LONG,
        hint=say.label("ownquestions.hint_answers"),
        value="\n".join(found.answers) if found is not None else "",
        longest=(rules.LONGEST_ANSWER + 1) * rules.MOST_ANSWERS,
    )
    fields = (words, answers) if how is HowAsked.CHOICE else (words,)
    return Reply(form=Form(press, say.label(f"ownquestions.form_{how}"), fields))


def _press(action: str, subject: str, value: str = "") -> Press:
    return Press("ownquestions", action, subject, value)
