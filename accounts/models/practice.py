"""Practice: an enterprise for one learner alone; trainings, and what their learners have done."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base

_IS_OPEN = text("ended_at IS NULL")


class Practice(Base):
    """Whose practice an enterprise of the state `practice` is. A person has one at a time.

    After `wipe_at`, or once it ended, nobody acts for it any more: a job removes it in pieces.
    """

    __tablename__ = "practice"
    __table_args__ = (
        CheckConstraint("wipe_at > begun_at", name="wiped_after_beginning"),
        CheckConstraint("ended_at >= begun_at", name="ended_after_beginning"),
        Index("ix_practice_training", "training_id"),
        Index("ix_practice_wipe_at", "wipe_at"),
        Index(
            "uq_practice_open",
            "person_id",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
    )

    enterprise_id: Mapped[int] = mapped_column(
        ForeignKey("enterprise.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    training_id: Mapped[int | None] = mapped_column(ForeignKey("training.id"))
    begun_at: Mapped[datetime]
    wipe_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Training(Base):
    """A training day: who joins by its code practises, and its trainer sees how far each is."""

    __tablename__ = "training"
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="has_name"),
        CheckConstraint(
            "commune_code IS NULL OR province_code IS NOT NULL", name="commune_in_province"
        ),
        Index("ix_training_trainer", "trainer_id", "held_on"),
        Index("ix_training_place", "province_code", "held_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    trainer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    held_on: Mapped[date]
    province_code: Mapped[str | None]
    commune_code: Mapped[str | None]
    code: Mapped[str] = mapped_column(unique=True)  # Six digits, written on the board.
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]  # Nobody joins any more.


class TrainingLearner(Base):
    """Who joined a training."""

    __tablename__ = "training_learner"
    __table_args__ = (
        UniqueConstraint("training_id", "person_id"),
        Index("ix_training_learner_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int] = mapped_column(ForeignKey("training.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    joined_at: Mapped[datetime]


class TrainingStep(Base):
    """What a learner has done once. It outlives the practice, whose goods are wiped."""

    __tablename__ = "training_step"
    __table_args__ = (CheckConstraint("length(step) > 0", name="has_step"),)

    learner_id: Mapped[int] = mapped_column(ForeignKey("training_learner.id"), primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)  # The feature's own word: "listed".
    at: Mapped[datetime]
