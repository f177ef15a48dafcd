"""How pure text code refuses: a stable code and values, never a sentence."""

# Every code of core.text with the names of its values: what a table of sentences must cover, and
# may fill in. Other parsers refuse with codes of their own.
CODES: dict[str, tuple[str, ...]] = {
    "empty": (),
    "not_text": (),
    "too_short": ("at_least",),
    "too_long": ("at_most",),
    "below": ("at_least",),
    "above": ("at_most",),
    "dong_ambiguous": ("text", "readings"),
    "dong_fraction": ("text",),
    "dong_negative": ("text",),
    "dong_unreadable": ("text",),
    "amount_ambiguous": ("text", "readings", "base_unit"),
    "amount_fraction": ("text",),
    "amount_negative": ("text",),
    "amount_unit_missing": ("text",),
    "amount_unit_unknown": ("text", "unit"),
    "amount_unreadable": ("text",),
    "content_several": ("text",),
    "content_unsaid": ("text",),
    "count_fraction": ("text",),
    "count_negative": ("text",),
    "count_unreadable": ("text",),
    "day_impossible": ("text",),
    "day_unreadable": ("text",),
    "day_year_missing": ("text",),
    "lot_code_empty": (),
    "lot_code_too_long": ("at_most",),
}


class Unreadable(ValueError):
    """What somebody typed cannot be used as it is.

    `code` is stable and names the reason; `values` fill the sentence that a form shows for it.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
