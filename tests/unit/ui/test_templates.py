from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SHARED = sorted((ROOT / "templates" / "ui").rglob("*.html"))


@pytest.mark.parametrize("template", SHARED, ids=lambda path: path.stem)
def test_no_page_carries_a_style_or_a_script_the_policy_would_block(template: Path) -> None:
    text = template.read_text(encoding="utf-8")

    assert " style=" not in text
    assert "<style" not in text
    assert "<script>" not in text
    assert " onclick=" not in text


@pytest.mark.parametrize("template", SHARED, ids=lambda path: path.stem)
def test_every_shared_piece_says_what_it_is_and_what_it_needs(template: Path) -> None:
    assert template.read_text(encoding="utf-8").startswith("{#")
