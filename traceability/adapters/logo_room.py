"""Stamps that nobody has, to see whether labels have room for a logo before any are drawn."""

from datetime import date
from typing import Final

from traceability.adapters.label_words import Batch, Grey
from traceability.rules.serials import SERIAL_BITS
from traceability.rules.signatures import SIGNATURE_DIGITS

# No stamp's number; as wide and as narrow as serials come, as real ones are mixed.
_SERIALS: Final = (0, ((1 << SERIAL_BITS) - 1) // 37 * 37)  # The check symbol of both is 0.
_DAY: Final = date(2030, 12, 28)
_SECRET: Final = bytes(32)


def sample_batch(
    *,
    base_url: str,
    gtin14: str | None,
    logo: Grey,
    signed: bool = False,
    has_scratch: bool = False,
    name: str = "",
) -> Batch:
    """Give stamps with everything that may stand on their labels: lay them out to see if it fits.

    `plan_labels` raises NoRoomForLogo where code and words leave the logo too little.
    """
    return Batch(
        serials=_SERIALS,
        base_url=base_url,
        gtin14=gtin14,
        name=name,
        lot="",
        made_on=_DAY,
        best_before_on=_DAY,
        demo=True,
        scratch_secret=_SECRET if has_scratch else None,
        sign=(lambda _text: "7" * SIGNATURE_DIGITS) if signed else None,
        logo=logo,
    )
