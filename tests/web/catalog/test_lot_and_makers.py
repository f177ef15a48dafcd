from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from accounts.queries import makers
from accounts.service import NewEnterprise, add_enterprises
from core import clock
from core.slugs import slug_of
from core.work import COMMAND, Work, transaction
from tests.makers import make_lot, make_product
from tests.statements import counted_statements


def a_maker(work: Work, name: str, province_code: str = "4", *, state: str = "verified") -> int:
    (maker,) = add_enterprises(
        work, [NewEnterprise(name, "household", "x", province_code=province_code, state=state)]
    )
    product = make_product(work, name=f"Hàng của {name}")
    product.enterprise_id = maker
    work.session.flush()
    return maker


def test_a_lot_tells_its_days_and_that_its_date_has_passed(client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        lot = make_lot(
            work,
            made_on=work.today - timedelta(days=30),
            best_before_on=work.today - timedelta(days=1),
            declared=1_640,
        )

    with counted_statements() as statements:
        page = client.get(f"/lots/{lot.public_id}")

    assert page.status_code == 200
    assert len(statements) <= 8
    assert "Lô 26‑11A" in page.text
    assert "Lô này đã quá hạn dùng" in page.text
    assert "1.640" in page.text
    again = client.get(f"/lots/{lot.public_id}", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304


def test_a_lots_date_passes_at_midnight_on_a_page_the_reader_has(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = datetime(2026, 11, 20, 16, 59, tzinfo=UTC)  # 23:59 in Việt Nam.
    monkeypatch.setattr(clock, "now", lambda: evening)
    with transaction(by=COMMAND) as work:
        lot = make_lot(work, best_before_on=date(2026, 11, 20))
    held = client.get(f"/lots/{lot.public_id}")

    monkeypatch.setattr(clock, "now", lambda: evening + timedelta(minutes=1))
    tag = {"If-None-Match": held.headers["ETag"]}
    anew = client.get(f"/lots/{lot.public_id}", headers=tag)

    assert "đã quá hạn dùng" not in held.text
    assert anew.status_code == 200
    assert "Lô này đã quá hạn dùng" in anew.text


def test_a_lot_on_hold_says_so(client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        lot = make_lot(work)
        lot.on_hold_since = work.today

    page = client.get(f"/lots/{lot.public_id}?lang=en")

    assert "Sale of this lot is on hold since" in page.text


def test_a_lot_has_one_address_and_needs_goods_on_the_shelf(client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        lot = make_lot(work)
        draft = make_lot(work, product=make_product(work, state="draft"))

    moved = client.get(f"/lots/{lot.public_id.lower()}")

    assert (moved.status_code, moved.location) == (301, f"/lots/{lot.public_id}")
    assert client.get(f"/lots/{draft.public_id}").status_code == 404
    assert client.get("/lots/NOSUCHLOT1").status_code == 404


def test_makers_stand_in_the_order_of_the_alphabet(client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        for name in ("Đức", "Dung", "An", "Ân"):
            a_maker(work, name)

    with counted_statements() as statements:
        page = client.get("/producers").text

    assert len(statements) <= 8
    at = [page.index(f"<strong>{name}</strong>") for name in ("An", "Ân", "Dung", "Đức")]
    assert at == sorted(at)
    assert "4 người làm ra có hàng trên kệ" in page


def test_makers_are_found_without_marks_and_by_province(client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        a_maker(work, "HTX chè Hảo Đạt", "19")
        a_maker(work, "HTX chè Nà Lạn", "4")
        a_maker(work, "Lò rèn Hà", "4")

    named = client.get("/producers?q=che").text
    placed = client.get("/producers?q=che&province=4").text
    nothing = client.get("/producers?q=zzz")

    assert "Hảo Đạt" in named
    assert "Lò rèn" not in named
    assert "Nà Lạn" in placed
    assert "<strong>HTX chè Hảo Đạt" not in placed
    assert nothing.status_code == 200
    assert "Không thấy người làm ra nào tên như vậy" in nothing.text


def test_bad_values_never_break_the_list_of_makers(client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        a_maker(work, "An")

    for query in ("q=" + "x" * 10_000, "q=%00", "province=abc", "page=0", "page=x", "page=٣"):
        assert client.get(f"/producers?{query}").status_code == 200, query
    for query in ("page=2", "page=1000000000", "page=" + "9" * 5_000):
        beyond = client.get(f"/producers?{query}&province=4")
        assert beyond.status_code == 404, query
        assert 'href="/producers?province=4"' in beyond.text


def test_a_maker_s_page_shows_the_shelf(client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        maker = a_maker(work, "Mẫu – An")
        slug = makers(work.session, [maker])[maker].slug

    with counted_statements() as statements:
        page = client.get(f"/producers/{slug}")

    assert page.status_code == 200
    assert len(statements) <= 8
    assert "Hàng của Mẫu – An" in page.text
    moved = client.get(f"/producers/{slug_of('khác', slug[-6:])}")
    assert (moved.status_code, moved.location) == (301, f"/producers/{slug}")
    again = client.get(f"/producers/{slug}", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304


def test_a_maker_without_goods_on_the_shelf_has_no_page(client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        (empty,) = add_enterprises(work, [NewEnterprise("Trống", "household", "x")])
        slug = makers(work.session, [empty])[empty].slug

    assert client.get(f"/producers/{slug}").status_code == 404
    assert client.get("/producers/nobody").status_code == 404
