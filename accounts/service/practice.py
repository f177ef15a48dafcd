"""Practice ("Tập thử"): the same pages, with goods and stamps that are the learner's alone."""

from sqlalchemy import ColumnElement, select, update

from accounts.models import Enterprise, Practice, TrainingLearner, TrainingStep
from accounts.registering import Kind
from core import audit
from core.database import insert_new, lock_words
from core.ids import SLUG_KEY_LENGTH
from core.jobs import enqueue
from core.periods import PRACTICES
from core.slugs import fresh_public_ids
from core.text.alphabet import sort_key
from core.work import Work, not_before

WIPING = "wipe_practice"  # The kind of job that removes a practice in pieces.


def start_practice(work: Work, *, name: str, training_id: int | None = None) -> int:
    """Give whoever asks an enterprise to practise with, called `name`; its id.

    Who practises already goes on with what there is, within the training now joined.
    """
    person_id = work.by.person_id
    assert person_id is not None, "only people practise"
    lock_words(work.session, f"practice of {person_id}")
    open_one = work.session.scalar(
        select(Practice).where(Practice.person_id == person_id, Practice.ended_at.is_(None))
    )
    if open_one is not None and open_one.wipe_at > work.now:
        open_one.training_id = training_id or open_one.training_id
        return open_one.enterprise_id
    if open_one is not None:
        end_practice(work)  # It ran out, and its job has not come by yet.
    enterprise = _new_enterprise(work, name)
    work.session.add(
        Practice(
            enterprise_id=enterprise.id,
            person_id=person_id,
            training_id=training_id,
            begun_at=work.now,
            wipe_at=work.now + PRACTICES.kept,
        )
    )
    work.session.flush()
    _record(work, "start_practice", enterprise.id)
    return enterprise.id


def end_practice(work: Work) -> bool:
    """End one's own practice at once, on every device; a job wipes what was in it.

    False: there is none.
    """
    return _end(work, Practice.person_id == work.by.person_id)


def end_overdue_practice(work: Work, *, enterprise_id: int) -> bool:
    """End a practice whose days are over. False: it ended meanwhile."""
    return _end(work, Practice.enterprise_id == enterprise_id, Practice.wipe_at <= work.now)


def note_step(work: Work, *, enterprise_id: int, step: str) -> None:
    """Tell the training, if the enterprise is a practice within one, what its learner has done.

    Features call it where the thing is done, for every enterprise; the first time counts.
    """
    learner_id = work.session.scalar(
        select(TrainingLearner.id)
        .join(Practice, Practice.training_id == TrainingLearner.training_id)
        .where(Practice.person_id == TrainingLearner.person_id)
        .where(Practice.enterprise_id == enterprise_id)
    )
    if learner_id is not None:
        done = {"learner_id": learner_id, "step": step, "at": work.now}
        insert_new(work.session, TrainingStep, done)


def _end(work: Work, *which: ColumnElement[bool]) -> bool:
    enterprise_id = work.session.scalar(
        update(Practice)
        .where(Practice.ended_at.is_(None), *which)
        .values(ended_at=not_before(Practice.begun_at, work.now))
        .returning(Practice.enterprise_id)
    )
    if enterprise_id is None:
        return False
    enqueue(work, kind=WIPING, arguments={"enterprise_id": enterprise_id})
    _record(work, "end_practice", enterprise_id)
    return True


def _new_enterprise(work: Work, name: str) -> Enterprise:
    [public_id] = fresh_public_ids(work, Enterprise.slug_key, 1)
    enterprise = Enterprise(
        public_id=public_id,
        slug_key=public_id[:SLUG_KEY_LENGTH],
        name=name,
        sort_key=sort_key(name),
        kind=Kind.HOUSEHOLD,
        place_published="",
        state="practice",
        created_at=work.now,
    )
    work.session.add(enterprise)
    work.session.flush()
    return enterprise


def _record(work: Work, act: str, enterprise_id: int) -> None:
    audit.record(
        work,
        act=act,
        object_kind="enterprise",
        object_id=enterprise_id,
        enterprise_id=enterprise_id,
    )
