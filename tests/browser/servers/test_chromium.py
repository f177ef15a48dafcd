from flask import Flask

from tests.browser.conftest import NewPage
from tests.servers.chromium import findings
from tests.servers.web import serving

PAGE = """<!doctype html><html lang="vi"><head><title>Gốc</title></head>
<body><main><h1>{heading}</h1>{more}</main></body></html>"""


def site(more: str = "") -> Flask:
    app = Flask(__name__)
    app.add_url_rule("/", view_func=lambda: PAGE.format(heading="Chè Shan tuyết", more=more))
    return app


def test_chromium_opens_a_served_page_and_axe_finds_nothing(new_page: NewPage) -> None:
    page = new_page(width=360)

    with serving(site()) as address:
        page.goto(address)
        assert page.inner_text("h1") == "Chè Shan tuyết"
        assert page.evaluate("innerWidth") == 360
        assert findings(page) == []


def test_axe_names_a_picture_without_words(new_page: NewPage) -> None:
    page = new_page(width=1280)

    with serving(site('<img src="data:,">')) as address:
        page.goto(address)
        found = findings(page)

    assert [line.split(":")[0] for line in found] == ["image-alt"]
