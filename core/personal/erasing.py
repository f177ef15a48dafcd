"""Erasing one person: rows deleted or blanked, table by table, in the order of the lists."""

from collections.abc import Sequence

from sqlalchemy import delete, func, update

from core.personal.held import NOW, Blank, Gone, Held, Subject
from core.work import Work


def erase(work: Work, held: Sequence[Held], subject: Subject) -> None:
    """Do what each line of `held` says with the person's own rows."""
    for line in held:
        if isinstance(line.erasing, Gone):
            work.session.execute(delete(line.table).where(line.own(subject)))
        elif isinstance(line.erasing, Blank):
            _blank(work, line, line.erasing, subject)


def _blank(work: Work, line: Held, blank: Blank, subject: Subject) -> None:
    columns = line.table.__table__.columns
    values = {
        name: func.coalesce(columns[name], work.now) if value is NOW else value
        for name, value in blank.values.items()
    }
    work.session.execute(update(line.table).where(line.own(subject)).values(values))
