"""What may be said today of products' OCOP ranks."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from catalog.models import Recognition
from catalog.rules import RecognitionFacts, Standing, standing_of
from core.rows import rows

RECOGNITION = tuple(getattr(Recognition, each.name) for each in fields(RecognitionFacts))
_RECOGNITIONS = select(Recognition.product_id, *RECOGNITION).where(
    Recognition.product_id.in_(bindparam("product_ids", expanding=True))
)


@dataclass(frozen=True)
class Rank:
    """The strongest recognition of a product, and what it is worth today."""

    standing: Standing
    facts: RecognitionFacts | None = None

    @property
    def stars(self) -> int:
        """Stars that may be shown: those in force, else 0."""
        is_shown = self.standing is Standing.IN_FORCE and self.facts is not None
        return self.facts.stars or 0 if is_shown and self.facts else 0

    @property
    def version(self) -> tuple[object, ...]:
        """All of it as plain values: an ETag reads them ten times as fast as a dataclass."""
        facts = vars(self.facts).values() if self.facts else ()
        return (self.standing.value, *facts)


NO_RANK = Rank(Standing.NONE)


def ranks(session: Session, product_ids: Collection[int], *, today: date) -> dict[int, Rank]:
    """The ranks of products that have any recognition. One statement."""
    by_product: dict[int, list[RecognitionFacts]] = defaultdict(list)
    for product_id, *values in rows(session, _RECOGNITIONS, product_ids=product_ids):
        by_product[product_id].append(RecognitionFacts(*values))
    return {product_id: strongest(facts, today) for product_id, facts in by_product.items()}


def strongest(all_facts: Collection[RecognitionFacts], today: date) -> Rank:
    """The rank that the best of a product's recognitions gives it today."""
    order = list(Standing)
    ranked = [Rank(standing_of(facts, today=today), facts) for facts in all_facts]
    return min(ranked, key=lambda rank: (order.index(rank.standing), -rank.stars), default=NO_RANK)
