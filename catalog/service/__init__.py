"""Verbs of the catalog."""

from catalog.service.entries import (
    ImportCounts,
    PackRow,
    ProductRow,
    RecognitionRow,
    Words,
)
from catalog.service.imports import import_products
from catalog.service.lot_entries import LotRow, add_lots
from catalog.service.lots import SealedLot, seal_lot
from catalog.service.sheet_lines import Owner
from catalog.service.sheets import Refusal, Sheet, read_sheet

__all__ = [
    "ImportCounts",
    "LotRow",
    "Owner",
    "PackRow",
    "ProductRow",
    "RecognitionRow",
    "Refusal",
    "SealedLot",
    "Sheet",
    "Words",
    "add_lots",
    "import_products",
    "read_sheet",
    "seal_lot",
]
