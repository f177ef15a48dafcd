"""The examples of docs/api.md, run as they stand there."""

import re
import shlex
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import update

from accounts.models import Enterprise
from core.work import COMMAND, transaction
from tests.web.api.program import Program, Said, said
from tests.web.api.stamping import new_lot

PAGE = Path(__file__).resolve().parents[3] / "docs" / "api.md"
EXAMPLES = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)


def run(app: Flask, line: str, names: dict[str, str]) -> Said:
    """What `curl` would be answered."""
    words = shlex.split(Template(line).substitute(names))
    assert words[:2] == ["curl", "-s"]
    headers: dict[str, str] = {}
    method, body, address = "GET", None, ""
    rest = iter(words[2:])
    for word in rest:
        if word == "-H":
            name, value = next(rest).split(": ", 1)
            headers[name] = value
        elif word == "-X":
            method = next(rest)
        elif word == "-d":
            body = next(rest)
            method = "POST" if method == "GET" else method
        else:
            address = word
    parts = urlsplit(address)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return said(app.test_client().open(path, method=method, data=body, headers=headers))


def test_the_examples_do_what_the_page_says(app: Flask, program: Program) -> None:
    names = {"GOC": "https://goc.example", "TOKEN": program.token}
    with transaction(by=COMMAND) as work:
        work.session.execute(update(Enterprise).values(commune_code="1"))
    names["LOT"] = new_lot()
    answers = []
    for line in EXAMPLES:
        answer = run(app, line, names)
        answers.append(answer)
        body = answer.json
        if "ranges" in body:
            names["BATCH"] = body["public_id"]
        if "serial" in str(body.get("items", "")):
            names["SERIAL"] = body["items"][0]["serial"]
        if "packs" in body:
            names |= {"PRODUCT": body["public_id"], "PACK": body["packs"][0]["public_id"]}

    assert [one.status_code for one in answers][:4] == [200, 201, 200, 200]
    assert [one["state"] for one in answers[0].json["items"]] == ["published"]
    assert answers[1].json["version"] == 1
    assert answers[2].json["packs"][0]["price_vnd"] == 110_000
    assert answers[3].json["state"] == "submitted"
    assert {one.status_code // 100 for one in answers} == {2}
    batch = program.get(f"/stamps/batches/{names['BATCH']}").json
    assert batch["stamps"] == {"printed": 7, "active": 90, "doubted": 0, "void": 3}
    stamps = next(one.json for one in answers if "serial" in str(one.json.get("items", "")))
    assert [len(stamps["items"]), stamps["next"]] == [50, None]
    assert (answers[-1].json["verdict"], answers[-1].json["counted"]) == ("first_check", False)


@pytest.mark.parametrize("scope", ["products:read", "products:write", "stamps:…"])
def test_the_page_names_scopes_as_they_are(scope: str) -> None:
    assert scope in PAGE.read_text(encoding="utf-8")
