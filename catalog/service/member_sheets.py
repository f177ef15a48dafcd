"""Sheets of an enterprise's people: each line somebody on paper, known by name and role."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from accounts import queries as accounts
from accounts.errors import LastDirector, NotAMember
from accounts.rules import Role
from accounts.service import add_members_on_paper, remove_member
from catalog.errors import ImportTouched
from catalog.service.entries import Fate, Outcome
from catalog.service.sheet_cells import cell
from catalog.service.sheets import REPEATED, Refusal, SheetLine
from catalog.sheets import Line
from catalog.sheets.columns import joined
from catalog.sheets.people import ROLE_WORDS
from core.text.fold import normal
from core.text.lines import one_line
from core.text.refusal import Unreadable
from core.work import Work

NAME_LENGTH = 120  # As the form of a member.


@dataclass(frozen=True)
class MemberRow:
    """Somebody who belongs to an enterprise."""

    name: str
    role: Role
    enterprise_id: int

    @property
    def key(self) -> str:
        """What says whom the same line means next time."""
        return _key(self.name, self.role)


def member_lines(
    lines: Iterator[Line], chosen: Mapping[str, int], *, enterprise_id: int
) -> Iterator[SheetLine]:
    """Read lines one by one; a name with the same role twice is refused where it comes again."""
    keys: set[str] = set()
    for line in lines:
        texts = {name: line.cell(column) for name, column in chosen.items()}
        try:
            read = member_line(texts, enterprise_id=enterprise_id)
        except Unreadable as refused:
            values = dict(refused.values)
            column = str(values.pop("column", ""))
            refusal = Refusal(line.number, column, refused.code, values)
            yield SheetLine(line.number, texts, refusal=refusal)
            continue
        if read.key in keys:
            yield SheetLine(line.number, texts, refusal=Refusal(line.number, "name", REPEATED))
            continue
        keys.add(read.key)
        yield SheetLine(line.number, texts, row=read)


def member_line(texts: Mapping[str, str], *, enterprise_id: int) -> MemberRow:
    """A line as somebody with a role.

    Raises:
        Unreadable: with the column and the reason.
    """
    name = cell(texts, "name", lambda text: one_line(text, at_most=NAME_LENGTH))
    return MemberRow(name, cell(texts, "role", _role), enterprise_id)


def write_members(work: Work, rows: Sequence[MemberRow]) -> dict[str, Outcome]:
    """Enter on paper whoever is new; whoever belongs there with this name and role is left alone.

    Roles change and people leave by form alone: two of one name are two people.
    """
    if not rows:
        return {}
    [enterprise_id] = {row.enterprise_id for row in rows}
    known = {
        _key(name, role): person_id
        for person_id, name, role in accounts.names_and_roles(work.session, enterprise_id)
    }
    new = [row for row in rows if row.key not in known]
    members = [(row.name, row.role) for row in new]
    ids = add_members_on_paper(work, enterprise_id=enterprise_id, members=members) if new else []
    made = dict(zip((row.key for row in new), ids, strict=True))
    return {
        row.key: Outcome(Fate.CREATED, made[row.key], version=1)
        if row.key in made
        else Outcome(Fate.UNCHANGED, known[row.key], version=1)
        for row in rows
    }


def undo_member(work: Work, *, person_id: int, role_words: str) -> None:
    """Take out somebody an import entered with a role.

    Raises:
        ImportTouched: they belong there no longer, sign in since, or do something else.
    """
    enterprise_id = work.by.enterprise_id
    assert enterprise_id is not None, "an import is an enterprise's"
    role = accounts.role_on_paper(work.session, enterprise_id, person_id)
    if role is None or role is not ROLE_WORDS.get(joined(role_words)):
        raise ImportTouched(f"person {person_id} is not there as entered")
    try:
        remove_member(work, enterprise_id=enterprise_id, person_id=person_id)
    except (NotAMember, LastDirector) as error:
        raise ImportTouched(str(error)) from error


@lru_cache(maxsize=20_000)  # An enterprise's people are met again with each piece of a file.
def _key(name: str, role: Role) -> str:
    return f"{role}|{normal(name)}"


def _role(text: str) -> Role:
    role = ROLE_WORDS.get(joined(text))
    if role is None:
        raise Unreadable("unknown_role" if text else "empty")
    return role
