"""A maker's dealers, the dealer's own pages, and what buyers read of them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from catalog.models import Product
from core import display
from core.dispatch.models import Dispatch
from core.work import COMMAND, reading, transaction
from tests.dealers import HAI_CHAU
from tests.makers import make_lot
from tests.web.signed_in import SignedIn
from tests.web.traceability.manage_cast import Cast
from tests.web.traceability.verdict_book import page_words, says
from traceability import queries, rules, service
from traceability.models import StampBatch

PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36"
SHOP = {"name": "Tạp hóa Lan", "phone": "0912 345 678", "place": "hai chau da nang"}


def add_dealer(cast: Cast) -> str:
    """The dealer's page."""
    answer = cast.seller.post("/manage/dealers", SHOP)
    assert answer.status_code == 303
    return answer.location


def hand_over(cast: Cast, batch: StampBatch, *, first: str = "1", last: str = "2") -> str:
    """Hand stamps to a new dealer; the path of the link in the SMS."""
    dealer = add_dealer(cast).rsplit("/", 1)[1]
    fields = {"dealer": dealer, "first": first, "last": last}
    answer = cast.seller.post(f"/manage/stamps/{batch.public_id}/hand-over", fields)
    assert answer.location == f"/manage/dealers/{dealer}"
    with reading() as session:
        [sent] = session.scalars(select(Dispatch))
    assert sent.target == "+84912345678"
    assert sent.words is not None
    return sent.words.partition("https://goc.example")[2]


def shop_browser(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.environ_base.update(HTTP_SEC_FETCH_SITE="same-origin", HTTP_USER_AGENT=PHONE)
    return client


def test_a_commune_typed_so_that_one_is_meant_need_not_be_chosen(cast: Cast) -> None:
    shown = cast.seller.get(add_dealer(cast)).get_data(as_text=True)

    assert "Phường Hải Châu, Đà Nẵng" in shown
    assert "0912 345 678" in shown


def test_a_commune_that_may_be_several_is_chosen_from_the_list(cast: Cast) -> None:
    asked = cast.seller.post("/manage/dealers", SHOP | {"place": "hai chau"})
    old_province = cast.seller.post("/manage/dealers", SHOP | {"place": "hau giang"})
    chosen = cast.seller.post("/manage/dealers", SHOP | {"commune": HAI_CHAU})

    words = asked.get_data(as_text=True)
    assert asked.status_code == 422
    assert f'value="{HAI_CHAU}"' in words
    assert 'value="Tạp hóa Lan"' in words
    assert old_province.status_code == 422
    assert "Xã Vĩnh Hậu, An Giang" in old_province.get_data(as_text=True)  # To be chosen, or not.
    assert chosen.status_code == 303


def test_the_dealer_confirms_without_an_account_and_scans_without_being_counted(
    app: Flask, cast: Cast
) -> None:
    batch = cast.batch(3, active=3)
    link = hand_over(cast, batch)
    serial = rules.serial_text(cast.serial(batch, 1))
    shop, buyer = shop_browser(app), shop_browser(app)

    asked = shop.get(link)
    answered = shop.post(link, data={"answer": "yes", "shown": "yes"})
    seen = shop.get(f"/s/{serial}").get_data(as_text=True)
    sold = shop.post("/dealer/sales", data={"code": f"https://goc.example/s/{serial}"})
    bought = buyer.get(f"/s/{serial}", headers={"User-Agent": PHONE + " Buyer"})

    assert asked.status_code == 200
    assert (answered.status_code, answered.location) == (303, "/dealer")
    assert "Bạn là cửa hàng bán hàng cho người làm ra" in seen
    assert sold.status_code == 303
    words = bought.get_data(as_text=True)
    assert 'data-verdict="first_check"' in words
    assert "Cửa hàng Tạp hóa Lan, đại lý của người làm, quét 1 lần" in page_words(words)
    assert "Tạp hóa Lan, Phường Hải Châu, Đà Nẵng" in words
    assert says("Đã bán ngày {10/11/2026}").search(page_words(words))
    assert "0912 345 678" not in words


def test_a_shop_that_agreed_to_be_named_is_asked_about_all_its_stamps_and_finds_it_ticked(
    app: Flask, cast: Cast
) -> None:
    batch = cast.batch(4)
    link = hand_over(cast, batch)
    shop = shop_browser(app)
    first = shop.get(link).get_data(as_text=True)
    shop.post(link, data={"answer": "yes", "shown": "yes"})
    with reading() as session:
        [held] = queries.deliveries_of_batch(session, batch.id)
    fields = {"dealer": held.dealer_public_id, "first": "3", "last": "4"}
    cast.seller.post(f"/manage/stamps/{batch.public_id}/hand-over", fields)
    with reading() as session:
        sent = session.scalars(select(Dispatch.words).order_by(Dispatch.id.desc())).first()

    assert sent is not None
    second = shop.get(sent.partition("https://goc.example")[2]).get_data(as_text=True)

    ticked = 'name="shown" value="yes" checked'
    assert "mọi tem tôi nhận của người làm này" in first
    assert ticked not in first
    assert ticked in second


def test_looking_at_the_link_answers_nothing_and_a_second_answer_is_refused(
    app: Flask, cast: Cast
) -> None:
    batch = cast.batch(3)
    link = hand_over(cast, batch)
    shop = shop_browser(app)

    shop.get(link)
    with reading() as session:
        [before] = queries.deliveries_of_batch(session, batch.id)
    no = shop.post(link, data={"answer": "no"})
    again = shop.post(link, data={"answer": "yes"})

    assert before.state == rules.DeliveryState.OFFERED
    assert (no.status_code, again.status_code) == (303, 409)
    assert shop.get_cookie("goc_dealer") is None
    with reading() as session:
        assert queries.deliveries_of_batch(session, batch.id) == []


def test_a_link_of_nobody_is_not_found(client: FlaskClient) -> None:
    assert client.get(f"/deliveries/{'A' * 26}").status_code == 404


def test_an_only_dealer_is_chosen_already_and_of_two_none(cast: Cast) -> None:
    form = f"/manage/stamps/{cast.batch(5).public_id}/hand-over"
    first = add_dealer(cast).rsplit("/", 1)[1]
    alone = cast.seller.get(form).get_data(as_text=True)
    cast.seller.post("/manage/dealers", SHOP | {"name": "Quán Lan", "phone": "0912 345 679"})
    of_two = cast.seller.get(form).get_data(as_text=True)

    assert f'<option value="{first}" selected>' in alone
    assert f'<option value="{first}">' in of_two


def test_what_is_with_a_dealer_is_refused_beside_its_field(cast: Cast) -> None:
    batch = cast.batch(5)
    hand_over(cast, batch)
    with reading() as session:
        [held] = queries.deliveries_of_batch(session, batch.id)

    fields = {"dealer": held.dealer_public_id, "first": "2", "last": "4"}
    answer = cast.seller.post(f"/manage/stamps/{batch.public_id}/hand-over", fields)

    assert answer.status_code == 422
    assert "đang giao cho Tạp hóa Lan" in answer.get_data(as_text=True)


def test_a_browser_of_no_shop_sells_nothing(app: Flask, cast: Cast) -> None:
    batch = cast.batch(1, active=1)
    serial = rules.serial_text(cast.serial(batch, 1))

    answer = shop_browser(app).post("/dealer/sales", data={"code": serial})

    assert answer.status_code == 404
    with reading() as session:
        assert queries.sold_counts(session, [batch.id]) == {}


def test_an_accountant_sees_no_dealers_number(app: Flask, cast: Cast) -> None:
    page = add_dealer(cast)
    accountant = SignedIn(app, "so", for_enterprise=cast.ours.public_id)

    assert accountant.get("/manage/dealers").status_code == 403
    assert accountant.get(page).status_code == 403


def test_a_dealer_gets_six_messages_a_day_however_often_stamps_go_there_and_back(
    cast: Cast,
) -> None:
    batch = cast.batch(3, active=3)
    hand_over(cast, batch)
    [dealer] = [each.public_id for each in _dealers_of(cast)]
    answers = []
    for _ in range(6):
        with reading() as session:
            [living] = queries.deliveries_of_batch(session, batch.id)
        cast.seller.post(f"/manage/deliveries/{living.public_id}/take-back")
        fields = {"dealer": dealer, "first": "1", "last": "2"}
        answers.append(cast.seller.post(f"/manage/stamps/{batch.public_id}/hand-over", fields))

    with reading() as session:
        assert len(session.scalars(select(Dispatch)).all()) == rules.MOST_SMS_A_DAY
    assert [each.location for each in answers[:-1]] == [f"/manage/dealers/{dealer}"] * 5
    assert answers[-1].location == f"/manage/dealers/{dealer}?told=enough"
    assert "hôm nay đại lý này nhận đủ tin rồi" in cast.seller.get(answers[-1].location).text


def test_where_no_message_can_be_sent_the_maker_is_told_to_call(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = cast.batch(4, active=4)
    hand_over(cast, batch)
    [dealer] = [each.public_id for each in _dealers_of(cast)]
    monkeypatch.setattr("traceability.routes.manage_deliveries.has_carrier", lambda _target: False)

    fields = {"dealer": dealer, "first": "3", "last": "3"}
    answer = cast.seller.post(f"/manage/stamps/{batch.public_id}/hand-over", fields)
    with reading() as session:
        [*_, latest] = queries.deliveries_of_batch(session, batch.id)
    with transaction(by=COMMAND) as work:
        work.session.execute(delete(Dispatch))  # As an hour later.
    again = cast.seller.post(f"/manage/deliveries/{latest.public_id}/remind")
    monkeypatch.setattr("traceability.rules.MOST_SMS_A_DAY", 0)
    fields = {"dealer": dealer, "first": "4", "last": "4"}
    enough = cast.seller.post(f"/manage/stamps/{batch.public_id}/hand-over", fields)

    for told in (answer, again, enough):
        page = cast.seller.get(told.location).text
        assert "ở đây chưa nhắn tin được cho số này" in page
        assert "nhận đủ tin" not in page


def _dealers_of(cast: Cast) -> list[queries.DealerCard]:
    with reading() as session:
        return queries.dealers_of(session, cast.ours.id)


def test_the_link_names_every_lot_of_its_stamps(app: Flask, cast: Cast) -> None:
    batch = cast.batch(5)
    with transaction(by=cast.by) as work:
        second = make_lot(
            work, product=work.session.get_one(Product, cast.lot.product_id), code="26-12B"
        )
        service.move_stamps(work, batch_id=batch.id, first=4, last=5, lot_id=second.id)

    page = shop_browser(app).get(hand_over(cast, batch, first="3", last="5")).text

    assert f"{display.lot_code(cast.lot.code)}, {display.lot_code('26-12B')}" in page
