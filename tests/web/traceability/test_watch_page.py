"""Watching the public log: its page and its feeds say what the log says, and nothing of people."""

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from accounts.models import Enterprise
from core.work import COMMAND, transaction
from tests.makers import make_batch, make_enterprise, make_lot, make_pack, make_product
from tests.statements import counted_statements
from tests.web.traceability.manage_cast import Cast
from tests.web.traceability.test_why_on_stamp_page import KEYS, LABELS, publish_cosigned
from traceability.log.witness.places import WitnessPlace
from traceability.log_place import init_log, log_place
from traceability.publishing import publish
from traceability.rules.entries import Fields
from traceability.service import issue_stamps
from traceability.service.log_entries import add_entry

GTIN = "08934563138165"
OTHER_GTIN = "08934563138172"
ATOM = "{http://www.w3.org/2005/Atom}"
PAGES = ("/log/watch", "/log/watch.atom", "/log/watch.json")


def issue_under(gtin: str, *, name: str, kind: str = "cooperative", count: int = 3) -> str:
    """A published batch of a maker with a pack of that number; gives the maker's public id."""
    with transaction(by=COMMAND) as work:
        maker = make_enterprise(work, name=name, kind=kind)
        product = make_product(work, enterprise=maker, name="Mật ong bạc hà")
        make_pack(work, product=product).gtin = gtin
        lot = make_lot(work, product=product, code="M-26-11")
        issue_stamps(work, lot_id=lot.id, count=count, gtin=gtin)
        public_id = maker.public_id
    publish()
    return public_id


def forge_under(gtin: str) -> None:
    """A published batch under that number of a maker nobody here knows."""
    fields: Fields = {"batch": "STRANGE000", "gtin": gtin, "count": 500, "lot": "X<1>"}
    more: Fields = {"enterprise": "ESEWHERE00", "enterprise_name": "Kẻ khác", "product_name": None}
    with transaction(by=COMMAND) as work:
        add_entry(work, "batch", {**fields, **more})
    publish()


def items(client: FlaskClient, query: str = "") -> list[dict[str, object]]:
    """What the JSON feed says of each batch, for programs."""
    return [one["_goc"] for one in json.loads(client.get(f"/log/watch.json{query}").text)["items"]]


def test_page_and_feeds_tell_of_a_batch_what_the_log_does(client: FlaskClient) -> None:
    maker = issue_under(GTIN, name="Hợp tác xã Mẫu")

    words = client.get("/log/watch").text
    atom = ET.fromstring(client.get("/log/watch.atom").data)  # noqa: S314  # Our own.
    feed = client.get("/log/watch.json")

    for said in ("3 tem · Mật ong bạc hà", "Hợp tác xã Mẫu · lô M‑26‑11", GTIN):
        assert said in words
    entry = atom.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "3 tem · Mật ong bạc hà"
    (said_of,) = items(client)
    assert (said_of["gtin"], said_of["count"], said_of["lot"]) == (GTIN, 3, "M-26-11")
    assert (said_of["enterprise"], said_of["enterprise_name"]) == (maker, "Hợp tác xã Mẫu")
    assert feed.content_type == "application/feed+json; charset=utf-8"
    assert entry.findtext(f"{ATOM}id") == json.loads(feed.text)["items"][0]["id"]
    assert "3 stamps · Mật ong bạc hà" in client.get("/log/watch?lang=en").text


def test_a_gtin_chooses_with_and_without_leading_zeros(client: FlaskClient) -> None:
    issue_under(GTIN, name="Hợp tác xã Mẫu")
    issue_under(OTHER_GTIN, name="Hợp tác xã Khác", count=7)

    for typed in (GTIN, GTIN[1:], "8934563138165", "8 934563-138165"):
        assert [one["count"] for one in items(client, f"?gtin={typed}")] == [3]
    assert "Hợp tác xã Khác" not in client.get(f"/log/watch?gtin={GTIN}").text
    assert [one["count"] for one in items(client)] == [7, 3]


def test_a_maker_sees_what_others_issued_under_its_numbers(client: FlaskClient) -> None:
    maker = issue_under(GTIN, name="Hợp tác xã Mẫu")
    issue_under(OTHER_GTIN, name="Hợp tác xã Khác")
    assert "Đơn vị khác phát" not in client.get(f"/log/watch?maker={maker}").text

    forge_under(GTIN)

    assert "Đơn vị khác phát" in client.get(f"/log/watch?maker={maker}").text
    told = items(client, f"?maker={maker.lower()}")
    assert (len(told), told[0]["batch"]) == (2, "STRANGE000")
    # The maker of the strange batch is none of ours, so its words are not repeated here.
    assert "Kẻ khác" not in client.get("/log/watch").text


def test_a_households_words_are_never_told(client: FlaskClient) -> None:
    maker = issue_under(GTIN, name="Bà Nông Thị Sớm", kind="household")

    for path in PAGES:
        text = client.get(path).text
        for secret in ("Nông Thị Sớm", "Mật ong", "M-26-11", "M‑26‑11"):
            assert secret not in text
        assert maker in text


def test_of_a_closed_maker_number_and_day_alone_are_left(client: FlaskClient) -> None:
    maker = issue_under(GTIN, name="Hợp tác xã Mẫu")
    tag = client.get("/log/watch").headers["ETag"]
    with transaction(by=COMMAND) as work:
        closed = work.session.scalars(select(Enterprise)).one()
        closed.state = "closed"

    for path in PAGES:
        answer = client.get(path, headers={"If-None-Match": tag})
        assert answer.status_code == 200
        for secret in (maker, "Hợp tác xã Mẫu", "Mật ong", "M-26-11", "M‑26‑11"):
            assert secret not in answer.text
        assert GTIN in answer.text
    assert items(client, f"?maker={maker}") == []
    page = client.get(f"/log/watch?maker={maker}").text
    assert "dòng đã ghi vẫn ở trong sổ" in page  # Not that there were none.
    assert "Chưa có đợt tem nào" not in page


def test_what_waits_is_not_shown_yet(client: FlaskClient) -> None:
    issue_under(GTIN, name="Hợp tác xã Mẫu")
    with transaction(by=COMMAND) as work:
        make_batch(work, count=99)

    assert [one["count"] for one in items(client)] == [3]


def test_no_serial_stands_in_page_or_feed(client: FlaskClient, cast: Cast) -> None:
    with transaction(by=COMMAND) as work:
        make_batch(work, count=1)
    publish()

    assert all("/s/" not in client.get(path).text.lower() for path in PAGES)


def test_each_witness_is_named_with_when_it_signed_or_that_it_did_not(
    app: Flask, client: FlaskClient
) -> None:
    known = zip(KEYS, LABELS, strict=True)
    places = tuple(
        WitnessPlace(key.witness_key, "http://127.0.0.1:1", label) for key, label in known
    )
    init_log(app, replace(log_place(), witnesses=places))
    with transaction(by=COMMAND) as work:
        make_batch(work)
    publish_cosigned(KEYS[0], KEYS[2])

    words = client.get("/log/watch").text

    assert "Tỉnh đã ký bản này lúc 10:00 ngày 22/11/2026." in words
    assert "Trường chưa ký bản này." in words
    assert "Nhân chứng đã ký: Tỉnh, Liên hiệp." in client.get("/log").text


def test_pages_follow_one_another_and_end(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("traceability.routes.log_watch.BATCHES_A_PAGE", 1)
    issue_under(GTIN, name="Hợp tác xã Mẫu")
    issue_under(OTHER_GTIN, name="Hợp tác xã Khác", count=7)

    first = json.loads(client.get("/log/watch.json").text)
    second = json.loads(client.get(first["next_url"].removeprefix("https://goc.example")).text)

    assert [one["_goc"]["count"] for one in (*first["items"], *second["items"])] == [7, 3]
    assert "next_url" not in second
    assert client.get("/log/watch?page=2").status_code == 200
    for page in ("3", "999999999", "9" * 40):
        beyond = client.get(f"/log/watch?page={page}")
        assert (beyond.status_code, "Về trang đầu" in beyond.text) == (404, True)
        assert json.loads(client.get(f"/log/watch.json?page={page}").text)["items"] == []


@pytest.mark.parametrize("wrong", ["gtin=8934563138166", "gtin=abc", "maker=../etc", "maker=O"])
def test_what_cannot_be_read_is_said_by_the_page_and_refused_by_the_feeds(
    client: FlaskClient, wrong: str
) -> None:
    issue_under(GTIN, name="Hợp tác xã Mẫu")

    page = client.get(f"/log/watch?{wrong}")

    assert page.status_code == 200
    assert "thiếu hoặc nhầm" in page.text
    kept = wrong.removeprefix("gtin=") if wrong.startswith("gtin=") else ""
    assert f'value="{kept}">' in page.text  # To be mended, not typed again.
    assert "Hợp tác xã Mẫu" in page.text
    for feed in PAGES[1:]:
        refused = client.get(f"{feed}?{wrong}")
        assert (refused.status_code, "thiếu hoặc nhầm" in refused.text) == (400, True)


@pytest.mark.parametrize("path", PAGES)
def test_a_copy_that_is_still_right_is_not_sent_again(client: FlaskClient, path: str) -> None:
    issue_under(GTIN, name="Hợp tác xã Mẫu")
    tag = client.get(path).headers["ETag"]

    again = client.get(path, headers={"If-None-Match": tag})
    issue_under(OTHER_GTIN, name="Hợp tác xã Khác")

    assert (again.status_code, again.data) == (304, b"")
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200
    assert client.head(path).status_code == 200
    assert client.options(path).status_code == 200


@pytest.mark.parametrize(("query", "budget"), [("", 4), (f"?gtin={GTIN}", 4), ("?maker=", 6)])
def test_page_and_feeds_ask_a_fixed_number_of_statements(
    client: FlaskClient, query: str, budget: int
) -> None:
    maker = issue_under(GTIN, name="Hợp tác xã Mẫu")
    for number in range(3):
        issue_under(f"0893500000000{number}", name=f"Hợp tác xã {number}")
    query = query + maker if query == "?maker=" else query
    client.get(f"/log/watch{query}")

    for path in PAGES:
        with counted_statements() as asked:
            client.get(f"{path}{query}")
        assert len(asked) <= budget, asked


@pytest.mark.parametrize(
    "path", ["/log", "/log/keys", "/log/checkpoint", "/log/policy", "/log/verify", *PAGES]
)
@pytest.mark.parametrize("damage", ["closed", "broken"])
def test_a_log_that_cannot_be_read_just_now_is_said_to_be_away(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str, damage: str
) -> None:
    issue_under(GTIN, name="Hợp tác xã Mẫu")
    folder = log_place().folder
    if damage == "broken":
        for name in ("checkpoint", "promise"):
            (folder / name).write_bytes(b"\xff")
        (folder / "policy").unlink()
        (folder / "policy").mkdir()
    else:
        folder.rename(folder.with_name("gone"))
        Path(folder).write_text("")  # No folder: what is asked below it is an OSError.

    answer = client.get(path)

    assert answer.status_code == 503
    assert "Lúc này chưa đọc được sổ công khai." in answer.text
    assert "cannot be read just now" in client.get(f"{path}?lang=en").text


def test_a_seller_comes_to_their_own_goods_by_one_tap(cast: Cast) -> None:
    seller = cast.seller

    assert 'href="/manage/stamps/watch"' in seller.get("/manage/stamps").text
    assert 'href="/manage/stamps/watch"' in seller.get("/log/watch").text
    answer = seller.get("/manage/stamps/watch")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/log/watch?maker=")
    assert 'href="/log/watch"' in seller.get("/").text
