"""Practice on its pages: everything a learner does is seen by the learner alone."""

from typing import TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from accounts.models import Enterprise, Person, Practice, Training
from catalog.models import Lot, Pack, Product
from core.clock import today
from core.database import Base
from core.work import COMMAND, reading, transaction
from tests.makers import (
    make_batch,
    make_enterprise,
    make_lot,
    make_member,
    make_officer,
    make_pack,
    make_person,
    make_practice,
    make_product,
    make_sign_in,
)
from tests.statements import counted_statements
from tests.web.matrix_objects import PUBLIC
from tests.web.signed_in import SignedIn
from traceability import queries as stamps
from traceability import rules
from traceability.models import StampCheck, StampReport, StampTally
from traceability.service import activate_stamps

T = TypeVar("T", bound=Base)
PHONE = "Mozilla/5.0 (Linux; Android 14; SM-A155F) Chrome/142.0 Mobile Safari/537.36"
NAME = "Dao tập riêng"


@pytest.fixture
def learner(app: Flask) -> SignedIn:
    """Hà, who has begun to practise."""
    with transaction(by=COMMAND) as work:
        ha = make_person(work)
        practised = make_practice(work, person=ha)
        key = make_sign_in(work, person=ha, enterprise=practised)
    return SignedIn(app, key, for_enterprise=practised.public_id)


def practised(
    *, state: str = "practice", active: int = 3, code: str = "TAP-1"
) -> tuple[Product, Lot, str]:
    """A listing in practice with a lot and five stamps; gives the first one's serial."""
    with transaction(by=COMMAND) as work:
        enterprise = work.session.scalars(
            select(Enterprise).where(Enterprise.state == "practice")
        ).one()
        product = make_product(work, enterprise=enterprise, name=NAME, state=state)
        make_pack(work, product=product)
        lot = make_lot(work, product=product, code=code)
        batch = make_batch(work, lot=lot, count=5)
        if active:
            activate_stamps(work, batch_id=batch.id, first=1, last=active)
        serial = stamps.serials_at(work.session, batch.id, [1])[1]
    return product, lot, rules.serial_text(serial)


def test_a_learner_begins_lists_publishes_stamps_and_scans(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        key = make_sign_in(work, person=make_person(work))
    browser = SignedIn(app, key)

    assert browser.post("/practice").location == "/manage"
    browser.for_enterprise = _one(Enterprise).public_id
    assert "Đang tập thử" in browser.get("/manage").text
    made = browser.post(
        "/manage/products",
        {
            "name": NAME,
            "group": "thu_cong_my_nghe",
            "pack_content": "1",
            "pack_unit": "piece",
            "pack_words": "con",
            "price_vnd": "250.000",
        },
    )
    path = made.location
    browser.post(f"{path}/submit", {"version": str(_one(Product).version)})
    assert "Đóng vai cán bộ" in browser.get(path).text
    browser.post(f"{path}/practise", {"version": str(_one(Product).version)})
    assert _one(Product).state == "practice"
    assert "chỉ mình bạn thấy" in browser.get(path).text
    day = today()
    browser.post(
        "/manage/lots",
        {
            "product": _one(Product).public_id,
            "code": "TAP-1",
            "made_on": f"{day.day}/{day.month}/{day.year}",
            "declared_units": "10",
        },
    )
    lot = _one(Lot)
    issued = browser.post("/manage/stamps", {"lot": lot.public_id, "count": "5", "paper": "a4-65"})
    assert issued.status_code == 303
    done = browser.post("/manage/stamps/activate", {"lot": lot.public_id, "how": "all"})
    assert "/manage/stamp-acts/" in done.location


def test_only_the_learner_is_told_of_a_practice_stamp(
    learner: SignedIn, client: FlaskClient
) -> None:
    _, _, serial = practised()

    mine, anybody = learner.get(f"/s/{serial}"), client.get(f"/s/{serial}")

    assert mine.status_code == 200
    assert "Tem tập thử của bạn" in mine.text
    assert "Bạn đã quét được tem" in mine.text
    assert "data-verdict" not in mine.text
    assert anybody.status_code == 404
    assert 'data-verdict="not_issued"' in anybody.text
    assert NAME not in anybody.text
    as_json = {"Accept": "application/json"}
    assert learner.get(f"/s/{serial}", headers=as_json).json["verdict"] == "not_issued"  # type: ignore[index]  # It is JSON.
    with reading() as session:
        assert session.scalars(select(StampTally)).all() == []
        assert session.scalars(select(StampCheck)).all() == []


def test_a_stamp_not_stuck_on_leads_the_learner_to_report_it(learner: SignedIn) -> None:
    _, lot, serial = practised(active=0)

    told = learner.get(f"/s/{serial}").text

    assert "chưa được báo là đã dán" in told
    assert f"/manage/stamps/activate?lot={lot.public_id}" in told


def test_another_learner_reads_what_everybody_reads(app: Flask, learner: SignedIn) -> None:
    _, _, serial = practised()
    with transaction(by=COMMAND) as work:
        mai = make_person(work, sign_in="mai@goc.example", name="Mai")
        other = make_practice(work, person=mai)
        key = make_sign_in(work, person=mai, enterprise=other, key="mai")

    answer = SignedIn(app, key).get(f"/s/{serial}")

    assert (learner.get(f"/s/{serial}").status_code, answer.status_code) == (200, 404)


def test_no_public_page_shows_a_practised_product(
    app: Flask, client: FlaskClient, learner: SignedIn
) -> None:
    product, lot, serial = practised()
    practised(state="submitted", code="TAP-2")
    slug = f"dao-tap-rieng-{product.slug_key.lower()}"
    with reading() as session:
        maker = session.get_one(Enterprise, product.enterprise_id)
        pack = session.scalars(select(Pack)).first()
    values = {
        "slug": slug,
        "public_id": lot.public_id,
        "text": serial,
        "token": serial,
        "rest": f"04012345678901/21/{serial}",
        "_form": "sheets",
    }
    walked = 0
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in PUBLIC or "GET" not in (rule.methods or ()):
            continue
        built = rule.build({name: values.get(name, lot.public_id) for name in rule.arguments})
        if built is None or rule.endpoint == "static":
            continue
        answer = client.get(built[1], follow_redirects=True)
        assert NAME not in answer.text, built[1]
        assert "TAP-1" not in answer.text, built[1]
        assert maker.name not in answer.text, built[1]
        walked += 1
    for path in (
        f"/products?q={NAME}",
        f"/producers/tap-thu-{maker.slug_key.lower()}",
        f"/products?producer=tap-thu-{maker.slug_key.lower()}",
        f"/producers?q={maker.name}",
    ):
        answer = client.get(path, follow_redirects=True)
        assert f">{NAME}<" not in answer.text, path
    assert walked >= 20
    assert pack is not None


def test_officers_and_the_operator_never_meet_practice(app: Flask, learner: SignedIn) -> None:
    product, _, serial = practised(state="submitted")
    with transaction(by=COMMAND) as work:
        operator = make_person(work, sign_in="an@goc.example", name="An")
        make_officer(work, person=operator, role="operator", province_code=None)
        key = make_sign_in(work, person=operator, key="an")
    browser = SignedIn(app, key)
    app.test_client().post(f"/s/{serial}/report", data={"text": "Tem lạ"})

    for path in ("/office", "/office/products", "/office/products?all=1", "/office/enterprises"):
        answer = browser.get(path)
        assert answer.status_code == 200, path
        assert NAME not in answer.text, path
        assert "Tập thử của Hà" not in answer.text, path
    published = browser.post(
        f"/office/products/{product.public_id}/publish",
        {"version": str(product.version), "looked_at": "seller"},
    )
    assert published.status_code >= 400
    assert _one(Product).state == "submitted"
    with reading() as session:
        assert session.scalars(select(StampReport.enterprise_id)).all() in ([None], [])


def test_a_real_listing_is_never_published_by_its_maker(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        ha, real = make_person(work), make_enterprise(work)
        make_member(work, enterprise=real, person=ha)
        product = make_product(work, enterprise=real, state="submitted")
        key = make_sign_in(work, person=ha, enterprise=real)
    browser = SignedIn(app, key, for_enterprise=real.public_id)

    answer = browser.post(
        f"/manage/products/{product.public_id}/practise", {"version": str(product.version)}
    )

    assert answer.status_code == 403
    assert _one(Product).state == "submitted"


def test_practice_holds_no_barcode_and_no_file(learner: SignedIn) -> None:
    product, _, _ = practised(state="draft")

    answer = learner.post(
        f"/manage/products/{product.public_id}/packs",
        {
            "version": str(product.version),
            "pack_content": "2",
            "pack_unit": "piece",
            "price_vnd": "5.000",
            "gtin": "8934563138165",
        },
    )

    assert answer.status_code == 422
    assert "mã vạch là của hàng thật" in answer.text
    with reading() as session:
        assert session.scalars(select(Pack.gtin)).all() == [None]
    assert "không nhập từ tệp" in learner.post("/manage/product-imports").text


def test_no_more_than_a_sheet_of_practice_stamps(learner: SignedIn) -> None:
    _, lot, _ = practised()

    answer = learner.post(
        "/manage/stamps", {"lot": lot.public_id, "count": "101", "paper": "a4-65"}
    )

    assert answer.status_code == 422
    assert "nhiều nhất 100 tem" in answer.text


def test_leaving_and_wiping(app: Flask, learner: SignedIn) -> None:
    with transaction(by=COMMAND) as work:
        real = make_enterprise(work)
        make_member(work, enterprise=real, person=_one(Person))

    assert "Xóa hết những gì đã tập?" in learner.get("/practice/wipe").text
    assert learner.post("/practice/leave").location == "/manage"
    assert "Đang tập thử" not in learner.get("/manage").text
    learner.for_enterprise = real.public_id
    assert "Tập tiếp" in learner.get("/practice").text
    assert learner.post("/practice/wipe").location == "/practice"
    assert _one(Practice).ended_at is not None
    assert "Bắt đầu tập" in learner.get("/practice").text
    assert learner.get("/practice/wipe").location == "/practice"


def test_what_ended_is_no_page_any_more_at_the_next_request(learner: SignedIn) -> None:
    product, _, _ = practised()
    learner.post("/practice/wipe")

    assert learner.get(f"/manage/products/{product.public_id}").status_code == 403


def test_a_trainer_sees_who_did_what(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        thao = make_person(work, sign_in="thao@goc.example", name="Thảo")
        make_officer(work, person=thao)
        trainer = SignedIn(app, make_sign_in(work, person=thao, key="thao"))
        ha = make_person(work)
        learner = SignedIn(app, make_sign_in(work, person=ha, key="ha"))

    assert "Chưa có buổi nào" in trainer.get("/office/trainings").text
    day = today()
    typed = {"name": "Đăng hàng thôn Phja Chang", "held_on": f"{day.day}/{day.month}/{day.year}"}
    assert trainer.post("/office/trainings", typed | {"area": "1"}).status_code == 422
    path = trainer.post("/office/trainings", typed | {"area": "4"}).location
    code = _one(Training).code
    shown = trainer.get(path).text
    assert f"{code[:3]} {code[3:]}" in shown
    assert "Chưa có ai vào" in shown
    refused = learner.post("/practice/join", {"code": "12"})
    assert refused.status_code == 422
    assert "Không có buổi tập huấn nào mang mã này" in refused.text

    assert learner.post("/practice/join", {"code": f"{code[:3]} {code[3:]}"}).location == "/manage"
    _, _, serial = practised(active=0)
    shown = trainer.get(path).text
    assert "Hà" in shown
    assert "✓ Quét tem" not in shown
    learner.for_enterprise = _one(Enterprise).public_id
    learner.post("/manage/stamps/activate", {"lot": _one(Lot).public_id, "how": "all"})
    learner.get(f"/s/{serial}", headers={"User-Agent": PHONE})
    shown = trainer.get(path).text
    assert "✓ Dán tem" in shown
    assert "✓ Quét tem" in shown
    assert "✓ Đăng hàng" not in shown

    trainer.post(f"{path}/close")
    assert "Buổi này đã đóng" in trainer.get(path).text


def test_the_pages_hold_their_query_budgets(app: Flask, learner: SignedIn) -> None:
    _, _, serial = practised()
    with transaction(by=COMMAND) as work:
        thao = make_person(work, sign_in="thao@goc.example", name="Thảo")
        make_officer(work, person=thao)
        trainer = SignedIn(app, make_sign_in(work, person=thao, key="thao"))

    with counted_statements() as home:
        learner.get("/practice")
    with counted_statements() as stamp:
        learner.get(f"/s/{serial}")
    with counted_statements() as told:
        trainer.get("/office/trainings")

    assert len(home) <= 4
    assert len(stamp) <= 7
    assert len(told) <= 4


def _one(model: type[T]) -> T:
    with reading() as session:
        return session.scalars(select(model)).one()


def test_a_code_scanned_from_the_board_puts_joining_first(learner: SignedIn) -> None:
    def order(path: str) -> list[int]:
        text = learner.get(path).text
        return [text.index('action="/practice/join"'), text.index('action="/practice"')]

    assert order("/practice?code=441287") == sorted(order("/practice?code=441287"))
    assert order("/practice") == sorted(order("/practice"), reverse=True)
    assert learner.get("/practice?code=441287").text.count('<button class="btn">') == 1
