import json
import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image

from core.pages import ROOT


def test_a_telephone_learns_name_icons_and_that_it_opens_with_scanning(
    client: FlaskClient,
) -> None:
    answer = client.get("/manifest.webmanifest")

    told = json.loads(answer.text)
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (told["id"], told["start_url"], told["scope"]) == ("/", "/scan", "/")
    assert (told["lang"], told["display"], told["short_name"]) == ("vi", "standalone", "Gốc")
    assert (told["theme_color"], told["background_color"]) == ("#faf7f0", "#faf7f0")
    purposes = [(icon["sizes"], icon["purpose"]) for icon in told["icons"]]
    assert purposes == [("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")]
    for icon in told["icons"]:
        with client.get(icon["src"]) as picture:
            assert picture.headers["Content-Type"] == icon["type"]
            content = picture.data
        with Image.open(BytesIO(content)) as drawn:
            assert f"{drawn.width}x{drawn.height}" == icon["sizes"]
    assert [client.get(told["start_url"]).status_code, client.get("/").status_code] == [200, 200]


def test_the_manifest_is_sent_once_and_in_the_pages_language(client: FlaskClient) -> None:
    first = client.get("/manifest.webmanifest?lang=en")
    again = client.get(
        "/manifest.webmanifest?lang=en", headers={"If-None-Match": first.headers["ETag"]}
    )

    told = json.loads(first.text)
    assert (told["lang"], told["name"]) == ("en", "Gốc – scan a stamp, see where goods come from")
    assert told["id"] == "/"
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["/", "/scan", "/sign-in", "/pages/stamps"])
def test_every_kind_of_page_names_it(client: FlaskClient, path: str) -> None:
    page = client.get(path)

    assert '<link rel="manifest" href="/manifest.webmanifest">' in page.text
    tokens = (ROOT / "static/ui/tokens.css").read_text(encoding="utf-8")
    ((day, night),) = re.findall(r"--ground: light-dark\((\S+), (\S+)\)", tokens)
    assert re.findall(r'theme-color".* content="(\S+)"', page.text) == [day, night]
    assert "manifest-src 'self'" in page.headers["Content-Security-Policy"]
    (touch,) = re.findall(r'apple-touch-icon" href="([^"]+)"', page.text)
    with client.get(touch) as icon:
        assert icon.status_code == 200
    english = client.get(f"{path}?lang=en").text
    assert '<link rel="manifest" href="/manifest.webmanifest?lang=en">' in english
