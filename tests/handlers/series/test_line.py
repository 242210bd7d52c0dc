"""What people type for a new meeting, in English and German, and what is not clear enough. The day is Tuesday, 1 December 2026."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.loader import load_texts
from handlers.series.line import Wanted, days_of, from_form, from_line, schedule_of
from handlers.series.repeats import Each, Repeat, end_of, repeat_of
from handlers.series.telling import spelled
from handlers.series.unclear import (
    EveryNthOrNth,
    NoSuchDay,
    NoTitle,
    SeveralZones,
    Unclear,
    UnknownDate,
    UnknownDays,
    UnknownLength,
    UnknownTime,
    UnknownZone,
)

NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)
TODAY = date(2026, 12, 1)
PIECES = ("every", "Tue", "2", "weeks", "on", "the", "last", "until", "10", "times", "19:00", "#x", ",", "+", "-")


def wanted(line: str, language: str = "en") -> Wanted:
    return from_line(line, language, "Europe/Berlin", NOW)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Tuesdays 19:00", "FREQ=WEEKLY;BYDAY=TU"),
        ("every Tuesday at 7pm", "FREQ=WEEKLY;BYDAY=TU"),
        ("on Tuesday 19:00", "FREQ=WEEKLY;BYDAY=TU"),
        ("weekly on Tuesday 19:00", "FREQ=WEEKLY;BYDAY=TU"),
        ("Tue+Thu 19:00", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("Tue, Thu and Sat 19:00", "FREQ=WEEKLY;BYDAY=TU,TH,SA"),
        ("Thu/Tue 19:00", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("Tue & Thu 19:00", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("Mon-Fri 19:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("Fri to Mon 19:00", "FREQ=WEEKLY;BYDAY=MO,FR,SA,SU"),
        ("weekdays 19:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("weekends 19:00", "FREQ=WEEKLY;BYDAY=SA,SU"),
        ("every 2 weeks on Monday 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("every two weeks on Mon and Thu 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"),
        ("Mondays every 2 weeks 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("every other Monday 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("every second Monday 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("every third week on Monday 19:00", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO"),
        ("fortnightly on Monday 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("daily 19:00", "FREQ=DAILY"),
        ("every day 19:00", "FREQ=DAILY"),
        ("every 3 days 19:00", "FREQ=DAILY;INTERVAL=3"),
        ("first Monday of the month 19:00", "FREQ=MONTHLY;BYDAY=1MO"),
        ("every first Monday 19:00", "FREQ=MONTHLY;BYDAY=1MO"),
        ("every second Monday of the month 19:00", "FREQ=MONTHLY;BYDAY=2MO"),
        ("1st and 3rd Monday of each month 19:00", "FREQ=MONTHLY;BYDAY=1MO,3MO"),
        ("last Friday 19:00", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("monthly on the last Friday 19:00", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("every 2 months on the first Monday 19:00", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO"),
        ("the 15th of each month 19:00", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("monthly on the 15th 19:00", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("1st and 15th of the month 19:00", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ("last day of the month 19:00", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("Tuesdays 19:00 until 2026-12-31", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231T235959"),
        ("Tuesdays until 31 December 19:00", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231T235959"),
        ("Tuesdays 19:00 10 times", "FREQ=WEEKLY;BYDAY=TU;COUNT=10"),
        ("Tuesdays 19:00 Open evening, 10x", "FREQ=WEEKLY;BYDAY=TU;COUNT=10"),
    ],
)
def test_days_as_they_are_said_in_english(line, rule):
    found = wanted(line).repeat
    assert found.rule == rule
    assert repeat_of(rule) == found


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("dienstags 19:00", "FREQ=WEEKLY;BYDAY=TU"),
        ("jeden Dienstag um 19 Uhr", "FREQ=WEEKLY;BYDAY=TU"),
        ("immer am Di. 19.00 Uhr", "FREQ=WEEKLY;BYDAY=TU"),
        ("wöchentlich am Dienstag 19:00", "FREQ=WEEKLY;BYDAY=TU"),
        ("Di+Do 19:00", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("Di, Do und Sa 19:00", "FREQ=WEEKLY;BYDAY=TU,TH,SA"),
        ("Mo bis Fr 19:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("am Wochenende 19:00", "FREQ=WEEKLY;BYDAY=SA,SU"),
        ("alle 2 Wochen am Montag 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("alle zwei Wochen montags 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("jede zweite Woche am Montag 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("jeden zweiten Montag 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("14-täglich montags 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("täglich 19:00", "FREQ=DAILY"),
        ("taeglich 19:00", "FREQ=DAILY"),
        ("alle 3 Tage 19:00", "FREQ=DAILY;INTERVAL=3"),
        ("erster Montag im Monat 19:00", "FREQ=MONTHLY;BYDAY=1MO"),
        ("jeden ersten Montag im Monat 19:00", "FREQ=MONTHLY;BYDAY=1MO"),
        ("am 1. und 3. Montag des Monats 19:00", "FREQ=MONTHLY;BYDAY=1MO,3MO"),
        ("letzter Freitag 19:00", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("alle 2 Monate am ersten Montag 19:00", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO"),
        ("am 15. jedes Monats 19:00", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("monatlich am 15. um 19:00", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("monatlich am 15., 19 Uhr", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("am letzten Tag des Monats 19:00", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("dienstags 19:00 bis 31.12.2026", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231T235959"),
        ("dienstags 19:00 bis zum 31.12.", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231T235959"),
        ("dienstags 19:00 10 mal Freie Runde", "FREQ=WEEKLY;BYDAY=TU;COUNT=10"),
    ],
)
def test_days_as_they_are_said_in_german(line, rule):
    assert wanted(line, "de").repeat.rule == rule


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("chaque mardi 19:00", "FREQ=WEEKLY;BYDAY=TU"),
        ("tous les mardis à 19 h", "FREQ=WEEKLY;BYDAY=TU"),
        ("le mardi à 19h30", "FREQ=WEEKLY;BYDAY=TU"),
        ("Chaque lundi à 19\u00a0h", "FREQ=WEEKLY;BYDAY=MO"),
        ("hebdomadaire le mardi 19:00", "FREQ=WEEKLY;BYDAY=TU"),
        ("mardi et jeudi 19:00", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("le mardi et le jeudi à 19 heures", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("mar, jeu et sam 19:00", "FREQ=WEEKLY;BYDAY=TU,TH,SA"),
        ("du lundi au vendredi à 19:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("en semaine 19:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("le week-end 19:00", "FREQ=WEEKLY;BYDAY=SA,SU"),
        ("dimanche 19:00", "FREQ=WEEKLY;BYDAY=SU"),
        ("di 19:00", "FREQ=WEEKLY;BYDAY=SU"),
        ("toutes les 2 semaines le lundi 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("toutes les deux semaines, le lundi et le jeudi 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"),
        ("un lundi sur deux 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("une semaine sur trois le lundi 19:00", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO"),
        ("tous les quinze jours le lundi 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("tous les jours à 19 h", "FREQ=DAILY"),
        ("chaque jour 19:00", "FREQ=DAILY"),
        ("tous les 3 jours 19:00", "FREQ=DAILY;INTERVAL=3"),
        ("premier lundi du mois 19:00", "FREQ=MONTHLY;BYDAY=1MO"),
        ("le premier lundi de chaque mois à 19 h", "FREQ=MONTHLY;BYDAY=1MO"),
        ("chaque premier lundi du mois 19:00", "FREQ=MONTHLY;BYDAY=1MO"),
        ("le 1er et le 3e lundi du mois 19:00", "FREQ=MONTHLY;BYDAY=1MO,3MO"),
        ("deuxième et quatrième mardi du mois 19:00", "FREQ=MONTHLY;BYDAY=2TU,4TU"),
        ("dernier vendredi 19:00", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("tous les 2 mois le premier lundi 19:00", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO"),
        ("le 15 de chaque mois 19:00", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("le 1er et 15 du mois 19:00", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ("le dernier jour du mois 19:00", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("mardi 19:00 jusqu'au 31 décembre", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231T235959"),
        ("chaque mardi jusqu’au 1er janvier 2027 à 19 h 30", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270101T235959"),
        ("mardi 19:00 10 fois Groupe ouvert", "FREQ=WEEKLY;BYDAY=TU;COUNT=10"),
    ],
)
def test_days_as_they_are_said_in_french(line, rule):
    assert wanted(line, "fr").repeat.rule == rule


@pytest.mark.parametrize(
    ("line", "title", "wall", "minutes"),
    [
        ("chaque mardi à 19 h 30 Paris 60 min Groupe ouvert", "Groupe ouvert", time(19, 30), 60),
        ("le mardi de 19 h à 20 h 30 Groupe ouvert", "Groupe ouvert", time(19), 90),
        ("mardi 19h 90 Parler un peu", "Parler un peu", time(19), 90),
        ("mardi 19 h 2 heures À trois", "À trois", time(19), 120),
        ("mardi et jeudi 18h45 1h15 Entre proches", "Entre proches", time(18, 45), 75),
    ],
)
def test_the_rest_of_a_line_in_french(line, title, wall, minutes):
    found = wanted(line, "fr")
    assert (found.title, found.wall, found.minutes) == (title, wall, minutes)


def test_it_may_begin_later_in_french():
    assert wanted("chaque mardi 19:00 à partir du 14 décembre", "fr").schedule(NOW).first == date(2026, 12, 15)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("lunes 19:00", "FREQ=WEEKLY;BYDAY=MO"),
        ("cada lunes a las 19", "FREQ=WEEKLY;BYDAY=MO"),
        ("todos los lunes a las 19:00", "FREQ=WEEKLY;BYDAY=MO"),
        ("los miércoles a las 7 pm", "FREQ=WEEKLY;BYDAY=WE"),
        ("los sábados 19.00 h", "FREQ=WEEKLY;BYDAY=SA"),
        ("semanal el martes a las 19 horas", "FREQ=WEEKLY;BYDAY=TU"),
        ("mar+jue 19:00", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("mar, jue y sáb 19:00", "FREQ=WEEKLY;BYDAY=TU,TH,SA"),
        ("de lunes a viernes 19:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("del viernes al lunes 19:00", "FREQ=WEEKLY;BYDAY=MO,FR,SA,SU"),
        ("entre semana a las 19:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("todos los días laborables 19:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("los fines de semana a las 19:00", "FREQ=WEEKLY;BYDAY=SA,SU"),
        ("todas las semanas el lunes 19:00", "FREQ=WEEKLY;BYDAY=MO"),
        ("cada 2 semanas el lunes 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("cada dos semanas los lunes y jueves 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"),
        ("lunes cada 2 semanas 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("lunes alternos 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("quincenal los lunes 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("todos los días 19:00", "FREQ=DAILY"),
        ("cada 3 días 19:00", "FREQ=DAILY;INTERVAL=3"),
        ("primer lunes del mes 19:00", "FREQ=MONTHLY;BYDAY=1MO"),
        ("el segundo lunes de cada mes a las 20", "FREQ=MONTHLY;BYDAY=2MO"),
        ("1er y 3.º lunes del mes 19:00", "FREQ=MONTHLY;BYDAY=1MO,3MO"),
        ("el último viernes 19:00", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("cada 2 meses el primer lunes 19:00", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO"),
        ("el día 15 de cada mes 19:00", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("los días 1 y 15 de cada mes a las 19:00", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ("mensual el 15 a las 19:00", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("último día del mes 19:00", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("lunes 19:00 hasta 2026-12-31", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231T235959"),
        ("cada lunes hasta el 31 de diciembre a las 19:00", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231T235959"),
        ("lunes 19:00 Reunión abierta hasta el 31 de diciembre de 2026", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231T235959"),
        ("lunes 19:00 10 veces Reunión abierta", "FREQ=WEEKLY;BYDAY=MO;COUNT=10"),
    ],
)
def test_days_as_they_are_said_in_spanish(line, rule):
    assert wanted(line, "es").repeat.rule == rule


@pytest.mark.parametrize(
    ("line", "at", "title", "zone", "minutes"),
    [
        ("cada lunes a las 19 Madrid 90min Reunión abierta", time(19), "Reunión abierta", "Europe/Madrid", 90),
        ("los martes de 19:00 a 20:30 De par en par", time(19), "De par en par", "Europe/Berlin", 90),
        ("martes a las 19:30 hasta las 20:30 Círculo", time(19, 30), "Círculo", "Europe/Berlin", 60),
        ("viernes 7 p.m. Nueva York 2 horas Ronda", time(19), "Ronda", "America/New_York", 120),
        ("viernes 18 hs Bogotá 45 minutos La silla", time(18), "La silla", "America/Bogota", 45),
    ],
)
def test_the_rest_of_a_line_in_spanish(line, at, title, zone, minutes):
    found = wanted(line, "es")
    assert (found.wall, found.title, found.zone, found.minutes) == (at, title, zone, minutes)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("segundas 19:00", "FREQ=WEEKLY;BYDAY=MO"),
        ("toda segunda às 19h", "FREQ=WEEKLY;BYDAY=MO"),
        ("todas as segundas-feiras às 19", "FREQ=WEEKLY;BYDAY=MO"),
        ("toda segunda feira às 19 horas", "FREQ=WEEKLY;BYDAY=MO"),
        ("aos sábados 19h30", "FREQ=WEEKLY;BYDAY=SA"),
        ("semanalmente na terça-feira 19:00", "FREQ=WEEKLY;BYDAY=TU"),
        ("ter+qui 19:00", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("segunda, terça e quinta 19:00", "FREQ=WEEKLY;BYDAY=MO,TU,TH"),
        ("segunda-feira,quarta-feira às 19h", "FREQ=WEEKLY;BYDAY=MO,WE"),
        ("de segunda a sexta às 19h", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("todos os dias úteis 19:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("nos fins de semana às 10h", "FREQ=WEEKLY;BYDAY=SA,SU"),
        ("a cada 2 semanas na segunda 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("a cada duas semanas às segundas e quintas 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"),
        ("segunda-feira, a cada 2 semanas, 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("segundas de 15 em 15 dias 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("de duas em duas semanas na segunda 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("quinzenalmente na segunda 19:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
        ("todos os dias às 19h", "FREQ=DAILY"),
        ("a cada 3 dias 19:00", "FREQ=DAILY;INTERVAL=3"),
        ("primeira segunda do mês 19:00", "FREQ=MONTHLY;BYDAY=1MO"),
        ("segunda terça do mês 19:00", "FREQ=MONTHLY;BYDAY=2TU"),
        ("toda segunda quarta-feira do mês às 19h", "FREQ=MONTHLY;BYDAY=2WE"),
        ("segundo sábado de cada mês 19:00", "FREQ=MONTHLY;BYDAY=2SA"),
        ("1ª e 3ª segunda do mês 19:00", "FREQ=MONTHLY;BYDAY=1MO,3MO"),
        ("mensalmente na última sexta-feira 19:00", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("a cada 2 meses na primeira segunda 19:00", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO"),
        ("todo dia 15 às 19h", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("dias 1 e 15 do mês às 19h", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        ("último dia do mês 19:00", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("segundas até 31 de dezembro às 19h", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231T235959"),
        ("segundas 19h Roda aberta até o dia 31 de dezembro de 2026", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231T235959"),
        ("segundas 19:00 10 vezes Roda aberta", "FREQ=WEEKLY;BYDAY=MO;COUNT=10"),
    ],
)
def test_days_as_they_are_said_in_portuguese(line, rule):
    assert wanted(line, "pt").repeat.rule == rule


@pytest.mark.parametrize(
    ("line", "at", "title", "zone", "minutes"),
    [
        ("toda segunda às 19 Lisboa 90min Encontro aberto", time(19), "Encontro aberto", "Europe/Lisbon", 90),
        ("sextas das 19h às 20h30 São Paulo Roda aberta", time(19), "Roda aberta", "America/Sao_Paulo", 90),
        ("sexta 19h30 2 horas Roda", time(19, 30), "Roda", "Europe/Berlin", 120),
        ("sexta 19 horas 45 minutos De segunda a domingo", time(19), "De segunda a domingo", "Europe/Berlin", 45),
    ],
)
def test_the_rest_of_a_line_in_portuguese(line, at, title, zone, minutes):
    found = wanted(line, "pt")
    assert (found.wall, found.title, found.zone, found.minutes) == (at, title, zone, minutes)


def test_a_first_day_in_portuguese():
    assert wanted("segundas 19:00 a partir de 11 de janeiro", "pt").first == date(2027, 1, 11)


@pytest.mark.parametrize(
    ("line", "title", "zone", "minutes", "room"),
    [
        ("Tuesdays 19:00 Europe/London 90min #room", "", "Europe/London", 90, "here"),
        ("tue 7 pm New York 60 Evening", "Evening", "America/New_York", 60, ""),
        ("Di 19 Uhr Freie Runde", "Freie Runde", "Europe/Berlin", 90, ""),
        ("Friday 18:30 60 90 days together", "90 days together", "Europe/Berlin", 60, ""),
        ("Friday 19:00-20:15 Open evening", "Open evening", "Europe/Berlin", 75, ""),
        ("freitags von 19:00 bis 20:30 Runde", "Runde", "Europe/Berlin", 90, ""),
        ("Friday 19:00 1h30 Vienna Open evening #help", "Open evening", "Europe/Vienna", 90, "here"),
        ("Friday 19:00 <#123456> Open evening", "Open evening", "Europe/Berlin", 90, "123456"),
        ("Friday 19:00 2 Stunden Runde", "Runde", "Europe/Berlin", 120, ""),
        ('"Until tomorrow" Friday 19:00 45', "Until tomorrow", "Europe/Berlin", 45, ""),
        ("Friday 19:00 „10 Mal am Tag“ 45 min", "10 Mal am Tag", "Europe/Berlin", 45, ""),
        ("Friday 19:00 Men/Women circle", "Men/Women circle", "Europe/Berlin", 90, ""),
        ("19:00 Friday Berlin Open evening 2h", "Open evening", "Europe/Berlin", 120, ""),
        ("Dienstag und Donnerstag 19:00 Mit Freunden", "Mit Freunden", "Europe/Berlin", 90, ""),
    ],
)
def test_the_rest_of_a_line(line, title, zone, minutes, room):
    found = wanted(line, "de" if "Uhr" in line else "en")
    assert (found.title, found.zone, found.minutes, found.room) == (title, zone, minutes, room)


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("", Unclear),
        ("Evening", Unclear),
        ("Tuesday", UnknownTime),
        ("Tuesday 7 Evening", UnknownTime),
        ("Tuesday soon Evening", UnknownTime),
        ("Someday 19:00 Evening", UnknownDays),
        ("19:00 Evening", UnknownDays),
        ("weekly 19:00", UnknownDays),
        ("every 2 weeks 19:00", UnknownDays),
        ("Tuesday 19:00 0 times", UnknownDays),
        ("every third Monday 19:00", EveryNthOrNth),
        ("jeden dritten Montag 19:00", EveryNthOrNth),
        ("Tuesday 19:00 Europe/Lodnon 90 Evening", UnknownZone),
        ("Tuesday 19:00 EST 90 Evening", UnknownZone),
        ("Tuesday 19:00 Louisville Evening", SeveralZones),
        ("Tuesday 19:00 300 Evening", UnknownLength),
        ("Tuesday 19:00 5min Evening", UnknownLength),
        ("Tuesday 19:00-19:05 Evening", UnknownLength),
        ("Tuesday 19:00 until christmas", UnknownDate),
        ("Tuesday 19:00 until 12/31/2026", UnknownDate),
        ('Tuesday 19:00 "One" two', Unclear),
        ("Tuesday 19:00 " + "x" * 81, NoTitle),
        ("Tuesday 19:00 !!", NoTitle),
    ],
)
def test_a_line_that_is_unclear_is_refused_for_one_reason(line, error):
    with pytest.raises(error) as refused:
        wanted(line)
    assert type(refused.value) is error


@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_whatever_is_typed_is_taken_or_refused_kindly(typed):
    try:
        found = wanted(typed)
    except Unclear:
        return
    assert repeat_of(found.repeat.rule) == found.repeat


def test_an_empty_zone_is_the_communitys():
    answers = {"title": "Evening", "days": "Tuesdays", "time": "19:00", "zone": "", "length": "60"}
    assert from_form(answers, "en", "Europe/Vienna", NOW).zone == "Europe/Vienna"


def test_the_first_day_is_the_first_start_that_is_ahead_in_the_meetings_zone():
    schedule = schedule_of(Repeat(Each.WEEK, 1, (1,)), time(9), "Pacific/Auckland", NOW)
    assert schedule.first == date(2026, 12, 8)  # in Auckland, Tuesday was yesterday


def test_every_two_weeks_begins_with_the_next_such_day():
    schedule = schedule_of(Repeat(Each.WEEK, 2, (0,)), time(19), "Europe/Berlin", NOW)
    assert schedule.first == date(2026, 12, 7)


def test_it_may_begin_later():
    found = wanted("dienstags 19:00 ab 14.12.", "de")
    assert found.schedule(NOW).first == date(2026, 12, 15)


@pytest.mark.parametrize(
    ("repeat", "first"),
    [
        (Repeat(Each.WEEK, 1, (0,), until=end_of(date(2026, 12, 2))), None),
        (Repeat(Each.WEEK, 1, (0,)), date(2999, 1, 1)),
        (Repeat(Each.MONTH, 12, dates=(31,), until=end_of(date(2026, 12, 30))), None),
    ],
)
def test_a_rule_without_an_evening_ahead_is_refused(repeat, first):
    with pytest.raises(NoSuchDay):
        schedule_of(repeat, time(19), "Europe/Berlin", NOW, first)


_DAYS = st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True).map(lambda days: tuple(sorted(days)))
_NTH = st.lists(st.sampled_from((1, 2, 3, 4, 5, -1)), min_size=1, max_size=3, unique=True).map(tuple)
_DATES = st.lists(st.integers(1, 31), min_size=1, max_size=5, unique=True).map(tuple) | st.just((-1,))
_STEP = st.integers(1, 24)
_REPEATS = (
    st.builds(Repeat, st.just(Each.DAY), _STEP)
    | st.builds(Repeat, st.just(Each.WEEK), _STEP, _DAYS)
    | st.builds(Repeat, st.just(Each.MONTH), _STEP, _DAYS, _NTH)
    | st.builds(lambda step, dates: Repeat(Each.MONTH, step, dates=dates), _STEP, _DATES)
)
_LANGUAGES = st.sampled_from(("en", "de", "es", "pt"))


@given(_REPEATS, _LANGUAGES, st.none() | st.dates(date(2026, 12, 2), date(2040, 1, 1)), st.integers(0, 999))
def test_what_is_said_of_a_rule_is_understood_when_it_is_typed(repeat, language, until, times):
    repeat = replace(repeat, until=end_of(until) if until else None, times=0 if until else times)
    typed = spelled(load_texts().of(language), repeat)
    assert days_of(typed, language, TODAY) == (repeat, None)


@pytest.mark.parametrize(
    "rule",
    ["FREQ=YEARLY", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=2", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=MO;WKST=SU", "FREQ=DAILY;BYDAY=MO"],
)
def test_a_rule_that_is_said_in_no_such_words_is_none(rule):
    assert repeat_of(rule) is None
