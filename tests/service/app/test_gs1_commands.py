import json
from typing import Any

from flask import Flask


def parsed(app: Flask, *lines: str | bytes) -> list[dict[str, Any]]:
    asked = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    ran = app.test_cli_runner().invoke(args=["gs1", "parse"], input=asked)
    assert ran.exit_code == 0, ran.output
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_a_link_is_printed_with_its_canonical_form_and_its_elements_in_order(app: Flask) -> None:
    (line,) = parsed(app, "HTTPS://GOC.EXAMPLE/01/09521234543213/10/A%2FB/21/S1?s=1&17=261200")

    assert line == {
        "ok": True,
        "canonical": "https://id.gs1.org/01/09521234543213/10/A%2FB/21/S1?17=261200",
        "elements": {"01": "09521234543213", "10": "A/B", "21": "S1", "17": "261200"},
    }
    assert list(line["elements"]) == ["01", "10", "21", "17"]


def test_each_line_has_its_answer_and_a_refusal_says_why_and_where(app: Flask) -> None:
    lines = parsed(
        app,
        "https://goc.example/01/09521234543210",
        "",
        "https://goc.example/01/09521234543213/10/Lô 5",
        b"\xff\xfe\x00",
        "https://goc.example/414/9521234543213/254/KHO1",
    )

    assert lines[:4] == [
        {"ok": False, "error": "check_digit", "identifier": "01"},
        {"ok": False, "error": "scheme", "identifier": ""},
        {"ok": False, "error": "uri_character", "identifier": ""},
        {"ok": False, "error": "scheme", "identifier": ""},
    ]
    assert lines[4]["elements"] == {"414": "9521234543213", "254": "KHO1"}


def test_without_a_line_nothing_is_printed(app: Flask) -> None:
    assert parsed(app) == []
