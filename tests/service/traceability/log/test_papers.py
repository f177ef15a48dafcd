"""Certificates and recognitions of stamped goods stand in the log, and that they hold no more."""

import json
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from app.reactions import REACTIONS
from catalog.service import (
    CertificateEntry,
    change_certificate,
    confirm_recognition,
    remove_certificate,
    remove_recognition,
)
from core.work import COMMAND, By, Work, transaction
from core.worker.events import deliver_next
from tests.makers import (
    make_batch,
    make_certificate,
    make_enterprise,
    make_lot,
    make_person,
    make_product,
    make_recognition,
)
from traceability.models import LogEntry

LATER = timedelta(days=365)


def entries() -> list[dict[str, object]]:
    with transaction(by=COMMAND) as work:
        bodies = work.session.scalars(select(LogEntry.body).order_by(LogEntry.id))
        return [json.loads(body) for body in bodies]


def papers() -> list[dict[str, object]]:
    return [one for one in entries() if str(one["kind"]).startswith("cert")]


def delivered() -> None:
    while deliver_next(REACTIONS):
        pass


def ranked_batch(work: Work) -> int:
    """A batch of goods with four stars that the province confirmed; gives the recognition's id."""
    product = make_product(work)
    recognition = make_recognition(work, product=product)
    confirm_recognition(work, recognition_id=recognition.id, version=1)
    make_batch(work, lot=make_lot(work, product=product))
    return recognition.id


def officer() -> By:
    with transaction(by=COMMAND) as work:
        return By("person", make_person(work, sign_in="officer@goc.example").id)


def test_stars_are_told_with_their_decision_before_the_batch_that_claims_them(app: Flask) -> None:
    with transaction(by=officer()) as work:
        recognition_id = ranked_batch(work)
    delivered()

    told = {one["kind"]: one for one in entries()}
    assert [one["kind"] for one in entries()] == ["key", "cert", "batch"]
    assert told["batch"]["stars"] == 4
    cert = told["cert"]
    assert (cert["stars"], cert["number"], cert["issuer"], cert["from"], cert["until"]) == (
        4,
        "377/QĐ-UBND",
        "UBND tỉnh Cao Bằng",
        "2026-03-15",
        "2029-03-14",
    )
    assert cert["product"] == told["batch"]["product"]

    with transaction(by=COMMAND) as work:
        remove_recognition(work, recognition_id=recognition_id, version=2)
    delivered()

    assert [one["kind"] for one in papers()] == ["cert", "cert-revoke"]
    assert papers()[1]["cert"] == cert["cert"]


def test_of_one_decision_entered_twice_the_stars_of_the_batch_are_told(app: Flask) -> None:
    with transaction(by=officer()) as work:
        product = make_product(work)
        for stars in (4, 3):
            recognition = make_recognition(work, product=product, stars=stars)
            confirm_recognition(work, recognition_id=recognition.id, version=1)
        make_batch(work, lot=make_lot(work, product=product))

    assert [(one["kind"], one.get("stars")) for one in entries()] == [
        ("key", None),
        ("cert", 4),
        ("batch", 4),
    ]


def test_a_claim_nobody_confirmed_gives_no_stars_and_no_entry(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        product = make_product(work)
        make_recognition(work, product=product)
        make_batch(work, lot=make_lot(work, product=product))
    delivered()

    assert papers() == []
    assert entries()[-1]["stars"] is None


def test_a_certificate_is_told_corrected_and_revoked_each_once(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        product = make_product(work, enterprise=make_enterprise(work, kind="company"))
        paper = make_certificate(work, product=product)
        for code in ("L-1", "L-2"):
            make_batch(work, lot=make_lot(work, product=product, code=code))
    delivered()
    with transaction(by=COMMAND) as work:
        begun = work.today
        entry = CertificateEntry("VietGAP", "Vinacert", "VG-02", "", begun, begun + LATER)
        change_certificate(work, certificate_id=paper.id, version=1, entry=entry)
    delivered()
    with transaction(by=COMMAND) as work:
        remove_certificate(work, certificate_id=paper.id, version=2)
    delivered()

    assert [(one["kind"], one.get("number")) for one in papers()] == [
        ("cert", "VG-01"),
        ("cert", "VG-02"),
        ("cert-revoke", None),
    ]
    assert {one["cert"] for one in papers()} == {paper.public_id}


def test_papers_of_goods_without_stamps_stay_untold(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        make_certificate(work, product=make_product(work))
    delivered()

    assert entries() == []


def test_a_certificate_that_lapses_by_its_day_is_not_revoked(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        product = make_product(work)
        paper = make_certificate(work, product=product)
        make_batch(work, lot=make_lot(work, product=product, code="L-1"))
    with transaction(by=COMMAND) as work:
        work.now += 2 * LATER
        make_batch(work, lot=make_lot(work, product=product, code="L-2"))

    assert [one["kind"] for one in papers()] == ["cert"]
    assert papers()[0]["cert"] == paper.public_id


def test_what_a_household_typed_on_a_certificate_is_no_word_of_the_log(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        product = make_product(work)
        make_certificate(work, product=product)
        make_batch(work, lot=make_lot(work, product=product))

    said = json.dumps(papers(), ensure_ascii=False)
    assert [word for word in ("VietGAP", "Vinacert", "VG-01") if word in said] == []
    assert {"name_hmac", "issuer_hmac", "number_hmac"} <= papers()[0].keys()
