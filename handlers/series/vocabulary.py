"""The words in which people say when something repeats, in the languages that are understood. All are compared folded."""

import re
from functools import lru_cache

from babel import Locale

from bot.core.zones import folded

UNDERSTOOD = ("en", "de", "fr", "pt")
NUMBERS = {
    **{"dois": 2, "duas": 2, "quatro": 4, "sete": 7, "oito": 8, "nove": 9, "dez": 10, "doze": 12},
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12},
    **{"zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "zwolf": 12},
    **{"deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "douze": 12, "quinze": 15},
    **{"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "doce": 12},
}
_ENGLISH_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_GERMAN_NTH = {"erst": 1, "zweit": 2, "dritt": 3, "viert": 4, "funft": 5, "letzt": -1}
_SPANISH_NTH = {"primer": 1, "primero": 1, "segundo": 2, "tercer": 3, "tercero": 3, "cuarto": 4, "quinto": 5, "ultimo": -1}
_FRENCH_NTH = {
    **{"premier": 1, "premiere": 1, "deuxieme": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4, "cinquieme": 5},
    **{"dernier": -1, "derniere": -1},
}
_PORTUGUESE_NTH = {
    **{"primeiro": 1, "primeira": 1, "segundo": 2, "terceiro": 3, "terceira": 3, "quarto": 4, "quinto": 5},
    **{"ultimo": -1, "ultima": -1},
}
NTH_OR_DAY = {"segunda": 2, "quarta": 4, "quinta": 5}  # before a weekday an ordinal, otherwise a weekday
NTH = (
    _ENGLISH_NTH
    | _FRENCH_NTH
    | _SPANISH_NTH
    | _PORTUGUESE_NTH
    | {f"{stem}e{end}": nth for stem, nth in _GERMAN_NTH.items() for end in ("", "n", "r", "m", "s")}
)

EVERY = frozenset(
    {"every", "each", "all", "alle", "jede", "jeden", "jeder", "jedes", "jedem"}
    | {"cada", "todos", "todas", "todo", "toda", "chaque", "tous", "toutes", "tout"}
)
OTHER = frozenset({"other", "second", "2nd", "zweite", "zweiten", "zweiter", "zweites"})
DAY = frozenset({"day", "days", "tag", "tage", "tagen", "dia", "dias", "jour", "jours"})
WEEK = frozenset({"week", "weeks", "woche", "wochen", "semana", "semanas", "semaine", "semaines"})
MONTH = frozenset({"month", "months", "monat", "monate", "monats", "monaten", "mes", "meses", "mois"})
DAILY = frozenset(
    {"daily", "taglich", "taeglich", "quotidien", "quotidienne", "quotidiennement"} | {"diario", "diaria", "diariamente"}
)
WEEKLY = frozenset({"weekly", "wochentlich", "woechentlich", "semanal", "semanalmente", "hebdomadaire", "hebdo"})
FORTNIGHTLY = frozenset(
    {"fortnightly", "zweiwochentlich", "zweiwoechentlich", "vierzehntaglich", "14-taglich", "14-taegig", "14-tagig"}
    | {"quincenal", "quincenalmente", "alterno", "alternos", "quinzenal", "quinzenalmente"}
)
MONTHLY = frozenset(
    {"monthly", "monatlich", "mensuel", "mensuelle", "mensuellement"} | {"mensual", "mensualmente", "mensal", "mensalmente"}
)
WEEKDAYS = frozenset({"weekdays", "weekday", "wochentags", "wochentag"})
WEEKEND = frozenset(
    {"weekend", "weekends", "wochenende", "wochenenden", "wochenends", "week-end", "week-ends"}
    | {"finde", "findes", "fim-de-semana", "fins-de-semana"}
)
FORTNIGHTLY_SAID = (
    ("duas", "em", "duas", "semanas"),
    ("2", "em", "2", "semanas"),
    ("15", "em", "15", "dias"),
    ("semana", "sim", "semana", "nao"),
)
WEEKDAYS_SAID = (
    *(("en", "semaine"), ("jours", "ouvrables"), ("entre", "semana"), ("dias", "laborables")),
    *(("dias", "uteis"), ("dia", "util"), ("dias", "de", "semana"), ("dia", "de", "semana"), ("durante", "a", "semana")),
)
WEEKEND_SAID = (
    *(("fin", "de", "semaine"), ("fins", "de", "semaine"), ("fin", "de", "semana"), ("fines", "de", "semana")),
    *(("fim", "de", "semana"), ("fins", "de", "semana"), ("finais", "de", "semana")),
)
LEAD = frozenset(
    {"on", "the", "always", "am", "immer", "an", "der", "den", "dem", "jeweils", "im", "in", "of", "des", "das"}
    | {"el", "los", "la", "las", "del", "de", "le", "les", "du", "un", "une", "toujours"}
    | {"a", "o", "as", "os", "na", "no", "nas", "nos", "em", "ao", "aos", "sempre"}
)
OF = frozenset({"do", "da", "por"})  # before "month" only: "Do" is a German day
DAYS_DATE = frozenset({"dia", "dias"})  # "todo dia 15" is of each month
DAY_TAIL = re.compile(r"-feiras?(?![a-z])")  # of "segunda-feira"
DAY_TAILS = frozenset({"feira", "feiras"})
AND = frozenset({"and", "und", "+", "&", ",", "/", "u.", "y", "e", "et"})
TO = frozenset({"to", "through", "bis", "-", "–", "a", "al", "hasta", "au", "as", "ate"})
AT = frozenset({"at", "um", "@", "ab", "from", "von", "a", "de", "desde", "des"})
CLOCK = frozenset({"las", "la", "as", "das", "pelas"})  # between "at" and the time; behind it a bare number from 13 on is an hour
UNTIL = frozenset({"until", "till", "bis", "hasta", "ate", "jusqu'au", "jusqu’au", "jusqu'a", "jusqu’a"})
FROM = frozenset({"from", "starting", "ab", "beginning", "desde", "a", "des"})
TIMES = frozenset({"times", "time", "x", "×", "mal", "vez", "veces", "fois", "vezes"})
OUT_OF = frozenset({"sur"})  # "un lundi sur deux"
O_CLOCK = frozenset({"am", "pm", "a.m.", "p.m.", "a.m", "p.m", "uhr", "h", "hs", "horas", "heure", "heures"})
MINUTES = frozenset({"min", "mins", "minute", "minutes", "minuten", "m", "'", "min.", "minuto", "minutos"})
HOURS = frozenset({"h", "hour", "hours", "stunde", "stunden", "std", "std.", "hora", "horas", "hs", "heure", "heures"})


@lru_cache(maxsize=16)
def weekday_names(language: str) -> tuple[str, ...]:
    """Return the days' names, Monday first."""
    names = Locale.parse(language.replace("-", "_")).days["stand-alone"]["wide"]
    return tuple(str(names[day]) for day in range(7))


@lru_cache(maxsize=16)
def folded_weekdays(language: str) -> tuple[str, ...]:
    return tuple(folded(name) for name in weekday_names(language))


@lru_cache(maxsize=16)
def folded_months(language: str) -> tuple[str, ...]:
    names = Locale.parse(language.replace("-", "_")).months["stand-alone"]["wide"]
    return tuple(folded(str(names[month])) for month in range(1, 13))


def tongues(language: str) -> tuple[str, ...]:
    """Return the person's language, then the others in which days and months are understood."""
    return tuple(dict.fromkeys((language, *UNDERSTOOD)))
