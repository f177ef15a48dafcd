"""The slots `person.export` and `person.erase`: what every feature holds of a person, in order.

A new table or column that may hold something of a person is named in the `personal.py` of its
feature; `tests/unit/app/test_personal.py` finds what was forgotten.
"""

from accounts import personal as accounts
from catalog import personal as catalog
from core.personal import Held
from core.personal import tables as core
from traceability import personal as traceability

# The person's own row stands last in `accounts.HELD`, and so it does here.
HELD: tuple[Held, ...] = (*core.HELD, *catalog.HELD, *traceability.HELD, *accounts.HELD)
NOT_PERSONAL = {
    **core.NOT_PERSONAL,
    **accounts.NOT_PERSONAL,
    **catalog.NOT_PERSONAL,
    **traceability.NOT_PERSONAL,
}
