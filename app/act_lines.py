"""Each recorded act as a line that is read: who, what, when, and what it was before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from babel.dates import format_date
from sqlalchemy.orm import Session

from accounts.queries import people_named, team_names, teams_of_consents
from accounts.rules import Act
from accounts.web import may
from app.act_words import ACT_WORDS, OTHER
from catalog import queries
from catalog.queries import ManagedProduct, Revision
from core import clock, display
from core.audit import AuditEntry
from core.clock import day_of
from core.errors import sentence
from core.language import current_language, gettext

A_WEEK = timedelta(days=6)
_KINDS = ("product", "lot")
# An officer wrote it over what is on sale: whoever wants it back asks for another change.
_UNDONE_BY_ASKING = frozenset({"publish_change"})
# A pack that came or went says all of itself in one sentence.
_PACK_WORDS: Mapping[str, str] = {
    "add_pack": sentence("đã thêm gói cho %(thing)s: %(pack)s"),
    "remove_pack": sentence("đã bỏ gói của %(thing)s: %(pack)s"),
}


@dataclass(frozen=True)
class Line:
    """One act as it is read."""

    who: str
    helped: bool
    team: str  # In whose name they helped; empty: in their own.
    words: str
    when: str
    token: str  # What the person calls the token of the program that did it; empty: they did.
    changes: Sequence[tuple[str, str, str]] = field(default_factory=list)
    undo: str = ""  # The revision that can be undone.
    is_undone: bool = False
    public_id: str = ""  # Of the entry: its proof is shown by it.


def lines_of(
    session: Session, entries: Sequence[AuditEntry], names: Mapping[int, str]
) -> list[Line]:
    """The entries in words, with the names of who acted. Four statements besides theirs.

    Two more where teams helped.
    """
    of = {kind: {one.object_id for one in entries if one.object_kind == kind} for kind in _KINDS}
    products = {each.id: each for each in queries.managed_products(session, list(of["product"]))}
    lots = queries.lot_codes(session, of["lot"])
    seen = [
        (one.object_id, one.details["version"])
        for one in entries
        if one.object_kind == "product" and "version" in one.details
    ]
    revisions = queries.revisions_at(session, seen)
    touched = {id_ for one in entries if (id_ := _person_of(one)) is not None}
    others = {id_: one.name for id_, one in people_named(session, touched).items()}
    things = {"product": {id_: one.name for id_, one in products.items()}, "lot": lots}
    acting = teams_of_consents(session, {one.by_consent_id or 0 for one in entries} - {0})
    given = team_names(session, {one.details.get("team_id", 0) for one in entries} - {0})
    undoable = _undoable(revisions.values(), products)
    lines = []
    for one in entries:
        thing = given.get(one.details.get("team_id", 0)) or _thing(one, things, others)
        team = acting.get(one.by_consent_id or 0, "")
        lines.append(_line(one, names, thing, team, revisions.get(_seen(one)), undoable))
    return lines


def _undoable(
    revisions: Iterable[Revision], products: Mapping[int, ManagedProduct]
) -> frozenset[str]:
    """Those a button may undo: words of goods on sale change by an officer's leave alone."""
    if not may(Act.EDIT_PRODUCT):
        return frozenset()
    return frozenset(
        one.public_id
        for one in revisions
        if not one.is_undone
        and one.act not in _UNDONE_BY_ASKING
        and one.product_id in products
        and (one.pack or products[one.product_id].words_are_open)
    )


def _seen(entry: AuditEntry) -> tuple[int, int]:
    return entry.object_id, entry.details.get("version", 0)


def _person_of(entry: AuditEntry) -> int | None:
    """Whom an act was done to."""
    if entry.object_kind == "person":
        return entry.object_id
    helper: int | None = entry.details.get("helper_id")
    return helper


def _thing(
    entry: AuditEntry, things: Mapping[str, Mapping[int, str]], people: Mapping[int, str]
) -> str:
    if "code" in entry.details:
        return display.lot_code(entry.details["code"])
    named = things.get(entry.object_kind, {}).get(entry.object_id)
    return named or people.get(_person_of(entry) or 0, "") or "…"


def _line(
    entry: AuditEntry,
    names: Mapping[int, str],
    thing: str,
    team: str,
    revision: Revision | None,
    undoable: frozenset[str],
) -> Line:
    locale = current_language()
    shown = revision if revision is not None and revision.act == entry.act else None
    return Line(
        who=names.get(entry.by_person_id or 0, gettext("Máy chủ")),
        helped=entry.by_consent_id is not None,
        team=team,
        words=_words(entry, thing, shown, locale),
        when=_when(entry.at, locale),
        token=entry.details.get("token", ""),
        changes=_changes(shown, locale) if shown is not None else [],
        undo=shown.public_id if shown is not None and shown.public_id in undoable else "",
        is_undone=shown is not None and shown.is_undone,
        public_id=entry.public_id,
    )


def _words(entry: AuditEntry, thing: str, shown: Revision | None, locale: str) -> str:
    """What was done; of a price and of a pack that came or went, with what it was."""
    if shown is not None and shown.act in _PACK_WORDS:
        return gettext(_PACK_WORDS[shown.act], thing=thing, pack=_sold(shown, locale))
    if shown is not None and set(shown.after) == {"price_vnd"} and shown.before["price_vnd"]:
        return gettext(
            "đã đổi giá %(thing)s (%(pack)s) từ %(before)s thành %(after)s",
            thing=thing,
            pack=shown.pack,
            before=display.vnd(shown.before["price_vnd"], locale),
            after=display.vnd(shown.after["price_vnd"], locale),
        )
    values = {"count": "", "first": "", "last": ""} | entry.details | {"thing": thing}
    return gettext(ACT_WORDS.get(entry.act, OTHER), **values)


def _sold(revision: Revision, locale: str) -> str:
    """What a pack that came or went is called and costs: "hộp 200 g, 85.000 ₫"."""
    price_vnd = revision.after.get("price_vnd") or revision.before.get("price_vnd")
    if price_vnd is None:
        return revision.pack
    return f"{revision.pack}, {display.vnd(price_vnd, locale)}"


def _changes(revision: Revision, locale: str) -> list[tuple[str, str, str]]:
    """Field by field what stood there and what stands there now; a price alone is a sentence."""
    if set(revision.after) == {"price_vnd"} or revision.act in _PACK_WORDS:
        return []
    return [
        (name, _value(name, revision.before[name], locale), _value(name, value, locale))
        for name, value in revision.after.items()
    ]


def _value(name: str, value: Any, locale: str) -> str:
    if value is None or value == "":
        return ""
    return display.vnd(value, locale) if name == "price_vnd" else str(value)


def _when(at: datetime, locale: str) -> str:
    """Within a week the day's name: "thứ ba 9:14"."""
    day, today = day_of(at), clock.today()
    if day in {today, today - timedelta(days=1)} or today - day > A_WEEK:
        return display.recent(at, clock.now(), locale)
    return f"{format_date(day, 'EEEE', locale=locale).lower()} {display.clock(at, locale)}"
