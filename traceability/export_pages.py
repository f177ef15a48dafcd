"""What an export of the log holds beside it: a guide, a page that checks proofs, the programs.

All of it works from any server of files: no address of ours, nothing that is worked out by us.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import current_app, render_template

from core import display
from core.language import current_language

ROOT = Path(__file__).resolve().parent.parent
GUIDE = "index.html"
STATIC, PROGRAMS = "static", "programs"
PAGES = {  # In the order they are written: the Vietnamese guide makes the export whole.
    "verify.en.html": ("verify", "en"),
    "verify.html": ("verify", "vi"),
    "index.en.html": ("guide", "en"),
    GUIDE: ("guide", "vi"),
}
NAMES = (STATIC, PROGRAMS, *PAGES)
FALLBACK = "vendor/noble-ed25519-3.2.0"  # For browsers that have no Ed25519.
LETTERS = "vendor/be-vietnam-pro-5.3.0"
COPIED = (
    "ui/tokens.css",
    "ui/look.css",
    "ui/seal.svg",
    "traceability/proof.js",
    "traceability/verify.js",
    f"{FALLBACK}/ed25519.js",
    f"{FALLBACK}/LICENSE",
    f"{LETTERS}/LICENSE",
)


@dataclass(frozen=True)
class Facts:
    """What the guide says of the log that was exported."""

    origin: str
    size: int
    on: date
    policy: str
    witnesses: tuple[str, ...]


def files_beside(facts: Facts) -> Iterator[tuple[str, bytes]]:
    """Names below the export's folder and their contents; the guide is the last."""
    letters = sorted((ROOT / STATIC / LETTERS).glob("*.woff2"))
    for path in (*(ROOT / STATIC / name for name in COPIED), *letters):
        yield path.relative_to(ROOT).as_posix(), path.read_bytes()
    for path in _programs():
        yield f"{PROGRAMS}/{path.relative_to(ROOT).as_posix()}", path.read_bytes()
    for name, (template, language) in PAGES.items():
        yield name, _page(template, language, facts).encode()


def _programs() -> list[Path]:
    """`python -m traceability.verify`, `audit`, `monitor`: Python and `cryptography` are enough."""
    package = ROOT / "traceability"
    named = [package / name for name in ("__init__.py", "audit.py", "monitor.py", "verify.py")]
    return [*named, *sorted((package / "log").glob("*.py")), ROOT / "LICENSE"]


def _page(template: str, language: str, facts: Facts) -> str:
    # A command has no reader: the page is drawn as if somebody had asked in the language.
    with current_app.test_request_context(f"/?lang={language}"):
        return render_template(
            f"traceability/export/{template}.html",
            facts=facts,
            display=display,
            locale=current_language(),
            suffix="" if language == "vi" else f".{language}",
            policy=facts.policy,
            fallback=f"{STATIC}/{FALLBACK}/ed25519.js",
            fallback_integrity="",  # It lies beside the page: whoever changes one changes both.
            asset=lambda name: f"{STATIC}/{name}",
        )
