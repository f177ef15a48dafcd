import pytest

from accounts.protecting import folded, holds, nearest


@pytest.mark.parametrize(
    ("name", "protected", "held"),
    [
        ("Dao Phúc Sen rèn tay", "Phúc Sen", True),
        ("DAO PHUC  SEN", "phúc sen", True),
        ("Dao Phucsen", "Phúc Sen", True),
        ("Phucsensen", "Phúc Sen", False),
        ("Chè Nà Lạn gác bếp", "Chè Nà Lang", False),  # The letters run on, the words do not.
        ("Chè Tháinguyên", "Thái Nguyên", True),
        ("Chè Thái Lan", "Thái Nguyên", False),
        ("Dao phúc sen2", "Phúc Sen", False),
        ("Phúc", "Phúc Sen", False),
    ],
)
def test_a_name_is_compared_as_it_is_heard(
    name: str,
    protected: str,
    held: bool,  # noqa: FBT001  # Named by the table.
) -> None:
    assert holds(folded(name), folded(protected)) is held


def test_the_nearest_names_stand_first_and_far_ones_nowhere() -> None:
    known = [("a", "che na lan"), ("b", "dao phuc sen"), ("c", "che na lang"), ("d", "che ta lan")]

    assert nearest("che na lan gac bep", known) == ["a", "c", "d"]
    assert nearest("mam ca linh chau doc", known[:2]) == []
