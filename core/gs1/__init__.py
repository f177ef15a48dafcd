"""GS1's numbers, elements and addresses. Pure: no framework, no database, no clock.

Sources of the rules: GS1 General Specifications, GS1 Digital Link URI Syntax 1.6, and the table of
GS1's Barcode Syntax Dictionary, whose copy lies in `data/`.
"""

from core.gs1.check_digits import (
    GtinFault,
    MalformedGtin,
    check_digit,
    gtin14,
    has_valid_check_digit,
)
from core.gs1.digital_link import DigitalLink, build, link_of, stamp_uri
from core.gs1.element_strings import (
    bracketed,
    element_string,
    parse_bracketed,
    parse_element_string,
)
from core.gs1.errors import Malformed
from core.gs1.identifiers import APPLICATION_IDENTIFIERS, Element
from core.gs1.link_parser import parse, parse_path

__all__ = [
    "APPLICATION_IDENTIFIERS",
    "DigitalLink",
    "Element",
    "GtinFault",
    "Malformed",
    "MalformedGtin",
    "bracketed",
    "build",
    "check_digit",
    "element_string",
    "gtin14",
    "has_valid_check_digit",
    "link_of",
    "parse",
    "parse_bracketed",
    "parse_element_string",
    "parse_path",
    "stamp_uri",
]
