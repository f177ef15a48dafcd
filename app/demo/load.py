"""The demo: 523 real products with what their rows support and no more, and the samples."""

from dataclasses import dataclass, replace
from pathlib import Path

from app.demo import samples
from app.demo.cases import report_fakes
from app.demo.checks import let_buyers_look
from app.demo.copies import check_copies
from app.demo.prices import illustrative_pack
from app.demo.printing import have_printed
from app.demo.recalling import recall_tea
from app.demo.stamps import stamp_lots
from catalog import queries, service
from catalog.service import ImportCounts, ProductRow, Refusal
from core.sealing import sealer
from core.work import Work

OCOP_PRODUCTS = Path(__file__).resolve().parent / "ocop_products.csv"


@dataclass(frozen=True)
class DemoCounts:
    """What loading the demo did."""

    real: ImportCounts
    samples: ImportCounts
    lots: int
    stamps: int
    refusals: tuple[Refusal, ...]


def load_demo(work: Work) -> DemoCounts:
    """Load or refresh the demo; the second time changes nothing."""
    with OCOP_PRODUCTS.open("rb") as file:
        sheet = service.read_sheet(file)
    real = service.import_products(work, [_priced(row) for row in sheet.rows])
    invented = service.import_products(work, samples.PRODUCTS)
    pack_ids = queries.pack_ids_by_import_key(work.session, [row.key for row in samples.PRODUCTS])
    lots = service.add_lots(work, samples.lot_rows(work, pack_ids))
    stamps = stamp_lots(work, lots)
    have_printed(work, lots, sealer=sealer())
    let_buyers_look(work, lots)
    check_copies(work, lots)
    report_fakes(work, lots)
    recall_tea(work, lots)
    return DemoCounts(real, invented, len(lots), stamps, tuple(sheet.refusals))


def _priced(row: ProductRow) -> ProductRow:
    """The row with a price to look at; what nobody is known to make has none."""
    if not row.is_published:
        return row
    return replace(row, packs=(illustrative_pack(row.words[0].name, row.group),))
