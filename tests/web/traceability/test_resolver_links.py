"""What links a resolver offers: facts first, and no more than public pages say."""

from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from app.demo import samples
from catalog import queries as catalog
from catalog import service as goods_service
from catalog.models import Lot, Pack, Product
from core.work import COMMAND, transaction
from tests.makers import make_batch, make_certificate
from tests.statements import counted_statements
from tests.web.traceability.resolved import BROWSER, GTIN, LINKSET, SERIAL, links_of, make_goods
from tests.web.traceability.verdict_book import page_words
from traceability import queries, rules, service
from traceability.rules.entries import MAKER
from traceability.rules.recalls import Advice, RecallReason

ITEM = f"/01/{GTIN}/10/L-1/21/{SERIAL}"
CONTEXT = (
    "<https://ref.gs1.org/standards/resolver/linkset-context>;"
    ' rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
)


def certify(product_id: int) -> None:
    with transaction(by=COMMAND) as work:
        make_certificate(work, product=work.session.get_one(Product, product_id))


def test_a_linkset_holds_the_links_of_every_level(client: FlaskClient) -> None:
    goods = make_goods()
    certify(goods.product_id)

    with counted_statements() as statements:
        answer = client.get(f"{ITEM}?linkType=linkset")

    assert answer.status_code == 200
    assert answer.content_type == LINKSET
    assert answer.headers.getlist("Link") == [CONTEXT]
    assert len(statements) <= 5
    (subject,) = answer.json["linkset"]  # type: ignore[index]  # A linkset is JSON.
    assert subject.pop("anchor") == f"https://id.gs1.org{ITEM}"
    stamp = f"https://goc.example/s/{SERIAL}?gtin={GTIN}&lot=L-1"
    found = {
        name.removeprefix("https://ref.gs1.org/voc/"): [
            (each["href"].removeprefix("https://goc.example"), each["hreflang"], each["title"])
            for each in targets
            if len(each) > 2
        ]
        for name, targets in subject.items()
    }
    path = stamp.removeprefix("https://goc.example")
    assert found == {
        "defaultLink": [],
        "verificationService": [
            (path, ["vi"], f"Kiểm tem {SERIAL}"),
            (f"{path}&lang=en", ["en"], f"Check stamp {SERIAL}"),
            (path, ["vi", "en"], f"Kiểm tem {SERIAL}, cho phần mềm"),
        ],
        "traceability": [
            (goods.lot_path, ["vi"], "Sổ của lô L-1"),
            (f"{goods.lot_path}?lang=en", ["en"], "Record of lot L-1"),
        ],
        "recallStatus": [
            (f"{goods.lot_path}#recall", ["vi"], "Lô L-1 có bị thu hồi không"),
            (f"{goods.lot_path}?lang=en#recall", ["en"], "Whether lot L-1 is recalled"),
        ],
        "pip": [
            (goods.path, ["vi"], "Trang của Mật ong"),
            (f"{goods.path}?lang=en", ["en"], "Page of Honey"),
        ],
        "certificationInfo": [
            (f"{goods.path}#origin", ["vi"], "Giấy chứng nhận và sao của Mật ong"),
            (f"{goods.path}?lang=en#origin", ["en"], "Certificates and stars of Honey"),
        ],
        "hasRetailers": [
            (goods.maker_path, ["vi"], "Mẫu – Lò rèn Hà bán hàng này"),
            (f"{goods.maker_path}?lang=en", ["en"], "Mẫu – Lò rèn Hà sells these goods"),
        ],
    }
    assert subject["https://ref.gs1.org/voc/defaultLink"] == [
        {"href": stamp, "title": f"Kiểm tem {SERIAL}"}
    ]


def test_each_link_says_what_it_is_and_the_default_is_one_of_them(client: FlaskClient) -> None:
    make_goods()

    for path in (f"/01/{GTIN}", f"/01/{GTIN}/10/L-1", ITEM):
        links = links_of(client, path)
        (default,) = links.pop("defaultLink")
        targets = [each for one in links.values() for each in one]
        assert sorted(default) == ["href", "title"]
        assert default["href"] in {each["href"] for each in targets}
        for each in targets:
            assert {"href", "title", "type", "hreflang"} <= set(each)
            assert isinstance(each["hreflang"], list)
            assert each["title"]


def test_the_subject_is_the_canonical_address(client: FlaskClient) -> None:
    asked = f"/01/{GTIN}/10/%4c%2D1/?s=1&linkType=all&17=261200"

    (subject,) = client.get(asked).json["linkset"]  # type: ignore[index]  # A linkset is JSON.

    assert subject["anchor"] == f"https://id.gs1.org/01/{GTIN}/10/L-1?17=261200"


def test_every_link_of_the_demos_goods_answers_200(client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        goods_service.import_products(work, samples.PRODUCTS)
        keys = [row.key for row in samples.PRODUCTS]
        pack_ids = catalog.pack_ids_by_import_key(work.session, keys)
        lots = goods_service.add_lots(work, samples.lot_rows(work, pack_ids))
        coded = next(
            lot for lot in (work.session.get_one(Lot, id_) for id_ in lots) if lot.code == "CR-11"
        )
        pack = work.session.get_one(Pack, coded.pack_id)
        gtin = pack.gtin
        make_certificate(work, product=work.session.get_one(Product, pack.product_id))
        batch = make_batch(work, lot=coded, count=1)
        batch.gtin = gtin
        serial = rules.serial_text(queries.serials_at(work.session, batch.id, [1])[1])
    assert gtin == "09521000000179"

    links = links_of(client, f"/01/{gtin}/10/CR-11/21/{serial}")

    assert sorted(links) == [
        "certificationInfo",
        "defaultLink",
        "hasRetailers",
        "pip",
        "recallStatus",
        "traceability",
        "verificationService",
    ]
    for each in (each for one in links.values() for each in one):
        address = urlsplit(each["href"])._replace(scheme="", netloc="").geturl()
        answer = client.get(address, headers={"Accept": each.get("type", BROWSER)})
        assert answer.status_code == 200, each
        assert answer.mimetype == each.get("type", "text/html")
        if len(each.get("hreflang", ())) == 1:
            assert f'<html lang="{each["hreflang"][0]}"' in answer.text


def test_recall_status_leads_to_a_page_that_says_it_in_both_states(client: FlaskClient) -> None:
    goods = make_goods()
    none_recorded = "Chưa ai ghi lời thu hồi nào cho lô này trên Gốc."
    asked = f"/01/{GTIN}/10/L-1?linkType=gs1:recallStatus"

    first = client.get(asked)
    before = links_of(client, ITEM)
    calm = client.get(goods.lot_path).text
    with transaction(by=COMMAND) as work:
        notice = service.RecallNotice(RecallReason.SPOILED, Advice.KEEP)
        judge = service.Judge(rules.Side.MAKER, MAKER)
        lot = work.session.get_one(Lot, goods.lot_id)
        service.recall_lot(work, lot_id=lot.id, version=lot.version, judge=judge, notice=notice)
    recalled = client.get(goods.lot_path).text

    assert first.status_code == 307
    target = urlsplit(first.headers["Location"])
    assert (target.path, target.fragment) == (goods.lot_path, "recall")
    assert links_of(client, ITEM) == before
    assert client.get(asked).headers["Location"] == first.headers["Location"]
    assert calm.count('id="recall"') == recalled.count('id="recall"') == 1
    assert none_recorded in page_words(calm)
    assert none_recorded not in page_words(recalled)
    assert "Lô này đang bị thu hồi" in page_words(recalled)
    assert "thu hồi vì" in page_words(recalled)
    assert "Lô này đang bị thu hồi" not in page_words(calm)


def test_goods_without_a_lot_have_no_recall_status(client: FlaskClient) -> None:
    make_goods()

    assert client.get(f"/01/{GTIN}?linkType=gs1:recallStatus").status_code == 404


def test_nobody_learns_from_a_linkset_whether_a_serial_was_issued(client: FlaskClient) -> None:
    goods = make_goods()
    with transaction(by=COMMAND) as work:
        batch = make_batch(work, count=1)
        issued = rules.serial_text(queries.serials_at(work.session, batch.id, [1])[1])

    said, asked = [], []
    for serial in (issued, SERIAL):
        with counted_statements() as statements:
            said.append(client.get(f"/01/{GTIN}/21/{serial}?linkType=linkset").text)
        asked.append(list(statements))

    assert said[0].replace(issued, SERIAL) == said[1]
    assert asked[0] == asked[1]
    assert not any("stamp" in statement for statement in asked[0])
    assert goods.path in said[0]


def test_goods_nobody_knows_have_one_link_to_all_goods(client: FlaskClient) -> None:
    assert links_of(client, f"/01/{GTIN}") == {
        "defaultLink": [{"href": "https://goc.example/products", "title": "Hàng trên Gốc"}]
    }
    page = client.get(f"/01/{GTIN}?linkType=linkset", headers={"Accept": BROWSER})
    assert 'href="/products"><strong>Hàng trên Gốc' in page.text


@pytest.mark.parametrize("state", ["draft", "withdrawn", "practice"])
def test_goods_that_no_page_shows_have_no_links(client: FlaskClient, state: str) -> None:
    goods = make_goods(state=state)

    links = links_of(client, f"/01/{GTIN}/10/L-1")

    assert list(links) == ["defaultLink"]
    assert "Mật ong" not in str(links)
    assert goods.lot_path not in str(links)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (LINKSET, LINKSET),
        (f"text/html;q=0.5, {LINKSET}", LINKSET),
        (f"{LINKSET}, */*", LINKSET),
        (f"{LINKSET};q=0.1", LINKSET),
        (f"text/html, {LINKSET};q=0.9", None),
        (f"{LINKSET};q=0, text/html", None),
        (f"{LINKSET};q=0", None),
        (BROWSER, None),
        ("*/*", None),
        ("application/*", None),
        ("application/json", None),
        ("", None),
    ],
)
def test_a_linkset_is_given_unasked_where_accept_likes_it_best(
    client: FlaskClient, accept: str, kind: str | None
) -> None:
    answer = client.get(f"/01/{GTIN}", headers={"Accept": accept})

    assert answer.status_code == (200 if kind else 307)
    if kind:
        assert answer.content_type == kind
        assert "Accept" in answer.vary


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", LINKSET),
        ("*/*", LINKSET),
        ("image/png", LINKSET),
        (LINKSET, LINKSET),
        ("application/json", "application/json"),
        ("application/ld+json", "application/ld+json"),
        (BROWSER, "text/html"),
        ("text/html;q=0.1, application/json;q=0.2", "application/json"),
    ],
)
def test_a_linkset_comes_as_it_can_be_read(client: FlaskClient, accept: str, kind: str) -> None:
    make_goods()

    answer = client.get(f"/01/{GTIN}?linkType=linkset", headers={"Accept": accept})

    assert answer.status_code == 200
    assert answer.mimetype == kind
    assert (answer.headers.getlist("Link") == [CONTEXT]) == (kind != "text/html")
    if kind == "application/ld+json":
        assert answer.json["@context"] == "https://ref.gs1.org/standards/resolver/linkset-context"  # type: ignore[index]  # It is JSON.


def test_people_read_the_links_in_their_language(client: FlaskClient) -> None:
    goods = make_goods()
    asked = f"{ITEM}?linkType=linkset"

    vietnamese = client.get(asked, headers={"Accept": BROWSER}).text
    english = client.get(f"{asked}&lang=en", headers={"Accept": BROWSER}).text

    assert "Mã này dẫn tới đâu" in page_words(vietnamese)
    assert "Where this code leads" in page_words(english)
    for text in (vietnamese, english):
        assert f'href="{goods.path}?lang=en"><strong>Page of Honey' in text
        assert f"{SERIAL}" in page_words(text)


def test_what_an_address_says_is_never_markup(client: FlaskClient) -> None:
    path = f"/01/{GTIN}/10/%22%3CB%3E/21/%3CI%3E%26"

    page = client.get(f"{path}?linkType=linkset", headers={"Accept": BROWSER})
    problem = client.get(f"{path}?linkType=%3Cb%3E", headers={"Accept": BROWSER})

    assert page.status_code == 200
    assert "<B>" not in page.text
    assert "<I>" not in page.text
    assert "<b>" not in problem.text


def test_a_linkset_that_did_not_change_is_not_sent_again(client: FlaskClient) -> None:
    goods = make_goods()
    first = client.get(f"/01/{GTIN}?linkType=linkset")
    kept = {"If-None-Match": first.headers["ETag"]}

    again = client.get(f"/01/{GTIN}?linkType=linkset", headers=kept)
    certify(goods.product_id)
    changed = client.get(f"/01/{GTIN}?linkType=linkset", headers=kept)

    assert (again.status_code, again.data) == (304, b"")
    assert changed.status_code == 200
    assert "certificationInfo" in changed.text


def test_the_resolver_describes_itself(client: FlaskClient) -> None:
    answer = client.get("/.well-known/gs1resolver")
    again = client.get(
        "/.well-known/gs1resolver", headers={"If-None-Match": answer.headers["ETag"]}
    )

    said = answer.json
    assert said is not None
    contexts = said.pop("supportedContextValuesEnumerated")
    assert said == {
        "name": "Gốc",
        "resolverRoot": "https://goc.example",
        "supportedPrimaryKeys": ["01"],
        "supportedLinkType": [{"namespace": "https://ref.gs1.org/voc/", "prefix": "gs1:"}],
        "linkTypeDefaultCanBeLinkset": False,
        "jsonLdContextLocation": "https://ref.gs1.org/standards/resolver/linkset-context",
    }
    assert len(contexts) == 34
    assert "4" in contexts
    assert answer.content_type == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert (again.status_code, again.data) == (304, b"")
