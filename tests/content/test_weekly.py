"""The prompts of the weeks, what a facilitator could say, and their list: whole in every language, short, easy, and asking for
nothing that is better left unsaid where others read."""

import re

import pytest

from content.checks import check_content
from content.loader import TEXTS, load_texts
from content.yaml_file import read_yaml
from tests.content.reading import ease

WEEKS = range(1, 53)
URGES, DEMANDS = 2, 11  # a point of the method; the number whose subject are the demands that we make
MOMENTS = ("too_long", "advice", "off_topic", "silence", "crosstalk", "distress", "conflict", "used_today", "late", "selling")
LANGUAGES = load_texts().languages
each_language = pytest.mark.parametrize("language", LANGUAGES)

URGE = {"en": r"\burges?\b", "de": r"\bDrang\b", "es": r"\bimpulsos?\b", "fr": r"\benvies?\b", "pt": r"\bvontades?\b"}
LAWS = {
    "en": r"\b(must|should|never|always|have to|has to)\b",
    "de": r"\b(muss|musst|müssen|müsst|soll(te\w*|st|en)?|nie|niemals|immer nur)\b",
    "es": r"\b(deb(e|es|en|emos|erías?)|tienes? que|hay que|nunca|jamás)\b",
    "fr": r"\b(doi(s|t|vent)|dev(ez|ons|rais|rait)|il faut|jamais)\b",
    "pt": r"\b(dev(e|em|emos|eria)|tem (que|de)|é preciso que|nunca|jamais)\b",
}
SEASONS = {
    "en": r"\b(winter|summer|spring|autumn|fall|snow|christmas|easter|new year|january|december)\b",
    "de": r"\b(winter|sommer|frühling|frühjahr|herbst|schnee|weihnacht\w*|ostern|neujahr|silvester|januar|dezember)\b",
    "es": r"\b(invierno|verano|primavera|otoño|nieve|navidad|pascua|año nuevo|enero|diciembre)\b",
    "fr": r"\b(hiver|été|printemps|automne|neige|noël|pâques|nouvel an|janvier|décembre)\b",
    "pt": r"\b(inverno|verão|primavera|outono|neve|natal|páscoa|ano novo|janeiro|dezembro)\b",
}
SUBSTANCES = {
    "en": r"\b(alcohol|drinks?|drinking|beer|wine|drugs?|pills?|smok\w*|gambl\w*|bets?|casino|porn|dealer)\b",
    "de": r"\b(alkohol\w*|bier|wein|schnaps|drogen?|pillen?|rauch\w*|kiff\w*|glücksspiel\w*|wetten?|casino|porno\w*|dealer)\b",
    "es": r"\b(alcohol|bebidas?|cerveza|vino|drogas?|pastillas?|fum\w*|apuestas?|casino|porno\w*|camello)\b",
    "fr": r"\b(alcool|bière|vin|drogues?|pilules?|cachets?|fum\w*|paris?|casino|porno\w*|dealer)\b",
    "pt": r"\b(álcool|bebidas?|cerveja|vinho|drogas?|comprimidos?|fum\w*|apostas?|cassino|porn\w*|traficante)\b",
}
_QUOTED = {"en": "“([^”]*)”", "de": "„([^“]*)“", "es": "«([^»]*)»", "fr": "«([^»]*)»", "pt": "“([^”]*)”"}
_BOUNDARY = re.compile(r"(?<=[.?])(?:\u00a0?[”“»])?[ \n]+|(?<=[”“»]\.)[ \n]+")


def texts(language: str, name: str) -> dict[str, str]:
    return {key: str(text) for key, text in read_yaml(TEXTS / language / f"{name}.yaml").values.items()}


def prompts(language: str) -> dict[int, str]:
    found = texts(language, "weekly")
    return {n: found[f"prompt_{n:02}"] for n in WEEKS}


def sentences(text: str) -> list[str]:
    return [part for part in _BOUNDARY.split(text.strip()) if part.strip()]


def quoted(text: str, language: str) -> list[str]:
    return re.findall(_QUOTED[language], text)


def weeks_with(pattern: str, language: str) -> set[int]:
    found = texts(language, "weekly")
    return {n for n in WEEKS if re.search(pattern, f"{found[f'title_{n:02}']}. {found[f'prompt_{n:02}']}", re.IGNORECASE)}


def test_they_are_worded_as_everything_is():
    said = [str(problem) for problem in check_content() if problem.file.stem in ("weekly", "phrases", "training")]
    assert said == []


@each_language
def test_each_of_52_weeks_has_a_title_and_a_prompt_and_there_is_nothing_else(language):
    assert set(texts(language, "weekly")) == {f"{kind}_{n:02}" for n in WEEKS for kind in ("title", "prompt")}


@each_language
def test_all_titles_and_all_prompts_differ(language):
    assert len({text.casefold() for text in texts(language, "weekly").values()}) == 104
    assert len({sentences(prompt)[-1].casefold() for prompt in prompts(language).values()}) == 52


@each_language
def test_titles_fit_on_a_button_and_prompts_on_a_card(language):
    longest = {"title": 40, "prompt": 400}
    assert {key: len(text) for key, text in texts(language, "weekly").items() if len(text) > longest[key[:-3]]} == {}


@each_language
def test_a_prompt_is_two_to_four_sentences_and_ends_in_its_only_question(language):
    wrong = {
        n: text
        for n, text in prompts(language).items()
        if text.count("?") != 1 or not text.endswith("?") or not 2 <= len(sentences(text)) <= 4 or "\n" in text
    }
    assert wrong == {}


@each_language
def test_urges_are_spoken_of_in_the_weeks_of_their_point_and_in_no_others(language):
    spoken = weeks_with(URGE[language], language)
    assert {(n - 1) % 4 + 1 for n in spoken} == {URGES}
    assert len(spoken) >= 7


@each_language
def test_a_number_is_the_same_prompt_in_every_language(language):
    assert weeks_with(_QUOTED[language], language) == weeks_with(_QUOTED["en"], "en")


@each_language
def test_no_prompt_lays_down_the_law_but_where_that_is_the_subject(language):
    assert weeks_with(LAWS[language], language) == {DEMANDS}


@each_language
def test_no_prompt_names_an_amount_a_substance_or_a_season(language):
    assert weeks_with(r"[0-9€$£%]", language) == set()
    assert weeks_with(SEASONS[language], language) == set()
    assert weeks_with(SUBSTANCES[language], language) == set()


@pytest.mark.parametrize(
    ("words", "language", "text"),
    [
        (SEASONS, "en", "a summer day"), (SEASONS, "de", "im Winter"), (SEASONS, "es", "en verano"), (SEASONS, "fr", "cet hiver"),
        (SEASONS, "pt", "no inverno"), (SUBSTANCES, "en", "a beer"), (SUBSTANCES, "de", "beim Rauchen"),
        (SUBSTANCES, "es", "fumar"), (SUBSTANCES, "fr", "un peu de vin"), (SUBSTANCES, "pt", "uma aposta"),
    ],
)  # fmt: skip
def test_such_words_would_be_found(words, language, text):
    assert re.search(words[language], text, re.IGNORECASE)


@each_language
def test_each_prompt_alone_is_read_with_ease(language):
    assert {n: round(found) for n, text in prompts(language).items() if (found := ease([text], language)) < 55} == {}
    assert ease(prompts(language).values(), language) >= 70


@each_language
def test_each_moment_has_a_short_button_and_two_wordings_to_say_aloud(language):
    found = texts(language, "phrases")
    assert set(found) == {"title", "intro", *MOMENTS, *(f"{name}_title" for name in MOMENTS)}
    assert {name: text for name in MOMENTS if len(text := found[f"{name}_title"]) > 30} == {}
    said = {name: quoted(found[name], language) for name in MOMENTS}
    assert {name: len(wordings) for name, wordings in said.items()} == dict.fromkeys(MOMENTS, 2)
    assert [text for wordings in said.values() for text in wordings if len(sentences(text)) > 2] == []
    assert ease([text for wordings in said.values() for text in wordings], language) >= 70


@each_language
def test_in_distress_only_there_is_more_to_do_than_to_speak(language):
    found = texts(language, "phrases")
    assert [name for name in MOMENTS if found[name].count("\n") != 1] == ["distress"]
    assert all(len(text) <= 700 for text in found.values())


@each_language
def test_the_training_list_has_eight_lines_that_fit(language):
    found = texts(language, "training")
    assert set(found) == {"title", "intro", *(f"item_{n}" for n in range(1, 9))}
    assert {key: len(text) for key, text in found.items() if key != "intro" and len(text) > 80} == {}
