"""The table of periods and the worker's cleaners say the same."""

import re
from datetime import date, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from accounts import queries, service
from accounts import tasks as accounts
from accounts.models import (
    AccountChange,
    Consent,
    ConsentAsking,
    GroupAct,
    Invitation,
    MakerReminder,
)
from accounts.rules import Office, Role
from app.duties import TIMETABLE
from app.retention import CLEANERS, FORGETTING
from core import cleaning, messages, periods
from core.messages import Message
from core.photos.models import Photo
from core.work import COMMAND, By, Work, reading, transaction
from tests.makers import (
    make_asking,
    make_consent,
    make_enterprise,
    make_member,
    make_paper_change,
    make_person,
)
from tests.pictures import make_photo
from tests.unit.house.source import modules
from traceability.models import StampReport
from traceability.service import forget_contacts


def test_every_period_with_an_end_has_one_cleaner_in_the_timetable() -> None:
    cleaned = [period for rows in CLEANERS.values() for period in rows]

    assert sorted(one.what for one in cleaned) == sorted(
        one.what for one in periods.PERIODS if not one.is_least
    )
    assert set(FORGETTING) == {one for one in TIMETABLE if one.name.startswith("forget")}


def test_every_period_of_the_module_stands_in_the_table() -> None:
    named = [one for one in vars(periods).values() if isinstance(one, periods.Period)]

    assert sorted(one.what for one in named) == sorted(one.what for one in periods.PERIODS)


def test_nobody_keeps_a_period_of_their_own() -> None:
    own = [
        each.path
        for each in modules()
        if re.search(r"^\w*KEPT\w* = timedelta", each.text, re.MULTILINE)
    ]

    assert own == []


def test_no_period_is_shorter_than_the_law_or_longer_than_it_allows() -> None:
    assert periods.LISTINGS.kept >= timedelta(days=365)
    assert periods.ACTS.kept >= timedelta(days=3 * 365)
    assert periods.DEVICES.kept == timedelta(days=180)
    assert all(one.ground.since_on <= date(2026, 7, 1) for one in periods.PERIODS)


def test_the_public_page_says_each_period(client: FlaskClient) -> None:
    page = client.get("/pages/privacy").text

    for one in periods.PERIODS:
        assert one.what in page
        assert one.ground.words in page
    assert "<strong>90 ngày</strong> từ lúc thoát." in page
    assert "<strong>xóa ngay</strong> từ lúc dùng xong hoặc hết hạn." in page
    assert "<strong>ít nhất 36 tháng</strong> từ lúc làm." in page
    assert "<strong>24 giờ</strong> từ lúc bỏ." in page


def test_what_was_asked_and_answered_long_ago_is_forgotten(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        long_ago = work.now - timedelta(days=181)
        person, enterprise = make_person(work), make_enterprise(work)
        paper = make_photo(work, enterprise_id=enterprise.id, kind="paper")
        by_paper = make_paper_change(
            work, enterprise=enterprise, director=person, paper_id=paper.id
        )
        by_paper.ended_at = long_ago
        asking = make_asking(work, enterprise=enterprise, helper=person)
        asking.asked_at, asking.until_at = long_ago - timedelta(days=1), long_ago
        fresh = make_asking(work, enterprise=enterprise, helper=person)
        consent = make_consent(work, enterprise=enterprise, helper=person)
        for ended_at in (long_ago, work.now):
            work.session.add(_change(work, person.id, ended_at))
            work.session.add(_invitation(work, enterprise.id, person.id, ended_at))

    accounts.forget_askings()

    with reading() as session:
        assert len(session.scalars(select(AccountChange)).all()) == 1
        assert session.get_one(Photo, paper.id).removed_at is not None
        assert len(session.scalars(select(Invitation)).all()) == 1
        assert session.get_one(ConsentAsking, asking.id).asked_of == "—"
        assert session.get_one(ConsentAsking, fresh.id).asked_of == enterprise.name
        assert session.get_one(Consent, consent.id).ended_at is None


def test_acts_on_several_makers_and_their_reminders_go_after_ninety_days(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        person, now = make_person(work), work.now
        work.by = By("person", person.id)
        for days, name in ((91, "Lò cũ"), (89, "Lò mới")):
            enterprise = make_enterprise(work, name=name)
            make_member(work, enterprise=enterprise, person=person)
            country = queries.makers_in([Office(0, Role.OPERATOR)])
            work.now = now - timedelta(days=days)
            one = [
                each for each in queries.cared_makers(work.session, country) if each.name == name
            ]
            service.remind_makers(work, makers=one, words="Xin xem lại lô.")

    accounts.forget_group_acts()

    with reading() as session:
        acts = session.scalars(select(GroupAct.went)).all()
        reminded = session.scalars(select(MakerReminder.enterprise_id)).all()
    assert acts == [[enterprise.id]]
    assert reminded == [enterprise.id]


def test_messages_go_a_year_after_they_were_read_and_never_unread(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        enterprise = make_enterprise(work)
        for key in ("read", "unread", "lately"):
            messages.send(work, enterprise_id=enterprise.id, kind="x", values={}, once_key=key)
        work.session.flush()
        for one in work.session.scalars(select(Message)):
            one.created_at = work.now - timedelta(days=800)
            if one.once_key != "unread":
                old = one.once_key == "read"
                one.read_at = work.now - timedelta(days=366 if old else 364)

    cleaning.forget_messages()

    with reading() as session:
        left = session.scalars(select(Message.once_key).order_by(Message.once_key)).all()
        assert list(left) == ["lately", "unread"]


def test_the_number_left_with_a_report_goes_after_half_a_year(work: Work) -> None:
    for days in (179, 181):
        work.session.add(
            StampReport(
                public_id=work.new_public_id(),
                serial_text="7K3M",
                text="Tem rách",
                contact="0912 345 678",
                reported_at=work.now - timedelta(days=days),
            )
        )
    work.session.flush()

    forget_contacts(work)

    rows = work.session.scalars(select(StampReport).order_by(StampReport.reported_at)).all()
    assert [(one.contact, one.text) for one in rows] == [
        ("", "Tem rách"),
        ("0912 345 678", "Tem rách"),
    ]


def _change(work: Work, person_id: int, ended_at: object) -> AccountChange:
    return AccountChange(
        public_id=work.new_public_id(),
        person_id=person_id,
        kind="password",
        asked_at=ended_at,
        due_at=ended_at,
        ended_at=ended_at,
        outcome="stopped",
    )


def _invitation(work: Work, enterprise_id: int, person_id: int, over_at: object) -> Invitation:
    return Invitation(
        public_id=work.new_public_id(),
        enterprise_id=enterprise_id,
        role="seller",
        name="chị Mai",
        created_by_id=person_id,
        created_at=work.now - timedelta(days=400),
        expires_at=over_at,
    )
