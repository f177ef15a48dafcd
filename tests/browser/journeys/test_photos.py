"""A maker sends photos from the phone: made small, through a bad signal, and without script too."""

import itertools
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Request, Route, expect
from sqlalchemy import select

from core import ids
from core.photos.models import Photo
from core.work import reading
from tests.browser.conftest import NewPage
from tests.browser.demo import Demo
from tests.browser.people import sign_in, sign_in_by_form

HEAVY_BYTES = 2_500_000
_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def heavy(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Two photos as phones make them: 4,000 pixels wide, full of detail, some 3 MB each."""
    grain = Image.frombytes("L", (1_000, 750), ids.random_bytes(750_000))
    paths = []
    for colour in ("#7a4a21", "#2f5d3a"):
        picture = Image.new("RGB", (4_000, 3_000), colour)
        picture.paste("white", (1_500, 800, 2_500, 2_200))
        picture.paste("#1d1d1d", (0, 0), grain.resize((4_000, 3_000)))
        path = tmp_path_factory.mktemp("photos") / f"{colour[1:]}.jpg"
        picture.save(path, quality=88)
        assert path.stat().st_size > HEAVY_BYTES
        paths.append(str(path))
    return paths


def photos_page(demo: Demo, page: Page) -> str:
    """The photos' page of the cooperative's sample product, which other tests leave alone."""
    sign_in(page, demo, "coop")
    address = demo.url("/manage/products/{draft_product}/photos")
    page.goto(address)
    return address


def count_of(page: Page) -> int:
    return page.locator("#gallery-title ~ ol > li").count()


def sizes(page: Page) -> list[int]:
    """How much each request of the page carries, from now on."""
    found: list[int] = []

    def note(request: Request) -> None:
        found.append(len(request.post_data_buffer or b""))

    page.on("request", note)
    return found


def test_photos_are_made_small_and_come_in_pieces_through_a_bad_signal(
    demo: Demo, new_page: NewPage, heavy: list[str]
) -> None:
    page = new_page(width=360)
    photos_page(demo, page)
    before, carried = count_of(page), sizes(page)
    lost = itertools.count()

    def lose_some(route: Route) -> None:
        at = next(lost)
        if at % 4 == 1:  # Lost on the way there.
            route.abort("connectionreset")
        elif at % 4 == 3:  # The server had it; its answer is lost.
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/pieces", lose_some)
    page.set_input_files("#photos-gallery", heavy)
    page.locator("form:has(#photos-gallery) button").click()
    expect(page.locator("#gallery-title ~ ol > li")).to_have_count(before + 2, timeout=60_000)
    demo.work_off()

    expect(page.locator("#gallery-title ~ ol .cover.drawing")).to_have_count(0)
    with demo.app.app_context(), reading() as session:
        two = session.scalars(select(Photo).order_by(Photo.id.desc()).limit(2)).all()
    assert all(photo.bytes <= 400_000 and photo.state == "drawn" for photo in two)
    assert {(photo.width, photo.height) for photo in two} == {(1_600, 1_200)}
    assert max(carried) < 70_000, "no piece is larger than two seconds of a weak signal"


def test_the_photo_of_a_paper_is_made_small_before_its_form_is_sent(
    demo: Demo, new_page: NewPage, heavy: list[str]
) -> None:
    page = new_page(width=360)
    sign_in(page, demo, "coop")
    page.goto(demo.url("/manage/products/{draft_product}/certificates"))

    page.set_input_files("#paper", heavy[:1])

    page.wait_for_function("document.getElementById('paper').files[0].size <= 400000")
    assert page.evaluate("document.getElementById('paper').files[0].name").endswith(".jpg")


def test_photos_come_whole_where_there_is_no_script(
    demo: Demo, new_page: NewPage, heavy: list[str]
) -> None:
    page = new_page(width=360, script=False)
    photos_page(demo, page)
    before = count_of(page)

    page.set_input_files("#photos-gallery", heavy)
    with page.expect_navigation():
        page.locator("form:has(#photos-gallery) button").click()

    assert count_of(page) == before + 2
    demo.work_off()

    # The page looks again by itself, each three seconds: a reload here would meet that one.
    expect(page.locator(".cover.drawing")).to_have_count(0)
    assert count_of(page) == before + 2


def test_what_is_no_photo_is_said_beside_its_field(
    demo: Demo, new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page(width=360)
    photos_page(demo, page)
    before = count_of(page)
    path = tmp_path / "page.jpg"
    path.write_text("<!doctype html><script>alert(1)</script>")

    page.set_input_files("#photos-label", str(path))
    page.locator("form:has(#photos-label) button").click()

    words = page.locator("form:has(#photos-label) [role=status]")
    expect(words).to_have_text("Chỉ nhận ảnh JPEG, PNG hoặc WebP.")
    expect(page.locator("form:has(#photos-label) button")).to_be_enabled()
    page.reload()
    assert count_of(page) == before


def test_photos_under_way_go_on_by_themselves_after_a_reload(
    demo: Demo, new_page: NewPage, heavy: list[str]
) -> None:
    page = new_page(width=360)
    photos_page(demo, page)
    before = count_of(page)
    page.route("**/pieces", lambda route: route.abort("connectionreset"))
    page.set_input_files("#photos-gallery", heavy)
    page.locator("form:has(#photos-gallery) button").click()
    expect(page.get_by_text("Mất sóng, đang chờ để gửi tiếp…")).to_be_visible()
    assert _kept(page) == 2

    page.reload()  # The phone dropped the tab while its owner looked at another app.
    expect(page.get_by_text("Mất sóng, đang chờ để gửi tiếp…")).to_be_visible()
    page.unroute("**/pieces")

    expect(page.locator("#gallery-title ~ ol > li")).to_have_count(before + 2, timeout=60_000)
    assert _kept(page) == 0


def test_photos_under_way_are_not_sent_for_the_next_person_on_the_phone(
    demo: Demo, new_page: NewPage, heavy: list[str]
) -> None:
    page = new_page(width=360)
    sign_in_by_form(page, demo, "coop")
    address = demo.url("/manage/products/{draft_product}/photos")
    page.goto(address)
    page.route("**/pieces", lambda route: route.abort("connectionreset"))
    page.set_input_files("#photos-gallery", heavy[0])
    page.locator("form:has(#photos-gallery) button").click()
    expect(page.get_by_text("Mất sóng, đang chờ để gửi tiếp…")).to_be_visible()
    assert _kept(page) == 1

    page.get_by_role("button", name="Thoát").click()
    page.wait_for_url(f"{demo.address}/")

    assert _kept(page) == 0
    sign_in_by_form(page, demo, "coop")
    page.goto(address, wait_until="networkidle")
    expect(page.locator("form:has(#photos-gallery) progress")).to_be_hidden()


_KEPT = """() => new Promise((done) => {
  const opening = indexedDB.open("photos", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("waiting", { keyPath: "key" });
  opening.onsuccess = () => {
    const asked = opening.result.transaction("waiting").objectStore("waiting").count();
    asked.onsuccess = () => { opening.result.close(); done(asked.result); };
  };
})"""


def _kept(page: Page) -> int:
    """How many photos this browser keeps until the server has them."""
    count: int = page.evaluate(_KEPT)
    return count
