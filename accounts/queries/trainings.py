"""Trainings as their trainers see them, and how many there were."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from accounts.models import Person, Training, TrainingLearner, TrainingStep
from core.figures import Area, Span

TRAININGS_SHOWN = 100  # The newest; a trainer of a whole province holds two a week.


@dataclass(frozen=True)
class TrainingCard:
    """A training, and how many joined it."""

    id: int
    public_id: str
    trainer_id: int
    name: str
    held_on: date
    province_code: str | None
    commune_code: str | None
    code: str
    closed_at: datetime | None
    learners: int


@dataclass(frozen=True)
class Learner:
    """Who joined a training."""

    id: int
    name: str
    joined_at: datetime


def trainings_of(session: Session, trainer_id: int) -> list[TrainingCard]:
    """A trainer's trainings, the newest first. One statement."""
    own = _cards().where(Training.trainer_id == trainer_id)
    newest = own.order_by(Training.held_on.desc(), Training.id.desc()).limit(TRAININGS_SHOWN)
    return [TrainingCard(*row) for row in session.execute(newest)]


def training(session: Session, public_id: str) -> TrainingCard | None:
    """The training of this id."""
    row = session.execute(_cards().where(Training.public_id == public_id)).one_or_none()
    return TrainingCard(*row) if row else None


def learners_of(session: Session, training_id: int) -> list[Learner]:
    """Who joined, in the order in which they did."""
    rows = session.execute(
        select(TrainingLearner.id, Person.name, TrainingLearner.joined_at)
        .join(Person, Person.id == TrainingLearner.person_id)
        .where(TrainingLearner.training_id == training_id)
        .order_by(TrainingLearner.joined_at, TrainingLearner.id)
    )
    return [Learner(*row) for row in rows]


def steps_of(
    session: Session, learner_ids: Collection[int], steps: Collection[str]
) -> Mapping[int, Mapping[str, datetime]]:
    """When each learner first did which of these steps. One statement."""
    found: dict[int, dict[str, datetime]] = defaultdict(dict)
    rows = session.execute(
        select(TrainingStep.learner_id, TrainingStep.step, TrainingStep.at).where(
            TrainingStep.learner_id.in_(learner_ids), TrainingStep.step.in_(steps)
        )
    )
    for learner_id, step, at in rows:
        found[learner_id][step] = at
    return found


def month_of_trainings(session: Session, area: Area, span: Span) -> dict[str, int]:
    """Trainings held in an area in these days. One statement."""
    counted = (
        select(func.count())
        .select_from(Training)
        .where(Training.held_on >= span.first_on, Training.held_on <= span.last_on)
    )
    if area.province_code is not None:
        counted = counted.where(Training.province_code == area.province_code)
    if area.commune_code is not None:
        counted = counted.where(Training.commune_code == area.commune_code)
    return {"trainings": session.scalar(counted) or 0}


def _cards() -> Select[Any]:
    learners = (
        select(func.count())
        .where(TrainingLearner.training_id == Training.id)
        .correlate(Training)
        .scalar_subquery()
    )
    return select(
        Training.id,
        Training.public_id,
        Training.trainer_id,
        Training.name,
        Training.held_on,
        Training.province_code,
        Training.commune_code,
        Training.code,
        Training.closed_at,
        learners,
    )
