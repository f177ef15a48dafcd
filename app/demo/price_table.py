"""How goods are sold in Việt Nam and about what they cost: measures, and price ranges in đồng.

Looked up in order by words of the name (in normal form), then by group. Ranges are what shops
asked in 2025 and 2026; they only have to be believable.
"""

from typing import NamedTuple


class Range(NamedTuple):
    """A pack, and between which prices it is sold."""

    words: str
    content: int
    base_unit: str
    from_vnd: int
    to_vnd: int


VISIT = Range("lượt khách", 1, "piece", 80_000, 350_000)
NIGHT = Range("đêm nghỉ", 1, "piece", 450_000, 900_000)
POT = Range("chậu", 1, "piece", 180_000, 450_000)
PIECE = Range("chiếc", 1, "piece", 150_000, 650_000)
SET = Range("bộ", 1, "piece", 250_000, 1_200_000)

BY_GROUP = {
    "du_lich": VISIT,
    "sinh_vat_canh": POT,
    "thu_cong_my_nghe": PIECE,
    "duoc_lieu": Range("hộp 100 g", 100, "g", 120_000, 350_000),
    "do_uong": Range("chai 500 ml", 500, "ml", 25_000, 90_000),
    "thuc_pham": Range("gói 500 g", 500, "g", 40_000, 120_000),
}

# (group or None for any, words of the name as a pattern, measure)
BY_WORDS: tuple[tuple[str | None, str, Range], ...] = (
    # Visits and plants
    ("du_lich", "ecohost|homestay", NIGHT),
    ("sinh_vat_canh", "mai vàng", Range("chậu", 1, "piece", 350_000, 1_500_000)),
    # Handicraft
    ("thu_cong_my_nghe", "ngọc trai", Range("viên", 1, "piece", 900_000, 3_000_000)),
    ("thu_cong_my_nghe", "nhóm sản phẩm", Range("bộ", 1, "piece", 80_000, 200_000)),
    ("thu_cong_my_nghe", "bộ", SET),
    ("thu_cong_my_nghe", "ống hút", Range("hộp 20 ống", 20, "piece", 40_000, 80_000)),
    ("thu_cong_my_nghe", "vòng|hộp trà", Range("chiếc", 1, "piece", 300_000, 900_000)),
    ("thu_cong_my_nghe", "nhang|hương", Range("hộp 200 g", 200, "g", 60_000, 120_000)),
    ("thu_cong_my_nghe", "chăn", Range("chiếc", 1, "piece", 1_500_000, 3_500_000)),
    ("thu_cong_my_nghe", "dép", Range("đôi", 1, "piece", 450_000, 1_500_000)),
    ("thu_cong_my_nghe", "da cá sấu", Range("chiếc", 1, "piece", 450_000, 1_500_000)),
    ("thu_cong_my_nghe", "tranh", Range("bức", 1, "piece", 350_000, 1_500_000)),
    ("thu_cong_my_nghe", "dao", Range("con", 1, "piece", 150_000, 380_000)),
    # Oils for the skin, extracts, cordyceps, cosmetics
    (None, "súc miệng|xịt khuẩn|lau sàn", Range("chai 500 ml", 500, "ml", 45_000, 120_000)),
    (None, "tinh dầu", Range("lọ 10 ml", 10, "ml", 60_000, 180_000)),
    (None, "kem đánh răng", Range("tuýp 100 g", 100, "g", 40_000, 80_000)),
    (None, "ngâm chân", Range("túi 500 g", 500, "g", 40_000, 90_000)),
    ("do_uong", "rượu", Range("chai 500 ml", 500, "ml", 120_000, 380_000)),
    (
        "do_uong",
        "nước đông trùng hạ thảo|nước yến|yến",
        Range("hũ 70 ml", 70, "ml", 35_000, 60_000),
    ),
    (None, "đông trùng hạ thảo", Range("hộp 10 g", 10, "g", 250_000, 600_000)),
    ("duoc_lieu", "cao ống", Range("hộp 10 ống", 10, "piece", 60_000, 120_000)),
    ("duoc_lieu", "curcumin|tacumin|viên|ladodetox", Range("lọ 60 g", 60, "g", 150_000, 380_000)),
    # Drinks
    (
        "do_uong",
        "nước khoáng|nước uống|nước khoáng thiên nhiên",
        Range("chai 500 ml", 500, "ml", 5_000, 12_000),
    ),
    # Sweet things that name tea, milk or beans
    ("thuc_pham", "^gạo", Range("túi 5 kg", 5_000, "g", 110_000, 220_000)),
    ("thuc_pham", "^mật ong|mật ong lên men", Range("chai 500 ml", 500, "ml", 110_000, 280_000)),
    ("thuc_pham", "^tỏi lý sơn ngâm", Range("hũ 500 g", 500, "g", 150_000, 260_000)),
    ("thuc_pham", "^tôm thẻ", Range("khay 500 g", 500, "g", 90_000, 180_000)),
    ("thuc_pham", "^giò|^chả", Range("gói 500 g", 500, "g", 90_000, 190_000)),
    ("thuc_pham", "tổ yến chưng", Range("hũ 70 ml", 70, "ml", 35_000, 60_000)),
    ("thuc_pham", "^bột rau má", Range("hộp 100 g", 100, "g", 60_000, 120_000)),
    ("thuc_pham", "^cam đường|^cam|^quýt", Range("kg", 1_000, "g", 25_000, 75_000)),
    ("thuc_pham", "^tiêu|^hạt tiêu|muối tiêu", Range("túi 200 g", 200, "g", 40_000, 95_000)),
    (None, "mắc ca|macca|maca", Range("túi 500 g", 500, "g", 120_000, 220_000)),
    ("thuc_pham", "kem", Range("hộp 6 que", 6, "piece", 42_000, 78_000)),
    (
        "thuc_pham",
        "sữa chua sấy|yaourt|sấy thăng hoa",
        Range("hộp 100 g", 100, "g", 90_000, 180_000),
    ),
    ("thuc_pham", "sữa chua", Range("lốc 4 hộp", 4, "piece", 24_000, 38_000)),
    ("thuc_pham", "chè đậu đen", Range("cốc 150 g", 150, "g", 10_000, 18_000)),
    ("thuc_pham", "kẹo|socola", Range("hộp 250 g", 250, "g", 45_000, 120_000)),
    ("thuc_pham", "thanh gạo", Range("hộp 200 g", 200, "g", 45_000, 80_000)),
    ("thuc_pham", "bánh tráng|bánh đa", Range("gói 300 g", 300, "g", 20_000, 45_000)),
    ("thuc_pham", "bánh canh", Range("gói 500 g", 500, "g", 25_000, 45_000)),
    ("thuc_pham", "bánh|cơm cháy", Range("hộp 300 g", 300, "g", 35_000, 75_000)),
    # Noodles before rice
    ("thuc_pham", "mì|mỳ|miến|bún|phở", Range("gói 500 g", 500, "g", 28_000, 60_000)),
    # Coffee, cocoa, tea
    ("thuc_pham", "cà phê chồn", Range("gói 250 g", 250, "g", 500_000, 900_000)),
    ("thuc_pham", "nhân xanh", Range("túi 1 kg", 1_000, "g", 120_000, 180_000)),
    (
        "thuc_pham",
        "cà phê hòa tan|cà phê túi lọc|cà phê phin|cà phê drip|uống liền",
        Range("hộp 200 g", 200, "g", 70_000, 160_000),
    ),
    ("thuc_pham", "cà phê|coffee", Range("gói 250 g", 250, "g", 60_000, 140_000)),
    ("thuc_pham", "ca cao", Range("hộp 250 g", 250, "g", 60_000, 120_000)),
    (None, "hoa trà hoa vàng|trà hoa vàng", Range("hộp 100 g", 100, "g", 350_000, 900_000)),
    (None, "túi lọc", Range("hộp 100 g", 100, "g", 50_000, 110_000)),
    (None, "100 gam", Range("hộp 100 g", 100, "g", 90_000, 220_000)),
    (None, "chè đinh|tôm nõn|chè búp tím", Range("hộp 200 g", 200, "g", 180_000, 450_000)),
    (None, "trà|chè|tea", Range("hộp 100 g", 100, "g", 60_000, 180_000)),
    # Honey, sugar, sauces, oils
    ("thuc_pham", "cao tỏi", Range("lọ 250 g", 250, "g", 180_000, 320_000)),
    (None, "cao", Range("hộp 100 g", 100, "g", 150_000, 420_000)),
    (None, "mật ong nghệ viên", Range("lọ 200 g", 200, "g", 90_000, 160_000)),
    ("thuc_pham", "điều|lạc", Range("túi 500 g", 500, "g", 120_000, 190_000)),
    ("thuc_pham", "tỏi đen", Range("hộp 250 g", 250, "g", 140_000, 320_000)),
    ("thuc_pham", "mật dừa|mật hoa|mật ngụy", Range("chai 250 ml", 250, "ml", 70_000, 140_000)),
    ("thuc_pham", "đường|mạch nha", Range("túi 500 g", 500, "g", 38_000, 80_000)),
    ("thuc_pham", "giấm", Range("chai 500 ml", 500, "ml", 25_000, 50_000)),
    ("thuc_pham", "nước mắm", Range("chai 500 ml", 500, "ml", 60_000, 180_000)),
    ("thuc_pham", "bơ đậu phộng", Range("hũ 250 g", 250, "g", 60_000, 110_000)),
    ("thuc_pham", "dầu", Range("chai 500 ml", 500, "ml", 70_000, 160_000)),
    ("thuc_pham", "tương", Range("chai 500 ml", 500, "ml", 25_000, 60_000)),
    ("thuc_pham", "mắm", Range("hũ 400 g", 400, "g", 45_000, 110_000)),
    # Nuts, grains, powders
    ("thuc_pham", "ngũ cốc|hạt sen|sen sấy", Range("túi 500 g", 500, "g", 80_000, 190_000)),
    ("thuc_pham", "bột|tinh nghệ", Range("túi 500 g", 500, "g", 60_000, 160_000)),
    ("thuc_pham", "nếp", Range("túi 5 kg", 5_000, "g", 110_000, 220_000)),
    ("thuc_pham", "cốm|đậu đỗ", Range("túi 500 g", 500, "g", 45_000, 90_000)),
    # Birds' nests and mushrooms
    ("thuc_pham", "nấm mộc nhĩ|mộc nhĩ", Range("túi 100 g", 100, "g", 25_000, 50_000)),
    ("duoc_lieu", "nấm", Range("túi 500 g", 500, "g", 250_000, 600_000)),
    ("thuc_pham", "nấm", Range("khay 300 g", 300, "g", 20_000, 48_000)),
    ("thuc_pham", "yến", Range("hộp 50 g", 50, "g", 1_500_000, 2_500_000)),
    # Meat, fish, eggs
    ("thuc_pham", "trứng", Range("vỉ 10 quả", 10, "piece", 28_000, 48_000)),
    ("thuc_pham", "cua", Range("kg", 1_000, "g", 300_000, 500_000)),
    ("thuc_pham", "ruốc", Range("hộp 200 g", 200, "g", 70_000, 110_000)),
    (
        "thuc_pham",
        "khô bò|bò khô|tôm khô|khô ếch|cá đét khô|tép|thịt ba chỉ sấy|thịt xông khói",
        Range("túi 250 g", 250, "g", 110_000, 260_000),
    ),
    (
        "thuc_pham",
        "xúc xích|lạp sườn|lạp xưởng|khẩu nhục",
        Range("gói 500 g", 500, "g", 90_000, 190_000),
    ),
    ("thuc_pham", "cá|tôm|thịt|heo|lợn", Range("khay 500 g", 500, "g", 70_000, 180_000)),
    ("thuc_pham", "gà", Range("con 1,5 kg", 1_500, "g", 180_000, 320_000)),
    # Vegetables, fruit, spices
    ("thuc_pham", "súp", Range("hộp 400 g", 400, "g", 45_000, 80_000)),
    ("thuc_pham", "rong nho", Range("hộp 250 g", 250, "g", 45_000, 90_000)),
    ("thuc_pham", "măng khô|măng nứa khô", Range("túi 500 g", 500, "g", 120_000, 220_000)),
    ("thuc_pham", "măng tây", Range("kg", 1_000, "g", 60_000, 110_000)),
    ("thuc_pham", "măng", Range("túi 500 g", 500, "g", 28_000, 60_000)),
    ("thuc_pham", "tỏi", Range("túi 500 g", 500, "g", 60_000, 140_000)),
    ("thuc_pham", "hành", Range("hũ 100 g", 100, "g", 30_000, 60_000)),
    ("thuc_pham", "muối", Range("túi 500 g", 500, "g", 15_000, 60_000)),
    ("thuc_pham", "cấp đông|đông lạnh", Range("khay 500 g", 500, "g", 90_000, 220_000)),
    ("thuc_pham", "sấy|sấy dẻo", Range("túi 200 g", 200, "g", 45_000, 110_000)),
    ("thuc_pham", "sầu riêng", Range("kg", 1_000, "g", 90_000, 180_000)),
    (
        "thuc_pham",
        "quả|táo|chuối|bưởi|nho|ổi|lê|mận|nhãn|hồng|thanh long|vải|dưa lưới|dưa lê|dưa kim",
        Range("kg", 1_000, "g", 25_000, 75_000),
    ),
    (
        "thuc_pham",
        "rau|cải|cà chua|khoai|cà rốt|dưa chuột|khổ qua|bí|củ|ngồng",
        Range("kg", 1_000, "g", 18_000, 48_000),
    ),
)
