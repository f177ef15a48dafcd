"""The shared pieces drawn as the page /ui draws them, without the application."""

import gzip
from pathlib import Path

from babel.messages.pofile import read_po
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from catalog.covers import cover_svg
from catalog.routes.groups import group_name
from catalog.rules import Group

ROOT = Path(__file__).parents[3]
MOST_FIRST_BYTES = 30_000  # Before first paint, compressed: page and style sheets.


def test_every_component_is_drawn_with_plain_values() -> None:
    drawn = _components()

    for piece in (
        'aria-describedby="price_vnd-error"',
        'aria-invalid="true"',
        'aria-current="page">4<',
        'href="?page=9"',
        'aria-label="5 sao OCOP"',
        "Hạng OCOP: cần xác minh",
        "Còn 2 chỗ cần sửa",
        'class="verdict stop amber"',
        '<progress id="progress" value="320" max="640">',
    ):
        assert piece in drawn, piece
    assert "Không có" not in drawn.split('<dl class="facts">')[1].split("</dl>")[0]


def test_texts_typed_by_people_are_never_markup() -> None:
    shelf = _environment().from_string(
        '{% from "ui/macros/goods.html" import cards %}'
        '{{ cards([{"url": "/p", "name": name, "maker": name, "place": name, "picture": none,'
        ' "drawing": "", "price": none, "standing": "none", "stars": 0, "until": ""}]) }}'
    )

    drawn = shelf.render(name='<script>"')

    assert "<script>" not in drawn
    assert drawn.count("&lt;script&gt;") == 3


def test_the_page_of_all_components_paints_within_thirty_kilobytes() -> None:
    page = gzip.compress(_components().encode(), 6)
    sheets = sum(
        len(gzip.compress(path.read_bytes(), 6)) for path in (ROOT / "static/ui").glob("*.css")
    )

    assert len(page) + sheets <= MOST_FIRST_BYTES


def test_every_sentence_of_the_shared_pieces_has_its_english() -> None:
    with (ROOT / "translations/en/core.po").open("rb") as file:
        english = {
            message.id if isinstance(message.id, str) else message.id[0]
            for message in read_po(file, locale="en")
            if message.string
        }
    environment = _environment()

    for template in (ROOT / "templates/ui").rglob("*.html"):
        source = template.read_text(encoding="utf-8")
        for _line, _function, words in environment.extract_translations(source):  # type: ignore[attr-defined]  # Added by jinja2.ext.i18n.
            assert (words if isinstance(words, str) else words[0]) in english, template.name


def _components() -> str:
    drawings = [Markup(cover_svg("Trà", "thuc_pham", seed)) for seed in range(12)]  # noqa: S704 - our own drawing.
    return (
        _environment()
        .get_template("ui/components.html")
        .render(
            locale="vi",
            other_language_url="/language/en?next=/ui",
            demo_mode=True,
            site_host="goc.example",
            drawings=drawings,
            page_url=lambda number: f"?page={number}",
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        undefined=StrictUndefined,
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # Added by jinja2.ext.i18n.
        lambda words: words, lambda one, many, count: one if count == 1 else many, newstyle=True
    )
    environment.globals.update(groups=tuple(Group), group_name=group_name)
    environment.globals["asset"] = lambda name: f"/static/{name}"
    environment.globals["part"] = lambda name: Markup(  # noqa: S704  # Our own templates.
        environment.get_template(name).render(demo_mode=True)
    )
    return environment
