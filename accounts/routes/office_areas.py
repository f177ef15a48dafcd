"""The areas an officer can choose from in a form."""

from collections.abc import Collection

from accounts.rules import Office
from core.language import gettext
from core.places import commune_name, communes, province_name, provinces


def areas(offices: Collection[Office]) -> list[tuple[str, str]]:
    """Codes and names of the areas of these offices, the communes of a province one by one."""
    found: dict[str, str] = {}
    for office in offices:
        found |= dict(_areas_of(office))
    return list(found.items())


def _areas_of(office: Office) -> list[tuple[str, str]]:
    if office.province_code is None:
        return [("", gettext("Cả nước")), *((one.code, one.name) for one in provinces().values())]
    if office.commune_code is not None:
        return [(office.commune_code, commune_name(office.commune_code))]
    whole = (office.province_code, gettext("Cả tỉnh %(name)s", name=_province(office)))
    within = [one for one in communes().values() if one.province_code == office.province_code]
    return [whole, *((one.code, one.name) for one in within)]


def _province(office: Office) -> str:
    return province_name(office.province_code)
