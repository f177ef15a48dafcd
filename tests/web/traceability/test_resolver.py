"""Where a Digital Link leads."""

import time

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Enterprise
from catalog.models import Lot, Offer, Product
from core import gs1, ids
from core.work import COMMAND, transaction
from tests.makers import make_certificate, make_enterprise, make_lot, make_pack, make_product
from tests.statements import counted_statements
from tests.web.traceability.resolved import (
    BROWSER,
    GTIN,
    LINKSET,
    SERIAL,
    Goods,
    link_header,
    make_goods,
)
from tests.web.traceability.verdict_book import page_words


@pytest.fixture
def goods(client: FlaskClient) -> Goods:
    assert client  # Its database is there.
    return make_goods()


def second_seller(goods: Goods, *, province: str = "79") -> str:
    """Somebody else who sells the same pack, in another province, dearer; gives their page."""
    with transaction(by=COMMAND) as work:
        shop = make_enterprise(work, name="Mẫu – Cửa hàng")
        shop.province_code = province
        make_product(work, enterprise=shop, name="Dao")
        offer = Offer(
            public_id=ids.public_id(), seller_id=shop.id, pack_id=goods.pack_id, price_vnd=999_000
        )
        work.session.add(offer)
        return f"/producers/mau-cua-hang-{shop.slug_key.lower()}"


def test_a_link_leads_to_the_goods_and_says_where_all_links_are(
    client: FlaskClient, goods: Goods
) -> None:
    with counted_statements() as statements:
        answer = client.get(f"/01/{GTIN}", headers={"Accept": BROWSER, "Accept-Language": "en"})

    assert answer.status_code == 307
    assert answer.location == goods.path
    assert link_header(answer) == [
        f'<https://goc.example/01/{GTIN}?linkType=linkset>; rel="linkset"; type="{LINKSET}"'
    ]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert len(statements) == 1


def test_a_lot_leads_to_its_story_and_an_unknown_one_to_the_goods(
    client: FlaskClient, goods: Goods
) -> None:
    assert client.get(f"/01/{GTIN}/10/L-1").location == goods.lot_path
    assert client.get(f"/01/{GTIN}/10/L-1/").location == goods.lot_path
    assert client.get(f"/01/{GTIN}/10/L-2").location == goods.path
    assert client.get(f"/01/{GTIN}/22/2A").location == goods.path
    assert client.get(f"/01/{GTIN}/235/ABC").location == goods.path


def test_a_lot_of_another_pack_is_not_this_ones(client: FlaskClient, goods: Goods) -> None:
    with transaction(by=COMMAND) as work:
        product = work.session.get_one(Lot, goods.lot_id).product_id
        other = make_pack(work, product=make_product(work), content=2)
        other.product_id = product
        lot = make_lot(work, code="L-9")
        lot.product_id, lot.pack_id = product, other.id

    assert client.get(f"/01/{GTIN}/10/L-9").location == goods.path


def test_a_serial_leads_to_its_page_without_asking_whether_there_is_one(
    client: FlaskClient, goods: Goods
) -> None:
    with counted_statements() as statements:
        answer = client.get(f"/01/{GTIN}/10/L-1/21/{SERIAL}?s=123")

    assert answer.location == f"/s/{SERIAL}?gtin={GTIN}&lot=L-1&s=123"
    assert statements == []


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "withdrawn", "practice"])
def test_goods_that_no_page_shows_are_unknown(client: FlaskClient, state: str) -> None:
    make_goods(state=state)

    assert client.get(f"/01/{GTIN}/10/L-1").location == "/products"
    assert client.get(f"/01/{GTIN}?linkType=gs1:pip").status_code == 404


@pytest.mark.parametrize("state", ["suspended", "closed"])
def test_goods_of_a_maker_who_is_away_are_unknown(
    client: FlaskClient, goods: Goods, state: str
) -> None:
    with transaction(by=COMMAND) as work:
        maker = work.session.get_one(Enterprise, goods.enterprise_id)
        maker.state, maker.suspended_at = state, work.now

    assert client.get(goods.path).status_code in {404, 410}
    assert client.get(f"/01/{GTIN}/10/L-1").location == "/products"
    assert client.get(f"/01/{GTIN}?linkType=gs1:pip").status_code == 404


def test_the_query_goes_along_as_it_came(client: FlaskClient, goods: Goods) -> None:
    for query in ("a=b%20c&a=d+e", "flag", "17=261200&;x=1;y", "u=%C3%A9&v=%2F%3F%26", "s=1&&"):
        assert client.get(f"/01/{GTIN}?{query}").location == f"{goods.path}?{query}"
    raw = "é=|\r\n<".encode().decode("latin-1")  # As a server hands on what is no address.
    answer = client.get(f"/01/{GTIN}", environ_overrides={"QUERY_STRING": raw})
    assert answer.location == f"{goods.path}?%C3%A9=%7C%0D%0A%3C"


@pytest.mark.parametrize("name", ["gs1:pip", "pip", "https%3A%2F%2Fref.gs1.org%2Fvoc%2Fpip"])
def test_a_link_type_leads_to_its_link_in_the_language_asked_for(
    client: FlaskClient, goods: Goods, name: str
) -> None:
    asked = f"/01/{GTIN}?linkType={name}"

    for wished in ("", "vi", "vi-VN, en;q=0.8", "fr", "*", "en;q=0, vi;q=0.1", ";;,q=,é"):
        answer = client.get(asked, headers={"Accept-Language": wished})
        assert (answer.status_code, answer.location) == (307, f"{goods.path}?linkType={name}")
    for wished in ("en", "en-GB,en;q=0.9", "fr, en;q=0.2", "vi;q=0.3, en-US;q=0.4"):
        answer = client.get(asked, headers={"Accept-Language": wished})
        assert answer.location == f"{goods.path}?lang=en&linkType={name}"
    assert {"Accept", "Accept-Language"} <= answer.vary


def test_the_stamp_is_verified_by_people_and_by_programs(client: FlaskClient) -> None:
    asked = f"/01/{GTIN}/21/{SERIAL}?linkType=gs1:verificationService"
    path = f"/s/{SERIAL}?gtin={GTIN}"

    for accept in (BROWSER, "*/*", "application/json", "application/*"):
        answer = client.get(asked, headers={"Accept": accept, "Accept-Language": "vi"})
        assert answer.location == f"{path}&linkType=gs1:verificationService"
    answer = client.get(asked, headers={"Accept": BROWSER, "Accept-Language": "en"})
    assert answer.location == f"{path}&lang=en&linkType=gs1:verificationService"


def test_the_default_link_can_be_asked_for_by_name(client: FlaskClient, goods: Goods) -> None:
    answer = client.get(f"/01/{GTIN}?linkType=gs1:defaultLink", headers={"Accept-Language": "en"})

    assert answer.location == f"{goods.path}?linkType=gs1:defaultLink"
    assert client.get(f"/01/{GTIN}?linkType=").location == f"{goods.path}?linkType="


def test_a_fragment_stays_behind_the_query(client: FlaskClient, goods: Goods) -> None:
    with transaction(by=COMMAND) as work:
        make_certificate(work, product=work.session.get_one(Product, goods.product_id))

    answer = client.get(f"/01/{GTIN}?linkType=gs1:certificationInfo&a=b")

    assert answer.location == f"{goods.path}?linkType=gs1:certificationInfo&a=b#origin"
    assert 'id="origin"' in client.get(answer.location).text


@pytest.mark.parametrize(
    "name",
    ["gs1:epcis", "gs1:recallStatus", "gs1:certificationInfo", "gs1:traceability", "x", "%00", "é"],
)
def test_a_link_type_that_is_not_there_is_not_found(
    client: FlaskClient, goods: Goods, name: str
) -> None:
    asked = f"/01/{GTIN}?linkType={name}"

    page = client.get(asked, headers={"Accept": BROWSER})
    problem = client.get(asked, headers={"Accept": "application/json"})

    assert page.status_code == problem.status_code == 404
    assert "Gốc không có trang loại này cho mã hàng được hỏi." in page_words(page.text)
    assert problem.content_type == "application/problem+json"
    assert problem.json["code"] == "no_link_of_type"  # type: ignore[index]  # A problem is JSON.
    assert goods.path not in page.text


def test_several_equal_links_are_a_choice(client: FlaskClient, goods: Goods) -> None:
    other = second_seller(goods)
    asked = f"/01/{GTIN}?linkType=gs1:hasRetailers"

    answer = client.get(asked)
    page = client.get(asked, headers={"Accept": BROWSER})

    assert answer.status_code == page.status_code == 300
    assert "Location" not in answer.headers
    assert answer.content_type == LINKSET
    (subject,) = answer.json["linkset"]  # type: ignore[index]  # A linkset is JSON.
    assert [each["href"] for each in subject["https://ref.gs1.org/voc/hasRetailers"]] == [
        f"https://goc.example{goods.maker_path}",
        f"https://goc.example{other}",
    ]
    assert set(subject) == {"anchor", "https://ref.gs1.org/voc/hasRetailers"}
    assert "Có mấy trang như nhau, xin chọn một" in page_words(page.text)
    assert page.text.index(f'href="{goods.maker_path}"') < page.text.index(f'href="{other}"')


def test_the_context_chooses_the_seller_of_a_province(client: FlaskClient, goods: Goods) -> None:
    other = second_seller(goods)
    asked = f"/01/{GTIN}?linkType=gs1:hasRetailers&context="

    assert client.get(f"{asked}79").location == f"{other}?linkType=gs1:hasRetailers&context=79"
    assert client.get(f"{asked}4").location.startswith(goods.maker_path)
    assert client.get(f"{asked}nowhere").status_code == 300


def test_a_seller_who_is_away_or_without_a_page_sells_nothing(
    client: FlaskClient, goods: Goods
) -> None:
    away = second_seller(goods)
    with transaction(by=COMMAND) as work:
        shop = work.session.get_one(Enterprise, goods.enterprise_id + 1)
        assert away.endswith(shop.slug_key.lower())
        shop.state, shop.suspended_at = "suspended", work.now

    assert client.get(f"/01/{GTIN}?linkType=gs1:hasRetailers").status_code == 307


@pytest.mark.parametrize(
    "path",
    [
        "/414/9521234543213",
        "/414/9521234543213/254/KHO1",
        "/417/9521234543213",
        "/8004/9521234543210",
        "/00/095201234567891235",
        "/253/9521234543213ABC",
        "/414/9521234543213?linkType=linkset",
    ],
)
def test_a_well_formed_address_about_no_goods_is_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "application/problem+json"})

    assert answer.status_code == 404, answer.text
    assert answer.json["code"] == "unknown_key"  # type: ignore[index]  # A problem is JSON.


@pytest.mark.parametrize(
    "path",
    [
        "/01",
        "/01/",
        "/01//09521234543213",
        "/01/09521234543213//10/A",
        "/01/09521234543213/10",
        "/01/09521234543213/10/A%00",
        "/01/%",
        "/01/09521234543213/21/%ZZ",
        "/01/09521234543213/17/261231",
        "/01/09521234543213/414/9521234543213",
        "/414/9521234543213/01/09521234543213",
        "/414/9521234543210",
        "/00/1",
        "/8004/",
        "/01/%F0%9F%8D%AF",
    ],
)
def test_a_malformed_address_is_refused_whatever_it_is_about(
    client: FlaskClient, path: str
) -> None:
    for query in ("", "?linkType=linkset", "?linkType=gs1:nothing"):
        page = client.get(path + query, headers={"Accept": BROWSER})
        problem = client.get(path + query, headers={"Accept": LINKSET})

        assert page.status_code == problem.status_code == 400
        assert "không đúng mẫu của GS1" in page.text
        assert problem.content_type == "application/problem+json"


def test_every_primary_key_of_gs1_has_its_answer(client: FlaskClient) -> None:
    keys = {key for key, row in gs1.APPLICATION_IDENTIFIERS.items() if row.primary_key}

    assert len(keys) == 16
    assert {client.get(f"/{key}/x").status_code for key in keys} == {400}
    assert client.get("/21/x").status_code == 404  # No key, no resolver: nobody's path.


def test_a_page_of_another_site_may_read_every_answer(client: FlaskClient, goods: Goods) -> None:
    foreign = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    for path in (f"/01/{GTIN}", f"/01/{GTIN}?linkType=linkset", "/01/1", "/00/1", goods.path):
        answer = client.get(path, headers=foreign)
        is_open = answer.headers.get("Access-Control-Allow-Origin") == "*"
        assert is_open == (path != goods.path)
        assert "Access-Control-Allow-Credentials" not in answer.headers
    assert answer.status_code == 200

    asked = client.options(
        "/01/whatever/it/is",
        headers={**foreign, "Access-Control-Request-Method": "GET"},
    )
    assert asked.status_code == 204
    assert asked.data == b""
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert asked.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_nothing_is_written_at_these_addresses(client: FlaskClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = client.open(f"/01/{GTIN}", method=method)
        assert answer.status_code == 405
        assert sorted(answer.allow) == ["GET", "HEAD", "OPTIONS"]


def test_head_answers_as_get_without_a_body(client: FlaskClient, goods: Goods) -> None:
    for query in ("", "?linkType=linkset", "?linkType=gs1:epcis", "?linkType=gs1:pip"):
        got, head = (
            client.open(f"/01/{GTIN}/10/L-1{query}", method=method) for method in ("GET", "HEAD")
        )
        assert head.data == b""
        assert head.status_code == got.status_code
        assert head.headers.getlist("Link") == link_header(got)
        assert head.location == got.location
        assert head.content_type == got.content_type
    assert goods.path


def test_an_address_longer_than_any_code_is_refused_at_once(client: FlaskClient) -> None:
    started = time.thread_time()
    for path in (f"/01/{'9' * 65_000}", f"/01/{GTIN}?a={'9' * 65_000}", "/01/" + "%20" * 21_000):
        assert client.get(path).status_code == 414

    assert client.get(f"/01/{GTIN}?a={'9' * 8_000}").status_code == 307
    assert time.thread_time() - started < 2


def test_headers_of_ten_kilobytes_cost_nothing(client: FlaskClient, goods: Goods) -> None:
    accept = ",".join(f"a{number}/b;q=0.{number}" for number in range(700)) + ",text/html"
    languages = ",".join(f"x{number}-y;q=0.{number}" for number in range(900)) + ",en;q=0.1"
    started = time.thread_time()

    answer = client.get(
        f"/01/{GTIN}?linkType=pip", headers={"Accept": accept, "Accept-Language": languages}
    )

    assert answer.location == f"{goods.path}?lang=en&linkType=pip"
    assert time.thread_time() - started < 0.5


def test_of_a_repeated_link_type_the_first_counts(client: FlaskClient, goods: Goods) -> None:
    asked = "linkType=gs1:pip&linkType=gs1:epcis&linkType=linkset"

    assert client.get(f"/01/{GTIN}?{asked}").location == f"{goods.path}?{asked}"


_HEADER = st.text(
    st.sampled_from("abviengtxml*/+-_;,=q.01 \t\"\\'") | st.characters(max_codepoint=255),
    max_size=60,
).filter(lambda text: not set(text) & {"\r", "\n", "\x00"})


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_HEADER, _HEADER, _HEADER, _HEADER)
def test_no_header_and_no_wish_is_ever_a_failure(
    client: FlaskClient, accept: str, language: str, wished: str, context: str
) -> None:
    for type_ in ("gs1:verificationService", wished):
        answer = client.get(
            f"/01/{GTIN}/21/{SERIAL}",
            query_string={"linkType": type_, "context": context},
            headers={"Accept": accept, "Accept-Language": language},
        )
        assert answer.status_code in {200, 307, 404}
