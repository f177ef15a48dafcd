"""What a browser is given to check signed stamps without a network: whole, public, of no stamp."""

import json
import re

from flask import Flask
from flask.testing import FlaskClient

from core.work import COMMAND, transaction
from tests.makers import make_enterprise, make_lot, make_product
from traceability import service
from traceability.adapters.outputs import Output
from traceability.log_place import log_place
from traceability.publishing import publish

GTIN, SHARED = "09521234543213", "09521234543220"


def print_signed(name: str, gtin: str, *, signed: bool = True) -> None:
    with transaction(by=COMMAND) as work:
        maker = make_enterprise(work, name=name)
        lot = make_lot(work, product=make_product(work, enterprise=maker))
        batch = service.issue_stamps(work, lot_id=lot.id, count=1, gtin=gtin)
        output = Output(signed=signed)
        service.order_labels(work, batch, first=1, last=1, paper="a4-30", output=output)


def test_the_keys_say_when_they_were_ended_and_hold_nothing_private(
    app: Flask, client: FlaskClient
) -> None:
    with transaction(by=COMMAND) as work:
        old, new = (service.new_stamping_key(work, log_place()) for _ in range(2))
        service.end_stamping_key(work, key=old.key, revoked=True)

    answer = client.get("/log/keys")

    told = answer.get_json()
    assert [one["key"] for one in told["keys"]] == [new.key, old.key]
    assert [one["revoked"] is None for one in told["keys"]] == [True, False]
    assert told["keys"][0]["public"] == new.public
    assert [one["index"] for one in told["keys"]] == [None, None]
    assert told["checkpoint"] is None
    publish()
    assert [one["index"] for one in client.get("/log/keys").get_json()["keys"]] == [1, 0]
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in answer.headers


def test_makers_are_named_by_the_gtins_of_signed_stamps_alone(
    app: Flask, client: FlaskClient
) -> None:
    print_signed("Mẫu – Lò rèn Phúc Sen", GTIN)
    print_signed("Mẫu – Chè Shan", SHARED)
    print_signed("Mẫu – Chè Thái", SHARED)
    print_signed("Mẫu – Mật ong", "09521234543237", signed=False)

    assert client.get("/scan/makers").get_json() == {"Mẫu – Lò rèn Phúc Sen": [int(GTIN)]}


def test_all_that_the_worker_keeps_is_there(app: Flask, client: FlaskClient) -> None:
    answer = client.get("/scan-worker.js?lang=en")

    constants = dict(re.findall(r"^const (SHELL|KEPT|CACHE) = (.+);$", answer.text, re.MULTILINE))
    shell, kept = json.loads(constants["SHELL"]), json.loads(constants["KEPT"])
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert shell == "/scan/offline?lang=en"
    assert 'lang="en"' in client.get(shell).text
    for path in kept:
        with client.get(path) as found:
            assert found.status_code == 200, path
    scanning = client.get("/scan?lang=en").text
    assert f'data-cache="{json.loads(constants["CACHE"])}"' in scanning
    assert client.get("/scan-worker.js").text != answer.text


def test_the_kept_page_asks_for_no_file_that_is_not_kept(app: Flask, client: FlaskClient) -> None:
    kept = client.get("/scan-worker.js").text
    page = client.get("/scan/offline").text

    for address in re.findall(r'(?:src|href|data-reader|data-ed25519)="(/static/[^"]+)"', page):
        assert f'"{address}"' in kept, address


def test_what_a_browser_has_already_is_not_sent_again(app: Flask, client: FlaskClient) -> None:
    print_signed("Mẫu – Lò rèn Phúc Sen", GTIN)
    for path in ("/scan/makers", "/log/keys"):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b""), path
    print_signed("Mẫu – Lò rèn Phúc Sen", SHARED)

    other = client.get("/scan/makers", headers={"If-None-Match": first.headers["ETag"]})

    assert other.status_code == 200


def test_names_are_sent_once_however_many_goods_they_made(app: Flask, client: FlaskClient) -> None:
    with transaction(by=COMMAND) as work:
        maker = make_enterprise(work, name="Mẫu – Lò rèn Phúc Sen")
        lot = make_lot(work, product=make_product(work, enterprise=maker))
        for gtin in (SHARED, GTIN):
            batch = service.issue_stamps(work, lot_id=lot.id, count=1, gtin=gtin)
            output = Output(signed=True)
            service.order_labels(work, batch, first=1, last=1, paper="a4-30", output=output)

    answer = client.get("/scan/makers")

    assert answer.text == f'{{"Mẫu – Lò rèn Phúc Sen":[{int(GTIN)},{int(SHARED)}]}}'


def test_the_kept_page_opened_with_a_network_leads_to_the_page_that_tells_more(
    client: FlaskClient,
) -> None:
    opened = client.get("/scan/offline", headers={"Sec-Fetch-Mode": "navigate"}).text
    fetched = client.get("/scan/offline", headers={"Sec-Fetch-Mode": "cors"}).text

    assert "Bạn đang có mạng" in opened
    assert '<a class="btn" href="/scan">Đến trang quét tem</a>' in opened
    assert "Đang không có mạng." not in opened
    assert "Bạn đang có mạng" not in fetched
    assert "Đang không có mạng." in fetched
