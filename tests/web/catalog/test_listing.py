"""A product listed on seven small screens: each kept at once, also without script."""

import io
import re

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from catalog.models import Offer, Pack, Product, ProductPhoto, ProductRevision, ProductText
from catalog.routes import sent_photos
from core.photos.models import Photo
from core.work import reading
from tests.pictures import jpeg
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn

SCREENS = ("photos", "name", "group", "packs", "story", "papers", "look")
BUDGETS = (7, 6, 6, 6, 6, 9, 10)


def only(model: type[Product] = Product) -> Product:
    with reading() as session:
        return session.scalars(select(model)).one()


def count(model: type) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def states() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(Photo.state)))


class Listing:
    """One draft, as its maker fills it in."""

    def __init__(self, browser: SignedIn) -> None:
        self.browser = browser
        begun = browser.post("/manage/products/new", {})
        self.path = begun.location.rsplit("/", 1)[0]
        self.product = self.path.removesuffix("/listing")

    def keep(self, screen: str, **typed: str) -> TestResponse:
        """Send a screen as it stands now."""
        return self.browser.post(f"{self.path}/{screen}", {"version": self.version, **typed})

    @property
    def version(self) -> str:
        """What the form on the screen carries."""
        return str(only().version)

    def until(self, screen: str) -> None:
        """Go through the screens before this one."""
        typed = {
            "name": {"name": "Chè móc câu"},
            "group": {"group": "do_uong", "summary": "Sao bằng củi."},
            "packs": {"pack_content_1": "500", "pack_unit_1": "g", "price_vnd_1": "85k"},
            "story": {"story_who": "Nhà tôi làm.", "story_how": "", "story_why": "Nước xanh."},
            "papers": {},
        }
        for each in SCREENS[1 : SCREENS.index(screen)]:
            answer = self.keep(each, **typed[each])
            assert answer.status_code == 303, (each, answer.text)


@pytest.fixture
def listing(browser: SignedIn) -> Listing:
    """A draft that was just begun without a photo."""
    return Listing(browser)


def test_a_listing_begins_with_photos_and_is_a_draft_from_then_on(browser: SignedIn) -> None:
    files = [(io.BytesIO(jpeg()), "a.jpg"), (io.BytesIO(jpeg()), "b.jpg")]

    answer = browser.post("/manage/products/new", {"photos": files})

    assert answer.status_code == 303
    product = only()
    assert answer.location == f"/manage/products/{product.public_id}/listing/name"
    assert (product.state, product.listing_step) == ("draft", 2)
    assert count(ProductPhoto) == 2


def test_the_same_beginning_sent_twice_is_one_draft_with_one_photo(browser: SignedIn) -> None:
    answers = [
        browser.post(
            "/manage/products/new",
            {"photos": (io.BytesIO(jpeg()), "a.jpg"), "request_id": "B" * 26},
        )
        for _ in range(2)
    ]

    assert answers[0].location == answers[1].location
    assert (count(Product), count(Photo)) == (1, 1)


def test_photos_lost_between_draft_and_keeping_come_with_the_same_form_again(
    browser: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send() -> TestResponse:
        files = [(io.BytesIO(jpeg()), "a.jpg"), (io.BytesIO(jpeg(60, 60)), "b.jpg")]
        return browser.post("/manage/products/new", {"photos": files, "request_id": "B" * 26})

    def die(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(sent_photos, "store_whole", die)
        with pytest.raises(SystemExit):
            send()
    assert (count(Product), states()) == (1, ["arriving", "arriving"])

    answers = [send(), send()]

    assert {one.location for one in answers} == {
        f"/manage/products/{only().public_id}/listing/name"
    }
    assert (count(Product), states()) == (1, ["waiting", "waiting"])


def test_more_photos_than_there_is_room_for_are_not_lost_unsaid(browser: SignedIn) -> None:
    files = [(io.BytesIO(jpeg()), f"{at}.jpg") for at in range(13)]

    answer = browser.post("/manage/products/new", {"photos": files})

    assert answer.status_code == 422
    assert "Mỗi mặt hàng có nhiều nhất 12 ảnh." in answer.text
    assert (count(Product), count(Photo)) == (0, 0)


def test_what_is_no_photo_begins_nothing(browser: SignedIn) -> None:
    page = (io.BytesIO(b"<!doctype html>"), "a.jpg")

    answer = browser.post("/manage/products/new", {"photos": page})

    assert answer.status_code >= 400
    assert "Chỉ nhận ảnh JPEG, PNG hoặc WebP." in answer.text
    assert count(Product) == 0


def test_all_screens_lead_to_a_product_that_can_be_sent(listing: Listing) -> None:
    listing.until("look")

    text = listing.browser.get(f"{listing.path}/look").text
    with reading() as session:
        words = session.scalars(select(ProductText)).one()
        pack, offer = session.scalars(select(Pack)).one(), session.scalars(select(Offer)).one()
    assert (words.name, words.summary) == ("Chè móc câu", "Sao bằng củi.")
    assert words.story == "Nhà tôi làm.\n\nNước xanh."
    assert (pack.content, pack.base_unit, offer.price_vnd) == (500, "g", 85_000)
    assert "170.000\xa0₫/kg" in text
    assert "Nước xanh." in text
    sent = listing.browser.post(f"{listing.product}/submit", {"version": listing.version})
    assert sent.status_code == 303
    assert (only().state, only().listing_step) == ("submitted", None)
    with reading() as session:
        changes = session.scalars(select(ProductRevision.before)).all()
    assert changes == [{"story": ""}]  # A name and a group told first have nothing before them.


def test_a_screen_ahead_leads_to_the_first_that_waits(listing: Listing) -> None:
    for method in (listing.browser.get, lambda path: listing.browser.post(path, {})):
        answer = method(f"{listing.path}/packs")
        assert (answer.status_code, answer.location) == (303, listing.path)
    assert listing.browser.get(listing.path).location == f"{listing.path}/name"


def test_back_works_and_shows_what_was_kept(listing: Listing) -> None:
    listing.until("story")

    shown = {each: listing.browser.get(f"{listing.path}/{each}") for each in SCREENS[:5]}

    assert {answer.status_code for answer in shown.values()} == {200}
    assert 'value="Chè móc câu"' in shown["name"].text
    assert re.search(r'value="do_uong"[^>]* checked', shown["group"].text)
    assert 'value="85.000"' in shown["packs"].text
    assert "170.000\xa0₫/kg" in shown["packs"].text
    assert f'href="{listing.path}/group"' in shown["packs"].text


def test_what_is_told_again_is_a_change_that_can_be_undone(listing: Listing) -> None:
    listing.until("papers")

    listing.keep("name", name="Chè xanh")
    listing.keep("story", story="Chuyện khác.")

    with reading() as session:
        kept = session.scalars(select(ProductRevision).order_by(ProductRevision.id)).all()
    assert [each.before for each in kept] == [
        {"story": ""},
        {"name": "Chè móc câu"},
        {"story": "Nhà tôi làm.\n\nNước xanh."},
    ]
    assert only().listing_step == 6  # Where it was: going back loses no step.


def test_several_ways_of_selling_are_kept_at_once(listing: Listing) -> None:
    listing.until("packs")

    answer = listing.keep(
        "packs",
        pack_content_1="500",
        pack_unit_1="g",
        pack_words_1="túi 500 g",
        price_vnd_1="85k",
        pack_content_3="12",
        pack_unit_3="piece",
        pack_words_3="hộp 12 cái",
        price_vnd_3="240.000",
        loose_price_vnd="160k",
    )

    assert answer.status_code == 303
    with reading() as session:
        packs = session.execute(
            select(Pack.content, Pack.base_unit, Pack.words, Pack.by_weight, Offer.price_vnd)
            .join(Offer, Offer.pack_id == Pack.id)
            .order_by(Pack.id)
        ).all()
    assert [tuple(each) for each in packs] == [
        (500, "g", "túi 500 g", False, 85_000),
        (12, "piece", "hộp 12 cái", False, 240_000),
        (1_000, "g", "kg", True, 160_000),
    ]


def test_rows_change_and_empty_rows_remove_packs(listing: Listing) -> None:
    listing.until("packs")
    listing.keep(
        "packs", pack_content_1="500", pack_unit_1="g", price_vnd_1="85k", loose_price_vnd="160k"
    )
    with reading() as session:
        [bag, _loose] = session.scalars(select(Pack.public_id).order_by(Pack.id)).all()

    answer = listing.keep(
        "packs",
        pack_1=bag,
        pack_content_1="500",
        pack_unit_1="g",
        pack_words_1="500\xa0g",
        price_vnd_1="90k",
    )

    assert answer.status_code == 303
    with reading() as session:
        offers = session.execute(
            select(Pack.public_id, Offer.price_vnd).join(Offer, Offer.pack_id == Pack.id)
        ).all()
    assert [tuple(each) for each in offers] == [(bag, 90_000)]


def test_a_pack_called_by_its_content_is_called_anew_when_the_content_changes(
    listing: Listing,
) -> None:
    listing.until("packs")
    listing.keep("packs", pack_content_1="2", pack_unit_1="g", price_vnd_1="85k")
    with reading() as session:
        bag = session.scalars(select(Pack.public_id)).one()
    field = re.search(
        r'<input[^>]*name="pack_words_1"[^>]*>', listing.browser.get(f"{listing.path}/packs").text
    )
    assert field is not None
    drawn = re.search(r'value="([^"]*)"', field[0])

    listing.keep(
        "packs",
        pack_1=bag,
        pack_content_1="2",
        pack_unit_1="kg",
        pack_words_1=drawn[1] if drawn else "",
        price_vnd_1="85k",
    )

    with reading() as session:
        pack = session.scalars(select(Pack)).one()
    assert (pack.content, pack.words) == (2_000, "2\xa0kg")


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({}, "price_vnd_1", "Xin ghi ít nhất một cách bán và giá."),
        ({"pack_content_1": "5", "pack_unit_1": "g"}, "price_vnd_1", "Xin điền ô này."),
        ({"loose_price_vnd": "rẻ"}, "loose_price_vnd", "Không đọc được số tiền."),
        (
            {
                "pack_content_2": "1",
                "pack_unit_2": "kg",
                "price_vnd_2": "90k",
                "pack_words_2": "gọi 0900 123 456",
            },
            "pack_words_2",
            "Xin đừng ghi số điện thoại ở đây.",
        ),
    ],
)
def test_a_row_that_cannot_be_is_refused_beside_its_field(
    listing: Listing, typed: dict[str, str], field: str, sentence: str
) -> None:
    listing.until("packs")

    answer = listing.keep("packs", **typed)

    assert answer.status_code == 422
    assert f'id="{field}-error">{sentence}' in answer.text
    assert count(Pack) == 0


def test_two_rows_alike_are_refused_at_the_second_and_nothing_is_kept(listing: Listing) -> None:
    listing.until("packs")
    bag = {"pack_content": "500", "pack_unit": "g", "price_vnd": "85k"}
    typed = {f"{name}_{at}": value for name, value in bag.items() for at in (1, 2)}

    answer = listing.keep("packs", **typed)

    assert answer.status_code == 422
    assert 'id="pack_words_2-error">Hàng này đã có quy cách như vậy rồi.' in answer.text
    assert count(Pack) == 0
    assert only().listing_step == 4


def test_the_price_of_a_kilogram_is_worked_out_before_anything_is_kept(listing: Listing) -> None:
    listing.until("packs")

    answer = listing.keep(
        "packs", work_out="1", pack_content_1="200", pack_unit_1="g", price_vnd_1="120k"
    )

    assert answer.status_code == 200
    assert "600.000\xa0₫/kg" in answer.text
    assert 'value="120k"' in answer.text
    assert count(Pack) == 0


@pytest.mark.parametrize(
    ("screen", "typed", "stored"),
    [
        ("name", {"name": "Chè đinh"}, "Chè móc câu"),
        ("group", {"group": "duoc_lieu", "summary": "Khác."}, "Sao bằng củi."),
        ("story", {"story": "Khác."}, "Nước xanh."),
        (
            "packs",
            {"pack_content_1": "1", "pack_unit_1": "kg", "price_vnd_1": "9k"},
            "85.000\xa0₫",
        ),
    ],
)
def test_an_older_form_writes_nothing_and_shows_both_texts(
    listing: Listing, screen: str, typed: dict[str, str], stored: str
) -> None:
    listing.until("papers")
    before = only().version

    answer = listing.keep(screen, **typed, version=str(before - 1))

    assert answer.status_code == 409
    assert stored in answer.text
    assert next(iter(reversed(typed.values()))) in answer.text
    assert only().version == before
    again = re.search(r'name="version" value="(\d+)"', answer.text)
    assert again is not None
    assert again[1] == str(before)


def test_a_next_page_names_the_form_that_was_kept(listing: Listing) -> None:
    answer = listing.keep("name", name="Chè", request_id="C" * 26)

    assert answer.location == f"{listing.path}/group?kept={'C' * 26}"
    assert f'data-kept="{"C" * 26}"' in listing.browser.get(answer.location).text
    forged = listing.browser.get(f"{listing.path}/group?kept=%22%3E%3Cscript%3E")
    assert "data-kept" not in forged.text


def test_a_form_sent_again_after_a_loss_is_kept_once(listing: Listing) -> None:
    form = {"version": listing.version, "name": "Chè", "request_id": "D" * 26}
    answers = [listing.browser.post(f"{listing.path}/name", form) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert only().version == 2


def test_photos_to_look_and_compare_are_asked_for_one_by_one(listing: Listing) -> None:
    listing.until("papers")
    first = listing.browser.get(f"{listing.path}/papers").text
    assert "Mặt trước" in first
    assert "Mặt sau" not in first

    photo = (io.BytesIO(jpeg()), "a.jpg")
    answer = listing.browser.post(f"{listing.path}/papers", {"subject": "front", "photos": photo})

    assert answer.location == f"{listing.path}/papers?look=back#look"
    then = listing.browser.get(f"{listing.path}/papers?look=back").text
    assert "Mặt sau" in then
    assert "Đã có 1 trong 5 ảnh." in then
    assert "Chưa có giấy, đi tiếp" in then


def test_a_certificate_entered_amid_the_screens_leads_back_to_them(listing: Listing) -> None:
    listing.until("papers")
    paper = {
        "name": "VietGAP",
        "issuer": "Vinacert",
        "number": "VG-01",
        "valid_from": "1/6/2026",
        "then": "listing",
    }

    form = listing.browser.get(f"{listing.product}/certificates?then=listing").text
    answer = listing.browser.post(f"{listing.product}/certificates", paper)

    assert 'name="then" value="listing"' in form
    assert answer.location.partition("?kept=")[0] == f"{listing.path}/papers"
    assert "VietGAP" in listing.browser.get(answer.location).text


def test_a_draft_goes_on_from_the_home_and_from_its_list(listing: Listing) -> None:
    listing.until("packs")

    home = listing.browser.get("/manage").text
    again = listing.browser.get("/manage/products/new").text

    assert "Ghi tiếp: Chè móc câu" in home
    assert f'href="{listing.path}"' in home
    assert "Bạn đang ghi dở" in again
    assert f'href="{listing.path}"' in again


def test_an_unfinished_draft_is_not_sent(listing: Listing) -> None:
    answer = listing.browser.post(f"{listing.product}/submit", {"version": listing.version})

    assert answer.status_code == 422
    assert (only().state, only().listing_step) == ("draft", 2)


def test_a_draft_is_thrown_away_after_asking(listing: Listing) -> None:
    listing.until("story")
    photo = (io.BytesIO(jpeg()), "a.jpg")
    listing.browser.post(f"{listing.path}/photos", {"photos": photo})
    asked = listing.browser.get(f"{listing.product}/discard").text

    answer = listing.browser.post(f"{listing.product}/discard", {"version": listing.version})

    assert "1 ảnh đã gửi cũng mất theo." in asked
    assert answer.location == "/manage/products"
    assert (count(Product), count(Pack), count(Offer), count(ProductPhoto)) == (0, 0, 0, 0)
    with reading() as session:
        assert session.scalars(select(Photo.removed_at)).one() is not None


def test_what_an_officer_was_sent_is_not_thrown_away(listing: Listing) -> None:
    listing.until("look")
    listing.browser.post(f"{listing.product}/submit", {"version": listing.version})
    listing.browser.post(f"{listing.product}/withdraw", {"version": listing.version})

    answer = listing.browser.post(f"{listing.product}/discard", {"version": listing.version})

    assert answer.status_code == 409
    assert count(Product) == 1


def test_photos_of_something_new_find_their_draft_by_the_script(browser: SignedIn) -> None:
    sent = {"then": "uploads", "request_id": "E" * 26}
    answers = [browser.post("/manage/products/new", sent) for _ in range(2)]

    said = browser.get(answers[1].location).json

    own = f"/manage/products/{only().public_id}"
    assert said == {
        "uploads": f"{own}/uploads",
        "here": f"{own}/listing/photos",
        "onward": f"{own}/listing/name",
    }


@pytest.mark.parametrize(("screen", "budget"), list(zip(SCREENS, BUDGETS, strict=True)))
def test_a_screen_asks_the_database_little(listing: Listing, screen: str, budget: int) -> None:
    listing.until("look")

    with counted_statements() as statements:
        assert listing.browser.get(f"{listing.path}/{screen}").status_code == 200

    assert len(statements) == budget
