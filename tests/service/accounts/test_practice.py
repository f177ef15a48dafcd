"""Practice and trainings: who has which, until when, and what a training is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import queries, service
from accounts.errors import TrainingOver, TrainingUnknown
from accounts.models import Enterprise, Practice, Training, TrainingLearner, TrainingStep
from accounts.rules import Office, Role
from accounts.service import TrainingDay
from accounts.service.trainings import forget_learners
from core.figures import Span
from core.jobs import Job
from core.work import By, Work
from tests.makers import make_enterprise, make_person


def learning(work: Work) -> Work:
    return replace(work, by=By("person", make_person(work).id))


def training(work: Work, *, name: str = "Đăng hàng") -> str:
    trainer = make_person(work, sign_in="thao@goc.example", name="Thảo")
    day = TrainingDay(name, work.today, "4", None)
    public_id = service.open_training(replace(work, by=By("person", trainer.id)), day=day)
    found = queries.training(work.session, public_id)
    assert found is not None
    return found.code


def test_who_practises_acts_for_an_enterprise_of_their_own_for_a_week(work: Work) -> None:
    mine = learning(work)

    id_ = service.start_practice(mine, name="Tập thử của Hà")

    [member] = queries.memberships(work.session, mine.by.person_id or 0, now=work.now)
    assert (member.enterprise_id, member.role) == (id_, Role.LEARNER)
    assert member.until_at == work.now + timedelta(days=7)
    assert work.session.get_one(Enterprise, id_).state == "practice"
    later = work.now + timedelta(days=7)
    assert queries.memberships(work.session, mine.by.person_id or 0, now=later) == ()
    assert queries.practice_of(work.session, mine.by.person_id or 0, now=later) is None


def test_beginning_again_goes_on_with_the_same_practice(work: Work) -> None:
    mine = learning(work)
    first = service.start_practice(mine, name="Tập thử của Hà")

    assert service.start_practice(mine, name="Tập thử của Hà") == first
    assert len(work.session.scalars(select(Practice)).all()) == 1


def test_a_practice_that_ran_out_gives_way_to_a_new_one_and_is_wiped(work: Work) -> None:
    mine = learning(work)
    first = service.start_practice(mine, name="Tập thử của Hà")
    later = replace(mine, now=work.now + timedelta(days=8))

    second = service.start_practice(later, name="Tập thử của Hà")

    assert second != first
    [job] = work.session.scalars(select(Job).where(Job.kind == service.WIPING))
    assert job.arguments == {"enterprise_id": first}


def test_ending_takes_effect_at_once_and_has_it_wiped(work: Work) -> None:
    mine = learning(work)
    id_ = service.start_practice(mine, name="Tập thử của Hà")

    assert service.end_practice(mine) is True

    assert queries.memberships(work.session, mine.by.person_id or 0, now=work.now) == ()
    assert [job.arguments for job in work.session.scalars(select(Job))] == [{"enterprise_id": id_}]
    assert service.end_practice(mine) is False


def test_only_overdue_practices_are_ended_by_the_clock(work: Work) -> None:
    mine = learning(work)
    id_ = service.start_practice(mine, name="Tập thử của Hà")

    assert queries.overdue_practices(work.session, now=work.now, limit=9) == []
    assert service.end_overdue_practice(work, enterprise_id=id_) is False
    later = replace(work, now=work.now + timedelta(days=7))
    assert queries.overdue_practices(work.session, now=later.now, limit=9) == [id_]
    assert service.end_overdue_practice(later, enterprise_id=id_) is True
    assert queries.overdue_practices(work.session, now=later.now, limit=9) == []


def test_practice_lies_in_no_officers_area(work: Work) -> None:
    mine = learning(work)
    id_ = service.start_practice(mine, name="Tập thử của Hà")
    real = make_enterprise(work)

    everywhere = Office(1, Role.OPERATOR)
    found = work.session.scalars(queries.enterprise_ids_in(everywhere)).all()

    assert (real.id in found, id_ in found) == (True, False)


def test_a_training_is_told_the_first_time_of_each_step(work: Work) -> None:
    mine = learning(work)
    id_ = service.join_training(mine, code=training(work), practice_name="Tập thử của Hà")

    service.note_step(mine, enterprise_id=id_, step="listed")
    later = replace(mine, now=work.now + timedelta(hours=1))
    service.note_step(later, enterprise_id=id_, step="listed")
    service.note_step(mine, enterprise_id=make_enterprise(work).id, step="listed")

    [learner] = work.session.scalars(select(TrainingLearner))
    told = queries.steps_of(work.session, [learner.id], ["listed", "stamped"])
    assert told == {learner.id: {"listed": work.now}}


def test_who_practises_alone_is_told_to_nobody(work: Work) -> None:
    mine = learning(work)
    id_ = service.start_practice(mine, name="Tập thử của Hà")

    service.note_step(mine, enterprise_id=id_, step="listed")

    assert work.session.scalars(select(TrainingStep)).all() == []


def test_a_wrong_code_joins_nothing(work: Work) -> None:
    code = training(work)
    wrong = "000000" if code != "000000" else "000001"

    with pytest.raises(TrainingUnknown):
        service.join_training(learning(work), code=wrong, practice_name="Tập thử")

    assert work.session.scalars(select(Practice)).all() == []


def test_a_training_takes_people_for_a_week_unless_it_is_closed(work: Work) -> None:
    code = training(work)
    mine = learning(work)

    late = replace(mine, now=work.now + timedelta(days=9))
    with pytest.raises(TrainingOver):
        service.join_training(late, code=code, practice_name="Tập thử")
    public_id = work.session.scalars(select(Training.public_id)).one()
    service.close_training(work, public_id=public_id)
    with pytest.raises(TrainingOver):
        service.join_training(mine, code=code, practice_name="Tập thử")
    assert work.session.scalars(select(TrainingLearner)).all() == []


def test_trainings_are_counted_by_area_and_days(work: Work) -> None:
    training(work)
    day = work.today

    def count(office: Office, shift: int = 0) -> int:
        on = day + timedelta(days=shift)
        area = queries.area_of(office)
        return queries.month_of_trainings(work.session, area, Span(on, on))["trainings"]

    assert count(Office(1, Role.OFFICER, "4")) == 1
    assert count(Office(1, Role.OFFICER, "1")) == 0
    assert count(Office(1, Role.OPERATOR)) == 1
    assert count(Office(1, Role.OPERATOR), shift=1) == 0


def test_practice_is_no_maker_in_anybodys_figures(work: Work) -> None:
    service.start_practice(learning(work), name="Tập thử của Hà")
    real = make_enterprise(work)

    found = queries.makers_in([Office(1, Role.OPERATOR)])

    assert work.session.scalars(found).all() == [real.id]


def test_learners_are_forgotten_a_year_later_and_the_training_is_not(work: Work) -> None:
    code = training(work)
    mine = learning(work)
    id_ = service.join_training(mine, code=code, practice_name="Tập thử của Hà")
    service.note_step(mine, enterprise_id=id_, step="listed")

    forget_learners(replace(work, now=work.now + timedelta(days=365)))
    assert len(work.session.scalars(select(TrainingLearner)).all()) == 1
    forget_learners(replace(work, now=work.now + timedelta(days=366)))

    assert work.session.scalars(select(TrainingLearner)).all() == []
    assert work.session.scalars(select(TrainingStep)).all() == []
    assert work.session.scalars(select(Training.code)).all() == [code]
