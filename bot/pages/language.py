"""Which shipped language suits a reader who has no account."""

import re
from collections.abc import Sequence

_TAG = re.compile(r"([A-Za-z]{2,3})(-[A-Za-z0-9]{2,8}){0,3}")


def chosen(accepted: str, shipped: Sequence[str]) -> str:
    """Return the shipped language that an Accept-Language header wants most, else the first of them."""
    weighed: list[tuple[float, int, str]] = []
    for place, part in enumerate(accepted[:500].split(",")):
        tag, _, quality = part.replace(" ", "").partition(";q=")
        if (found := _TAG.fullmatch(tag)) and re.fullmatch(r"|0(\.\d{0,3})?|1(\.0{0,3})?", quality):
            weighed.append((-float(quality or 1), place, found[1].lower()))
    for weight, _, wanted in sorted(weighed):
        for language in shipped:
            if weight and re.split("[-_]", language)[0].lower() == wanted:
                return language
    return shipped[0]
