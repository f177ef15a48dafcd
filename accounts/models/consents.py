"""What a producer lets a helper do in the producer's name, and until when."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base

_OWN_LIVES_ON = text("ended_at IS NULL AND team_id IS NULL")
_TEAMS_LIVES_ON = text("ended_at IS NULL AND team_id IS NOT NULL")


class Consent(Base):
    """What was given to a helper or a team. Living: not ended, before `until_at`.

    One given on paper names the officer who saw the signature, and the photo of the paper.
    """

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("(witness_id IS NULL) = (paper_id IS NULL)", name="paper_has_witness"),
        CheckConstraint("until_at > asked_at", name="until_after_asking"),
        Index("ix_consent_helper", "helper_id"),
        Index("ix_consent_enterprise", "enterprise_id"),
        Index("ix_consent_paper", "paper_id"),
        Index("ix_consent_team", "team_id"),
        # Whoever asks for more gets a new consent, and the old one ends with it.
        Index(
            "uq_consent_given",
            "enterprise_id",
            "helper_id",
            unique=True,
            sqlite_where=_OWN_LIVES_ON,
            postgresql_where=_OWN_LIVES_ON,
        ),
        Index(
            "uq_consent_given_to_team",
            "enterprise_id",
            "team_id",
            unique=True,
            sqlite_where=_TEAMS_LIVES_ON,
            postgresql_where=_TEAMS_LIVES_ON,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("person.id"))  # Of a team's: who asked.
    # Not None: every living member of the team may act by it, and nobody else.
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))
    scopes: Mapped[list[str]]  # accounts.rules.Scope, named to the producer one by one.
    asked_at: Mapped[datetime]
    until_at: Mapped[datetime]
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: on paper.
    witness_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ConsentAsking(Base):
    """A helper's asking, until it is answered. One by a number nobody has stays unanswered."""

    __tablename__ = "consent_asking"
    __table_args__ = (
        CheckConstraint(
            "state IN ('asked','given','not_me','wrong_pair','withdrawn')", name="state_known"
        ),
        CheckConstraint("(state = 'asked') = (decided_at IS NULL)", name="decided_since"),
        CheckConstraint("(state = 'given') = (consent_id IS NOT NULL)", name="given_by_consent"),
        CheckConstraint("until_at > asked_at", name="until_after_asking"),
        Index("ix_consent_asking_helper", "helper_id", "asked_at"),
        Index("ix_consent_asking_enterprise", "enterprise_id", "asked_at"),
        Index("ix_consent_asking_consent", "consent_id"),
        Index("ix_consent_asking_team", "team_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    helper_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("team.id"))  # In whose name; None: own.
    asked_of: Mapped[str]  # As the helper named the producer: a number, or the public name.
    # None: nobody sells by this number. The helper is not told; it would tell whose number it is.
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprise.id"))
    sent_to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # By SMS, with a link.
    token_hash: Mapped[str] = mapped_column(unique=True)  # SHA-256, hex, of the link's key.
    scopes: Mapped[list[str]]
    pairs: Mapped[list[str]]  # Three pairs of digits; the first stands on the helper's screen.
    state: Mapped[str] = mapped_column(default="asked")
    asked_at: Mapped[datetime]
    until_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id"))
    printed_at: Mapped[datetime | None]  # To be signed on paper and shown to an officer.
