"""Questions of buyers with the products they must find first, written down from the file itself.

`first` are the names of the first results in any order: which of them leads is decided by quality
and id, and both engines are compared on that anyway.
"""

from dataclasses import dataclass

COFFEES_OF_DAK_LAK = (
    "Cà phê Chồn Kiên Cường",
    "Cà phê bột Ea H'leo Coffee sạch – nguyên chất 100%",
    "Cà phê hạt rang Hương Mỹ (đặc biệt)",
    "Cà phê bột Ea Kmat",
    "Cà phê bột Ea Nam",
    "Cà phê bột Robusta",
    "Cà phê bột nguyên chất Ea Tu",
    "Cà phê hạt rang mộc nguyên chất Ea Tu",
    "Thati Coffee",
)
MACADAMIAS = (
    "Hạt mắc ca Đắk Lắk cao cấp",
    "Hạt macca sấy",
    "Hạt macca sấy nứt vỏ vị hạt dổi",
    "Nhân macca tẩm rong biển",
    "Maca Ea H'leo",
)
MELONS = (
    "Dưa chuột sạch",
    "Dưa chuột baby",
    "Dưa kim hoàng hậu Thiên Trường 36",
    "Dưa lưới",
    "Dưa lê bạch kim",
    "Dưa lưới Hà Lan",
    "Dưa lưới tròn ruột cam",
)
PEARLS = ("Ngọc trai Akoya", "Ngọc trai Tahiti", "Ngọc trai Southsea")
CHOCOLATES = (
    "Kem Socola phủ hạt",
    "Bộ quà tặng socola cao cấp (Hương sắc Tây Nguyên)",
    "Kẹo Socola đen",
    "Kẹo Socola sữa",
)
GROUPS_OF_FARMERS = (
    "Giò bột Thắm Thanh",
    "Lê Nậm Pung",
    "Chuối mốc",
    "Trà mướp đắng Mai Hương",
    "Trà hoa đu đủ đực",
    "Cốm Na Lo",
)
OF_BAC_KAN = (
    "Tinh bột nghệ nếp đỏ Bắc Kạn",
    "Tinh bột nghệ nếp đen Bắc Kạn",
    "Tinh nghệ Bắc Kạn",
    "Trà hoa vàng Bắc Kạn",
    "Trà hoa vàng Bắc Kạn túi lọc",
)
OF_BUON_MA_THUOT = (
    "Cà phê Chồn Kiên Cường",
    "Cà phê bột nguyên chất Ea Tu",
    "Cà phê hạt rang mộc nguyên chất Ea Tu",
)
OF_HOA_BINH = ("Măng chua thái sẵn", "Măng nứa khô nấu ngay", "Trà Hích", "Trà TN GABA")
OF_PHU_QUOC = (
    "Nước mắm Phú Quốc Anh Duyệt 40 độ đạm",
    "Nước mắm Phú Quốc Anh Duyệt 43 độ đạm",
    "Nước mắm Phú Quốc Khải Hoàn 38 độ đạm",
    "Nước mắm Phú Quốc Khải Hoàn 40 độ đạm",
    "Nước mắm Phú Quốc Khải Hoàn 43 độ đạm",
)
NOODLES = ("Mỳ gạo sạch sinh ra từ làng Hùng Lô", "Mì gạo lứt - Lâm Thao")
GLASS_NOODLES = ("Miến dong Tài Hoan", "Miến dong Tân Việt Á")
KNIFE = ("Dao làng rèn Phúc Sen",)


@dataclass(frozen=True)
class Case:
    """A question, the names of its first results, and how many there are (None: not looked at)."""

    q: str
    first: tuple[str, ...] = ()
    total: int | None = None
    mended: tuple[str, ...] = ()  # The words that were taken for a mistake, as typed.
    widened: bool = False
    absent: tuple[str, ...] = ()


CASES = (
    # The issue's own.
    Case("ca phe dak lak", COFFEES_OF_DAK_LAK, 9),
    Case("mắc ca", MACADAMIAS, 5),
    Case("caphe", total=23),
    Case("HTX", total=179),
    Case("vinh phuc", total=28),
    # Without marks, and with them.
    Case("cà phê đắk lắk", COFFEES_OF_DAK_LAK, 9),
    Case("CÀ PHÊ ĐẮK LẮK", COFFEES_OF_DAK_LAK, 9),
    Case("mac ca", MACADAMIAS, 5),
    Case("ngoc trai", PEARLS, 3),
    Case("tranh gao", ("Tranh gạo",), 1),
    Case("tra shan tuyet", ("Trà Shan tuyết",)),
    Case("nuoc mam phu quoc", OF_PHU_QUOC),
    Case("tinh bot nghe nep", OF_BAC_KAN[:2], 2),
    # Old and new placement of the tone.
    Case("hòa bình", OF_HOA_BINH),
    Case("hoà bình", OF_HOA_BINH),
    Case("dao quảng hoà", KNIFE, 1),
    # Keys of Telex and VNI left over.
    Case("caf phee dawk lawk", COFFEES_OF_DAK_LAK, 9),
    Case("mawsc ca", MACADAMIAS, 5),
    Case("ngocj trai", PEARLS, 3),
    Case("dao phucs sen", KNIFE, 1),
    Case("ngo5c trai", PEARLS, 3),
    # Words written together, or apart.
    Case("macca", MACADAMIAS, 5),
    Case("ngoctrai", PEARLS, 3),
    Case("nuocmam", total=19),
    Case("so co la", CHOCOLATES),
    Case("tranhgao", ("Tranh gạo",), 1),
    Case("phucsen", KNIFE, 1),
    # i and y.
    Case("mỳ gạo", NOODLES, 2),
    Case("mì gạo", NOODLES, 2),
    Case("my gao hung lo", NOODLES[:1], 1),
    # Abbreviations and borrowed words.
    Case("THT", GROUPS_OF_FARMERS, 6),
    Case("tổ hợp tác", GROUPS_OF_FARMERS, 6),
    Case("hop tac xa", total=181),
    Case("HTX Tài Hoan", ("Miến dong Tài Hoan",), 1),
    Case("chocolate", CHOCOLATES, 4),
    Case("cty cp ngoc trai ha long", PEARLS, 3),
    Case("coffee dak lak", COFFEES_OF_DAK_LAK, 9),
    # Mistakes.
    Case("sau riengg", total=14, mended=("riengg",)),
    Case("ngocc trai", PEARLS, 3, mended=("ngocc",)),
    Case("miến dongg", GLASS_NOODLES, mended=("dongg",)),
    Case("socoola", CHOCOLATES, 4, mended=("socoola",)),
    Case("tranh gaoj", ("Tranh gạo",), 1),
    # Places that are no longer, and their present names.
    Case("bac kan", OF_BAC_KAN, 20),
    Case("Bắc Cạn", OF_BAC_KAN, 20),
    Case("dao quang hoa", KNIFE, 1),
    Case("ban me thuot", OF_BUON_MA_THUOT, 3),
    Case("Buôn Ma Thuột", OF_BUON_MA_THUOT, 3),
    Case("phuc sen", KNIFE, 1),
    Case("dao cao bang", KNIFE, 1),
    # Three words that are one without their marks.
    Case("dưa", MELONS, 7, absent=("Kẹo dừa gừng",)),
    Case("dừa", total=11, absent=("Dưa chuột sạch",)),
    Case("dứa", ("Kẹo dừa sầu riêng lá dứa",), 1),
    Case("dua", total=18),
    Case("dưa lưới", ("Dưa lưới", "Dưa lưới Hà Lan", "Dưa lưới tròn ruột cam"), 3),
    # Beginnings.
    Case("ngọc trai akoy", PEARLS[:1], 1),
    Case("soco", CHOCOLATES, 4),
    # Nothing has all of it.
    Case("ngọc trai xyzxyzxyz", PEARLS, widened=True),
    Case("xyzxyzxyz", (), 0),
)

LETTER_A, ZERO_WIDTH, TO_THE_RIGHT = "a" * 10_000, "cà\u200bphê\u200d", "\u202eêhp àc\u202c"
HOSTILE = (
    LETTER_A,
    "cà phê " * 1_500,
    'NEAR("a" OR b) AND NOT * ^ name:x -c {exact}: "',
    "cà\x00phê\x00",
    '"""" \\" \' ; DROP TABLE token; --',
    "😀🍯",
    TO_THE_RIGHT,
    ZERO_WIDTH,
    "\ud800",
    "¦ ¦ ¦",
    "() [] {} /.*/ ~2 && || !",
    "ﷺ" * 200,
)
