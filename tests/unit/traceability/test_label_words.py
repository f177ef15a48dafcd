from itertools import pairwise

import pytest

from tests.unit.traceability.test_sheets import GTIN, batch_of
from traceability import rules
from traceability.adapters import label_words, lettering
from traceability.adapters.label_plan import plan_labels
from traceability.adapters.label_words import MM, Line, SerialLine
from traceability.adapters.outputs import Output
from traceability.adapters.papers import PAPERS
from traceability.adapters.words_beside import words_beside

LONG = {
    "name": "Mật ong hoa bạc hà cao nguyên đá Đồng Văn nguyên chất chai 500 ml" * 3,
    "lot": "ĐẶC-BIỆT-" * 20,
    "base_url": "https://truy-xuat-nguon-goc.hop-tac-xa.example",
}


@pytest.mark.parametrize("demo", [False, True])
@pytest.mark.parametrize("paper", ["a4-65", "a4-48", "roll-35x22", "roll-50x30"])
def test_no_line_beside_a_code_leaves_its_label_or_touches_another(paper: str, demo: bool) -> None:  # noqa: FBT001 -- a parameter of the test.
    lettering.register_fonts()
    grid = PAPERS[paper]
    batch = batch_of(500, demo=demo, **LONG)
    placed = words_beside(batch, x_mm=16.2, width_mm=grid.width_mm, height_mm=grid.height_mm)
    (serial,) = placed.serials
    right = (grid.width_mm - 1.3) * MM
    lines: list[Line | SerialLine] = sorted([*placed.lines, serial], key=lambda line: -line.y)

    for line in placed.lines:
        limit = right if not (demo and line.text.startswith("Lô")) else right - 14
        assert line.x + lettering.width(line.text, line.font, line.points) <= limit
        assert line.points >= lettering.SMALLEST_POINTS
    for text in rules.serial_texts(batch.serials):
        wide = lettering.width(serial.of(text), lettering.BOLD, serial.points)
        assert serial.x + wide <= right + 1e-6
    for above, below in pairwise(lines):
        assert above.y - below.y >= below.points * 1.1
    assert lines[0].y + lines[0].points < grid.height_mm * MM - 2
    assert lines[-1].y > 3


@pytest.mark.parametrize("long", [{}, LONG], ids=["short", "long"])
@pytest.mark.parametrize("gtin", [None, GTIN])
@pytest.mark.parametrize("paper", ["roll-20", "roll-25", "roll-30"])
def test_no_word_around_a_code_leaves_its_square(
    paper: str, gtin: str | None, long: dict[str, str]
) -> None:
    side = PAPERS[paper].width_mm * MM
    plan = plan_labels(batch_of(500, gtin14=gtin, demo=True, **long), paper, Output(dpi=600))
    code_right = (plan.code_x + (plan.form.size + 4) * plan.module) / plan.dots_a_point
    code_foot = side - (plan.code_y + (plan.form.size + 4) * plan.module) / plan.dots_a_point

    assert plan.words.lines
    for line in plan.words.lines:
        long_side = lettering.width(line.text, line.font, line.points)
        if line.turned:
            assert line.x - line.points * 0.74 >= code_right - 0.2
            assert line.x <= side
            assert code_foot - 0.2 <= line.y
            assert line.y + long_side <= side
        else:
            assert line.x >= 0
            assert line.x + long_side <= side
            assert 0 <= line.y <= line.y + line.points * 0.74 <= code_foot + 0.2
    assert plan.words.box is not None
    assert plan.words.box.x + plan.words.box.width <= side


@pytest.mark.parametrize("dpi", [300, 600])
@pytest.mark.parametrize("gtin", [None, GTIN])
def test_the_smallest_label_bears_code_serial_and_host(gtin: str | None, dpi: int) -> None:
    plan = plan_labels(batch_of(5_000, gtin14=gtin), "a4-15", Output(dpi=dpi))
    code_foot = 15 * MM - (plan.code_y + (plan.form.size + 4) * plan.module) / plan.dots_a_point

    assert [line.text for line in plan.words.lines if "." in line.text] == ["goc.example"]
    for serial in plan.words.serials:
        assert serial.points >= lettering.SMALLEST_SERIAL_POINTS
        assert 0.3 <= serial.y <= serial.y + serial.points * 0.74 <= code_foot + 0.2
        widest = label_words.widest_serial(plan.batch.serials, serial.first, serial.after)
        assert serial.x >= 0.5
        assert serial.x + widest * serial.points <= 15 * MM - 0.5
    (text,) = rules.serial_texts(plan.batch.serials[:1])
    shown = " ".join(serial.of(text) for serial in plan.words.serials)
    assert shown == rules.grouped(text)


def test_no_serial_is_too_small_to_type_however_wide_its_letters() -> None:
    """Of W alone, the widest letter, on the smallest label."""
    serials = [rules.parse_serial("WWWW WWWW WWWVZ")]
    plan = plan_labels(batch_of(1, serials=serials), "a4-15", Output(dpi=300))

    assert len(plan.words.serials) == 2
    for line in plan.words.serials:
        wide = label_words.widest_serial(plan.batch.serials, line.first, line.after)
        assert line.points >= lettering.SMALLEST_SERIAL_POINTS
        assert 0.5 <= line.x <= line.x + wide * line.points <= 15 * MM - 0.5


def test_a_serial_goes_on_two_lines_where_one_would_be_small() -> None:
    plan = plan_labels(batch_of(5_000), "roll-15", Output(dpi=203))

    assert [(each.first, each.after) for each in plan.words.serials] == [(0, 9), (10, 15)]
    assert plan.words.serials[0].y > plan.words.serials[1].y


@pytest.mark.parametrize("paper", ["a4-48", "a4-30", "roll-50x30"])
def test_the_number_for_sms_stands_where_there_is_room_and_moves_nothing_off(paper: str) -> None:
    plan = plan_labels(batch_of(3, sms_number="8055"), paper, Output())
    without = plan_labels(batch_of(3), paper, Output())

    texts = [line.text for line in plan.words.lines]
    assert "SMS 8055" in texts
    assert [text for text in texts if text != "SMS 8055"] == [
        line.text for line in without.words.lines
    ]


def test_the_smallest_label_keeps_its_words_instead_of_a_number_for_sms() -> None:
    plan = plan_labels(batch_of(3, sms_number="8055"), "a4-15", Output())

    assert "goc.example" in [line.text for line in plan.words.lines]
    assert "SMS 8055" not in [line.text for line in plan.words.lines]
