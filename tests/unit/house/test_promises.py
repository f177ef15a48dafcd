"""No page, mail, label or file says more than is recorded: words that promise stand nowhere.

`docs/verdicts.md` (Never) has the list. Each place that may have such a word is named here with
what it says there; a new one is judged by a person first.
"""

import re

from tests.unit.house.source import ROOT, tracked
from tests.unit.house.test_words import english, said

VIETNAMESE = re.compile(
    r"chính hãng|hàng thật|thật 100|100 ?% thật|đảm bảo|bảo đảm|cam kết|xác thực|an toàn"
    r"|uy tín|đáng ngờ|chuẩn chất lượng|không lo hàng giả",
    re.IGNORECASE,
)
ENGLISH = re.compile(
    r"\b(genuine|authentic\w*(?<!ator)|guarant\w+|certif(?:y|ied)|verified|safe(?:ly|ty)?"
    r"|trust(?:ed|worthy)|secure[ds]?)\b",
    re.IGNORECASE,
)
# A part of the sentence, and why the word says no more there than is recorded.
JUDGED = {
    "Tem không chứng nhận hàng ngon": "says what a stamp does not do",
    "A stamp does not certify": "the same",
    "an toàn thực phẩm": "the name of a paper that goods may have",
    "food safety": "the same",
    "food-safety certificate": "the same",
    "hàng thật” hay “cam kết”": "refuses these very words",
    "“genuine” or “guaranteed”": "the same",
    "Hàng thật của bạn không đổi": "one's own goods, beside those of a practice",
    "mã vạch là của hàng thật": "the same",
    "Đây là hàng thật, nên": "the same",
    "Với hàng thật, cán bộ": "the same",
    "dán tem trên hàng thật": "the thing itself, beside a drawing",
    "so với món hàng thật": "the same",
    "và món hàng thật để so": "the same",
    "it could not be verified": "says what is missing",
    "to be verified": "the same",
    "To be verified": "the same",
    "keep it as safe as the stamps": "about a file of codes",
    "không bảo đảm chất lượng hàng": "says what a witness does not do",
}
# Sources that define, refuse or test the words themselves.
ABOUT_WORDS = ("catalog/rules/claims.py", "catalog/errors.py")
CODE = frozenset({"accounts", "app", "catalog", "core", "traceability"})
SHOWN = ("templates/", "static/traceability/", "static/ui/")


def test_no_sentence_promises_in_either_language() -> None:
    found = [
        words
        for words in [*said(), *english(), *english().values()]
        if (VIETNAMESE.search(words) or ENGLISH.search(words)) and not is_judged(words)
    ]

    assert sorted(set(found)) == []


def test_no_template_label_or_script_promises_beside_the_sentences() -> None:
    found = [
        f"{name}: {line.strip()[:120]}"
        for name in tracked()
        if is_shown(name)
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
        if VIETNAMESE.search(line) and not is_judged(line)
    ]

    assert found == []


def test_what_was_judged_still_stands_somewhere() -> None:
    everything = "\n".join(
        [
            *said(),
            *english().values(),
            *((ROOT / name).read_text(encoding="utf-8") for name in tracked() if is_shown(name)),
        ]
    )

    assert [part for part in JUDGED if part not in everything] == []


def is_judged(words: str) -> bool:
    return any(part in words for part in JUDGED)


def is_shown(name: str) -> bool:
    if name in ABOUT_WORDS or "/vendor/" in name:
        return False
    is_code = name.endswith(".py") and name.split("/", maxsplit=1)[0] in {
        "app",
        "traceability",
        "accounts",
    }
    is_file = name.startswith(SHOWN) and name.endswith((".html", ".js", ".txt"))
    return is_code or is_file
