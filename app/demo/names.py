"""The demo's protected names, all invented, and one use of them that waits."""

import csv
from dataclasses import replace
from pathlib import Path

from accounts import queries, service
from accounts.protecting import NameKind
from accounts.service import NewName
from catalog import service as catalog
from catalog.service import PackRow, Words
from core.work import By, Work

PROTECTED_NAMES = Path(__file__).resolve().parent / "protected_names.csv"
USE = Words("Chè Nà Lạn gác bếp", summary="Chè shan hái tay, sao bằng củi, gác bếp cho thơm khói.")
PACK = PackRow(100, "g", "gói 100 g", 70_000)


def protect_names(work: Work, *, user: str, province_code: str | None) -> None:
    """Keep the list of the demo, and let the enterprise called `user` send goods of such a name."""
    with PROTECTED_NAMES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            _protect(work, row, province_code)
    found = queries.enterprise_named(work.session, user)
    if found is None:  # People alone, without the demo's goods.
        return
    sending = replace(work, by=By("command", enterprise_id=found[0]))
    product = catalog.add_product(
        sending, enterprise_id=found[0], group="thuc_pham", words=USE, pack=PACK
    )
    catalog.submit_product(sending, product_id=product.id, version=product.version)


def _protect(work: Work, row: dict[str, str], province_code: str | None) -> None:
    owner = queries.enterprise_named(work.session, row["owner"])
    new = NewName(
        row["name"],
        NameKind(row["kind"]),
        row["owner"],
        row["source"],
        province_code,
        owner_id=owner[0] if owner else None,
    )
    name_id = service.add_protected_name(work, new)
    for member in filter(None, row["members"].split(";")):
        entitled = queries.enterprise_named(work.session, member)
        if entitled is not None:
            service.entitle(work, name_id=name_id, enterprise_id=entitled[0])
