"""Trainings: opened by a trainer, joined by a code on the board, closed."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete, select, update

from accounts.errors import TrainingOver, TrainingUnknown
from accounts.models import Training, TrainingLearner, TrainingStep
from accounts.service.practice import start_practice
from core import audit
from core.database import insert_new
from core.periods import TRAININGS
from core.work import Work

CODE_DIGITS = 6  # Read from a board at the back of the room, typed on any phone.
JOINED_FOR = timedelta(days=7)  # Who missed the day joins from home in the week after.
PIECE = 500


@dataclass(frozen=True)
class TrainingDay:
    """What a trainer says of a training: its place is a commune, a province or the country."""

    name: str
    held_on: date
    province_code: str | None
    commune_code: str | None


def open_training(work: Work, *, day: TrainingDay) -> str:
    """Open a training of whoever asks; its public id."""
    assert work.by.person_id is not None, "only people train"
    training = Training(
        public_id=work.new_public_id(),
        trainer_id=work.by.person_id,
        name=day.name,
        held_on=day.held_on,
        province_code=day.province_code,
        commune_code=day.commune_code,
        code=_free_code(work),
        created_at=work.now,
    )
    work.session.add(training)
    work.session.flush()
    _record(work, "open_training", training.id)
    return training.public_id


def join_training(work: Work, *, code: str, practice_name: str) -> int:
    """Join the training of this code and begin to practise in it; the enterprise to act for.

    Raises:
        TrainingUnknown: no training has this code.
        TrainingOver: it was closed, or held more than a week ago.
    """
    training = work.session.scalar(select(Training).where(Training.code == code))
    if training is None:
        raise TrainingUnknown("no training has this code")
    if training.closed_at is not None or work.today > training.held_on + JOINED_FOR:
        raise TrainingOver(f"training {training.id}")
    row = {
        "training_id": training.id,
        "person_id": work.by.person_id,
        "joined_at": work.now,
    }
    insert_new(work.session, TrainingLearner, row)
    return start_practice(work, name=practice_name, training_id=training.id)


def close_training(work: Work, *, public_id: str) -> None:
    """Let nobody join any more; who joined goes on. Closing twice is closing once."""
    closed = work.session.scalar(
        update(Training)
        .where(Training.public_id == public_id, Training.closed_at.is_(None))
        .values(closed_at=work.now)
        .returning(Training.id)
    )
    if closed is not None:
        _record(work, "close_training", closed)


def forget_learners(work: Work) -> bool:
    """Delete some learners of trainings held long ago, and what they did; may there be more?

    That a training was held stays.
    """
    old = (
        select(TrainingLearner.id)
        .join(Training, Training.id == TrainingLearner.training_id)
        .where(Training.held_on < work.today - TRAININGS.kept)
    )
    some = work.session.scalars(old.limit(PIECE)).all()
    work.session.execute(delete(TrainingStep).where(TrainingStep.learner_id.in_(some)))
    work.session.execute(delete(TrainingLearner).where(TrainingLearner.id.in_(some)))
    return len(some) == PIECE


def _free_code(work: Work) -> str:
    while True:
        code = work.new_digits(CODE_DIGITS)
        if work.session.scalar(select(Training.id).where(Training.code == code)) is None:
            return code


def _record(work: Work, act: str, training_id: int) -> None:
    audit.record(work, act=act, object_kind="training", object_id=training_id, enterprise_id=None)
