"""Papers of stamped goods in the log: certificates and recognitions, and that they hold no more.

What lapses by its day needs no entry. What is told is compared with what holds, so that a second
call tells nothing twice.
"""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from accounts.queries import Maker, makers
from catalog import queries as catalog
from catalog.queries import PaperInLog
from core.database import lock_words
from core.work import Work
from traceability.models import LogEntry, StampBatch
from traceability.rules.entries import Fields
from traceability.service.log_entries import add_entry, private

_MOMENT = frozenset({"v", "kind", "at"})


def tell_changed_papers(work: Work, *, product_id: int, enterprise_id: int) -> None:
    """Have changes of papers published, where stamps of the product stand in the log."""
    _hold(work, enterprise_id)
    told = select(LogEntry.id).join(StampBatch, StampBatch.id == LogEntry.batch_id)
    if work.session.scalar(told.where(StampBatch.product_id == product_id).limit(1)) is not None:
        maker = makers(work.session, [enterprise_id])[enterprise_id]
        tell_papers(work, product_id=product_id, maker=maker)


def tell_papers(work: Work, *, product_id: int, maker: Maker) -> int | None:
    """Have it published what holds of a product and what no longer does; gives its stars today."""
    _hold(work, maker.id)
    papers = catalog.papers_in_log(
        work.session, product_id=product_id, enterprise_id=maker.id, today=work.today
    )
    papers.sort(key=lambda one: one.stars or 0)  # Of one decision entered twice the highest rank.
    goods = catalog.goods_in_log(work.session, product_id=product_id, lot_id=None)
    of_product = {"product": goods.product_public_id, "enterprise": maker.public_id}
    of_maker: Fields = {**of_product, "product": None}
    subjects = {True: f"papers of product {product_id}", False: f"papers of enterprise {maker.id}"}
    told = _told(work, subjects.values())
    for is_of_product, subject in subjects.items():
        holding = {
            one.name: _said(work, maker, one)
            for one in papers
            if one.is_of_product is is_of_product
        }
        of = of_product if is_of_product else of_maker
        _sync(work, subject, of, holding=holding, told=told[subject])
    return max((one.stars for one in papers if one.stars), default=None)


def _hold(work: Work, enterprise_id: int) -> None:
    """Have whoever else tells this maker's papers wait: what holds and what is told stay so."""
    lock_words(work.session, f"papers of enterprise {enterprise_id}")


def _sync(
    work: Work,
    subject: str,
    of: Fields,
    *,
    holding: dict[str, Fields],
    told: dict[str, dict[str, Any]],
) -> None:
    for name, said in holding.items():
        fields = {"cert": name, **of, **said}
        if told.get(name) != {"kind": "cert", **fields}:
            add_entry(work, "cert", fields, subject=subject)
    for name, last in told.items():
        is_over = last["kind"] != "cert" or (last["until"] or "9999") < work.today.isoformat()
        if name not in holding and not is_over:
            add_entry(work, "cert-revoke", {"cert": name, **of}, subject=subject)


def _told(work: Work, subjects: Collection[str]) -> dict[str | None, dict[str, dict[str, Any]]]:
    """The last thing the log says of each paper of each subject."""
    entries = work.session.execute(
        select(LogEntry.subject, LogEntry.kind, LogEntry.body)
        .where(LogEntry.subject.in_(subjects))
        .order_by(LogEntry.id)
    )
    told: dict[str | None, dict[str, dict[str, Any]]] = {subject: {} for subject in subjects}
    for subject, kind, body in entries:
        said = {name: value for name, value in json.loads(body).items() if name not in _MOMENT}
        told[subject][said["cert"]] = {"kind": kind, **said}
    return told


def _said(work: Work, maker: Maker, paper: PaperInLog) -> Fields:
    """What an officer confirmed stands in clear; what a household typed alone is keyed."""
    texts = {"name": paper.title, "issuer": paper.issuer, "number": paper.number}
    return {
        "stars": paper.stars,
        "from": paper.from_on.isoformat(),
        "until": paper.until_on.isoformat() if paper.until_on else None,
        **(texts if paper.stars else private(work, maker, texts)),
    }
