"""What others say of the thousand addresses, beside what we say.

`second_opinions.tsv` holds it line by line, and by a word of `REASONS` why we differ. Anew, after a
change of `mutated.py` (what is not yet judged gets a "?"; a person decides who is right):

    npm install --prefix FOLDER digital-link.js@1.4.3
    GOC_TEST_DIGITAL_LINK_JS=FOLDER/node_modules python -m tests.interop.gs1.second_opinions
"""

import csv
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

import biip
from biip.gs1_digital_link_uris import GS1DigitalLinkURI

from core import gs1
from tests.interop.gs1.mutated import mutated_links

HERE: Final = Path(__file__).parent
RECORDED: Final = HERE / "second_opinions.tsv"
AGREED: Final = "-"
UNJUDGED: Final = "?"

# Each says what the rule is, so that it says who is right. Where we refuse and another does not,
# the reason is our refusal's code: the other does not check that.
REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "scheme": "URI Syntax 1.6 has http(s) all lower or all capitals; biip lowers it first.",
        "host": "RFC 3986: http needs a host; GS1's engine refuses users and strange characters.",
        "too_short": "A GTIN in a path has 14 digits: biip fills up; digital-link.js: first key.",
        "check_digit": "General Specifications 7.9; biip checks that of GTIN, SSCC and GLN alone.",
        "check_characters": "General Specifications 7.9.5: AI 8013; biip does not check the pair.",
        "company_prefix": "The table's gcppos1: a key begins with four digits or more.",
        "date": "The table's yymmd0: the day must exist; digital-link.js counts digits alone.",
        "unknown_code": "The table's iso3166: 999 is no country; neither checks the list.",
        "unknown_identifier": "URI Syntax: a name of digits alone is an AI or an error.",
        "sequence": "URI Syntax: 235 stands alone beside 01; biip lets it follow 22, 10 and 21.",
        "qualifier_in_query": "URI Syntax: what the path could carry must be there; neither looks.",
        "repeated": "URI Syntax: an AI once; biip takes the last of them, digital-link.js too.",
        "not_an_attribute": "The table's `?`: 7040 never stands in a query; biip does not look.",
        "required_missing": "The table's req=: the AI says nothing here; neither knows the rule.",
        "forbidden_pair": "The table's ex=, as 01 and 37: neither knows the rule.",
        "no_primary_key": "AIs with values follow the key alone; digital-link.js skips the rest.",
        "trailing_slash": "The syntax has none; a resolver should tolerate one, and so do we.",
        "rightmost_key": "URI Syntax: the key is the last in the path; biip takes the first.",
        "two_keys": "An SSCC or GIAI may carry a GTIN as attribute; biip cannot write that again.",
        "third_partys_serial": "10 beside 235 is an attribute; biip writes it into the path.",
        "capitals": "The scheme may be all capitals; digital-link.js knows small letters alone.",
        "fragment": "RFC 3986: a fragment is no part of what is asked for.",
        "sub_delimiter": "RFC 3986: + and = may stand in a path; digital-link.js has them encoded.",
        "without_check_digit": "digital-link.js refuses each key whose check digit it cannot find.",
        "newer_identifier": "235, 417, 8030 are in the table; digital-link.js ends at syntax 1.4.",
        "not_a_field": "URI Syntax: fields without a value or of other names are not looked at.",
    }
)


class Opinion(NamedTuple):
    """One line: our code or "ok", and of the others "ok", "no" or "other" (canonical form)."""

    link: str
    ours: str
    biip: str
    biip_reason: str
    js: str
    js_reason: str


def recorded() -> list[Opinion]:
    """Give the lines of the file."""
    with RECORDED.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Opinion(*line) for line in lines]


def ours(link: str) -> str:
    """Say "ok", or the code of our refusal."""
    try:
        gs1.parse(link)
    except gs1.Malformed as refused:
        return refused.code
    return "ok"


def biips(link: str) -> str:
    """Say whether biip takes it, and whether it writes the same canonical address."""
    try:
        parsed = GS1DigitalLinkURI.parse(link)
    except biip.BiipException:
        return "no"
    if ours(link) != "ok":
        return "ok"
    try:
        canonical = parsed.as_canonical_uri()
    except biip.BiipException:
        return "other"
    return "ok" if canonical == gs1.parse(link).canonical else "other"


def digital_link_js(links: Sequence[str], packages: str) -> list[str]:
    """Ask npm's digital-link.js, which lies in the folder `packages`."""
    node = shutil.which("node")
    assert node, "node is not installed"
    answer = subprocess.run(
        [node, HERE / "ask_digital_link.js"],
        input="\n".join(links),
        env={"NODE_PATH": packages},
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.split()


def differs(ours: str, theirs: str) -> bool:
    """Say whether another's verdict needs a reason."""
    return theirs == "other" or (ours == "ok") != (theirs == "ok")


def _main() -> None:
    links = mutated_links()
    known = {each.link: each for each in recorded()} if RECORDED.exists() else {}
    answers = digital_link_js(links, os.environ["GOC_TEST_DIGITAL_LINK_JS"])
    with RECORDED.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, lineterminator="\n")
        for link, js in zip(links, answers, strict=True):
            code, theirs, before = ours(link), biips(link), known.get(link)
            why = before.biip_reason if before and before.biip == theirs else UNJUDGED
            why_js = before.js_reason if before and before.js == js else UNJUDGED
            lines.writerow(
                Opinion(
                    link,
                    code,
                    theirs,
                    why if differs(code, theirs) else AGREED,
                    js,
                    why_js if differs(code, js) else AGREED,
                )
            )


if __name__ == "__main__":
    _main()
