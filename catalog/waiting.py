"""Lines of the officers' queue: what waits, with which office, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from accounts.queries import Maker, makers, turns
from accounts.turn_words import Lying, lying
from catalog import queries
from catalog.queries import ManagedProduct
from core import display
from core.language import current_language


@dataclass(frozen=True)
class WaitingLine:
    """A product that waits: who made it, since when, with which office, and whether it is new."""

    product: ManagedProduct
    maker: Maker
    sent: str
    lying: Lying | None  # None: it does not wait.
    is_new: bool

    @property
    def is_change(self) -> bool:
        """Whether a change of goods on sale waits, not the goods."""
        return self.product.change_state == "waiting"

    @property
    def url(self) -> str:
        """Where the officer looks at it."""
        if self.is_change:
            return f"/office/changes/{self.product.change_public_id}"
        return f"/office/products/{self.product.public_id}"


def waiting_lines(
    session: Session, products: Sequence[ManagedProduct], *, now: datetime
) -> list[WaitingLine]:
    """The lines of these products. Three statements, none for no product."""
    if not products:
        return []
    language = current_language()
    of = makers(session, {each.enterprise_id for each in products})
    sent = {each.id: each.sent_at for each in products if each.sent_at}
    lie = turns(
        session,
        {each.id: (each.enterprise_id, sent[each.id]) for each in products if each.id in sent},
        now=now,
    )
    looked = queries.last_looks(session, [each.id for each in products])
    lines = []
    for each in products:
        maker = of[each.enterprise_id]
        words = (
            lying(
                lie[each.id],
                province_code=maker.province_code,
                commune_code=maker.commune_code,
                language=language,
            )
            if each.id in lie
            else None
        )
        when = display.recent(sent[each.id], now, language) if each.id in sent else ""
        lines.append(WaitingLine(each, maker, when, words, each.id not in looked))
    return lines
