"""The page that checks proofs as one file, to be kept and opened without us and without network."""

from base64 import b64encode
from functools import cache
from pathlib import Path

from flask import render_template
from markupsafe import Markup

STATIC = Path(__file__).resolve().parent.parent / "static"
LIBRARY = "vendor/noble-ed25519-3.2.0/ed25519.js"  # For browsers without Ed25519.
SHEETS = ("ui/tokens.css", "ui/look.css")
SCRIPTS = ("traceability/proof.js", "traceability/verify.js")


def verifier_file(policy: str) -> str:
    """The page in the reader's language, whole in itself, believing `policy` until it is edited."""
    return render_template(
        "traceability/verify_alone.html",
        policy=policy,
        styles=_elements("style", SHEETS),
        scripts=_elements("script", SCRIPTS),
        fallback=_library(),
        fallback_integrity="",  # It is of the same file: whoever changes one changes both.
    )


@cache
def _elements(tag: str, names: tuple[str, ...]) -> Markup:
    inside = [(STATIC / name).read_text(encoding="utf-8") for name in names]
    assert not any(f"</{tag}" in one for one in inside), names
    return Markup("\n".join(f"<{tag}>\n{one}</{tag}>" for one in inside))  # noqa: S704  # Our own files.


@cache
def _library() -> str:
    encoded = b64encode((STATIC / LIBRARY).read_bytes()).decode()
    return f"data:text/javascript;base64,{encoded}"
