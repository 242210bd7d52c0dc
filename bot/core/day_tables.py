"""The words in which people say a day or a part of the day, by language; lower case and without accents, as they are compared."""

OFFSETS = {
    "en": {
        "today": 0,
        "tonight": 0,
        "tomorrow": 1,
        "day after tomorrow": 2,
        "the day after tomorrow": 2,
        "yesterday": -1,
        "day before yesterday": -2,
        "the day before yesterday": -2,
    },
    "de": {"heute": 0, "heute abend": 0, "morgen": 1, "ubermorgen": 2, "uebermorgen": 2, "gestern": -1, "vorgestern": -2},
    "es": {"hoy": 0, "manana": 1, "pasado manana": 2, "ayer": -1, "anteayer": -2, "antes de ayer": -2, "antier": -2},
    "fr": {
        "aujourd'hui": 0,
        "aujourdhui": 0,
        "ce soir": 0,
        "demain": 1,
        "apres-demain": 2,
        "apres demain": 2,
        "hier": -1,
        "avant-hier": -2,
        "avant hier": -2,
    },
    "pt": {"hoje": 0, "amanha": 1, "depois de amanha": 2, "ontem": -1, "anteontem": -2, "antes de ontem": -2},
}

UNITS = {
    "en": {"day": "days", "days": "days", "week": "weeks", "weeks": "weeks", "month": "months", "months": "months"},
    "de": {
        **{"tag": "days", "tage": "days", "tagen": "days", "woche": "weeks", "wochen": "weeks"},
        **{"monat": "months", "monate": "months", "monaten": "months"},
    },
    "es": {"dia": "days", "dias": "days", "semana": "weeks", "semanas": "weeks", "mes": "months", "meses": "months"},
    "fr": {"jour": "days", "jours": "days", "semaine": "weeks", "semaines": "weeks", "mois": "months"},
    "pt": {"dia": "days", "dias": "days", "semana": "weeks", "semanas": "weeks", "mes": "months", "meses": "months"},
}

NUMBERS = {
    "en": {
        **{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9},
        **{"ten": 10},
    },
    "de": {
        **{"ein": 1, "eine": 1, "einem": 1, "einer": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "fuenf": 5},
        **{"sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10},
    },
    "es": {
        **{"un": 1, "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9},
        **{"diez": 10, "quince": 15},
    },
    "fr": {
        **{"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10},
        **{"quinze": 15},
    },
    "pt": {
        **{"um": 1, "uma": 1, "dois": 2, "duas": 2, "tres": 3, "quatro": 4, "cinco": 5, "seis": 6, "sete": 7, "oito": 8, "nove": 9},
        **{"dez": 10, "quinze": 15},
    },
}

AGO = {
    "en": frozenset({"ago", "last", "before", "back"}),
    "de": frozenset({"vor", "letzte", "letzten", "letzter", "letztes", "vergangene", "vergangenen"}),
    "es": frozenset({"hace", "pasado", "pasada", "atras", "ultimo", "ultima"}),
    "fr": frozenset({"il", "y", "dernier", "derniere", "passe", "passee"}),
    "pt": frozenset({"ha", "passado", "passada", "atras", "ultimo", "ultima"}),
}
AHEAD = {
    "en": frozenset({"in", "next", "from", "now", "this", "coming"}),
    "de": frozenset({"in", "nachste", "nachsten", "nachster", "nachstes", "kommende", "kommenden", "kommender", "diesen", "diese"}),
    "es": frozenset({"en", "dentro", "proximo", "proxima", "que", "viene", "este", "esta"}),
    "fr": frozenset({"dans", "prochain", "prochaine", "ce", "cette"}),
    "pt": frozenset({"em", "daqui", "proximo", "proxima", "que", "vem", "este", "esta", "nesta", "neste"}),
}
FILLERS = {
    "en": frozenset({"on", "the", "of", "at", "by", "around", "about"}),
    "de": frozenset({"am", "den", "dem", "der", "um", "gegen", "ab", "zum"}),
    "es": frozenset({"el", "la", "las", "de", "del", "a", "los", "sobre", "hacia"}),
    "fr": frozenset({"le", "la", "les", "a", "vers", "de", "du"}),
    "pt": frozenset({"o", "a", "as", "de", "do", "da", "no", "na", "pelas", "por", "volta", "das"}),
}

MIDDAY = {
    "en": {"noon": 12, "midday": 12, "midnight": 0},
    "de": {"mittag": 12, "mittags": 12, "mitternacht": 0},
    "es": {"mediodia": 12, "medianoche": 0},
    "fr": {"midi": 12, "minuit": 0},
    "pt": {"meio-dia": 12, "meio dia": 12, "meia-noite": 0, "meia noite": 0},
}
MORNING = {
    "en": frozenset({"in the morning"}),
    "de": frozenset({"morgens", "vormittags", "fruh", "frueh", "am morgen", "in der fruh"}),
    "es": frozenset({"de la manana", "por la manana"}),
    "fr": frozenset({"du matin", "le matin"}),
    "pt": frozenset({"da manha", "de manha"}),
}
EVENING = {
    "en": frozenset({"in the evening", "in the afternoon"}),
    "de": frozenset({"abends", "nachmittags", "am abend", "am nachmittag"}),
    "es": frozenset({"de la tarde", "por la tarde"}),
    "fr": frozenset({"du soir", "le soir", "de l'apres-midi", "de l'apres midi"}),
    "pt": frozenset({"da tarde", "de tarde"}),
}
NIGHT = {  # of the evening from six on; before that it could be the small hours
    "en": frozenset({"at night"}),
    "de": frozenset({"in der nacht"}),
    "es": frozenset({"de la noche", "por la noche"}),
    "fr": frozenset({"de la nuit"}),
    "pt": frozenset({"da noite", "de noite"}),
}
