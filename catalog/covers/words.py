"""Which motif a name calls for.

Vietnamese names begin with the thing itself ("kẹo dừa" is a sweet, "rượu nấm" a drink), so the word
that stands first decides, and of two beginning there the longer.
"""

from functools import cache

from core.text.fold import fold, words

_MOTIFS_OF_GROUP: dict[str, tuple[str, ...]] = {
    "thuc_pham": ("sack", "bowl", "box", "jar"),
    "do_uong": ("glass", "bottle"),
    "duoc_lieu": ("mortar", "leaf", "dropper"),
    "thu_cong_my_nghe": ("basket", "vase", "cloth", "box"),
    "sinh_vat_canh": ("pot_plant", "flower"),
    "du_lich": ("hills", "house"),
}
_UNKNOWN_GROUP = ("box", "basket")

# Motifs (one is drawn by the seed) and the words that call for them.
_CALLS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("leaf", "cup", "teapot"),
        "trà, chè, hồng trà, danh trà, tea, nụ vối, ngự trà, lá vối, atisô, actiso túi lọc",
    ),
    (
        ("cup", "teapot"),
        "trà túi lọc, trà hòa tan, trà xanh túi lọc, trà hộp, matcha",
    ),
    (
        ("bean", "coffee_cherry", "cup"),
        "cà phê, cafe, coffee",
    ),
    (
        ("bowl",),
        "chè đậu, miến, mì, mỳ, bún, phở, bánh canh, bánh đa, súp, cháo, khẩu nhục, khổ qua, mướp",
    ),
    (
        ("bottle",),
        "nước mắm, dầu, giấm, dấm, xì dầu, rượu vang",
    ),
    (
        ("gourd", "bottle"),
        "rượu, men lá, vang",
    ),
    (
        ("glass",),
        (
            "nước, nước uống, nước khoáng, nước giải khát, nước yến, nước cốt, sinh tố, nước ép, "
            "sữa, siro, trà sữa, bia"
        ),
    ),
    (
        ("dropper",),
        (
            "tinh dầu, nước súc miệng, nước lau sàn, dung dịch, kem đánh răng, dầu tràm, dầu gội, "
            "xịt, xà phòng"
        ),
    ),
    (
        ("jar",),
        (
            "mắm, tương, muối chua, dầm, dưa cà, sốt, ruốc, mứt, mạch nha, bơ đậu phộng, sữa "
            "chua, yaourt, mật"
        ),
    ),
    (
        ("honey",),
        "mật ong, ong, sữa ong chúa",
    ),
    (
        ("rice", "sack"),
        "gạo, lúa, nếp, cốm, thóc",
    ),
    (
        ("sack",),
        (
            "bột, tinh bột, ngũ cốc, muối, hoa muối, đường, đậu, đỗ, đậu đỗ, hạt, hành, thanh gạo "
            "lứt, mè, vừng, yến mạch"
        ),
    ),
    (
        ("fish",),
        "cá, chả cá, cá khô, khô cá",
    ),
    (
        ("shrimp",),
        "tôm, tép, moi, ruốc biển, mực, chả mực",
    ),
    (
        ("crab",),
        "cua, ghẹ, cáy, rươi",
    ),
    (
        ("citrus", "fruit"),
        "cam, quýt, bưởi, chanh, quất, phật thủ",
    ),
    (
        ("fruit",),
        (
            "táo, ổi, hồng, hồng không hạt, lê, na, mít, xoài, thanh long, đu đủ, mãng cầu, bơ, "
            "trái, quả, cà chua, hồng xiêm, vú sữa, đào, măng cụt"
        ),
    ),
    (
        ("durian",),
        "sầu riêng",
    ),
    (
        ("banana",),
        "chuối",
    ),
    (
        ("melon",),
        "dưa, dưa lưới, dưa lê, dưa hấu, dưa chuột, bí, bí xanh, bí đỏ, su su",
    ),
    (
        ("berries",),
        (
            "nho, dâu, dâu tây, dâu tằm, mận, mơ, sim, nhãn, vải, chôm chôm, phúc bồn tử, việt "
            "quất, rong nho"
        ),
    ),
    (
        ("nut",),
        (
            "mắc ca, macca, maca, óc chó, hạnh nhân, nhân macca, lạc, đậu phộng, dẻ, hạt dẻ, hạt "
            "mắc ca, hạt macca"
        ),
    ),
    (
        ("cashew",),
        "điều, hạt điều, cashew",
    ),
    (
        ("coconut", "palm"),
        "dừa, thốt nốt, mật hoa dừa, đường hoa dừa, đường thốt nốt",
    ),
    (
        ("lotus",),
        "sen, hoa sen, hạt sen, củ sen, tâm sen, trà sen, trà hoa sen",
    ),
    (
        ("flower",),
        "hoa, lan, mai, cúc, hoa lan, mai vàng, đào tết, hoa trà",
    ),
    (
        ("mushroom",),
        "nấm, mộc nhĩ, linh chi",
    ),
    (
        ("cordyceps",),
        "đông trùng hạ thảo, đông trùng",
    ),
    (
        ("root",),
        (
            "nghệ, gừng, sâm, đẳng sâm, khoai, khoai lang, sắn, sắn dây, củ, củ cải, cà rốt, tinh "
            "nghệ, viên tinh nghệ, tinh bột nghệ, ba kích, riềng, măng tây"
        ),
    ),
    (
        ("garlic",),
        "tỏi, hành tím, kiệu",
    ),
    (
        ("chilli",),
        "ớt, tương ớt",
    ),
    (
        ("pepper",),
        "tiêu, hạt tiêu, muối tiêu",
    ),
    (
        ("egg",),
        "trứng",
    ),
    (
        ("swallow",),
        "yến, yến sào, tổ yến, tổ yến sào",
    ),
    (
        ("hen",),
        "gà, vịt, ngan, ngỗng, chim",
    ),
    (
        ("sausage",),
        (
            "thịt, lạp sườn, lạp xưởng, xúc xích, thịt bò, khô bò, heo, lợn, bò, trâu, dê, giăm "
            "bông, khô ếch, thỏ"
        ),
    ),
    (
        ("roll",),
        "giò, chả, chả lụa, nem",
    ),
    (
        ("candy",),
        "kẹo",
    ),
    (
        ("cake",),
        "bánh, bánh chưng, bánh đậu xanh, bánh gai",
    ),
    (
        ("wafer",),
        "bánh tráng, bánh đa nem, bánh phồng, cơm cháy, bánh dừa nướng, bánh đa vừng",
    ),
    (
        ("chocolate",),
        "socola, sô cô la, chocolate, ca cao, cacao, kẹo socola",
    ),
    (
        ("ice",),
        "kem",
    ),
    (
        ("bamboo_shoot",),
        "măng",
    ),
    (
        ("bamboo",),
        "tre, ống hút tre, ống hút, đũa, nhà tắm",
    ),
    (
        ("greens",),
        "rau, cải, cải kale, cải bó xôi, ngồng, bắp cải, su hào, rau má, súp atiso",
    ),
    (
        ("mortar",),
        "cao, viên, curcumin, nano, thảo dược, thảo mộc, muối ngâm chân, cà gai leo, thuốc",
    ),
    (
        ("knife",),
        "dao, kéo, rựa, liềm, cuốc, rèn",
    ),
    (
        ("incense",),
        "hương thơm, nhang, hương thảo mộc, trầm, trầm hương, hương trầm",
    ),
    (
        ("basket",),
        "giỏ, rổ, rá, mây, mây tre, mây tre đan, tre đan, đan, bèo, lục bình, nón, vỏ quế",
    ),
    (
        ("mat", "basket"),
        "cói, chiếu, thảm, thảm cói, chiếu cói",
    ),
    (
        ("cloth",),
        "thổ cẩm, vải thổ cẩm, vải lanh, chăn, khăn, tơ, lụa, sà rông, dệt, thêu, áo",
    ),
    (
        ("lantern",),
        "đèn, đèn lồng",
    ),
    (
        ("vase", "plate"),
        "gốm, sứ, bát, đĩa, bình, lọ, ấm chén, quả phúc",
    ),
    (
        ("scroll",),
        "tranh, giấy, giấy bản, thư pháp",
    ),
    (
        ("pearl",),
        "ngọc trai, giọt ngọc",
    ),
    (
        ("beads",),
        "vòng, chuỗi hạt, trang sức",
    ),
    (
        ("purse",),
        "ví, dép, thắt lưng, túi xách, da cá sấu, giày",
    ),
    (
        ("box",),
        "hộp trà truyền thống, quà tặng, hộp quà, bộ quà tặng",
    ),
    (
        ("hills", "house"),
        "du lịch, ecohost, homestay, điểm du lịch, làng",
    ),
    (
        ("house",),
        "nhà, homestay",
    ),
)


def motifs_for(name: str, group: str) -> tuple[str, ...]:
    """Give the motifs that suit a product's name, else its group; never none."""
    written = words(name)
    # As written first ("dừa" is not "dưa"); a name typed without diacritics is compared without.
    found = _first(written, _calls())
    if found is None and fold(name) == " ".join(name.lower().split()):
        found = _first(written, _folded_calls())
    return found or _MOTIFS_OF_GROUP.get(group, _UNKNOWN_GROUP)


def _first(written: tuple[str, ...], calls: dict[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """The motifs of the phrase that begins first, the longest of those that begin there."""
    for first in range(len(written)):
        for end in range(len(written), first, -1):
            motifs = calls.get(" ".join(written[first:end]))
            if motifs is not None:
                return motifs
    return None


@cache
def _calls() -> dict[str, tuple[str, ...]]:
    return {
        " ".join(words(phrase)): motifs
        for motifs, phrases in _CALLS
        for phrase in phrases.split(", ")
    }


@cache
def _folded_calls() -> dict[str, tuple[str, ...]]:
    # Of words that fold to the same, the first of the table stands.
    folded: dict[str, tuple[str, ...]] = {}
    for phrase, motifs in _calls().items():
        folded.setdefault(fold(phrase), motifs)
    return folded
