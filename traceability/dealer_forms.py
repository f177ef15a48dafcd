"""What makers type of dealers and hand-overs, and what dealers answer."""

from typing import Annotated, Literal

from pydantic import StringConstraints

from core.forms import Form
from core.text.typed import OneLine
from traceability.forms import Place, PublicId, RangeForm

LONGEST_SHOP = 60  # Fits a line of a stamp's page.
LONGEST_QUESTION = 100


class DealerForm(Form):
    """A shop: its name, its number, its commune typed and then chosen."""

    name: Annotated[str, OneLine(LONGEST_SHOP)]
    phone: Annotated[str, StringConstraints(max_length=40)]
    place: Annotated[str, StringConstraints(max_length=LONGEST_QUESTION)] = ""
    commune: Annotated[str, StringConstraints(max_length=10)] = ""


class HandOverForm(RangeForm):
    """Stamps that go to a dealer with the goods that bear them."""

    dealer: PublicId


class DeliveryAnswerForm(Form):
    """Whether the dealer has the stamps; `shown` is the box by which they agree to be named."""

    answer: Literal["yes", "no"]
    shown: Literal["yes"] | None = None


class SaleForm(Form):
    """One stamp, by its serial or the address that was scanned."""

    code: Place
