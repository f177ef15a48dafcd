"""Imports: a file somebody gave, and what became of each of its lines."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base

IMPORT_STATES = (
    *("columns", "checking", "checked", "writing", "done"),
    *("undoing", "undone", "refused"),
)
FATES = ("created", "updated", "unchanged", "refused")


class ImportRun(Base):
    """One file on its way: columns chosen, looked over, written, perhaps undone."""

    __tablename__ = "import_run"
    __table_args__ = (
        CheckConstraint(f"state IN {IMPORT_STATES}", name="state_known"),
        CheckConstraint("kind IN ('products','lots','members')", name="kind_known"),
        Index("ix_import_run_enterprise", "enterprise_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprise.id"))
    by_person_id: Mapped[int | None]
    kind: Mapped[str]
    file_name: Mapped[str]
    file_key: Mapped[str]  # Of core.files.
    state: Mapped[str] = mapped_column(default="columns")
    heading: Mapped[list[str]]
    examples: Mapped[list[list[str]]] = mapped_column(
        JSON
    )  # The first lines, to see what a column holds.
    chosen: Mapped[dict[str, int]] = mapped_column(JSON)  # By field: the column, from 0.
    total: Mapped[int]  # Lines below the heading that say something.
    all_or_none: Mapped[bool] = mapped_column(default=False)
    job_id: Mapped[int | None]
    created_at: Mapped[datetime]
    written_at: Mapped[datetime | None]


class ImportRow(Base):
    """What becomes of a line: as looked over, then as written; and how to undo it."""

    __tablename__ = "import_row"
    __table_args__ = (CheckConstraint(f"fate IN {FATES}", name="fate_known"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)  # As a spreadsheet numbers it.
    texts: Mapped[dict[str, str]] = mapped_column(JSON)  # By field, as they stood in the file.
    fate: Mapped[str]
    column: Mapped[str] = mapped_column(default="")  # Where a refusal lies.
    sentence: Mapped[str] = mapped_column(default="")  # A message, with `values` in its places.
    values: Mapped[dict[str, Any]]
    object_id: Mapped[int | None]  # Once written: what it made, changed or found.
    object_version: Mapped[int | None]  # As the import left it: undoing meets nothing newer.
    before: Mapped[dict[str, Any] | None]  # What a change wrote over.
    undone: Mapped[bool | None]  # None: not asked; False: it changed since, so it stays.
