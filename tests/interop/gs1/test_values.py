"""Our judgement of values beside that of zint, which prints codes and knows GS1's dictionary."""

from collections import Counter

import zint

from core.gs1 import Element, Malformed
from core.gs1.elements import require_value
from tests.interop.gs1.values import values

# In the table of July 2026, and not yet in libzint 2.15.
NEWER = {"717", "8040", "8041", "8042", "8043"}
# Of package types we judge the form alone: no link carries them.
FORM_ALONE = {"7041"}


def fits(element: Element) -> bool:
    try:
        require_value(element)
    except Malformed:
        return False
    return True


def zint_says(element: Element) -> str:
    symbol = zint.Symbol()
    symbol.symbology = zint.Symbology.DATAMATRIX
    symbol.input_mode = zint.InputMode.GS1
    symbol.warn_level = zint.WarningLevel.FAIL_ALL
    try:
        symbol.encode(f"[{element.identifier}]{element.value}")
    except RuntimeError as refused:
        return str(refused)
    return "ok"


def test_zint_judges_the_values_of_every_identifier_as_we_do() -> None:
    judged = [each for each in values() if each.identifier not in NEWER | FORM_ALONE]

    said = {each: zint_says(each) for each in judged}

    differing = {each: why for each, why in said.items() if fits(each) != (why == "ok")}
    assert differing == {}
    counted = Counter(why == "ok" for why in said.values())
    assert counted[True] > 5_000
    assert counted[False] > 1_500


def test_what_is_left_out_zint_does_not_know() -> None:
    left_out = [each for each in values() if each.identifier in NEWER]

    assert {zint_says(each) for each in left_out if fits(each)} == {
        f"Error 260: Invalid AI ({identifier})" for identifier in NEWER
    }
