"""Certificates and OCOP recognitions: entered by the maker, confirmed by the province."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from accounts.models import Enterprise
from catalog.models import Certificate, Product, Recognition, SearchPending
from core.slugs import slug_of
from core.work import COMMAND, reading, transaction
from tests.makers import (
    make_member,
    make_officer,
    make_person,
    make_product,
    make_recognition,
    make_sign_in,
)
from tests.pictures import jpeg
from tests.statements import counted_statements
from tests.web.choices import chosen, offered
from tests.web.signed_in import SignedIn

TYPED = {
    "stars": "4",
    "score": "78,5",
    "decision": "377/QĐ-UBND",
    "decided_on": "15/3/2026",
    "authority": "UBND tỉnh Cao Bằng",
}
CERTIFICATE = {
    "name": "VietGAP",
    "issuer": "Vinacert",
    "number": "VG-01",
    "valid_from": "1/6/2026",
    "valid_until": "31/5/2028",
}


@pytest.fixture
def product(browser: SignedIn) -> str:
    """The public id of a knife of Hà's that is on sale."""
    with transaction(by=COMMAND) as work:
        enterprise = work.session.scalars(select(Enterprise)).first()
        return make_product(work, enterprise=enterprise).public_id


def enter(browser: SignedIn, product: str, **typed: str) -> str:
    answer = browser.post(f"/manage/products/{product}/recognitions", TYPED | typed)
    assert answer.status_code == 303, answer.text
    return recognition().public_id or ""


def recognition() -> Recognition:
    with reading() as session:
        return session.scalars(select(Recognition)).one()


def shop(client: FlaskClient, language: str = "vi") -> str:
    with reading() as session:
        key = session.scalars(select(Product.slug_key)).one()
    return client.get(f"/products/{slug_of('Dao phay', key)}?lang={language}").text


def test_a_makers_word_gives_no_star_until_the_province_confirms_it(
    browser: SignedIn, officer: SignedIn, client: FlaskClient, product: str
) -> None:
    one = enter(browser, product)

    stored = recognition()
    assert (stored.review, stored.score_hundredths, str(stored.valid_until)) == (
        "waiting",
        7850,
        "2029-03-14",
    )
    text = shop(client)
    assert "4 sao, quyết định 377/QĐ-UBND, ngày 15/03/2026, UBND tỉnh Cao Bằng" in text
    assert "chưa được tỉnh xác nhận." in text
    assert 'class="stars"' not in text
    assert "the province has not confirmed it." in shop(client, "en")
    assert "1 hạng OCOP chờ xác nhận" in officer.get("/office").text
    assert "377/QĐ-UBND" in officer.get(f"/office/recognitions/{one}").text

    answer = officer.post(f"/office/recognitions/{one}/confirm", {"version": "1"})

    assert answer.location == f"/office/recognitions/{one}"
    assert recognition().confirmed_at is not None
    text = shop(client)
    assert 'class="stars"' in text
    assert "đến 14/03/2029" in text
    assert "Người bán ghi:" not in text
    assert "Tỉnh đã xác nhận hạng OCOP của Dao phay" in browser.get("/manage").text
    with reading() as session:
        assert session.scalars(select(SearchPending)).first() is not None


def test_a_refused_word_is_shown_to_nobody_but_its_maker(
    browser: SignedIn, officer: SignedIn, client: FlaskClient, product: str
) -> None:
    one = enter(browser, product)

    empty = officer.post(f"/office/recognitions/{one}/refuse", {"version": "1"})
    assert empty.status_code == 422
    assert 'id="reason-error">Xin chọn hoặc viết lý do' in empty.text
    officer.post(
        f"/office/recognitions/{one}/refuse",
        {"version": "1", "reason_kind": "3", "reason": "Quyết định ghi 3 sao."},
    )

    text = shop(client)
    assert "377/QĐ-UBND" not in text
    assert "Đặc sản địa phương, chưa có hạng OCOP" in text
    mine = browser.get(f"/manage/products/{product}/papers").text
    assert "Số sao không đúng với quyết định." in mine
    assert "Quyết định ghi 3 sao." in mine


def test_a_corrected_rank_waits_again_and_loses_its_star(
    browser: SignedIn, officer: SignedIn, client: FlaskClient, product: str
) -> None:
    one = enter(browser, product)
    officer.post(f"/office/recognitions/{one}/confirm", {"version": "1"})

    browser.post(f"/manage/recognitions/{one}", TYPED | {"stars": "3", "version": "2"})

    stored = recognition()
    assert (stored.review, stored.stars, stored.confirmed_at) == ("waiting", 3, None)
    assert 'class="stars"' not in shop(client)


def test_an_older_form_shows_both_and_changes_nothing(browser: SignedIn, product: str) -> None:
    one = enter(browser, product)
    browser.post(f"/manage/recognitions/{one}", TYPED | {"stars": "3", "version": "1"})

    answer = browser.post(
        f"/manage/recognitions/{one}", TYPED | {"decision": "1/QĐ-XYZ", "version": "1"}
    )

    assert answer.status_code == 409
    assert "Nội dung vừa được đổi ở nơi khác" in answer.text
    assert offered(answer.text) == {
        "stars": ["3", TYPED["stars"]],
        "decision": ["377/QĐ-UBND", "1/QĐ-XYZ"],
    }
    assert recognition().decision == "377/QĐ-UBND"
    browser.post(f"/manage/recognitions/{one}", chosen(answer.text, "decision"))
    assert (recognition().decision, recognition().stars) == ("1/QĐ-XYZ", 3)


def test_an_officer_who_saw_an_older_one_decides_nothing(
    browser: SignedIn, officer: SignedIn, product: str
) -> None:
    one = enter(browser, product)
    browser.post(f"/manage/recognitions/{one}", TYPED | {"stars": "3", "version": "1"})

    answer = officer.post(f"/office/recognitions/{one}/confirm", {"version": "1"})

    assert answer.status_code == 409
    assert "Chưa có gì bị ghi đè" in answer.text
    assert "Xác nhận</button>" in answer.text, "as it is now, to be looked at"
    assert recognition().review == "waiting"


def test_removing_asks_first_and_takes_the_row_on_the_screen(
    browser: SignedIn, product: str
) -> None:
    one = enter(browser, product)

    assert "Bỏ hạng OCOP này?" in browser.get(f"/manage/recognitions/{one}/remove").text
    stale = browser.post(f"/manage/recognitions/{one}/remove", {"version": "7"})
    assert stale.status_code == 409
    assert recognition().public_id == one
    browser.post(f"/manage/recognitions/{one}/remove", {"version": "1"})

    with reading() as session:
        assert session.scalars(select(Recognition)).all() == []


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("stars", {"stars": "5", "score": "89,99"}, "nhiều nhất được 4 sao"),
        ("decided_on", {"decided_on": "1/1/2090"}, "Ngày này chưa tới."),
        ("decided_on", {"decided_on": "6/5/2018"}, "từ tháng 5/2018"),
        ("score", {"score": "100,01"}, "từ 0 đến 100"),
        ("stars", {"stars": "6"}, ""),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    browser: SignedIn, product: str, field: str, typed: dict[str, str], sentence: str
) -> None:
    answer = browser.post(f"/manage/products/{product}/recognitions", TYPED | typed)

    assert answer.status_code >= 400
    assert f'id="{field}-error"' in answer.text
    assert sentence in answer.text
    with reading() as session:
        assert session.scalars(select(Recognition)).all() == []


def test_fields_a_form_does_not_have_are_ignored(browser: SignedIn, product: str) -> None:
    enter(browser, product, review="confirmed", confirmed_at="2026-01-01", valid_until="1/1/2099")

    stored = recognition()
    assert (stored.review, stored.confirmed_at, str(stored.valid_until)) == (
        "waiting",
        None,
        "2029-03-14",
    )


def test_what_a_maker_still_writes_is_no_officers_to_judge(
    browser: SignedIn, officer: SignedIn, product: str
) -> None:
    one = enter(browser, product)
    with transaction(by=COMMAND) as work:
        work.session.scalars(select(Product)).one().state = "draft"
    path = f"/office/recognitions/{one}"

    assert officer.get(path).status_code == 404
    assert officer.post(f"{path}/confirm", {"version": "1"}).status_code == 404

    assert (recognition().review, recognition().confirmed_at) == ("waiting", None)


def test_a_commune_confirms_nothing_and_nobody_their_own(app: Flask, product: str) -> None:
    with transaction(by=COMMAND) as work:
        goods = work.session.scalars(select(Product)).one()
        enterprise = work.session.get_one(Enterprise, goods.enterprise_id)
        enterprise.commune_code = "1"
        one = make_recognition(work, product=goods).public_id
        commune = make_person(work, sign_in="xa@goc.example", name="Xã")
        make_officer(work, person=commune, commune_code="1")
        own = make_person(work, sign_in="minh@goc.example", name="Minh")
        make_officer(work, person=own)
        make_member(work, enterprise=enterprise, person=own)
        keys = [make_sign_in(work, person=each, key=each.name) for each in (commune, own)]

    for key in keys:
        who = SignedIn(app, key)
        answer = who.post(f"/office/recognitions/{one}/confirm", {"version": "1"})
        assert answer.status_code == 403
    assert "hạng OCOP chờ" not in SignedIn(app, keys[0]).get("/office").text
    assert recognition().review == "waiting"


def set_state(state: str) -> None:
    with transaction(by=COMMAND) as work:
        work.session.scalars(select(Product)).one().state = state


def test_a_certificate_is_entered_with_its_paper_corrected_and_removed(
    browser: SignedIn, client: FlaskClient, product: str
) -> None:
    set_state("returned")  # On sale a certificate waits with a change: test_changes.
    url = f"/manage/products/{product}/certificates"
    early = browser.post(url, CERTIFICATE | {"valid_until": "31/5/2026"})
    assert 'id="valid_until-error">Ngày hết hạn phải từ ngày cấp trở đi.' in early.text
    answer = browser.post(
        url,
        {**CERTIFICATE, "paper": (BytesIO(b"%PDF-1.7 a certificate"), "giay.pdf")},
        content_type="multipart/form-data",
    )
    assert answer.location.partition("?kept=")[0] == f"/manage/products/{product}/papers"
    assert f'data-kept="{answer.location.partition("=")[2]}"' in browser.get(answer.location).text
    with reading() as session:
        [one] = session.scalars(select(Certificate)).all()
    set_state("published")
    assert "số VG-01, Vinacert" in shop(client)
    set_state("returned")
    assert "/manage/papers/" in browser.get(f"/manage/products/{product}/papers").text

    at = f"/manage/certificates/{one.public_id}"
    browser.post(at, CERTIFICATE | {"number": "VG-02", "version": "1"})
    stale = browser.post(at, CERTIFICATE | {"number": "VG-03", "version": "1"})
    assert stale.status_code == 409
    assert offered(stale.text) == {"number": ["VG-02", "VG-03"]}
    assert "Ảnh vừa gửi kèm chưa được lưu" in stale.text
    set_state("published")
    assert "số VG-02, Vinacert" in shop(client)

    assert "Bỏ giấy chứng nhận này?" in browser.get(f"{at}/remove").text
    browser.post(f"{at}/remove", {"version": "2"})
    assert "VG-02" not in shop(client)


def test_a_refused_form_says_that_its_paper_must_be_chosen_again(
    browser: SignedIn, product: str
) -> None:
    url = f"/manage/products/{product}/certificates"
    wrong = CERTIFICATE | {"valid_until": "31/2/2028"}
    lost = "Ảnh vừa gửi kèm chưa được lưu: xin chọn lại nếu vẫn muốn gửi."

    with_paper = browser.post(url, wrong | {"paper": (BytesIO(jpeg()), "a.jpg")})
    without = browser.post(url, wrong)

    assert (with_paper.status_code, without.status_code) == (422, 422)
    assert f'id="paper-error" data-lost>{lost}' in with_paper.text
    assert lost not in without.text


def test_a_file_that_is_no_paper_is_said_beside_it_and_nothing_is_kept(
    browser: SignedIn, product: str
) -> None:
    answer = browser.post(
        f"/manage/products/{product}/recognitions",
        {**TYPED, "paper": (BytesIO(b"MZ a program"), "giay.exe")},
        content_type="multipart/form-data",
    )

    assert 'id="paper-error"' in answer.text
    assert 'value="377/QĐ-UBND"' in answer.text
    with reading() as session:
        assert session.scalars(select(Recognition)).all() == []


def test_the_pages_ask_little_and_speak_english(
    browser: SignedIn, officer: SignedIn, product: str
) -> None:
    one = enter(browser, product)
    for who, path, words, most in (
        (browser, f"/manage/products/{product}/papers", "Waits for the province", 8),
        (browser, f"/manage/recognitions/{one}", "Correct the OCOP rank", 8),
        (officer, "/office/recognitions", "OCOP ranks to be confirmed", 8),
        (officer, f"/office/recognitions/{one}", "The seller writes", 10),
    ):
        with counted_statements() as asked:
            text = who.get(f"{path}?lang=en").text
        assert words in text
        assert len(asked) <= most, (path, asked)
