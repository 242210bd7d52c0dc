"""What the documentation says of the product is so: buttons, examples, moments, permissions, how long things are kept."""

import re
import shutil
from datetime import UTC, datetime

import pytest

import content
from bot.compose.features import all_features, help_cards
from bot.config import Config
from bot.core.meetings import When
from bot.core.texts import Texts
from bot.platforms.discord.checks import _NEEDED, _POWERS, _missing
from bot.runtime.forms import Forms
from content.checks import check_content
from content.loader import load_texts
from handlers.agenda.records import OFFERED
from handlers.people import Gate
from handlers.series.line import from_line
from storage.tables import metadata
from tests.cli.program import ROOT
from tests.docs.test_docs import anchors, blocks

FOR_PEOPLE = [ROOT / "docs" / f"{page}.md" for page in ("participant", "facilitator", "schedules")]
SUNDAY = datetime(2026, 11, 29, 17, tzinfo=UTC)
NOT_OURS = {
    "Start",
    "privileged intents",
    "Next",
}  # Telegram's and Discord's own words; and a button that goes on with a part's name
KINDS = {  # what people call it: the kinds that it is kept as
    "a check-in": ("checkins",),
    "what you wrote in a tool, and your plan": ("entries",),
    "a tool you have not finished": ("flow_states",),
    "your kit, settings, reminders, calendar address, when you are asked to check in": (
        "kits",
        "people",
        "reminders",
        "reminder_settings",
        "private_feeds",
        "prompt_wishes",
    ),
    "that a check-in waits for you in private": ("prompt_opens",),
    "that your number counts in your community's picture": ("together_yes",),
    "a line of what helped": ("together_lines",),
    "what you posted without your name": ("topic_posts",),
    "words that wait for your *Post it*, and when you posted lately": ("topic_drafts", "topic_paces"),
    "a report and its answers": ("reports", "report_letters"),
    "a topic that you keep for the next meeting": ("agenda_carried",),
    "that you were at meetings of a community before, with the day of the last one": ("met",),
    "an ask for a receipt": ("receipt_asks",),
    "a confirmed receipt and its codes": ("attendances", "attendance_codes"),
    "a mute or a removal": ("standings",),
}
A_DAY_AFTER = {  # a moment of their own deletes them; the table's days are for what that missed
    "that you were in a meeting, your hand and the name you showed": ("presences", "seats"),
    "going, maybe, not": ("goings",),
    "your lines and your part in an exercise": ("exercise_lines", "exercise_parts"),
}
BY_ITSELF = {  # they go with what they are part of; the table's days are for what that missed
    "your pair, and all that you two sent": ("pair_sides", "pair_notes"),
    "your turn in a round": ("round_turns",),
}
THREE_DAYS_AFTER = "what became of your topic in a meeting"
OF_NOBODY = {
    "a week's picture": ("together_weeks",),
    "that there was one": ("pair_traces",),
    "of two who parted early": ("pair_marks",),
}
EVENINGS = "evenings that you host or help, and offer"
OF_FACILITATORS = {
    "that you facilitate, and your name on the roster": ("roster",),
    "your note for the next host": ("handover_notes",),
    "your ticks on the training list": ("training",),
    "reports that reached you": ("report_letters",),
}


@pytest.fixture(scope="module")
def texts() -> Texts:
    return load_texts()


def said_on_buttons(texts: Texts) -> set[str]:
    """Every English text as plain words: one that has a value in it up to there, one with choices by each of them."""
    found: set[str] = set()
    for file in (ROOT / "content" / "texts" / "en").glob("*.yaml"):
        for line in file.read_text(encoding="utf-8").splitlines():
            if text := re.fullmatch(r'\w+: "(.*)"', line):
                found |= {part.strip() for part in (re.split(r"[:(]? ?\{", text[1])[0], *re.split(r"[\[\]{}*]", text[1]))}
    named = {f"Turn {how}: {what}" for how in ("on", "off") for what in ("for beginners", "text only", "self-run", "small groups")}
    return found | named


@pytest.mark.parametrize("page", FOR_PEOPLE, ids=lambda page: page.name)
def test_every_button_that_a_page_names_is_there(page, texts):
    known = said_on_buttons(texts) | NOT_OURS
    named = {
        " ".join(one.split())
        for one in re.findall(r"(?<![\w*])\*([^*\n]+(?:\n[^*\n]+)?)\*(?![\w*])", page.read_text(encoding="utf-8"))
    }
    assert named, "buttons are written *so*"
    assert sorted(named - known) == []


@pytest.mark.parametrize("line", blocks(ROOT / "docs/schedules.md", "text")[0].splitlines())
def test_every_example_of_a_meeting_in_one_line_makes_one(line):
    wanted = from_line(line.removeprefix("/meeting create "), "en", "Europe/Berlin", SUNDAY)
    assert wanted.schedule(SUNDAY)


def test_every_moment_is_in_the_table_with_the_feature_whose_job_it_is(texts):
    features = all_features(texts, help_cards(Config(), texts), Gate(texts), Forms(texts), lambda: ())
    rows = re.findall(r"(?m)^\| ((?:`[A-Z_]+`(?:, )?)+) \| .+ \| (\w+)", (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    told = {name: feature for names, feature in rows for name in re.findall(r"`([A-Z_]+)`", names)}
    jobs = {when.name: feature.name for when in When for feature in features if when.kind in feature.jobs}
    assert told == jobs


def test_the_permissions_of_discord_are_those_that_doctor_looks_for(texts):
    page = (ROOT / "docs/host.md").read_text(encoding="utf-8")
    say = texts.of("en")
    wanted = {say.label(f"discord.permission_{name}") for names in (_NEEDED, *_POWERS.values()) for name in names}
    table = page.partition("| permission | what for |")[2].partition("\n\n")[0]
    rows = re.findall(r"(?m)^\| (?!---)([^|]+) \|", table)
    assert {one.removeprefix("and ") for row in rows for one in row.split(", ") if one != "the same"} == wanted


def test_the_number_in_the_install_link_is_all_of_them():
    (number,) = re.findall(r"`permissions=(\d+)`", (ROOT / "docs/host.md").read_text(encoding="utf-8"))
    every = [name for names in (_NEEDED, *_POWERS.values()) for name in names]
    assert _missing(int(number), every) == []
    assert _missing(0, every) == every


def test_things_are_kept_as_long_as_is_said():
    page, told = kept_on("participant")
    agrees(told, KINDS)
    for what, kinds in A_DAY_AFTER.items():
        assert told[what].startswith("a day after")
        assert all(DAYS[kind] in (1, 2, 3) for kind in kinds)
    for what, kinds in BY_ITSELF.items():
        assert told[what].startswith("until the ")
        assert all(DAYS[kind] == 1 for kind in kinds)
    assert told[THREE_DAYS_AFTER] == f"{OFFERED.days} days after it"
    assert set(told) == {*KINDS, *A_DAY_AFTER, *BY_ITSELF, THREE_DAYS_AFTER, "your votes in an exercise", "what", "---"}
    flat = " ".join(page.split())
    for what, kinds in OF_NOBODY.items():
        (sentence,) = [one for one in re.split(r"[.;] ", flat) if what in one.lower()]
        assert all(f"{DAYS[kind]} days" in sentence for kind in kinds), what


def test_what_is_kept_of_facilitators_is_kept_as_long_as_is_said():
    _, told = kept_on("facilitator")
    agrees(told, OF_FACILITATORS)
    assert told[EVENINGS].startswith("two days after")  # a day after the evening they are over, and go on the next
    assert DAYS["duties"] == DAYS["swaps"] == 1
    assert set(told) == {*OF_FACILITATORS, EVENINGS, "what", "---"}


DAYS = {str(table.info.get("kind", table.name)): table.info.get("days") for table in metadata.sorted_tables}


def kept_on(name):
    page = (ROOT / f"docs/{name}.md").read_text(encoding="utf-8").partition("## What is kept")[2].partition("\n## ")[0]
    return page, dict(re.findall(r"(?m)^\| (.+?) \| (.+?) \|$", page))


def agrees(told, kinds_of):
    for what, kinds in kinds_of.items():
        for kind in kinds:
            number = re.search(r"(\d+) days?\b", told[what])
            assert DAYS[kind] == (int(number[1]) if number else None), (what, kind)


def test_the_pages_of_the_host_are_a_configuration_that_is_taken():
    (given,) = blocks(ROOT / "docs/host.md", "yaml")
    values = dict(re.findall(r"(?m)^  (\w+): (\S+)$", given))
    pages = Config.model_validate({"pages": values}).pages
    assert not pages.lacks_address


def test_the_example_of_a_new_format_is_whole_and_its_texts_are_all_it_needs(tmp_path):
    outline, new = blocks(ROOT / "CONTRIBUTING.md", "yaml")[2:4]
    folder = tmp_path / "content"
    shutil.copytree(content.__path__[0], folder)
    (folder / "meetings" / "outline_quiet.yaml").write_text(outline, encoding="utf-8")
    before = [str(problem) for problem in check_content(folder / "texts", folder / "flows")]
    assert any("segment_silence in en" in problem for problem in before)
    for language in (path for path in (folder / "texts").iterdir() if path.is_dir()):
        with (language / "outlines.yaml").open("a", encoding="utf-8") as file:
            file.write(f'{new}\nformat_quiet: "A quiet hour"\n')
    assert check_content(folder / "texts", folder / "flows") == []


@pytest.mark.parametrize("line", blocks(ROOT / "CONTRIBUTING.md", "text")[1].splitlines())
def test_golden_files_are_written_as_is_said(line):
    setting, _, test = line.split("#")[0].split()
    name, _, value = setting.partition("=")
    said = (ROOT / test).read_text(encoding="utf-8")
    assert f'environ.get("{name}") == "{value}"' in said


def test_sections_are_found_by_their_names():
    assert "what-the-bot-may-do" in anchors(ROOT / "docs/host.md")
