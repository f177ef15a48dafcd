"""The list of makers of an officer or a helper: asked in a fixed number of statements, drawn."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask import Response, request
from sqlalchemy import Select
from sqlalchemy.orm import Session

from accounts import queries
from accounts.care_words import LEFT_OUT
from accounts.queries import CaredMaker
from accounts.web import signed_in
from app.caring.needs import ORDERS, MakerRow, in_order, needs_of
from app.slots import MAKER_FIGURES
from core import audit, clock, display, figures
from core.language import current_language
from core.pages import page
from core.paging import address, asked_page
from core.places import commune_name
from core.work import reading

MAKERS_A_PAGE = 25
SHARE_OF = timedelta(days=90)


@dataclass(frozen=True)
class Side:
    """From which side makers are looked at: an officer's area, or whom a helper helps."""

    path: str
    base: str  # The template of its pages.
    acts: tuple[str, ...]
    ids: Callable[[], Select[int]]
    until: Callable[[Session], Mapping[int, datetime]]  # The end of a helper's consents.


@dataclass(frozen=True)
class _Wish:
    """What of the list was asked for."""

    commune: str
    needy: bool
    mine: bool
    order: str

    def keeps(self, row: MakerRow, *, me: int) -> bool:
        return (
            (not self.commune or row.maker.commune_code == self.commune)
            and (not self.needy or row.needs_help)
            and (not self.mine or row.maker.caretaker_id == me)
        )

    def pairs(self, number: int) -> list[tuple[str, str]]:
        return [
            ("commune", self.commune),
            ("need", "1" if self.needy else ""),
            ("mine", "1" if self.mine else ""),
            ("sort", self.order if self.order != ORDERS[0] else ""),
            ("page", str(number) if number > 1 else ""),
        ]


def draw_list(side: Side) -> Response:
    """One row a maker: what is missing, and the figures of every feature."""
    now, me, wish = clock.now(), signed_in().person_id, _wish()
    with reading() as session:
        every = rows_of(session, side, now=now)
        done = _done(session)
    found = in_order((row for row in every if wish.keeps(row, me=me)), wish.order)
    pages = -(-len(found) // MAKERS_A_PAGE)
    at = asked_page(pages)
    shown = found[(at - 1) * MAKERS_A_PAGE : at * MAKERS_A_PAGE]
    return page(
        "app/caring/makers.html",
        base=side.base,
        path=side.path,
        acts=side.acts,
        wish=wish,
        orders=ORDERS,
        communes=_communes(every),
        every=len(every),
        found=len(found),
        needy=sum(row.needs_help for row in every),
        rows=[(row, _when(row, now)) for row in shown],
        done=done,
        ticked=request.args.get("ticked") == "1",
        all_url=address(side.path, [*wish.pairs(at), ("ticked", "1")]),
        at=at,
        pages=pages,
        url_of=lambda number: address(side.path, wish.pairs(number)),
        place=lambda maker: commune_name(maker.commune_code),
        day=lambda moment: display.moment_day(moment, current_language()),
        count=lambda value: display.number(value, current_language()),
    )


def rows_of(session: Session, side: Side, *, now: datetime) -> list[MakerRow]:
    """Every maker of a side with its figures: as many statements as there are kinds of figures."""
    ids, today = side.ids(), clock.day_of(now)
    makers = queries.cared_makers(session, ids)
    shares = audit.shares_of(session, enterprise_ids=ids, since=today - SHARE_OF)
    until = side.until(session)
    counted = figures.of_makers(MAKER_FIGURES, session, ids, today)
    rows = (
        MakerRow(
            maker,
            counted.get(maker.id, {}),
            *shares.get(maker.id, (0, 0)),
            until_at=until.get(maker.id),
        )
        for maker in makers
    )
    return [replace(row, needs=needs_of(row, now=now)) for row in rows]


def chosen_makers(session: Session, side: Side, public_ids: Sequence[str]) -> list[CaredMaker]:
    """The makers that were ticked, as far as they are this side's; others are not there."""
    return queries.cared_makers(session, queries.those_of(side.ids(), public_ids))


def _wish() -> _Wish:
    asked = request.args
    order = asked.get("sort", "")
    return _Wish(
        commune=asked.get("commune", ""),
        needy=asked.get("need") == "1",
        mine=asked.get("mine") == "1",
        order=order if order in ORDERS else ORDERS[0],
    )


def _done(session: Session) -> tuple[str, int, list[tuple[str, str]]] | None:
    """What was just done to several: the act, how many it reached, who was left out and why."""
    done = queries.group_act(session, request.args.get("done", ""), person_id=signed_in().person_id)
    if done is None:
        return None
    names = queries.maker_names_of(session, [int(id_) for id_ in done.left_out])
    left = [(names.get(int(id_), "…"), LEFT_OUT[reason]) for id_, reason in done.left_out.items()]
    return done.act, len(done.went), sorted(left)


def _communes(rows: Sequence[MakerRow]) -> list[tuple[str, str]]:
    """The communes of the list, to choose one; nothing to choose where there is only one."""
    codes = {row.maker.commune_code for row in rows if row.maker.commune_code}
    return sorted(((code, commune_name(code)) for code in codes), key=lambda one: one[1])


def _when(row: MakerRow, now: datetime) -> str:
    at = row.maker.last_sign_in_at
    return display.recent(at, now, current_language()) if at is not None else ""
