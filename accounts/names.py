"""The name somebody signs in by: an e-mail address, or a telephone number of Việt Nam. Pure."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

LONGEST = 254  # An address of e-mail has no more (RFC 5321).
HOST_SHOWN = 24  # Of a masked address: the longest sentence that carries one stays one SMS.
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_PHONE = re.compile(r"[+\d\s.\-()]{8,30}", re.ASCII)
_COUNTRY = 84
# Mobile numbers of eleven digits became ten in September and October 2018: the plan of the
# Ministry of Information and Communications of 16 May 2017, by operator.
_OLD_PREFIXES = {
    "120": "70",
    "121": "79",
    "122": "77",
    "126": "76",
    "128": "78",  # MobiFone
    "123": "83",
    "124": "84",
    "125": "85",
    "127": "81",
    "129": "82",  # VinaPhone
    **{f"16{digit}": f"3{digit}" for digit in range(2, 10)},  # Viettel
    "186": "56",
    "188": "58",
    "199": "59",  # Vietnamobile, Gmobile
}
_OLD_LENGTH = 10  # Digits after the leading zero.


def sign_in_name(typed: str) -> str | None:
    """The name as it is stored: lower case, or "+84…"; None when it is neither kind.

    "0912 345 678", "84912345678" and "+84 912.345.678" are one person, and so are
    "0169 456 7890" of before 2018 and today's "039 456 7890".
    """
    text = typed.strip().lower()
    if len(text) > LONGEST or not text.isprintable():
        return None
    if _EMAIL.fullmatch(text):
        return text
    return _phone_number(text) if _PHONE.fullmatch(text) else None


def typed_forms(name: str) -> tuple[str, ...]:
    """Every way to type a stored name, without the spaces and signs between its digits."""
    if not is_phone(name):
        return (name,)
    today = name.removeprefix(f"+{_COUNTRY}")
    before = [
        old + today[len(new) :] for old, new in _OLD_PREFIXES.items() if today.startswith(new)
    ]
    begins = (f"+{_COUNTRY}", f"{_COUNTRY}", f"00{_COUNTRY}", "0")
    return tuple(begin + digits for digits in (today, *before) for begin in begins)


def is_phone(name: str) -> bool:
    """Whether a stored name is a telephone number."""
    return name.startswith("+")


def takes_messages(name: str) -> bool:
    """Whether a code can reach this stored name: an address of mail, or a mobile number."""
    if not is_phone(name):
        return True
    kind = phonenumbers.number_type(phonenumbers.parse(name))
    return kind in {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


def as_written(name: str) -> str:
    """A stored name as people write it: "0912 345 678"."""
    if not is_phone(name):
        return name
    return phonenumbers.format_number(phonenumbers.parse(name), PhoneNumberFormat.NATIONAL)


def masked(name: str) -> str:
    """Enough of a stored name to know one's own by: "09•• ••• 678", "h•••@goc.example".

    A long host is cut: messages with a masked name are SMS, too.
    """
    if not is_phone(name):
        user, _, host = name.partition("@")
        shown = host if len(host) <= HOST_SHOWN else f"{host[:HOST_SHOWN]}…"
        return f"{user[:1]}•••@{shown}"
    written = as_written(name)
    hidden = re.sub(r"\d", "•", written[2:-3])
    return f"{written[:2]}{hidden}{written[-3:]}"


def _phone_number(text: str) -> str | None:
    try:
        number = phonenumbers.parse(text, "VN")
    except NumberParseException:
        return None
    if number.country_code != _COUNTRY:
        return None
    digits = str(number.national_number)
    today = _OLD_PREFIXES.get(digits[:3]) if len(digits) == _OLD_LENGTH else None
    if today is not None:
        number.national_number = int(today + digits[3:])
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
