"""Print codes for tests: a row as it lies in the database, and the sheets drawn that it opens."""

from accounts.models import Enterprise
from core import ids
from core.sealing import sealer
from core.work import Work
from tests.makers import make_batch
from traceability import rules, service
from traceability.adapters.papers import DEFAULT_PAPER
from traceability.models import LabelPrint, PrintCode


def make_labels(work: Work, *, enterprise: Enterprise | None = None, count: int = 10) -> LabelPrint:
    """Sheets of a new batch, asked for and not yet drawn."""
    batch = make_batch(work, enterprise=enterprise, count=count)
    return service.order_labels(work, batch, first=1, last=count, paper=DEFAULT_PAPER)


def make_print_code(
    work: Work, *, enterprise: Enterprise | None = None, code: str = "", print_place: str = ""
) -> PrintCode:
    """An open code of new sheets, of these letters or any."""
    labels = make_labels(work, enterprise=enterprise)
    code, public_id = code or ids.crockford(rules.CODE_LETTERS), ids.public_id()
    row = PrintCode(
        public_id=public_id,
        label_print_id=labels.id,
        enterprise_id=labels.enterprise_id,
        code_hash=service.hash_of_print_code(code, sealer()),
        sealed_code=sealer().seal(code, about=f"print code {public_id}"),
        print_place=print_place,
        made_at=work.now,
        expires_at=work.now + rules.LASTS,
    )
    work.session.add(row)
    work.session.flush()
    return row
