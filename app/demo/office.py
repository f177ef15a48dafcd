"""What waits for the demo's officers: a rank to confirm, a change of goods on sale."""

from dataclasses import replace
from datetime import date

from catalog import queries
from catalog import service as catalog
from catalog.service import RecognitionEntry, Seen, Words
from core.work import By, Work

CHANGED, CLAIMED = "sample|dao-phay", "sample|dao-thai"
# Invented, as whatever the samples say is: no decision bears this number.
CLAIM = RecognitionEntry(
    stars=3,
    score_hundredths=6_450,
    decision="Mẫu 00/QĐ-UBND",
    decided_on=date(2025, 12, 15),
    authority="UBND tỉnh Cao Bằng",
)
NEW_WORDS = Words(
    "Dao phay nhíp xe rèn tay",
    summary="Rèn từ nhíp xe tải, cán gỗ nghiến, khâu đồng. Chặt xương gà, thái thịt, băm nhân.",
)


def give_officers_work(work: Work, *, enterprise_id: int, director_id: int) -> None:
    """Let the smith's director claim a rank for one knife and ask for a change of another."""
    asking = replace(work, by=By("person", director_id, enterprise_id=enterprise_id))
    ids = queries.imported_product_ids(work.session, [CHANGED, CLAIMED])
    if set(ids) != {CHANGED, CLAIMED}:  # People alone, without the demo's goods.
        return
    catalog.add_recognition(
        asking, product_id=ids[CLAIMED], enterprise_id=enterprise_id, entry=CLAIM
    )
    [changed] = queries.managed_products(work.session, [ids[CHANGED]])
    catalog.propose_words(
        asking,
        product_id=changed.id,
        seen=Seen(changed.version),
        group=changed.group,
        words=NEW_WORDS,
    )
