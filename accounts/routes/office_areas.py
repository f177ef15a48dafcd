"""The areas an officer, or a team's leader, can choose from in a form."""

from collections.abc import Collection

from accounts.rules import Lead, Office
from core.language import gettext
from core.places import commune_name, communes, province_name, provinces


def areas(offices: Collection[Office | Lead]) -> list[tuple[str, str]]:
    """Codes and names of the areas of these offices and teams, a province's communes one by one."""
    found: dict[str, str] = {}
    for office in offices:
        found |= dict(_areas_of(office))
    return list(found.items())


def _areas_of(office: Office | Lead) -> list[tuple[str, str]]:
    if office.province_code is None:
        return [("", gettext("Cả nước")), *((one.code, one.name) for one in provinces().values())]
    if office.commune_code is not None:
        return [(office.commune_code, commune_name(office.commune_code))]
    whole = (office.province_code, gettext("Cả tỉnh %(name)s", name=_province(office)))
    within = [one for one in communes().values() if one.province_code == office.province_code]
    return [whole, *((one.code, one.name) for one in within)]


def _province(office: Office | Lead) -> str:
    return province_name(office.province_code)
