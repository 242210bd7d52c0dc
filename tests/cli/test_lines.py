"""Help lines: what was not verified stays hidden until the host says that every number was checked."""

from datetime import date

import msgspec
import pytest

from bot.config.confirmed import FILE, BadConfirmations, read_confirmed, write_confirmed
from bot.core.help_lines import shown
from content.help_lines import load_help_lines

LINES = load_help_lines().lines
COUNTRY = next(line.country for line in LINES if not line.verified and line.kind != "emergency")


def seen(data):
    return shown(LINES, COUNTRY, frozenset(read_confirmed(data, LINES)))


def test_confirming_shows_the_countrys_lines_and_no_other_countrys(typed, folder):
    before = seen(folder / "data")
    result = typed("lines", "confirm", COUNTRY.lower(), "--yes")
    assert result.exit_code == 0, result.output
    assert len(seen(folder / "data")) > len(before)
    assert set(read_confirmed(folder / "data", LINES)) == {COUNTRY}


def test_nobody_is_taken_for_a_yes(typed, folder):
    result = typed("lines", "confirm", COUNTRY)
    assert (result.exit_code, (folder / "data" / FILE).exists()) == (1, False)


def test_a_list_says_what_is_hidden_and_how_to_show_it(typed):
    result = typed("lines", "list", COUNTRY)
    assert result.exit_code == 0
    assert f"openchair lines confirm {COUNTRY}" in result.output


def test_an_unknown_country_is_answered_with_the_known_ones(typed):
    result = typed("lines", "list", "XX")
    assert (result.exit_code, "DE" in result.output) == (1, True)


def test_norway_is_kept_as_a_country(tmp_path):
    write_confirmed(tmp_path, "NO", LINES, date(2026, 12, 1))
    write_confirmed(tmp_path, "SE", LINES, date(2026, 12, 2))
    assert read_confirmed(tmp_path, LINES) == {"NO": "2026-12-01", "SE": "2026-12-02"}


def test_a_number_that_changed_in_a_release_has_to_be_confirmed_again(tmp_path):
    write_confirmed(tmp_path, COUNTRY, LINES, date(2026, 12, 1))
    changed = [
        msgspec.structs.replace(line, phone=line.phone + "1") if line.country == COUNTRY and not line.verified else line
        for line in LINES
    ]
    assert read_confirmed(tmp_path, changed) == {}


def test_a_broken_file_confirms_nothing_and_is_named_with_its_line(tmp_path):
    (tmp_path / FILE).write_text('"DE": {"on": "2026-12-01"\n')
    with pytest.raises(BadConfirmations, match=rf"{FILE}:2: cannot be read as YAML"):
        read_confirmed(tmp_path, LINES)
