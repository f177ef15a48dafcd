"""Verbs of the catalog."""

from catalog.service.declaring import (
    change_lot,
    declare_lot,
    delete_lot,
    hold_lot,
    release_lot,
)
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
from catalog.service.packs import CLAIMS, add_pack, change_pack, remove_pack
from catalog.service.products import add_product, change_words
from catalog.service.publishing import (
    Look,
    publish_product,
    return_product,
    submit_product,
    withdraw_product,
)
from catalog.service.sheet_lines import Owner
from catalog.service.sheets import Refusal, Sheet, read_sheet

__all__ = [
    "CLAIMS",
    "ImportCounts",
    "Look",
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
    "add_pack",
    "add_product",
    "change_lot",
    "change_pack",
    "change_words",
    "declare_lot",
    "delete_lot",
    "hold_lot",
    "import_products",
    "publish_product",
    "read_sheet",
    "release_lot",
    "remove_pack",
    "return_product",
    "seal_lot",
    "submit_product",
    "withdraw_product",
]
