"""How pure text code refuses: a stable code and values, never a sentence."""


class Refused(ValueError):
    """What somebody typed cannot be used as it is.

    `code` is stable and names the reason; `values` fill the sentence that a form shows for it.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
