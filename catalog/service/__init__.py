"""Verbs of the catalog."""

from catalog.service.certificates import (
    CertificateEntry,
    add_certificate,
    change_certificate,
    remove_certificate,
)
from catalog.service.deciding import publish_change, return_change
from catalog.service.declaring import (
    change_lot,
    declare_lot,
    delete_lot,
    hold_lot,
    release_lot,
)
from catalog.service.entries import (
    Fate,
    ImportCounts,
    Outcome,
    PackRow,
    ProductRow,
    RecognitionRow,
    Words,
)
from catalog.service.imports import (
    counts_of,
    import_products,
    record_import,
    write_products,
)
from catalog.service.leaving import take_goods_back
from catalog.service.listing import begin_listing, discard_listing, pass_step
from catalog.service.lot_entries import LotRow, add_lots
from catalog.service.lots import (
    SealedLot,
    mark_not_recalled,
    mark_recalled,
    recalled_lots,
    seal_lot,
)
from catalog.service.packs import CLAIMS, add_pack, change_pack, remove_pack
from catalog.service.photos import (
    MOST_IN_GALLERY,
    PhotoPlace,
    begin_product_photo,
    describe_product_photo,
    place_product_photo,
    remove_product_photo,
    restore_product_photo,
    take_product_photo,
)
from catalog.service.pieces import in_pieces
from catalog.service.products import add_product, change_words
from catalog.service.proposing import (
    NewPaper,
    Seen,
    drop_certificate,
    enter_certificate,
    propose_certificate,
    propose_words,
    withdraw_change,
)
from catalog.service.publishing import (
    publish_practice,
    publish_product,
    raise_judged_version,
    return_product,
    submit_product,
    withdraw_product,
)
from catalog.service.recognitions import (
    RecognitionEntry,
    add_recognition,
    change_recognition,
    confirm_recognition,
    refuse_recognition,
    remove_recognition,
)
from catalog.service.reviews import Look
from catalog.service.selling import RowRefused, keep_packs
from catalog.service.sheet_lines import Owner
from catalog.service.sheets import Refusal, Sheet, read_sheet
from catalog.service.undoing import undo_revision

__all__ = [
    "CLAIMS",
    "MOST_IN_GALLERY",
    "CertificateEntry",
    "Fate",
    "ImportCounts",
    "Look",
    "LotRow",
    "NewPaper",
    "Outcome",
    "Owner",
    "PackRow",
    "PhotoPlace",
    "ProductRow",
    "RecognitionEntry",
    "RecognitionRow",
    "Refusal",
    "RowRefused",
    "SealedLot",
    "Seen",
    "Sheet",
    "Words",
    "add_certificate",
    "add_lots",
    "add_pack",
    "add_product",
    "add_recognition",
    "begin_listing",
    "begin_product_photo",
    "change_certificate",
    "change_lot",
    "change_pack",
    "change_recognition",
    "change_words",
    "confirm_recognition",
    "counts_of",
    "declare_lot",
    "delete_lot",
    "describe_product_photo",
    "discard_listing",
    "drop_certificate",
    "enter_certificate",
    "hold_lot",
    "import_products",
    "in_pieces",
    "keep_packs",
    "mark_not_recalled",
    "mark_recalled",
    "pass_step",
    "place_product_photo",
    "propose_certificate",
    "propose_words",
    "publish_change",
    "publish_practice",
    "publish_product",
    "raise_judged_version",
    "read_sheet",
    "recalled_lots",
    "record_import",
    "refuse_recognition",
    "release_lot",
    "remove_certificate",
    "remove_pack",
    "remove_product_photo",
    "remove_recognition",
    "restore_product_photo",
    "return_change",
    "return_product",
    "seal_lot",
    "submit_product",
    "take_goods_back",
    "take_product_photo",
    "undo_revision",
    "withdraw_change",
    "withdraw_product",
    "write_products",
]
