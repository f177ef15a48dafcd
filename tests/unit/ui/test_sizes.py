import gzip
import re
from pathlib import Path

LOOK = Path(__file__).parents[3] / "static" / "ui"
SHEETS = {path.name: path.read_text(encoding="utf-8") for path in sorted(LOOK.glob("*.css"))}
ROOT_PIXELS = 17


def test_all_style_sheets_together_stay_under_fourteen_kilobytes() -> None:
    packed = sum(len(gzip.compress(sheet.encode(), 9)) for sheet in SHEETS.values())

    assert packed <= 14_000


def test_fonts_stay_under_seventy_kilobytes() -> None:
    fonts = (LOOK.parent / "vendor").glob("be-vietnam-pro-*/*.woff2")

    assert sum(path.stat().st_size for path in fonts) <= 70_000


def test_colours_stand_in_the_tokens_and_nowhere_else() -> None:
    for name, sheet in SHEETS.items():
        if name != "tokens.css":
            found = re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", sheet)
            assert set(found) <= {"#0000"}, name  # Nothing at all, in the weave.


def test_every_token_that_is_used_exists() -> None:
    tokens = set(re.findall(r"(--[a-z0-9-]+):", "".join(SHEETS.values())))
    used = set(re.findall(r"var\((--[a-z0-9-]+)\)", "".join(SHEETS.values())))

    assert used <= tokens


def test_nothing_a_person_must_read_is_smaller_than_fifteen_pixels() -> None:
    sizes = re.findall(r"--t[0-4]: (?:clamp\()?([0-9.]+)rem", SHEETS["tokens.css"])

    assert len(sizes) == 5
    assert min(float(size) for size in sizes) * ROOT_PIXELS >= 15
    for name, sheet in SHEETS.items():
        for size in re.findall(r"font-size: (?!var|clamp)([^;]+);", sheet):
            assert size == "11pt", (name, size)  # On paper.


def test_what_one_taps_is_at_least_forty_four_pixels_high() -> None:
    target = re.search(r"--target: ([0-9.]+)rem", SHEETS["tokens.css"])

    assert target is not None
    assert float(target[1]) * ROOT_PIXELS >= 44
    for part in (".btn {", ".nav a {", ".chip {", ".check {", ".slim a {"):
        rule = SHEETS["look.css"].split(part, 1)[1].split("}", 1)[0]
        assert "min-height: var(--target)" in rule, part


def test_the_camera_s_script_stays_under_three_kilobytes() -> None:
    assert (LOOK.parent / "traceability" / "camera.js").stat().st_size <= 3_000


def test_what_checks_a_proof_stays_under_ten_kilobytes_with_its_fallback() -> None:
    static = LOOK.parent
    library = next((static / "vendor").glob("noble-ed25519-*/ed25519.js"))
    scripts = [*(static / "traceability").glob("proof*.js"), library]

    packed = sum(len(gzip.compress(script.read_bytes(), 9)) for script in scripts)

    assert len(scripts) >= 2
    assert packed <= 10_000
