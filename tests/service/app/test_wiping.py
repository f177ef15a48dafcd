"""Wiping a practice: everything of it goes, in pieces, and nothing of anybody else."""

from dataclasses import replace
from datetime import timedelta

from flask import Flask
from sqlalchemy import delete, func, select

from accounts import service as people
from accounts.models import Enterprise, Person, SignIn
from app.duties import KINDS
from app.wiping import end_old_practices
from catalog.models import Lot, Product
from core.database import Base
from core.jobs import Job
from core.messages import send
from core.photos.models import Photo
from core.wiping import wipe_some
from core.work import COMMAND, By, Work, transaction
from core.worker.jobs import run_next
from tests.makers import (
    make_batch,
    make_enterprise,
    make_lot,
    make_pack,
    make_person,
    make_practice,
    make_product,
    make_sign_in,
)
from tests.pictures import make_photo
from traceability.models import Stamp
from traceability.service import activate_stamps

KEPT = {"audit_entry", "outbox_event", "job"}  # Numbers and acts only; jobs go by their own time.


def test_a_practice_goes_with_all_it_held_and_a_real_enterprise_stays(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        real = make_enterprise(work)
        make_batch(work, enterprise=real, count=3)
        ha = make_person(work)
        practised = _full_practice_of(work, ha)
        make_sign_in(work, person=ha, enterprise=practised)
        before = work.session.scalar(select(func.count()).select_from(Stamp)) or 0
    with transaction(by=By("person", ha.id)) as work:
        people.end_practice(work)

    while run_next(KINDS):
        pass

    with transaction(by=COMMAND) as work:
        session = work.session
        assert session.scalars(select(Enterprise.id)).all() == [real.id]
        assert [row.enterprise_id for row in session.scalars(select(Product))] == [real.id]
        assert [row.enterprise_id for row in session.scalars(select(Lot))] == [real.id]
        assert (before, session.scalar(select(func.count()).select_from(Stamp))) == (8, 3)
        assert session.scalars(select(SignIn.enterprise_id)).all() == [None]
        assert session.scalars(select(Person.name)).all() == ["Hà"]
        [photo] = session.scalars(select(Photo))
        assert photo.enterprise_id is None
        assert photo.removed_at is not None
        for table in Base.metadata.sorted_tables:
            if "enterprise_id" in table.c and table.name not in KEPT:
                left = select(func.count()).where(table.c.enterprise_id == practised.id)
                assert session.scalar(left) == 0, table.name
        assert session.scalars(select(Job.state)).all() == ["done"]


def test_pieces_are_small_and_end(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        ha = make_person(work)
        practised = _full_practice_of(work, ha)
        root = Base.metadata.tables["enterprise"]
        work.session.execute(delete(Stamp))

        pieces = 0
        while wipe_some(work.session, root, practised.id, limit=1):
            pieces += 1

        assert pieces >= 10
        assert work.session.scalars(select(Enterprise)).all() == []


def test_a_job_about_a_real_enterprise_removes_nothing(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        real = make_enterprise(work)
        work.session.add(
            Job(
                public_id="0000000000",
                kind=people.WIPING,
                arguments={"enterprise_id": real.id},
                due_at=work.now,
                created_at=work.now,
            )
        )

    assert run_next(KINDS)

    with transaction(by=COMMAND) as work:
        assert work.session.scalars(select(Enterprise.id)).all() == [real.id]


def test_practices_run_out_by_the_timetable(app: Flask) -> None:
    with transaction(by=COMMAND) as work:
        ha = make_person(work)
        old = _full_practice_of(work, ha, days_ago=7)
        mai = make_person(work, sign_in="mai@goc.example", name="Mai")
        young = make_practice(work, person=mai)

    end_old_practices()
    while run_next(KINDS):
        pass

    with transaction(by=COMMAND) as work:
        assert work.session.scalars(select(Enterprise.id)).all() == [young.id]
        assert old.id != young.id


def _full_practice_of(work: Work, person: Person, *, days_ago: int = 0) -> Enterprise:
    """A practice with a listing, a lot, five stamps, a photo and a message."""
    began = replace(work, now=work.now - timedelta(days=days_ago))
    enterprise = make_practice(began, person=person)
    product = make_product(work, enterprise=enterprise, state="practice")
    make_pack(work, product=product)
    batch = make_batch(work, lot=make_lot(work, product=product), count=5)
    activate_stamps(work, batch_id=batch.id, first=1, last=2)
    make_photo(work, enterprise_id=enterprise.id)
    send(work, enterprise_id=enterprise.id, kind="any", values={}, once_key=f"{enterprise.id}")
    return enterprise
