"""GS1's numbers and addresses. Pure: no framework, no database, no clock.

Source of the rules: GS1 General Specifications and GS1 Digital Link URI Syntax 1.6.
"""

from core.gs1.check_digits import (
    GtinFault,
    MalformedGtin,
    check_digit,
    gtin14,
    has_valid_check_digit,
)
from core.gs1.digital_link import (
    DigitalLink,
    LinkFault,
    MalformedLink,
    parse,
    parse_path,
    stamp_uri,
)

__all__ = [
    "DigitalLink",
    "GtinFault",
    "LinkFault",
    "MalformedGtin",
    "MalformedLink",
    "check_digit",
    "gtin14",
    "has_valid_check_digit",
    "parse",
    "parse_path",
    "stamp_uri",
]
