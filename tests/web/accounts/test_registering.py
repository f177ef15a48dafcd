"""Becoming a seller: a draft, its pieces, sending it."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from accounts import queries
from accounts.models import BankAccount, Enterprise, Membership
from core.places import communes
from core.work import COMMAND, reading, transaction
from tests.makers import (
    make_consent,
    make_enterprise,
    make_member,
    make_pack,
    make_person,
    make_product,
    make_sign_in,
)
from tests.web.choices import chosen, offered
from tests.web.signed_in import SignedIn

COMMUNE = "01576"  # Xã Quảng Uyên, Cao Bằng.


@pytest.fixture
def newcomer(app: Flask) -> SignedIn:
    """Mỷ, signed in and of no enterprise."""
    with transaction(by=COMMAND) as work:
        make_sign_in(work, person=make_person(work, sign_in="+84912345678", name="Mỷ"))
    return SignedIn(app, "key")


@pytest.fixture
def seller(newcomer: SignedIn) -> SignedIn:
    """The same with a draft."""
    newcomer.post("/enterprises", {"kind": "household"})
    newcomer.for_enterprise = only().public_id
    return newcomer


def only() -> Enterprise:
    with reading() as session:
        return session.scalars(select(Enterprise)).one()


def save_place(browser: SignedIn, commune: str = COMMUNE) -> int:
    form = {"commune": commune, "hamlet": "xóm Phja Chang", "version": only().version}
    return browser.post("/manage/enterprise/place", form).status_code


def test_a_draft_is_kept_at_once_and_its_maker_is_the_director(newcomer: SignedIn) -> None:
    answer = newcomer.post("/enterprises", {"kind": "household", "state": "verified"})

    assert (answer.status_code, answer.location) == (303, "/manage/enterprise/particulars")
    assert (only().state, only().kind, only().name) == ("draft", "household", "Mỷ")
    with reading() as session:
        assert session.scalars(select(Membership.role)).all() == ["director"]
    assert newcomer.get("/manage/enterprise").status_code == 200


def test_nobody_begins_more_than_three_drafts(newcomer: SignedIn) -> None:
    for _ in range(3):
        assert newcomer.post("/enterprises", {"kind": "group"}).status_code == 303

    answer = newcomer.post("/enterprises", {"kind": "group"})

    assert answer.status_code == 422
    assert "Bạn đang có 3 đơn vị chưa gửi." in answer.text


@pytest.mark.parametrize("version", ["9" * 30, str(2**63), "-1"])
def test_a_version_that_no_row_can_have_is_refused(seller: SignedIn, version: str) -> None:
    typed = {
        "particulars": {"name": "Mỷ", "kind": "household", "number": ""},
        "place": {"commune": COMMUNE, "hamlet": "xóm Phja Chang"},
        "phone": {"phone": "0912 345 678"},
        "bank": {"bank": "Mẫu", "number": "123456789", "holder": "MY"},
        "submit": {},
    }
    for page, fields in typed.items():
        answer = seller.post(f"/manage/enterprise/{page}", {**fields, "version": version})
        assert answer.status_code in {409, 422}, page

    assert (only().version, only().state, only().commune_code) == (1, "draft", None)


def test_the_page_says_what_is_missing_with_a_button_each(seller: SignedIn) -> None:
    page = seller.get("/manage/enterprise").text

    assert "Chưa ghi xã, phường." in page
    assert 'href="/manage/enterprise/place"' in page
    assert "/manage/enterprise/submit" not in page
    assert "Gửi đơn vị của bạn cho cán bộ" in seller.get("/manage").text


def test_name_kind_and_number_are_told_and_the_number_is_judged_by_the_kind(
    seller: SignedIn,
) -> None:
    form = {"name": "HTX Mỷ", "kind": "cooperative", "number": "0100233489", "version": 1}
    refused = seller.post("/manage/enterprise/particulars", form)
    assert refused.status_code == 422
    assert "Mã số thuế này sai một chữ số nào đó." in refused.text
    assert 'value="0100233489"' in refused.text

    answer = seller.post("/manage/enterprise/particulars", {**form, "number": "0100 233 488"})

    assert (answer.status_code, answer.location) == (303, "/manage/enterprise/place")
    assert (only().name, only().kind, only().number) == ("HTX Mỷ", "cooperative", "0100233488")


def test_the_kind_told_before_is_carried_not_asked_again(seller: SignedIn) -> None:
    page = seller.get("/manage/enterprise/particulars").text

    folded = page[page.index("<details") : page.index("</details>")]
    assert "Bạn bán hàng với tư cách: " in folded
    assert "<details open" not in page
    assert re.search(r'value="household"[^>]* checked', folded)
    assert page.count('name="kind"') == folded.count('name="kind"')


def test_a_header_does_not_name_one_person_twice(seller: SignedIn) -> None:
    page = seller.get("/manage/enterprise").text

    assert only().name == "Mỷ"
    assert '<a href="/account">Tài khoản</a>' in page
    assert '<a href="/account">Mỷ</a>' not in page


@pytest.mark.parametrize("part", ["", "/matches"])
def test_a_place_nobody_knows_is_said_to_be_none(seller: SignedIn, part: str) -> None:
    page = seller.get(f"/manage/enterprise/place{part}?q=ta+sua+cao+bang").text

    assert "Không có xã, phường nào tên “ta sua cao bang”." in page
    assert 'name="commune"' not in page


def test_a_place_is_found_without_script_and_chosen(seller: SignedIn) -> None:
    page = seller.get("/manage/enterprise/place?q=quang+uyen").text
    assert f'value="{COMMUNE}"' in page
    assert f'value="{COMMUNE}"' in seller.get("/manage/enterprise/place/matches?q=quang uyen").text

    assert save_place(seller) == 303

    told = only()
    assert (told.province_code, told.commune_code) == ("4", COMMUNE)
    assert told.place_published == "xóm Phja Chang, Xã Quảng Uyên, Cao Bằng"


@pytest.mark.parametrize("commune", ["", "99999", "4"])
def test_what_is_no_commune_is_refused(seller: SignedIn, commune: str) -> None:
    assert save_place(seller, commune) == 422
    assert only().commune_code is None


def test_an_edit_elsewhere_shows_both_texts_and_writes_nothing(seller: SignedIn) -> None:
    first = {"name": "Mỷ ở bản", "kind": "household", "version": 1}
    seller.post("/manage/enterprise/particulars", first)

    answer = seller.post("/manage/enterprise/particulars", {**first, "name": "Mỷ ở phố"})

    assert answer.status_code == 409
    assert offered(answer.text) == {"name": ["Mỷ ở bản", "Mỷ ở phố"]}
    assert only().name == "Mỷ ở bản"
    again = chosen(answer.text, "name")
    assert seller.post("/manage/enterprise/particulars", again).status_code == 303
    assert only().name == "Mỷ ở phố"


def test_a_form_sent_without_a_choice_keeps_what_is_kept(seller: SignedIn) -> None:
    first = {"name": "Mỷ ở bản", "kind": "household", "version": 1}
    seller.post("/manage/enterprise/particulars", first)
    answer = seller.post("/manage/enterprise/particulars", {**first, "name": "Mỷ ở phố"})

    assert seller.post("/manage/enterprise/particulars", chosen(answer.text)).status_code == 303

    assert only().name == "Mỷ ở bản"


def test_a_telephone_hidden_elsewhere_is_shown_again_only_if_chosen(seller: SignedIn) -> None:
    url, phone = "/manage/enterprise/phone", "0394 567 890"
    seller.post(url, {"phone": phone, "version": 1})

    answer = seller.post(url, {"phone": phone, "shown": "yes", "version": 1})

    assert answer.status_code == 409
    assert offered(answer.text) == {"shown": ["", "yes"]}
    assert only().phone_shown is False
    seller.post(url, chosen(answer.text, "shown"))
    assert (only().phone, only().phone_shown) == ("+84394567890", True)


def test_two_places_are_chosen_between_by_their_names(seller: SignedIn) -> None:
    save_place(seller)
    other = next(code for code in communes() if code != COMMUNE)

    answer = seller.post(
        "/manage/enterprise/place", {"commune": other, "hamlet": "xóm Phja Chang", "version": 1}
    )

    assert answer.status_code == 409
    assert offered(answer.text) == {"commune": [COMMUNE, other]}
    assert "Xã Quảng Uyên, Cao Bằng" in answer.text
    assert only().commune_code == COMMUNE


def test_complete_it_is_sent_and_can_be_taken_back(seller: SignedIn) -> None:
    save_place(seller)
    assert "Đủ rồi, gửi được" in seller.get("/manage/enterprise").text

    sent = seller.post("/manage/enterprise/submit", {"version": only().version})

    assert sent.status_code == 303
    assert only().state == "submitted"
    assert only().submitted_at is not None
    shown = seller.get("/manage/enterprise").text
    assert re.search(r"Đang ở [^.]+, hạn xem đến hết \d\d/\d\d/\d{4}\.", shown)
    assert save_place(seller) == 409  # It lies with the officers.
    seller.post("/manage/enterprise/take-back", {"version": only().version})
    assert only().state == "draft"
    assert save_place(seller) == 303


def test_an_incomplete_one_is_not_sent(seller: SignedIn) -> None:
    answer = seller.post("/manage/enterprise/submit", {"version": 1})

    assert answer.status_code == 422
    assert (only().state, only().submitted_at, only().version) == ("draft", None, 1)


def test_a_verified_one_keeps_its_words_but_changes_its_telephone(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        person = make_person(work)
        enterprise = make_enterprise(work)
        make_member(work, enterprise=enterprise, person=person)
        make_sign_in(work, person=person, enterprise=enterprise)
    browser = SignedIn(app, "key", for_enterprise=enterprise.public_id)
    words = {"name": "Tên khác", "kind": "company", "number": "0100233488", "version": 1}

    refused = browser.post("/manage/enterprise/particulars", words)
    phone = {"phone": "0169 456 7890", "shown": "yes", "version": 1}
    kept = browser.post("/manage/enterprise/phone", phone)

    assert refused.status_code == 409
    assert kept.status_code == 303
    assert (only().name, only().kind) == ("Mẫu – Lò rèn Hà", "household")
    assert (only().phone, only().phone_shown) == ("+84394567890", True)


def test_a_bank_account_is_optional_kept_changed_and_removed(seller: SignedIn) -> None:
    form = {"bank": "Agribank", "number": "3500 205 123456", "holder": "VANG THI MY", "version": 0}
    assert seller.post("/manage/enterprise/bank", form).status_code == 303
    stale = seller.post("/manage/enterprise/bank", {**form, "bank": "BIDV"})
    assert stale.status_code == 409
    assert offered(stale.text) == {"bank": ["Agribank", "BIDV"]}

    seller.post("/manage/enterprise/bank", {**form, "bank": "BIDV", "version": 1})

    with reading() as session:
        account = session.scalars(select(BankAccount)).one()
        assert (account.bank, account.number, account.version) == ("BIDV", "3500205123456", 2)
    seller.post("/manage/enterprise/bank/remove")
    with reading() as session:
        assert session.scalars(select(BankAccount)).all() == []


def test_no_helper_ever_sees_or_writes_the_bank_account(app: Flask, seller: SignedIn) -> None:
    seller.post(
        "/manage/enterprise/bank",
        {"bank": "Agribank", "number": "3500205123456", "holder": "MY", "version": 0},
    )
    with transaction(by=COMMAND) as work:
        helper = make_person(work, sign_in="helper@goc.example", name="Minh")
        make_consent(work, enterprise=only(), helper=helper)
        make_sign_in(work, person=helper, enterprise=only(), key="helper")
    browser = SignedIn(app, "helper", for_enterprise=only().public_id)

    assert browser.get("/manage/enterprise/bank").status_code == 403
    assert browser.post("/manage/enterprise/bank/remove").status_code == 403
    assert "3500205123456" not in browser.get("/manage/enterprise").text


def test_goods_of_a_draft_are_prepared_but_not_sent(seller: SignedIn) -> None:
    save_place(seller)
    with transaction(by=COMMAND) as work:
        product = make_product(work, enterprise=only(), state="draft")
        make_pack(work, product=product)
    path = f"/manage/products/{product.public_id}"
    assert "Cán bộ chưa biết bạn là ai" in seller.get(path).text

    assert seller.post(f"{path}/submit", {"version": product.version}).status_code == 422

    seller.post("/manage/enterprise/submit", {"version": only().version})
    assert "Cán bộ chưa biết bạn là ai" not in seller.get(path).text
    assert seller.post(f"{path}/submit", {"version": product.version}).status_code == 303


def test_the_public_sees_no_page_of_a_draft(seller: SignedIn, client: FlaskClient) -> None:
    with reading() as session:
        assert queries.maker_by_slug_key(session, only().slug_key) is None

    assert client.get(f"/producers/my-{only().slug_key.lower()}").status_code == 404
