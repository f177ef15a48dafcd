"""Contrast as WCAG 2.2 defines it, measured on the tokens themselves, in both themes."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[3] / "static" / "ui" / "tokens.css").read_text(encoding="utf-8")
PLAIN: dict[str, str] = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", TOKENS))
TWINS: dict[str, tuple[str, str]] = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", TOKENS
    )
}
GROUNDS = ("ground", "surface", "sunk")
TEXTS = [
    *((text, ground) for text in ("ink", "muted") for ground in GROUNDS),
    *((text, ground) for text in ("leaf", "gold", "stop", "caution") for ground in GROUNDS),
    *(("ink", soft) for soft in ("leaf-soft", "caution-soft", "stop-soft")),
    *(("muted", soft) for soft in ("leaf-soft", "caution-soft", "stop-soft")),
    ("leaf", "leaf-soft"),
    ("leaf-strong", "leaf-soft"),
    ("caution", "caution-soft"),
    ("stop", "stop-soft"),
    ("on-leaf", "leaf"),
    ("on-leaf", "leaf-strong"),
    ("ground", "ink"),
    ("on-lacquer", "lacquer"),
    ("on-filled", "filled-stop"),
    ("on-filled", "filled-caution"),
]
EDGES = [
    *(("field", ground) for ground in GROUNDS),
    *(("leaf", ground) for ground in GROUNDS),
    ("field", "leaf-soft"),
    ("leaf", "leaf-soft"),
    ("caution", "caution-soft"),
    ("stop", "stop-soft"),
    *(("lacquer", ground) for ground in GROUNDS),
]
THEMES = ("light", "dark")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_stands_out_from_its_ground(text: str, ground: str, theme: str) -> None:
    assert _contrast(_colour(text, theme), _colour(ground, theme)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_fields_and_panels_can_be_seen(edge: str, ground: str, theme: str) -> None:
    assert _contrast(_colour(edge, theme), _colour(ground, theme)) >= 3


def test_phones_without_light_dark_see_the_same_light_colours() -> None:
    assert TWINS
    for name, (light, _dark) in TWINS.items():
        assert PLAIN[name] == light


def test_only_verdicts_that_stop_look_the_same_in_both_themes() -> None:
    assert set(PLAIN) - set(TWINS) == {"filled-caution", "filled-stop", "on-filled"}


def _colour(name: str, theme: str) -> str:
    light, dark = TWINS.get(name, (PLAIN[name], PLAIN[name]))
    return light if theme == "light" else dark


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
