"""The shells /manage and /office: what fills them is each feature's own test."""

from collections.abc import Iterator, Mapping, Sequence

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Enterprise
from core import messages
from core.messages import Message
from core.slots import Panel, init_slots
from core.work import COMMAND, reading, transaction
from tests.makers import (
    make_consent,
    make_enterprise,
    make_member,
    make_officer,
    make_person,
    make_sign_in,
)
from tests.statements import counted_statements
from tests.web.signed_in import SignedIn

PANEL = "accounts/roles_panel.html"


@pytest.fixture(autouse=True)
def _slots(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Empty slots; a panel says its words."""
    loader = app.jinja_env.loader
    assert loader is not None
    original = loader.get_source

    def get_source(environment: object, template: str) -> object:
        if template == PANEL:
            return "<li>{{ words }}</li>", None, lambda: True
        return original(environment, template)  # type: ignore[arg-type]  # Jinja's own environment.

    monkeypatch.setattr(loader, "get_source", get_source)
    before = app.extensions["slots"]
    _fill(app)
    yield
    app.extensions["slots"] = before


def _fill(app: Flask, **words: Sequence[str]) -> None:
    """Fill `manage_todo` …: one panel for each of the words, for every id asked about."""

    def filler(said: Sequence[str]) -> object:
        def panels(_session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[Panel]]:
            return {id_: [Panel(PANEL, {"words": f"{one} {id_}"}) for one in said] for id_ in ids}

        return panels

    names = ("manage.todo", "manage.figures", "manage.panels", "manage.message", "office.queue")
    table = {
        name: (filler(words[name.replace(".", "_")]),) if name.replace(".", "_") in words else ()
        for name in names
    }
    init_slots(app, table)  # type: ignore[arg-type]  # The fillers are made above.


@pytest.fixture
def enterprise(app: Flask) -> Enterprise:
    with transaction(by=COMMAND) as work:
        person = make_person(work)
        enterprise = make_enterprise(work)
        make_member(work, enterprise=enterprise, person=person)
        make_sign_in(work, person=person, enterprise=enterprise)
        return enterprise


@pytest.fixture
def browser(app: Flask, enterprise: Enterprise) -> SignedIn:
    return SignedIn(app, "key", for_enterprise=enterprise.public_id)


def test_an_empty_day_says_so_and_what_could_be_done(browser: SignedIn) -> None:
    text = browser.get("/manage").text

    assert "<h1" in text
    assert "Hôm nay chưa có việc gì" in text
    assert 'href="/manage/products"' in text
    assert '<strong><a href="/manage">Mẫu – Lò rèn Hà</a></strong>' in text
    assert '<span class="meta"><a href="/account">Hà</a></span>' in text
    assert "Làm việc cho" not in text


def test_a_full_day_is_counted_whole_and_shows_three_things(app: Flask, browser: SignedIn) -> None:
    _fill(app, manage_todo=["một", "hai", "ba", "bốn", "năm"], manage_panels=["bảng"])

    text = browser.get("/manage").text

    assert "Hôm nay có 5 việc" in text
    assert text.count("<li>ba ") == 1
    assert "<li>bốn " not in text
    assert "Còn 2 việc nữa, sẽ hiện khi xong các việc này." in text
    assert "<li>bảng " in text


def test_the_home_speaks_english_too(app: Flask, browser: SignedIn) -> None:
    _fill(app, manage_todo=["một"])

    assert "1 thing to do today" in browser.get("/manage?lang=en").text


def test_messages_are_shown_until_they_are_put_away(
    app: Flask, browser: SignedIn, enterprise: Enterprise
) -> None:
    def send(key: str, to: int) -> None:
        with transaction(by=COMMAND) as work:
            messages.send(work, enterprise_id=to, kind="news", values={}, once_key=key)

    with transaction(by=COMMAND) as work:
        stranger = make_enterprise(work, name="Mẫu – Khác").id
    send("a", enterprise.id)
    send("b", stranger)
    assert browser.get("/manage").text.count("Có tin mới về hàng của bạn.") == 1
    _fill(app, manage_message=["tem"])
    with reading() as session:
        ours = session.scalars(select(Message.id).where(Message.once_key == "a")).one()
    assert f"<li>tem {ours}</li>" in browser.get("/manage").text

    send("c", enterprise.id)
    answer = browser.post("/manage/messages/seen", {"up_to": str(ours + 1)})

    assert (answer.status_code, answer.location) == (303, "/manage")
    with reading() as session:
        left = session.scalars(select(Message.once_key).where(Message.read_at.is_(None)))
        assert sorted(left) == ["b", "c"]


def test_a_day_with_messages_alone_is_not_called_done(
    browser: SignedIn, enterprise: Enterprise
) -> None:
    before = browser.get("/manage").text
    with transaction(by=COMMAND) as work:
        messages.send(work, enterprise_id=enterprise.id, kind="news", values={}, once_key="a")

    text = browser.get("/manage").text

    assert ["Mọi việc đã xong" in each for each in (before, text)] == [True, False]
    assert "Có tin nhắn cần xem</h1>" in text
    assert "Hôm nay chưa có việc gì" not in text


def test_what_the_director_was_told_others_neither_see_nor_put_away(
    app: Flask, browser: SignedIn, enterprise: Enterprise
) -> None:
    with transaction(by=COMMAND) as work:
        messages.send(work, enterprise_id=enterprise.id, kind="news", values={}, once_key="a")
        for key, role in (("seller", "seller"), ("grower", "grower")):
            person = make_person(work, sign_in=f"{key}@goc.example", name=key)
            make_member(work, enterprise=enterprise, person=person, role=role)
            make_sign_in(work, person=person, enterprise=enterprise, key=key)
        helper = make_person(work, sign_in="minh@goc.example", name="Minh")
        make_consent(work, enterprise=enterprise, helper=helper)
        make_sign_in(work, person=helper, enterprise=enterprise, key="helper")

    for key, status in (("seller", 303), ("grower", 403), ("helper", 403)):
        other = SignedIn(app, key, for_enterprise=enterprise.public_id)
        assert "Có tin mới" not in other.get("/manage").text
        assert other.post("/manage/messages/seen", {"up_to": "9" * 9}).status_code == status

    assert "Có tin mới về hàng của bạn." in browser.get("/manage").text


@pytest.mark.parametrize("up_to", ["", "x", "-1", "٣", "1" * 40, "9" * 5_000])
def test_a_wrong_place_in_the_messages_harms_nothing(browser: SignedIn, up_to: str) -> None:
    assert browser.post("/manage/messages/seen", {"up_to": up_to}).status_code == 303


def test_after_a_switch_a_form_of_a_second_tab_is_refused(
    app: Flask, enterprise: Enterprise, browser: SignedIn
) -> None:
    with transaction(by=COMMAND) as work:
        second = make_enterprise(work, name="Mẫu – HTX Nà Lạn")
        person = make_person(work, sign_in="hai@goc.example", name="Hai nơi")
        make_member(work, enterprise=enterprise, person=person)
        make_member(work, enterprise=second, person=person)
        make_sign_in(work, person=person, enterprise=enterprise, key="two")
    first_tab = SignedIn(app, "two", for_enterprise=enterprise.public_id)
    assert "<summary>Mẫu – Lò rèn Hà</summary>" in first_tab.get("/manage").text

    switched = first_tab.post("/manage/enterprise", {"enterprise": second.public_id})

    assert (switched.status_code, switched.location) == (303, "/manage")
    assert "<summary>Mẫu – HTX Nà Lạn</summary>" in first_tab.get("/manage").text
    assert first_tab.post("/manage/messages/seen", {"up_to": "1"}).status_code == 409
    assert first_tab.post("/manage/enterprise", {"enterprise": "nowhere"}).status_code == 404
    assert first_tab.post("/manage/enterprise", {}).status_code == 422


def test_the_office_shows_the_queue_of_each_area(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        person = make_person(work, name="Lan")
        province = make_officer(work, person=person).id
        make_officer(work, person=person, province_code=None)
        make_sign_in(work, person=person)
    officer = SignedIn(app, "key")

    assert officer.get("/office").text.count("Không có gì đang chờ") == 2
    _fill(app, office_queue=["hàng"])
    text = officer.get("/office").text

    assert '<h2 class="small-title">Cao Bằng</h2>' in text
    assert '<h2 class="small-title">Cả nước</h2>' in text
    assert f"<li>hàng {province}</li>" in text
    assert "Không có gì đang chờ" not in text


def test_whoever_sells_nothing_is_led_to_their_own_work_or_out(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        officer, buyer = make_person(work), make_person(work, sign_in="binh@goc.example")
        make_officer(work, person=officer, province_code="4")
        make_sign_in(work, person=officer)
        make_sign_in(work, person=buyer, key="buyer")
    lost, stranger = SignedIn(app, "key").get("/manage"), SignedIn(app, "buyer").get("/manage")

    assert (lost.status_code, stranger.status_code) == (403, 403)
    assert 'href="/office"' in lost.text
    assert 'href="/office"' not in stranger.text
    assert 'action="/sign-out"' in stranger.text


def test_the_home_asks_the_database_four_times_besides_its_slots(browser: SignedIn) -> None:
    browser.get("/manage")

    with counted_statements() as statements:
        browser.get("/manage")

    asked = [one for one in statements if one.lstrip().startswith("SELECT")]
    assert len(asked) == 4, asked  # Person, memberships, offices, messages.
