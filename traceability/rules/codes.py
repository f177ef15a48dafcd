"""What a code says that was typed, photographed or pasted at `/scan`."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urlsplit

from core import gs1
from traceability.errors import MalformedSerial
from traceability.rules.serials import parse_serial

LONGEST_CODE: Final = 2_048  # No stamp is longer; a QR code can hold 7,089 digits.
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_OUR_PATH: Final = re.compile(r"/s/([^/]+)/?", re.IGNORECASE)
_TEST_PATH: Final = re.compile(r"/test/[^/]+/?", re.IGNORECASE)  # Of a test strip's codes.
_WEB: Final = re.compile(r"https?://", re.IGNORECASE)
_HOST_AND_PATH: Final = re.compile(r"[a-z0-9][a-z0-9.-]*(:\d+)?/", re.IGNORECASE)
# Browsers and parsers disagree about these in an address: such a one is never shown as a link.
_TREACHEROUS: Final = re.compile(r"[\s\\\x00-\x1f\x7f]")


class CodeKind(StrEnum):
    """What was found in a code."""

    SERIAL = "serial"  # A stamp of ours.
    GOODS = "goods"  # A Digital Link of ours without a serial: `/01/…` answers.
    TEST = "test"  # Of a strip printed before the stamps.
    FOREIGN = "foreign"  # Somebody else's address.
    MALFORMED = "malformed"  # Neither a serial nor an address.
    NOTHING = "nothing"  # Empty.


@dataclass(frozen=True, slots=True)
class Code:
    """A code, read. `typed` tells the two sentences of `not_issued` apart."""

    kind: CodeKind
    serial: int | None = None
    typed: bool = False
    link: gs1.DigitalLink | None = None  # GTIN and lot the address claims besides.
    host: str | None = None  # Of a foreign address.
    url: str | None = None  # Of a foreign address, http or https only.
    signature: str | None = None  # Of one of our addresses, as it says; not yet checked.


def parse_code(text: str, own_host: str) -> Code:
    """Say what a code carries; `own_host` is the host (and port) that stamps carry."""
    text = text.strip()
    if not text:
        return Code(CodeKind.NOTHING)
    if len(text) > LONGEST_CODE:
        return Code(CodeKind.MALFORMED)
    if _WEB.match(text):
        return _read_address(text, own_host)
    if _HOST_AND_PATH.match(text):
        return _read_address(f"https://{text}", own_host)
    return _read_serial(text, typed=True)


def _read_serial(text: str, *, typed: bool, link: gs1.DigitalLink | None = None) -> Code:
    try:
        return Code(CodeKind.SERIAL, serial=parse_serial(text), typed=typed, link=link)
    except MalformedSerial:
        return Code(CodeKind.MALFORMED, typed=typed)


def _read_address(url: str, own_host: str) -> Code:
    if _TREACHEROUS.search(url):
        return Code(CodeKind.MALFORMED)
    try:
        parts = urlsplit(url)
        host = _host_of(parts)
    except ValueError:  # A port of letters, a broken IPv6 address.
        return Code(CodeKind.MALFORMED)
    if not host:
        return Code(CodeKind.MALFORMED)
    if host != own_host.lower():
        return Code(CodeKind.FOREIGN, host=host, url=url)
    if _TEST_PATH.fullmatch(parts.path):
        return Code(CodeKind.TEST)
    ours = _OUR_PATH.fullmatch(parts.path)
    code = _read_serial(ours[1], typed=False) if ours else _read_digital_link(parts)
    signature = next((value for name, value in parse_qsl(parts.query) if name == "s"), None)
    return replace(code, signature=signature) if code.serial is not None else code


def _read_digital_link(parts: SplitResult) -> Code:
    try:
        link = gs1.parse_path(parts.path, parts.query)
    except gs1.Malformed:
        return Code(CodeKind.MALFORMED)
    if link.gtin14 is None:  # A place, a party, a pallet: no address of ours leads there.
        return Code(CodeKind.MALFORMED)
    if link.serial is None:
        return Code(CodeKind.GOODS, link=link)
    return _read_serial(link.serial, typed=False, link=link)


def _host_of(parts: SplitResult) -> str:
    """The host, with its port where that is not the scheme's own."""
    host = parts.hostname or ""
    if parts.port is None or parts.port == _DEFAULT_PORTS[parts.scheme]:
        return host
    return f"{host}:{parts.port}"
