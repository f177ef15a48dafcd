"""Sample enterprises of the demo, all invented: their names begin with "Mẫu –".

Lots, stamps, stock and orders belong to them alone; nothing is invented about real people. Phone
numbers are 0900 000 0xx, the range the demo keeps for itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from accounts.service import NewEnterprise
from catalog.service import LotRow, PackRow, ProductRow, Words
from core.work import Work

SMITH = NewEnterprise(
    name="Mẫu – Lò rèn Phúc Sen",
    kind="household",
    place_published="Phúc Sen, Cao Bằng",
    province_code="4",
    commune_code="01576",
    phone="0900000011",
    phone_shown=True,
    is_sample=True,
)
TEA_COOPERATIVE = NewEnterprise(
    name="Mẫu – HTX chè đồi Nà Lạn",
    kind="cooperative",
    place_published="xã Nguyên Bình, Cao Bằng",
    province_code="4",
    commune_code="01726",
    phone="0900000012",
    phone_shown=True,
    is_sample=True,
)
HILL_HOUSEHOLD = NewEnterprise(
    name="Mẫu – Hộ bản Nà Lạn",
    kind="household",
    place_published="xã Nguyên Bình, Cao Bằng",
    province_code="4",
    commune_code="01726",
    phone="0900000013",
    is_sample=True,
)
FISH_MAKER = NewEnterprise(
    name="Mẫu – Cá đồng Yên Mô",
    kind="company",
    place_published="xã Yên Mô, Ninh Bình",
    province_code="37",
    commune_code="14701",
    phone="0900000014",
    phone_shown=True,
    is_sample=True,
)
SHOP = NewEnterprise(
    name="Mẫu – Cửa hàng Quà Quê",
    kind="household_business",
    place_published="phường Hoàn Kiếm, Hà Nội",
    province_code="1",
    commune_code="00070",
    phone="0900000015",
    phone_shown=True,
    is_sample=True,
)

# Waits for the commune's officer, so that the demo's queue of sellers is not empty.
WEAVER = NewEnterprise(
    name="Mẫu – Tổ đan lát Phúc Sen",
    kind="group",
    place_published="Phúc Sen, Cao Bằng",
    province_code="4",
    commune_code="01576",
    phone="0900000016",
    is_sample=True,
    state="submitted",
)
# Signed up today and not sent yet: what a newcomer's first pages look like.
NEWCOMER = NewEnterprise(
    name="Mẫu – Hộ bà Mai", kind="household", place_published="", is_sample=True, state="draft"
)


@dataclass(frozen=True)
class SampleLot:
    """A lot of a sample product: days count from the day the demo is loaded."""

    product_key: str
    code: str
    made_kind: str
    made_days_ago: int
    keeps_days: int | None
    units: int


def _product(
    key: str, maker: NewEnterprise, group: str, words: tuple[Words, Words], *packs: PackRow
) -> ProductRow:
    return ProductRow(
        key=f"sample|{key}",
        producer=maker,
        group=group,
        words=words,
        is_published=True,
        packs=packs,
    )


def _words(name: str, summary: str, english_name: str, english_summary: str) -> tuple[Words, Words]:
    return Words(name, "vi", summary), Words(english_name, "en", english_summary)


PRODUCTS: tuple[ProductRow, ...] = (
    _product(
        "dao-phay",
        SMITH,
        "thu_cong_my_nghe",
        _words(
            "Dao phay rèn tay",
            "Rèn từ nhíp xe, cán gỗ nghiến. Chặt xương gà, thái thịt, băm nhân.",
            "Hand-forged cleaver",
            "Forged from leaf springs, handle of ironwood. For bones, meat and filling.",
        ),
        PackRow(1, "piece", "con", 280_000, size_words="dài 30 cm, lưỡi rộng 8,5 cm", weight_g=420),
    ),
    _product(
        "dao-thai",
        SMITH,
        "thu_cong_my_nghe",
        _words(
            "Dao thái rau",
            "Lưỡi mỏng, mài lại được nhiều năm.",
            "Vegetable knife",
            "A thin blade that takes an edge for years.",
        ),
        PackRow(1, "piece", "con", 160_000, size_words="dài 26 cm", weight_g=210),
    ),
    _product(
        "che-moc-cau",
        TEA_COOPERATIVE,
        "thuc_pham",
        _words(
            "Chè móc câu",
            "Một tôm hai lá, hái tay, sao bằng củi. Cánh nhỏ, cong như móc câu.",
            "Fish-hook green tea",
            "One bud and two leaves, picked by hand, roasted over wood.",
        ),
        PackRow(
            200, "g", "hộp 200 g", 120_000, size_words="hộp giấy cao 14 cm, rộng 8 cm", weight_g=248
        ),
        PackRow(100, "g", "gói 100 g", 65_000, size_words="gói giấy bạc 12 × 18 cm", weight_g=112),
    ),
    _product(
        "che-dinh",
        TEA_COOPERATIVE,
        "thuc_pham",
        _words(
            "Chè đinh Nà Lạn",
            "Chỉ búp non nhất của vụ xuân.",
            "Nà Lạn bud tea",
            "Only the youngest buds of spring.",
        ),
        PackRow(100, "g", "hộp 100 g", 180_000, size_words="hộp thiếc cao 10 cm", weight_g=165),
    ),
    _product(
        "mat-ong",
        HILL_HOUSEHOLD,
        "thuc_pham",
        _words(
            "Mật ong hoa rừng bản Nà Lạn",
            "Quay hai lần một năm, không đun.",
            "Wild flower honey of Nà Lạn",
            "Spun twice a year, never heated.",
        ),
        PackRow(
            500, "ml", "chai 500 ml", 190_000, size_words="chai thủy tinh cao 24 cm", weight_g=980
        ),
    ),
    _product(
        "mang-kho",
        HILL_HOUSEHOLD,
        "thuc_pham",
        _words(
            "Măng khô gác bếp",
            "Măng nứa phơi nắng, gác bếp một tuần.",
            "Hearth-dried bamboo shoots",
            "Sun-dried, then a week above the hearth.",
        ),
        PackRow(200, "g", "túi 200 g", 75_000, size_words="túi trong 20 × 30 cm", weight_g=215),
    ),
    _product(
        "ca-ro",
        FISH_MAKER,
        "thuc_pham",
        _words(
            "Cá rô đồng làm sạch đông lạnh",
            "Cá đồng làm sạch, cấp đông trong ngày. Giữ ở −18 °C.",
            "Frozen field perch, cleaned",
            "Cleaned and frozen on the day of the catch. Keep at −18 °C.",
        ),
        PackRow(
            500,
            "g",
            "túi 500 g",
            95_000,
            gtin="09521000000179",  # 952: GS1's prefix for demonstrations, which no shop sells.
            size_words="túi hút chân không 18 × 26 cm",
            weight_g=520,
        ),
    ),
    _product(
        "cha-ca",
        FISH_MAKER,
        "thuc_pham",
        _words(
            "Chả cá rô đông lạnh",
            "Thịt cá xay, thì là, không hàn the.",
            "Frozen perch cakes",
            "Minced fish and dill, without borax.",
        ),
        PackRow(300, "g", "khay 300 g", 72_000, size_words="khay 15 × 20 cm", weight_g=340),
    ),
)

LOTS: tuple[SampleLot, ...] = (
    SampleLot("dao-phay", "D26-11", "made", 12, None, 120),
    SampleLot("dao-thai", "T26-10", "made", 40, None, 80),
    SampleLot("che-moc-cau", "26-11A", "packed", 9, 365, 640),
    SampleLot("che-moc-cau", "26-09B", "packed", 70, 365, 300),
    SampleLot("che-dinh", "26-04X", "packed", 230, 540, 150),
    SampleLot("mat-ong", "MO-2", "harvested", 60, 730, 45),
    SampleLot("mang-kho", "MK-1", "packed", 95, 365, 60),
    SampleLot("ca-ro", "CR-11", "packed", 20, 180, 400),
    SampleLot("ca-ro", "CR-04", "packed", 200, 180, 250),  # Past its date: never sold, never green.
    SampleLot("cha-ca", "CC-11", "packed", 15, 120, 200),
)


def lot_rows(work: Work, pack_ids: Mapping[str, Sequence[int]]) -> list[LotRow]:
    """The sample lots, of each product's first pack; `pack_ids` by import key."""
    rows = []
    for lot in LOTS:
        made_on = work.today - timedelta(days=lot.made_days_ago)
        rows.append(
            LotRow(
                pack_id=pack_ids[f"sample|{lot.product_key}"][0],
                code=lot.code,
                made_kind=lot.made_kind,
                made_on=made_on,
                best_before_on=made_on + timedelta(days=lot.keeps_days) if lot.keeps_days else None,
                declared_units=lot.units,
            )
        )
    return rows
