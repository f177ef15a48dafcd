"""What may be read of accounts, in bulk by ids."""

from accounts.queries.enterprises import (
    Maker,
    count_by_province,
    enterprise_ids_named,
    maker_by_slug_key,
    makers,
    makers_among,
)

__all__ = [
    "Maker",
    "count_by_province",
    "enterprise_ids_named",
    "maker_by_slug_key",
    "makers",
    "makers_among",
]
