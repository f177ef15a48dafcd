"""Why a text is no Digital Link, element string or value of GS1: each reason a class and a code."""

from typing import ClassVar


class Malformed(ValueError):
    """GS1's rules refuse the text: `code` says why, `identifier` where (empty: the whole of it)."""

    code: ClassVar[str] = "malformed"

    def __init__(self, identifier: str = "") -> None:
        super().__init__(f"{self.code} {identifier}".rstrip())
        self.identifier = identifier


class MalformedLink(Malformed):
    """The address is no Digital Link, whatever its values are."""

    code = "link"


class WrongScheme(MalformedLink):
    """Neither http nor https, or in mixed case."""

    code = "scheme"


class WrongHost(MalformedLink):
    """No host, or one with characters that no host has."""

    code = "host"


class ForeignUriCharacter(MalformedLink):
    """A character that an address carries only percent-encoded (RFC 3986, 2)."""

    code = "uri_character"


class BrokenEscape(MalformedLink):
    """A per cent sign without two hexadecimal digits (RFC 3986, 2.1)."""

    code = "escape"


class NoPrimaryKey(MalformedLink):
    """The path names nothing: no primary key with its value."""

    code = "no_primary_key"


class WrongSequence(MalformedLink):
    """A qualifier twice, out of order, or one that does not go with the key."""

    code = "sequence"


class QualifierInQuery(MalformedLink):
    """The path could carry it, so the query must not."""

    code = "qualifier_in_query"


class NotAnAttribute(MalformedLink):
    """The identifier never stands in a query."""

    code = "not_an_attribute"


class RepeatedIdentifier(MalformedLink):
    """The same identifier twice in one address."""

    code = "repeated"


class TooManyFields(MalformedLink):
    """The query has more fields than any link needs."""

    code = "too_many_fields"


class MalformedElements(Malformed):
    """The text is no element string, or its elements do not go together."""

    code = "elements"


class RequiredMissing(MalformedElements):
    """The identifier says nothing without another that is not there."""

    code = "required_missing"


class ForbiddenPair(MalformedElements):
    """The identifier contradicts another that is there."""

    code = "forbidden_pair"


class ContradictingRepetition(MalformedElements):
    """The same identifier twice with two values."""

    code = "contradicting_repetition"


class SignatureWithoutSerial(MalformedElements):
    """A digital signature signs one thing: its key must have a serial."""

    code = "signature_without_serial"


class MalformedValue(Malformed):
    """The value does not fit its identifier."""

    code = "value"


class UnknownIdentifier(MalformedValue):
    """GS1 has no such application identifier."""

    code = "unknown_identifier"


class EmptyValue(MalformedValue):
    """The identifier has no value."""

    code = "empty"


class TooShort(MalformedValue):
    """Fewer characters than the identifier needs."""

    code = "too_short"


class TooLong(MalformedValue):
    """More characters than the identifier takes."""

    code = "too_long"


class ForeignCharacter(MalformedValue):
    """A character outside the component's set, or wrong padding in set 64."""

    code = "character"


class WrongCheckDigit(MalformedValue):
    """The mod-10 check digit belongs to another number."""

    code = "check_digit"


class WrongCheckCharacters(MalformedValue):
    """The pair of check characters (mod 1021) belongs to another text."""

    code = "check_characters"


class NoCompanyPrefix(MalformedValue):
    """No GS1 Company Prefix stands where the key has it."""

    code = "company_prefix"


class NoSuchDate(MalformedValue):
    """No calendar has the day."""

    code = "date"


class NoSuchTime(MalformedValue):
    """No clock shows the time."""

    code = "time"


class UnknownCode(MalformedValue):
    """The code is not in its list (countries, currencies, media …)."""

    code = "unknown_code"


class WrongNumber(MalformedValue):
    """Zero where something must be, something where zero must be, or a leading zero."""

    code = "number"


class WrongPosition(MalformedValue):
    """No "so many of so many": a zero, or a piece beyond the last."""

    code = "position"


class NoSuchPlace(MalformedValue):
    """Latitude or longitude beyond the globe."""

    code = "place"


class WrongAccount(MalformedValue):
    """No IBAN: its form or its check digits."""

    code = "account"


class WrongCoupon(MalformedValue):
    """The digits do not follow the North American coupon format."""

    code = "coupon"
