"""Who did what, in sentences, and the undoing of a change of a listing."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from accounts import service
from accounts.models import Enterprise
from accounts.service import EnterpriseLook
from accounts.turns import Level
from app.act_words import ACT_WORDS, OF_NOBODY
from catalog.models import Offer, Product, ProductRevision
from core.work import COMMAND, By, reading, transaction
from tests.makers import (
    make_consent,
    make_enterprise,
    make_member,
    make_pack,
    make_person,
    make_product,
    make_sign_in,
)
from tests.statements import counted_statements
from tests.unit.house.source import ROOT
from tests.web.signed_in import SignedIn

_ACT = re.compile(r'act="(\w+)"|_record\w*\((?:[^()]|\([^()]*\))*?"(\w+)"')
_NO_AUDIT = {
    "activate",
    "bind",
    "move",
    "undo",
    "void",
}  # Of traceability: recorded as activate_stamps, ….


class _Helped:
    """A smithy with a knife at 85.000 ₫, its director Hà and its helper Minh."""

    def __init__(self, app: Flask) -> None:
        with transaction(by=COMMAND) as work:
            smithy = make_enterprise(work)
            ha = make_person(work, name="Hà")
            minh = make_person(work, sign_in="minh@goc.example", name="Minh")
            make_member(work, enterprise=smithy, person=ha)
            self.consent = make_consent(work, enterprise=smithy, helper=minh)
            self.product = make_product(work, enterprise=smithy, state="draft")
            self.pack = make_pack(work, product=self.product, price_vnd=85_000)
            self.minh_id = minh.public_id
            keys = [
                make_sign_in(work, person=one, enterprise=smithy, key=one.name)
                for one in (ha, minh)
            ]
        self.ha, self.minh = (SignedIn(app, key, for_enterprise=smithy.public_id) for key in keys)

    def price(self, who: SignedIn, price: str, version: int) -> int:
        """Send the form of the pack; gives the answer's status."""
        form = {"pack_content": "1", "pack_unit": "piece", "pack_words": "con"}
        return who.post(
            f"/manage/packs/{self.pack.public_id}",
            {**form, "price_vnd": price, "version": str(version)},
        ).status_code

    def stored_price(self) -> int:
        """What the knife costs now."""
        with reading() as session:
            return session.scalars(select(Offer.price_vnd)).one()

    def revisions(self) -> list[str]:
        """The public ids of the revisions, the oldest first."""
        with reading() as session:
            rows = select(ProductRevision.public_id).order_by(ProductRevision.id)
            return list(session.scalars(rows))


@pytest.fixture
def helped(app: Flask) -> _Helped:
    return _Helped(app)


def test_the_producer_reads_what_the_helper_did_as_a_sentence(helped: _Helped) -> None:
    assert helped.price(helped.minh, "90.000", 1) == 303

    acts = helped.ha.get("/manage/acts").text

    assert "đã đổi giá Dao phay (con) từ 85.000\u00a0₫ thành 90.000\u00a0₫" in acts
    assert "<strong>Minh</strong>" in acts
    assert "Trả lại như cũ" in acts
    english = helped.ha.get("/manage/acts?lang=en").text
    assert "changed the price of Dao phay (con) from 85,000\u00a0₫ to 90,000\u00a0₫" in english
    helped.price(helped.ha, "95.000", 2)
    by_minh = helped.ha.get(f"/manage/acts?person={helped.minh_id}").text
    assert "thành 90.000" in by_minh
    assert "thành 95.000" not in by_minh
    assert helped.minh.get("/manage/acts").status_code == 403


def test_undone_the_price_is_what_it_was_and_both_changes_stay_on_record(helped: _Helped) -> None:
    helped.price(helped.minh, "90.000", 1)
    [made] = helped.revisions()

    answer = helped.ha.post(f"/manage/acts/{made}/undo")

    assert (answer.status_code, answer.location) == (303, "/manage/acts")
    assert helped.stored_price() == 85_000
    assert len(helped.revisions()) == 2
    assert helped.price(helped.minh, "95.000", 2) == 409  # The helper's open page is old now.
    assert helped.ha.post(f"/manage/acts/{made}/undo").status_code == 409
    assert helped.stored_price() == 85_000


def test_a_pack_the_helper_added_or_took_away_is_said_and_undone(helped: _Helped) -> None:
    box = {"pack_content": "12", "pack_unit": "piece", "pack_words": "hộp 12 con"}
    packs = f"/manage/products/{helped.product.public_id}/packs"
    assert helped.minh.post(packs, {**box, "price_vnd": "900k", "version": "1"}).status_code == 303
    gone = f"/manage/packs/{helped.pack.public_id}/remove"
    assert helped.minh.post(gone, {"version": "2"}).status_code == 303

    acts = helped.ha.get("/manage/acts").text
    answers = [helped.ha.post(f"/manage/acts/{one}/undo") for one in helped.revisions()]

    assert "đã thêm gói cho Dao phay: hộp 12 con, 900.000\u00a0₫" in acts
    assert "đã bỏ gói của Dao phay: con, 85.000\u00a0₫" in acts
    assert "(để trống)" not in acts
    assert [(one.status_code, one.location) for one in answers] == [(303, "/manage/acts")] * 2
    assert helped.stored_price() == 85_000
    acts = helped.ha.get("/manage/acts?lang=en").text
    assert "removed a pack of Dao phay: hộp 12 con, 900,000\u00a0₫" in acts
    assert "</strong> added a pack to Dao phay: con, 85,000" in acts


def test_what_was_built_upon_is_not_undone(helped: _Helped) -> None:
    helped.price(helped.minh, "90.000", 1)
    helped.price(helped.ha, "99.000", 2)

    answer = helped.ha.post(f"/manage/acts/{helped.revisions()[0]}/undo")

    assert answer.status_code == 409
    assert "lại được sửa nữa" in answer.text
    assert helped.stored_price() == 99_000
    assert len(helped.revisions()) == 2


def test_words_are_undone_field_by_field(helped: _Helped) -> None:
    path = f"/manage/products/{helped.product.public_id}/edit"
    group = {"group": "thu_cong_my_nghe"}
    helped.minh.post(path, {"name": "Dao bầu", "summary": "", "version": "1", **group})
    helped.ha.post(path, {"name": "Dao bầu", "summary": "Sắc.", "version": "2", **group})

    helped.ha.post(f"/manage/acts/{helped.revisions()[0]}/undo")

    page = helped.ha.get(path).text
    assert 'value="Dao phay"' in page
    assert "Sắc." in page
    assert "từ “Dao phay” thành “Dao bầu”" in helped.ha.get("/manage/acts").text


def test_words_an_officer_must_see_are_not_offered_to_be_undone(helped: _Helped) -> None:
    typed = {"name": "Dao bầu", "group": "thu_cong_my_nghe", "summary": "", "version": "1"}
    helped.minh.post(f"/manage/products/{helped.product.public_id}/edit", typed)
    helped.price(helped.minh, "90.000", 2)
    assert helped.ha.get("/manage/acts").text.count('/undo"') == 2

    with transaction(by=COMMAND) as work:
        work.session.get_one(Product, helped.product.id).state = "submitted"

    assert helped.ha.get("/manage/acts").text.count('/undo"') == 1


@pytest.mark.parametrize(
    ("decide", "words"),
    [
        (service.verify_enterprise, "đã đối chiếu, cho đơn vị bán hàng"),
        (service.suspend_enterprise, "đã tạm dừng đơn vị"),
    ],
)
def test_what_an_officer_decided_of_the_seller_is_said(
    helped: _Helped, decide: Callable[..., None], words: str
) -> None:
    state = "submitted" if decide is service.verify_enterprise else "verified"
    with transaction(by=COMMAND) as work:
        smithy = work.session.scalars(select(Enterprise)).one()
        smithy.state, smithy.submitted_at = state, work.now
        more = {} if state == "submitted" else {"reason": "Hàng giả."}
        look = EnterpriseLook(smithy.id, smithy.version, Level.PROVINCE, ("seller",))
        as_officer = replace(
            work, by=By("person", make_person(work, sign_in="thao@goc.example", name="Thảo").id)
        )
        decide(as_officer, look=look, **more)

    assert f"<strong>Thảo</strong> {words}" in helped.ha.get("/manage/acts").text


def test_a_change_of_nothing_leaves_no_revision(helped: _Helped) -> None:
    assert helped.price(helped.ha, "85.000", 1) == 303

    assert helped.revisions() == []


def test_thirty_acts_cost_no_more_statements_than_one(helped: _Helped) -> None:
    def statements() -> int:
        with counted_statements() as counted:
            assert helped.ha.get("/manage/acts").status_code == 200
        return len(counted)

    helped.price(helped.minh, "90.000", 1)
    few = statements()
    for number in range(32):
        helped.price(helped.minh, f"{91 + number}.000", 2 + number)

    assert statements() <= few + 1
    assert few <= 14
    page = helped.ha.get("/manage/acts").text
    assert page.count("đã đổi giá") >= 30
    assert 'href="/manage/acts?page=2"' in page
    assert "tự làm 0 trong 33 việc" in page
    alone = helped.ha.get(f"/manage/acts?person={helped.minh_id}&page=2").text
    assert alone.count("<strong>Minh</strong>") == 3


def test_every_act_that_is_recorded_has_its_sentence() -> None:
    recorded = {
        next(filter(None, found))
        for folder in ("accounts", "catalog", "traceability")
        for path in (ROOT / folder / "service").glob("*.py")
        for found in _ACT.findall(path.read_text(encoding="utf-8"))
    }

    assert recorded - ACT_WORDS.keys() - OF_NOBODY - _NO_AUDIT == set()
    assert len(recorded) > 30
