"""The six groups are chosen by pictures that stand in one file, apart from the form."""

import re
from pathlib import Path

from flask import Flask

from catalog.routes.groups import group_pictures
from catalog.rules import Group
from tests.web.signed_in import SignedIn

FILE = Path(__file__).resolve().parents[3] / "static" / "catalog" / "groups.svg"
MOST_BYTES = 5_000  # The group's screen, the pieces every page has apart.


def test_the_file_holds_the_drawings_of_the_groups(app: Flask) -> None:
    written = FILE.read_text()

    assert written == group_pictures(), (
        "python -m catalog.routes.groups > static/catalog/groups.svg"
    )
    assert re.findall(r'<g id="(\w+)">', written) == [group.value for group in Group]


def test_a_form_names_the_pictures_and_does_not_carry_them(browser: SignedIn) -> None:
    begun = browser.post("/manage/products/new", {}).location
    browser.post(begun.replace("/name", "/photos"), {})
    browser.post(begun, {"name": "Chè búp", "version": "1"})

    text = browser.get(begun.replace("/name", "/group")).text

    form = text[text.index("<fieldset") : text.index("</fieldset>")]
    used = re.findall(r'<use href="/static/catalog/groups\.svg\?v=\w{10}#(\w+)"/>', form)
    assert used == [group.value for group in Group]
    assert "<path" not in form
    assert len(form.encode()) <= MOST_BYTES
