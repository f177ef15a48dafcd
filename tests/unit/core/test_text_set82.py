import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.refusal import Unreadable
from core.text.set82 import set82


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("26-11A", "26-11A"),
        ("26\u201111A", "26-11A"),
        ("Lô 5", "Lo-5"),
        ("ĐỢT 3/2026", "DOT-3/2026"),
        ("  mẻ #7 🐟 ", "me-7"),
        ("-A-", "-A-"),
        ("L" * 20, "L" * 20),
    ],
)
def test_a_lot_code_is_written_in_set_82(code: str, expected: str) -> None:
    assert set82(code) == expected


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "lot_code_empty"),
        ("批号", "lot_code_empty"),
        ("..", "lot_code_empty"),
        ("L" * 21, "lot_code_too_long"),
    ],
)
def test_a_code_that_gs1_cannot_carry_is_refused(code: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        set82(code)

    assert refused.value.code == reason


@given(st.text(max_size=30))
def test_what_comes_out_is_in_the_set_and_stays(code: str) -> None:
    try:
        carried = set82(code)
    except Unreadable:
        return
    assert re.fullmatch(r"""[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}""", carried)
    assert set82(carried) == carried
