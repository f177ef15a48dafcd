import csv
import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from catalog import queries as catalog
from catalog.models import Product
from core import clock
from core.database import dialect_of, writing_engine
from core.work import COMMAND, VISITOR, reading, transaction
from tests.makers import make_batch, make_enterprise, make_lot
from tests.statements import counted_statements
from tests.web.traceability.manage_cast import Cast
from tests.web.traceability.test_stamp_tables import asked, plan
from traceability import queries, service
from traceability.models import (
    StampAlarm,
    StampAlarmRing,
    StampCheck,
    StampClaim,
    StampReport,
)
from traceability.rules import Visit
from traceability.service import Visitor

MAPPED = ("stamp_check", "stamp_claim", "stamp_report", "stamp_alarm")
MAP, OFFICE = "/manage/stamps/map", "/office/checks"
HAI_CHAU, NINH_KIEU = "20242", "31135"  # Wards of Đà Nẵng and of Cần Thơ.


def check(serial: int, count: int, *, network: str = "") -> None:
    for number in range(count):
        with transaction(by=VISITOR) as work:
            who = f"visitor {number} {network}"
            service.record_check(
                work,
                serial=serial,
                visitor=Visitor(Visit.PERSON, who, network or who, browser_hash=who),
            )


def claim(serial: int, commune: str, count: int, *, days_ago: int = 0) -> None:
    with transaction(by=VISITOR) as work:
        stamp = queries.stamp_row(work.session, serial)
        assert stamp is not None
        work.session.add_all(
            StampClaim(
                serial=serial,
                token_hash=f"{commune} {days_ago} {number}",
                claimed_at=work.now - timedelta(days=days_ago),
                occasions=1,
                network_hash="n",
                commune_code=commune,
                enterprise_id=stamp.enterprise_id,
                lot_id=stamp.lot_id,
            )
            for number in range(count)
        )


@pytest.fixture
def checked(cast: Cast) -> Cast:
    """A stamp checked thrice, five times named in Hải Châu, four times in Ninh Kiều."""
    batch = cast.batch(5, active=5)
    serial = cast.serial(batch, 1)
    check(serial, 3)
    claim(serial, HAI_CHAU, 5)
    claim(serial, NINH_KIEU, 4)
    claim(serial, HAI_CHAU, 40, days_ago=31)
    with transaction(by=COMMAND) as work:
        alarm = StampAlarm(
            public_id=work.new_public_id(),
            serial=serial,
            enterprise_id=cast.ours.id,
            lot_id=cast.lot.id,
            reasons="many",
            raised_at=work.now,
            occasions=6,
        )
        work.session.add(alarm)
        work.session.flush()
        work.session.add(StampAlarmRing(alarm_id=alarm.id, rung_at=work.now))
    return cast


def stamps_of_another_maker(*, claims: int = 1) -> None:
    with transaction(by=COMMAND) as work:
        theirs = make_enterprise(work, name="Mẫu – Chè Thái")
        batch = make_batch(work, enterprise=theirs, count=1)
        service.activate_stamps(work, batch_id=batch.id, first=1, last=1)
        serial = queries.serials_at(work.session, batch.id, [1])[1]
    check(serial, 2)
    claim(serial, NINH_KIEU, claims)


def much_of_another_maker(count: int) -> None:
    """So many checks, alarms and reports of today: a seek is then worth it on every database."""
    with transaction(by=COMMAND) as work:
        theirs = make_enterprise(work, name="Mẫu – Cam Vinh")
        batch = make_batch(work, enterprise=theirs, count=1)
        whose = {"enterprise_id": theirs.id, "lot_id": batch.lot_id}
        alarms = [
            StampAlarm(
                public_id=work.new_public_id(),
                serial=number,
                reasons="area",
                raised_at=work.now,
                **whose,
            )
            for number in range(count)
        ]
        work.session.add_all(alarms)
        work.session.flush()
        work.session.add_all(
            StampAlarmRing(alarm_id=alarm.id, rung_at=alarm.raised_at) for alarm in alarms
        )
        work.session.add_all(
            StampCheck(
                day=clock.day_of(work.now),
                token=f"check {number}",
                serial=number,
                at=work.now,
                occasion_at=work.now,
                found={},
                **whose,
            )
            for number in range(count)
        )
        work.session.add_all(
            StampReport(
                public_id=work.new_public_id(),
                serial=number,
                serial_text=str(number),
                text="Tem dán chồng.",
                commune_code=NINH_KIEU,
                reported_at=work.now,
                **whose,
            )
            for number in range(count)
        )


def lines(text: str) -> list[list[str]]:
    return [line[:1] + line[2:] for line in csv.reader(text.splitlines()) if line[-1] != "0"]


def test_a_maker_reads_checks_by_day_alarms_and_the_places_buyers_named(checked: Cast) -> None:
    stamps_of_another_maker()

    text = checked.director.get(MAP).text

    assert "3 lượt kiểm" in text
    assert "1 lần có con tem được kiểm nhiều bất thường" in text
    assert "từ 5: Đà Nẵng" in text
    assert "dưới 5: Cần Thơ" in text
    assert '<td class="keep">5</td>' in text
    assert '<td class="keep">dưới 5</td>' in text
    assert "không phải nhà họ" in text
    assert 'href="/manage/alarms"' in text


def test_who_may_not_read_alarms_is_not_led_to_them(checked: Cast) -> None:
    grower = checked.grower()

    page = grower.get(MAP)

    assert "1 lần có con tem được kiểm nhiều bất thường" in page.text
    assert 'href="/manage/alarms"' not in page.text
    assert grower.get("/manage/alarms").status_code == 403


def test_a_whole_market_behind_one_address_is_one_occasion_of_the_day(checked: Cast) -> None:
    check(checked.serial(checked.batch(1, active=1), 1), 30, network="market")

    assert "4 lượt kiểm" in checked.director.get(MAP).text


def test_few_are_never_told_by_number_in_the_file_either(checked: Cast) -> None:
    answer = checked.director.get(f"{MAP}.csv")

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert lines(answer.text) == [
        ["kind", "province", "commune", "count"],
        ["checks", "", "", "3"],
        ["alarms", "", "", "1"],
        ["named", "Đà Nẵng", "Phường Hải Châu", "5"],
        ["named", "Đà Nẵng", "Phường Hải Châu", "5+"],
        ["named", "Cần Thơ", "Phường Ninh Kiều", "<5"],
    ]


def test_an_officer_reads_the_area_together_and_no_maker(checked: Cast) -> None:
    stamps_of_another_maker()

    text = checked.officer.get(OFFICE).text
    sheet = checked.officer.get(f"{OFFICE}.csv").text

    assert "5 lượt kiểm" in text
    assert ["named", "Cần Thơ", "Phường Ninh Kiều", "5"] in lines(sheet)
    main = text[text.index("<main") : text.index("</main>")]
    for name in ("Mẫu – Chè Thái", checked.ours.name, "/s/", "/manage/"):
        assert name not in main


def test_who_is_no_officer_sees_no_area_and_nobody_has_checks_yet(cast: Cast) -> None:
    empty = cast.director.get(MAP).text

    assert cast.director.get(OFFICE).status_code == 403
    assert "Chưa có lượt kiểm nào trong 30 ngày qua" in empty
    assert '<svg class="provinces"' not in empty


@pytest.mark.parametrize("path", [MAP, OFFICE])
def test_the_map_takes_few_statements_and_few_bytes_however_much_is_named(
    app: Flask, checked: Cast, path: str
) -> None:
    browser = checked.officer if path == OFFICE else checked.director

    with counted_statements() as statements:
        page = browser.get(path)

    assert len(statements) <= (6 if path == OFFICE else 7)  # A maker chooses among the lots.
    picture = page.text[page.text.index('<svg class="provinces"') :]
    assert len(picture[: picture.index("</svg>")].encode()) < 20_000


def test_a_province_on_the_map_leads_to_its_communes_and_their_days(checked: Cast) -> None:
    text = checked.director.get(MAP).text

    assert '<a href="#province-48" aria-label="Đà Nẵng: từ 5">' in text
    assert '<a href="#province-92" aria-label="Cần Thơ: dưới 5">' in text
    assert 'href="#province-1"' not in text
    table = text[text.index('<tbody id="province-48"') :]
    da_nang, can_tho = table.split('<tbody id="province-92"')
    assert "Phường Hải Châu" in da_nang
    assert clock.today().strftime("%d/%m/%Y") in da_nang
    assert "Phường Ninh Kiều" in can_tho
    assert "không kể ngày" in can_tho
    assert "chưa ai kiểm chứng" in text


def test_a_maker_looks_at_one_lot_or_one_product_alone(checked: Cast) -> None:
    with transaction(by=COMMAND) as work:
        other = make_lot(
            work, product=work.session.get_one(Product, checked.lot.product_id), code="26-11B"
        )
        batch = make_batch(work, lot=other, count=1)
        service.activate_stamps(work, batch_id=batch.id, first=1, last=1)
        serial = queries.serials_at(work.session, batch.id, [1])[1]
        other_id, product_id = other.public_id, other.product_id
    check(serial, 2)
    claim(serial, NINH_KIEU, 6)
    with reading() as session:
        product = catalog.managed_products(session, [product_id])[0].public_id

    all_, one, both, theirs = (
        lines(checked.director.get(f"{MAP}.csv?of={of}").text)
        for of in ("", other_id, product, checked.lot.public_id)
    )

    assert ["checks", "", "", "5"] in all_
    assert ["named", "Cần Thơ", "Phường Ninh Kiều", "10"] in all_
    assert one[1:] == [
        ["checks", "", "", "2"],
        ["named", "Cần Thơ", "Phường Ninh Kiều", "5+"],
        ["named", "Cần Thơ", "Phường Ninh Kiều", "5+"],
    ]
    assert ["checks", "", "", "5"] in both
    assert ["named", "Cần Thơ", "Phường Ninh Kiều", "<5"] in theirs
    page = checked.director.get(f"{MAP}?of={other_id}").text
    assert f'<option value="{other_id}" selected>' in page
    assert '<td class="keep">từ 5</td>' in page
    assert f'href="{MAP}.csv?of={other_id}"' in page


def test_a_lot_or_a_product_of_another_maker_is_not_found(checked: Cast) -> None:
    with transaction(by=COMMAND) as work:
        theirs = make_lot(work)
        product = catalog.managed_products(work.session, [theirs.product_id])[0]
        ids = [theirs.public_id, product.public_id, "0000000000"]

    assert [checked.director.get(f"{MAP}?of={id_}").status_code for id_ in ids] == [404] * 3
    assert [checked.director.get(f"{MAP}.csv?of={id_}").status_code for id_ in ids] == [404] * 3


@pytest.mark.parametrize("of", ["", "lot", "product"])
def test_a_makers_map_seeks_the_makers_own_rows(checked: Cast, of: str) -> None:
    stamps_of_another_maker(claims=300)
    much_of_another_maker(300)
    with reading() as session:
        product = catalog.managed_products(session, [checked.lot.product_id])[0]
    chosen = {"lot": checked.lot.public_id, "product": product.public_id}.get(of, "")

    with asked() as statements:
        assert checked.director.get(f"{MAP}?of={chosen}").status_code == 200

    with Session(writing_engine()) as session:
        if dialect_of(session) == "postgresql":
            for table in (*MAPPED, "stamp_alarm_ring"):
                session.execute(text(f"ANALYZE {table}"))  # Else it knows of no other maker's.
        plans = [plan(session, *one) for one in statements if one[0].startswith("SELECT")]
        session.rollback()
    read = [each for each in plans if any(table in each for table in MAPPED)]
    assert len(read) == 3  # Checks, alarms, and places: of claims and of reports at once.
    for table in MAPPED:
        (how,) = [each for each in read if re.search(rf"{table}\b(?!_)", each)]
        assert re.search(rf"ix_{table}_(?:enterprise|lot)\b", how)
        assert not re.search(rf"(?:SCAN|Seq Scan on) {table}\b", how)
    assert not [each for each in read if re.search(r"\bstamp(?:_p?\d+|_batch)?\b", each)]
