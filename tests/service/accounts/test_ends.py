"""What ends by somebody who looked at the clock, then waited, ends no earlier than it began."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from accounts import service
from accounts.models import Practice, ProtectedName
from core.work import By, Work
from tests.makers import make_person, make_protected_name


def test_a_practice_begun_while_its_end_waited_ends_as_it_began(work: Work) -> None:
    person = make_person(work)
    work = replace(work, by=By("person", person.id))
    service.start_practice(work, name="Tập thử của Hà")
    begun = work.session.scalars(select(Practice)).one().begun_at

    service.end_practice(replace(work, now=work.now - timedelta(seconds=1)))

    work.session.expire_all()
    assert work.session.scalars(select(Practice.ended_at)).one() == begun


def test_a_name_taken_off_at_the_moment_it_was_added_ends_then(work: Work) -> None:
    name = make_protected_name(work)
    added = name.added_at

    service.end_protected_name(replace(work, now=added - timedelta(seconds=1)), name_id=name.id)

    work.session.expire_all()
    assert work.session.scalars(select(ProtectedName.ended_at)).one() == added
