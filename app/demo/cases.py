"""A suspected fake of a sample: two reports of one stamp, made a case by the officer yesterday."""

from dataclasses import replace
from datetime import timedelta

from app.demo.stamps import ACTIVE_LOT
from catalog import queries as catalog
from core.work import VISITOR, Work
from traceability import queries, service
from traceability.rules import Side
from traceability.service import Seen

SUSPECTED = 7  # The first stamp of that lot is the one to look at.
REPORTS = (
    (
        "Món này không giống cái tôi mua lần trước: nhẹ hơn, không có dấu của người làm.",
        Seen("phường Hải Châu, Đà Nẵng", "Cửa hàng mẫu ở chợ Cồn", 95_000),
    ),
    ("Cùng một số tem mà tôi thấy trên hai món.", Seen("phường Ninh Kiều, Cần Thơ")),
)


def report_fakes(work: Work, lot_ids: list[int]) -> None:
    """Let buyers report a stamp of the lot to be looked at, once it is new."""
    for lot in catalog.stampable_lots_by_id(work.session, lot_ids).values():
        if lot.code != ACTIVE_LOT:
            continue
        card = queries.batches_of(work.session, enterprise_id=lot.enterprise_id, lot_id=lot.id)[-1]
        serial = queries.serials_at(work.session, card.id, [SUSPECTED])[SUSPECTED]
        yesterday = replace(work, now=work.now - timedelta(days=1), by=VISITOR)
        for text, seen in REPORTS:
            report = service.report(yesterday, serial=serial, text=text, contact="", seen=seen)
        service.open_case(yesterday, report_id=report.id, side=Side.OFFICE)
