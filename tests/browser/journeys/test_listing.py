"""A maker lists goods alone, with a signal that goes away: nothing typed is lost or kept twice."""

import itertools

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect
from sqlalchemy import func, select

from catalog.models import Pack, Product, ProductPhoto, ProductText
from core.work import reading
from tests.browser.conftest import NewPage
from tests.browser.demo import Demo
from tests.browser.listing import STORY, Carried, Thumb, list_from_the_papers, list_to_the_story
from tests.browser.people import sign_in, sign_in_by_form

MOST_TAPS = 40  # Beyond the texts.
MOST_OTHER_BYTES = 60_000
_numbers = itertools.count(1)
# How many files this browser keeps beside what was typed.
_FILES_KEPT = """(many) => new Promise((done) => {
  const opening = indexedDB.open("kept");
  opening.onsuccess = () => {
    const asked = opening.result.transaction("files").objectStore("files").count();
    asked.onsuccess = () => { opening.result.close(); done(asked.result === many); };
  };
})"""


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A photo of a few kilobytes."""
    path = tmp_path_factory.mktemp("photos") / "tea.jpg"
    Image.new("RGB", (1_200, 900), "#2f5d3a").save(path)
    return str(path)


@pytest.fixture
def name() -> str:
    """Lend a name no other product has."""
    return f"Chè búp số {next(_numbers)}"


def kept(demo: Demo, name: str) -> dict[str, object]:
    """What the server has of the product of this name."""
    with demo.app.app_context(), reading() as session:
        product, story = session.execute(
            select(Product, ProductText.story)
            .join(ProductText, ProductText.product_id == Product.id)
            .where(ProductText.name == name)
        ).one()

        def count(of: type[Pack] | type[ProductPhoto]) -> int:
            mine = select(func.count()).select_from(of).where(of.product_id == product.id)
            return session.scalar(mine) or 0

        return {
            "state": product.state,
            "story": story,
            "packs": count(Pack),
            "photos": count(ProductPhoto),
        }


def test_a_listing_survives_a_loss_and_a_reload_and_counts_its_taps(
    demo: Demo, new_page: NewPage, photo: str, name: str
) -> None:
    page = new_page(width=360)
    sign_in(page, demo, "producer")
    page.goto(f"{demo.address}/manage/products")
    carried, thumb = Carried(), Thumb(page)
    session = carried.watch(page)
    away = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}

    list_to_the_story(thumb, demo.address, [photo, photo], name)
    thumb.type("story_who", STORY)
    page.reload()  # The phone dropped the tab while its owner looked at another app.
    expect(page.get_by_text("Đã lấy lại những gì bạn gõ dở trên máy này.")).to_be_visible()
    expect(page.locator("[name=story_who]")).to_have_value(STORY)
    session.send("Network.emulateNetworkConditions", {**away, "offline": True})
    thumb.press("Lưu và đi tiếp")
    expect(page.get_by_text("Mất sóng. Những gì bạn gõ vẫn còn đây")).to_be_visible()
    session.send("Network.emulateNetworkConditions", {**away, "offline": False})
    list_from_the_papers(thumb)

    assert kept(demo, name) == {"state": "submitted", "story": STORY, "packs": 2, "photos": 2}
    assert _copies(page) == []
    assert (thumb.taps, thumb.letters) == (23, 87)  # As docs/tour.md says.
    assert thumb.taps <= MOST_TAPS
    assert carried.other <= MOST_OTHER_BYTES, carried.other


def test_an_answer_that_is_lost_is_asked_for_again_and_kept_once(
    demo: Demo, new_page: NewPage, photo: str, name: str
) -> None:
    page = new_page(width=360)
    sign_in(page, demo, "producer")
    thumb = Thumb(page)
    list_to_the_story(thumb, demo.address, [photo], name)
    lost = iter([True])

    def lose_the_answer(route: Route) -> None:
        if route.request.method == "POST" and next(lost, False):
            route.fetch(max_redirects=0)  # The server had it.
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/listing/story*", lose_the_answer)
    thumb.type("story_who", STORY)
    thumb.press("Lưu và đi tiếp")
    thumb.arrive("papers")

    assert kept(demo, name)["story"] == STORY
    assert _copies(page) == []
    page.go_back()
    expect(page.locator("[name=story]")).to_have_value(STORY)


def test_what_was_typed_is_not_shown_to_the_next_person_on_the_phone(
    demo: Demo, new_page: NewPage, photo: str, name: str
) -> None:
    page = new_page(width=360)
    sign_in_by_form(page, demo, "producer")
    list_to_the_story(Thumb(page), demo.address, [photo], name)
    page.fill("[name=story_who]", STORY)
    assert len(_copies(page)) == 1

    page.get_by_role("button", name="Thoát").click()
    page.wait_for_url(f"{demo.address}/")

    assert _copies(page) == []


def test_a_paper_with_its_photo_outlives_a_reload_a_refusal_and_a_loss(
    demo: Demo, new_page: NewPage, photo: str, name: str
) -> None:
    page = new_page(width=360)
    sign_in(page, demo, "producer")
    list_to_the_story(Thumb(page), demo.address, [photo], name)
    product = page.url.partition("/listing")[0]
    page.goto(f"{product}/certificates")
    chosen = "document.querySelector('[name=paper]').files[0]?.name"

    page.fill("[name=name]", "VietGAP")
    page.fill("[name=issuer]", "Vinacert")
    page.set_input_files("[name=paper]", photo)
    page.wait_for_function(_FILES_KEPT, arg=1)
    page.reload()
    expect(page.locator("[name=issuer]")).to_have_value("Vinacert")
    page.wait_for_function(f"{chosen} === 'tea.jpg'")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Còn 2 chỗ cần sửa")).to_be_visible()
    page.wait_for_function(f"{chosen} === 'tea.jpg'")
    expect(page.get_by_text("xin chọn lại nếu vẫn muốn gửi")).to_have_count(0)
    page.fill("[name=number]", "VG-01")
    page.fill("[name=valid_from]", "1/6/2026")
    page.context.set_offline(True)
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Mất sóng. Những gì bạn gõ vẫn còn đây")).to_be_visible()
    page.context.set_offline(False)
    page.wait_for_url("**/papers?kept=*")

    expect(page.get_by_text("Xem ảnh giấy")).to_have_count(1)
    assert _copies(page) == []
    page.wait_for_function(_FILES_KEPT, arg=0)
    page.goto(f"{product}/certificates")
    expect(page.locator("[name=issuer]")).to_have_value("")


def test_a_listing_is_done_without_script(
    demo: Demo, new_page: NewPage, photo: str, name: str
) -> None:
    page = new_page(width=360, script=False)
    sign_in(page, demo, "producer")
    thumb = Thumb(page)

    list_to_the_story(thumb, demo.address, [photo, photo], name)
    thumb.type("story_who", STORY)
    thumb.press("Lưu và đi tiếp")
    list_from_the_papers(thumb)

    assert kept(demo, name) == {"state": "submitted", "story": STORY, "packs": 2, "photos": 2}


def _copies(page: Page) -> list[str]:
    """What this browser keeps of forms."""
    found: list[str] = page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('kept:'))")
    return found
