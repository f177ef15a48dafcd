"""What public pages weigh on the way to the browser, from the answers it received."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Response
from sqlalchemy import delete, select

from catalog.models import Product, ProductPhoto
from core.files import files
from core.photos import drawing
from core.photos.models import Photo
from core.work import COMMAND, transaction
from tests.browser.conftest import NewPage
from tests.browser.demo import Demo
from tests.browser.page_table import PUBLIC, STAMPS, PageLine
from tests.pictures import grainy, make_photo

MOST_BYTES = 200_000
MOST_BYTES_BEFORE_PAINT = 30_000  # The page and its style sheets, as sent.
MOST_SCRIPT_BYTES = 15_000
CARDS = 24  # Of a list's page.


@dataclass
class Weight:
    """Bytes received, heads of answers not counted."""

    everything: int = 0
    before_paint: int = 0
    script: int = 0

    def add(self, answer: Response) -> None:
        """Count one answer by what it is."""
        size = answer.request.sizes()["responseBodySize"]
        self.everything += size
        if answer.request.resource_type in {"document", "stylesheet"}:
            self.before_paint += size
        if answer.request.resource_type == "script":
            self.script += size


@pytest.mark.parametrize("line", [*PUBLIC, STAMPS[1]], ids=lambda line: line.id)
def test_a_public_page_is_light_enough_for_a_weak_signal(
    demo: Demo, new_page: NewPage, line: PageLine
) -> None:
    weight = _weigh(new_page(width=360), demo.url(line.path))

    assert 0 < weight.before_paint <= MOST_BYTES_BEFORE_PAINT
    assert weight.script <= MOST_SCRIPT_BYTES
    assert weight.before_paint < weight.everything <= MOST_BYTES


def test_a_list_of_goods_with_photos_is_light_enough_too(demo: Demo, new_page: NewPage) -> None:
    page = new_page(width=360, density=3)
    with demo.app.app_context(), _photographed():
        weight = _weigh(page, demo.url("/products"))

    assert page.locator(".card .cover.photo img.preview").count() == CARDS
    assert weight.before_paint <= MOST_BYTES_BEFORE_PAINT
    assert MOST_BYTES / 2 < weight.everything <= MOST_BYTES


@contextmanager
def _photographed() -> Iterator[None]:
    """Give all goods a photo, none like another for the browser; taken away at the end."""
    picture = grainy()
    drawn = {
        f"{width}.{extension}": content
        for width in drawing.WIDTHS[:2]
        for extension, content in drawing.variants(picture, width)
    }
    shown: list[int] = []
    with transaction(by=COMMAND) as work:
        for product in work.session.scalars(select(Product).where(Product.state == "published")):
            photo = make_photo(work, enterprise_id=product.enterprise_id)
            photo.content_hash = uuid4().hex
            shown.append(photo.id)
            work.session.add(_cover(product, photo))
            for name, content in drawn.items():
                with files().writing(f"photos/{photo.content_hash}/{name}") as stream:
                    stream.write(content)
    yield
    with transaction(by=COMMAND) as work:
        work.session.execute(delete(ProductPhoto).where(ProductPhoto.photo_id.in_(shown)))
        work.session.execute(delete(Photo).where(Photo.id.in_(shown)))


def _cover(product: Product, photo: Photo) -> ProductPhoto:
    return ProductPhoto(
        photo_id=photo.id,
        product_id=product.id,
        enterprise_id=product.enterprise_id,
        subject="gallery",
        position=0,
    )


def _weigh(page: Page, url: str) -> Weight:
    answers: list[Response] = []

    def keep(answer: Response) -> None:  # Playwright takes no method of a built-in type.
        answers.append(answer)

    page.on("response", keep)
    page.goto(url)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # What waits to be seen, too.
    page.wait_for_load_state("networkidle")
    weight = Weight()
    for answer in answers:
        assert answer.ok or answer.request.resource_type == "document", answer.url
        weight.add(answer)
    return weight
