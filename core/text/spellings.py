"""Spellings of one word that buyers and producers mix, as data. All folded."""

import re

# Each short form and what it stands for; a product is found by either.
ABBREVIATIONS = {
    "ctcp": "cong ty co phan",
    "cty": "cong ty",
    "cp": "co phan",
    "dv": "dich vu",
    "hcm": "ho chi minh",
    "hn": "ha noi",
    "htx": "hop tac xa",
    "kd": "kinh doanh",
    "mtv": "mot thanh vien",
    "nn": "nong nghiep",
    "sx": "san xuat",
    "sxkd": "san xuat kinh doanh",
    "tht": "to hop tac",
    "tm": "thuong mai",
    "tnhh": "trach nhiem huu han",
    "tp": "thanh pho",
    "tphcm": "thanh pho ho chi minh",
    "vn": "viet nam",
    "xk": "xuat khau",
    "xnk": "xuat nhap khau",
}

# Groups of spellings of the same word, borrowed words and names of places above all.
VARIANTS = (
    ("mac ca", "macca", "maca", "macadamia"),
    ("ca phe", "cafe", "ca fe", "coffee"),
    ("ca cao", "cacao", "cocoa"),
    ("so co la", "socola", "chocolate", "chocola"),
    ("actiso", "atiso", "artiso", "ac ti so", "a ti so", "artichoke"),
    ("o long", "olong", "oolong"),
    ("mat cha", "matcha"),
    ("siro", "xi ro", "si ro", "xiro"),
    ("lap xuong", "lap suon"),
    ("pho mai", "pho mat", "phomat"),
    ("xup", "sup", "soup"),
    ("xa phong", "xa bong"),
    ("dak lak", "dac lac", "darlac"),
    ("dak nong", "dac nong"),
    ("bac kan", "bac can"),
    ("kon tum", "con tum"),
    ("buon ma thuot", "buon me thuot", "ban me thuot", "bmt"),
    ("pleiku", "play cu", "plei ku"),
)

# "mì" and "mỳ", "kỹ" and "kĩ", "quý" and "quí": one sound, two letters, after these beginnings.
_I_OR_Y = re.compile(r"(h|k|l|m|s|t|v|qu)([iy])")
_OTHER = {"i": "y", "y": "i"}


def other_vowel(word: str) -> str | None:
    """Give the folded `word` with i for y or y for i where both are written: "mi" ↔ "my"."""
    syllable = _I_OR_Y.fullmatch(word)
    return syllable[1] + _OTHER[syllable[2]] if syllable else None


def with_vowel(word: str, vowel: str) -> str:
    """Give the folded `word` written with `vowel` ("i" or "y") where both are written."""
    syllable = _I_OR_Y.fullmatch(word)
    return syllable[1] + vowel if syllable else word
