"""A batch as a picture: issued, drawn, stuck on, sold, and what left that way, step by step."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from flask import url_for

from accounts.rules import Act
from accounts.web import may
from catalog.queries import StampableLot
from core.language import gettext as _
from traceability import rules
from traceability.queries import BatchCard, RangeCard
from traceability.routes.manage_words import range_words, reason_words
from traceability.rules import Piece, Stretch, VoidReason

MOST_TOLD = 3  # Ranges named beside a step; all of them stand in the table below.
STATES = ("printed", "active", "doubted", "void")
_STUCK_ON = ("active", "doubted")


@dataclass(frozen=True)
class Step:
    """One line of the picture: how many stamps came to it, where they lie, what one can do."""

    name: str  # Of the style sheet.
    words: str
    count: int
    pieces: Sequence[Piece]
    stretches: Sequence[Stretch]
    url: str = ""  # Where something can be done with them; empty: nowhere, or not by this person.
    act: str = ""  # What it is.

    @property
    def told(self) -> list[str]:
        """The first few ranges as people read them."""
        return [range_words(*piece) for piece in self.pieces[:MOST_TOLD]]


@dataclass(frozen=True)
class Picture:
    """What a batch is drawn from."""

    card: BatchCard
    ranges: Sequence[RangeCard]
    drawn: Sequence[Piece]  # Ranges whose sheets were drawn.
    sold: Sequence[tuple[int, int, int]]  # By columns: first, last, how many between them.
    lots: dict[int, StampableLot]

    def steps(self) -> list[Step]:
        """The way of the stamps first, then those that left it; of these, what there is."""
        way = [self._issued(), self._drawn(), self._waiting(), self._stuck_on(), self._sold()]
        aside = [self._recalled(), self._doubted(), *(self._void(reason) for reason in VoidReason)]
        return [*way, *(step for step in aside if step.count)]

    def _issued(self) -> Step:
        return self._step("issued", _("Phát"), [(1, self.card.count)])

    def _drawn(self) -> Step:
        # Sheets are kept for a month, but what was stuck on had one.
        pieces = [*self.drawn, *self._of(_STUCK_ON)]
        url = self._url("manage_batch.batch", Act.PRINT_LABELS, anchor="labels")
        return self._step("drawn", _("Có tờ in"), pieces, url, _("In lại"))

    def _waiting(self) -> Step:
        pieces = self._of(("printed",))
        first = next((each for each in self.ranges if each.state == "printed"), None)
        words, act = _("Chờ dán"), _("Báo đã dán")
        if first is None or not may(Act.ACTIVATE_STAMPS):
            return self._step("printed", words, pieces)
        if first.lot_id is None:
            url = self._url("manage_lots_of_stamps.ask_bind", Act.ACTIVATE_STAMPS)
            return self._step("printed", words, pieces, url, _("Dán cho lô"))
        lot = self.lots[first.lot_id]
        if lot.recalled_since:  # It takes none until that ends.
            return self._step("printed", words, pieces)
        url = url_for("manage_activation.ask", lot=lot.public_id)
        return self._step("printed", words, pieces, url, act)

    def _stuck_on(self) -> Step:
        pieces = self._of(_STUCK_ON)
        url = self._url("manage_deliveries.ask", Act.MANAGE_DEALERS) if pieces else ""
        return self._step("active", _("Đã báo dán"), pieces, url, _("Giao cho đại lý"))

    def _sold(self) -> Step:
        pieces = [(first, last) for first, last, _count in self.sold]
        step = self._step("sold", _("Đại lý báo đã bán"), pieces)
        return replace(step, count=sum(count for *_ends, count in self.sold))

    def _recalled(self) -> Step:
        lots = {lot.id: lot for lot in self.lots.values() if lot.recalled_since}
        pieces = [(each.first, each.last) for each in self.ranges if each.lot_id in lots]
        if not pieces:
            return self._step("recalled", _("Đang thu hồi"), pieces)
        url = url_for("manage_lots.shown", public_id=next(iter(lots.values())).public_id)
        return self._step("recalled", _("Đang thu hồi"), pieces, url, _("Xem lô"))

    def _doubted(self) -> Step:
        url = url_for("manage_cases.listed") if may(Act.READ_REPORTS) else ""
        return self._step("doubted", _("Mang cảnh báo"), self._of(("doubted",)), url, _("Vụ việc"))

    def _void(self, reason: VoidReason) -> Step:
        pieces = [(each.first, each.last) for each in self.ranges if each.reason == reason]
        url = self._url("manage_batch.batch", Act.VIEW_MANAGE, state="void", anchor="ranges")
        words = _("Hủy: %(reason)s", reason=reason_words(reason))
        return self._step("void", words, pieces, url, _("Xem từng khoảng"))

    def _of(self, states: Collection[str]) -> list[Piece]:
        return [(each.first, each.last) for each in self.ranges if each.state in states]

    def _url(
        self, endpoint: str, act: Act, *, state: str | None = None, anchor: str | None = None
    ) -> str:
        if not may(act):
            return ""
        return url_for(endpoint, public_id=self.card.public_id, state=state, _anchor=anchor)

    def _step(
        self, name: str, words: str, pieces: Sequence[Piece], url: str = "", act: str = ""
    ) -> Step:
        whole = rules.merged(pieces)
        count = sum(last - first + 1 for first, last in whole)
        return Step(
            name,
            words,
            count,
            whole,
            rules.stretches(whole, self.card.count),
            url,
            act if url else "",
        )
