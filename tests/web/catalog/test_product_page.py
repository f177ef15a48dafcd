from datetime import UTC, date, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from accounts.service import NewEnterprise, add_enterprises
from catalog.models import Certificate, Product, ProductReview, ProductText, Recognition
from core import clock
from core.slugs import slug_of
from core.work import COMMAND, Work, transaction
from tests.makers import make_lot, make_pack, make_person, make_product
from tests.statements import counted_statements

QUERY_BUDGET = 7  # Five of the catalog, one for the stamps of lots (two where there are some).


def a_product(work: Work, name: str = "Chè móc câu") -> tuple[Product, str]:
    (maker,) = add_enterprises(
        work,
        [
            NewEnterprise(
                "Mẫu – HTX chè Nà Lạn",
                "cooperative",
                "xã Nguyên Bình, Cao Bằng",
                former_province="Bắc Kạn",
                province_code="4",
                phone="0900000012",
                phone_shown=True,
            )
        ],
    )
    product = make_product(work, name=name, group="thuc_pham")
    product.enterprise_id = maker
    work.session.flush()
    return product, f"/products/{slug_of(name, product.slug_key)}"


def recognise(work: Work, product: Product, **facts: object) -> None:
    values = {"stage": "recognised", "stars": 5, "product_id": product.id} | facts
    work.session.add(Recognition(enterprise_id=product.enterprise_id, **values))


def test_a_product_says_price_unit_price_maker_and_place(client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        product, url = a_product(work)
        make_pack(work, product=product, content=200, base_unit="g", price_vnd=120_000)

    page = client.get(url)

    assert page.status_code == 200
    assert "120.000\xa0₫" in page.text
    assert "600.000\xa0₫/kg" in page.text
    assert (
        "giá minh họa" not in page.text.split("</footer>")[0].split("strip")[-1].split("<main")[1]
    )
    assert "Mẫu – HTX chè Nà Lạn" in page.text
    assert "nay thuộc Cao Bằng" in page.text
    assert 'href="tel:0900000012"' in page.text
    assert "Chưa có ảnh thật" in page.text


def test_stars_stand_only_with_decision_day_and_authority(client: FlaskClient) -> None:
    decided_on = clock.today() - timedelta(days=30)
    whole = {
        "decision": "377/QĐ-BNN",
        "decided_on": decided_on,
        "authority": "Bộ Nông nghiệp",
        "valid_until": date(decided_on.year + 2, 1, 31),
    }
    with transaction(by=COMMAND) as work:
        product, url = a_product(work)
        recognise(work, product, **whole)
        bare, bare_url = make_product(work, name="Chè khác"), ""
        bare_url = f"/products/{slug_of('Chè khác', bare.slug_key)}"
        recognise(work, bare, **(whole | {"authority": None}))

    page = client.get(url).text
    unverified = client.get(bare_url).text

    assert "5 sao OCOP" in page
    assert "đến 31/01/" in page
    assert "Quyết định 377/QĐ-BNN ngày" in page
    assert "Bộ Nông nghiệp." in page
    assert "sao OCOP" not in unverified
    assert "Hạng OCOP: cần xác minh" in unverified


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"stage": "recognised", "decided_year": 2020}, "Hạng OCOP: hết hạn"),
        ({"stage": "lapsed"}, "Hạng OCOP: hết hạn"),
        ({"stage": "filed"}, "Đã nộp hồ sơ OCOP, chưa công nhận"),
        ({"stage": "none", "stars": None}, "Đặc sản địa phương, chưa có hạng OCOP"),
    ],
)
def test_every_other_standing_is_words(
    client: FlaskClient, facts: dict[str, object], words: str
) -> None:
    with transaction(by=COMMAND) as work:
        product, url = a_product(work)
        recognise(work, product, **facts)

    page = client.get(url).text

    assert words in page
    assert "sao OCOP" not in page


def test_lots_papers_and_what_was_looked_at_stand_with_their_days(client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        today = work.today
        product, url = a_product(work)
        lot = make_lot(work, product=product, made_on=today, best_before_on=today)
        make_lot(
            work,
            product=product,
            code="CR-04",
            made_on=today - timedelta(days=9),
            best_before_on=today - timedelta(days=1),
        )
        held = make_lot(work, product=product, code="H-1")
        held.on_hold_since = date(2026, 11, 12)
        paper = {"issuer": "Cục Trồng trọt", "valid_from": date(2020, 1, 1), "scope": ""}
        for number, until in (("VG-1", today), ("VG-0", today - timedelta(days=1))):
            work.session.add(
                Certificate(
                    enterprise_id=product.enterprise_id,
                    name="VietGAP",
                    number=number,
                    valid_until=until,
                    **paper,
                )
            )
        work.session.add(
            ProductReview(
                level="commune",
                product_id=product.id,
                enterprise_id=product.enterprise_id,
                officer_id=make_person(work).id,
                outcome="published",
                looked_at=["seller", "place"],
                product_version=1,
                reviewed_at=work.now,
            )
        )

    page = client.get(url).text

    assert f'href="/lots/{lot.public_id}"' in page
    assert "Lô 26‑11A" in page
    assert page.count("đã quá hạn, không bán") == 1
    assert "tạm dừng bán từ 12/11/2026" in page
    assert "số VG-1, Cục Trồng trọt" in page
    assert "VG-0" not in page
    assert "người bán, nơi làm." in page
    assert "Không kiểm chất lượng hàng." in page


def test_only_the_key_of_the_slug_counts_and_the_rest_is_put_right(client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        product, url = a_product(work)

    answer = client.get(f"/products/ten-cu-{product.slug_key}?lang=en")

    assert answer.status_code == 301
    assert answer.location == f"{url}?lang=en"


def test_what_is_not_on_the_shelf_is_not_found(client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        draft = make_product(work, state="draft")
        hidden, hidden_url = a_product(work)
        work.session.get_one(Product, hidden.id).state = "withdrawn"

    for path in (f"/products/x-{draft.slug_key}", hidden_url, "/products/abc", "/products/%00"):
        assert client.get(path).status_code == 404, path


def test_english_words_stand_where_there_are_some_and_the_address_stays(
    client: FlaskClient,
) -> None:
    with transaction(by=COMMAND) as work:
        product, url = a_product(work)
        make_pack(work, product=product, content=200, base_unit="g", price_vnd=120_000)
        work.session.add(ProductText(product_id=product.id, language="en", name="Hook tea"))

    page = client.get(f"{url}?lang=en")

    assert page.status_code == 200
    assert "<h1>Hook tea</h1>" in page.text
    assert "120,000\xa0₫" in page.text
    assert "pack 200 g" in page.text


def test_markup_in_a_name_never_runs(client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        _, url = a_product(work, name="<script>alert(1)</script>")

    assert "<script>alert" not in client.get(url).text


def test_an_unchanged_product_is_not_sent_twice_and_a_changed_one_is(client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        product, url = a_product(work)
    tag = client.get(url).headers["ETag"]

    with counted_statements() as statements:
        same = client.get(url, headers={"If-None-Match": tag})
    with transaction(by=COMMAND) as work:
        work.session.get_one(Product, product.id).version += 1
    other = client.get(url, headers={"If-None-Match": tag})

    assert same.status_code == 304
    assert len(statements) <= QUERY_BUDGET
    assert other.status_code == 200


def test_stars_lapse_at_midnight_on_a_page_the_reader_has(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = datetime(2026, 11, 20, 16, 59, tzinfo=UTC)  # 23:59 in Việt Nam.
    monkeypatch.setattr(clock, "now", lambda: evening)
    with transaction(by=COMMAND) as work:
        product, url = a_product(work)
        paper = {"decision": "377/QĐ-BNN", "authority": "Bộ Nông nghiệp"}
        recognise(work, product, decided_on=date(2023, 11, 21), **paper)
    held = client.get(url)

    monkeypatch.setattr(clock, "now", lambda: evening + timedelta(minutes=1))
    anew = client.get(url, headers={"If-None-Match": held.headers["ETag"]})

    assert "5 sao OCOP" in held.text
    assert anew.status_code == 200
    assert "sao OCOP" not in anew.text
    assert "Hạng OCOP: hết hạn" in anew.text
