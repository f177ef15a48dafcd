"""Teams that help producers: a commune's youth union, a post office, the heads of its hamlets."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base

TEAM_KINDS = ("post_office", "youth", "hamlet_heads", "other")
_IS_IN = text("ended_at IS NULL")


class Team(Base):
    """A team an officer opened for an area. What producers give it, its living members may do."""

    __tablename__ = "team"
    __table_args__ = (
        CheckConstraint(f"kind IN {TEAM_KINDS}", name="kind_known"),
        CheckConstraint("length(name) > 0", name="has_name"),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_somebody"),
        Index("ix_team_place", "province_code", "commune_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    province_code: Mapped[str]
    commune_code: Mapped[str | None]  # None: the whole province.
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class TeamMember(Base):
    """Somebody asked into a team; in it from `joined_at` until `ended_at`."""

    __tablename__ = "team_member"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) = (joined_at IS NULL)", name="joined_by_somebody"),
        Index("ix_team_member_person", "person_id"),
        Index("ix_team_member_team", "team_id"),
        Index("ix_team_member_sign_in", "sign_in"),
        Index(
            "uq_team_member_in",
            "team_id",
            "person_id",
            unique=True,
            sqlite_where=_IS_IN,
            postgresql_where=_IS_IN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)  # The link is derived from it, not stored.
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    name: Mapped[str]  # As the officer says it: "chị Mai".
    sign_in: Mapped[str | None]  # Only whoever signs in so may join; None: whoever has the link.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    invited_at: Mapped[datetime]
    joined_at: Mapped[datetime | None]
    is_leader: Mapped[bool] = mapped_column(default=False)  # Said by an officer, of a member.
    ended_at: Mapped[datetime | None]  # Left, removed, or the invitation was taken back.
