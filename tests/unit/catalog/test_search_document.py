from catalog.search.document import GAP, tokens_of


def test_a_phrase_never_reaches_from_one_text_into_the_next() -> None:
    tokens = tokens_of(names=["Mật ong"], others=["Rừng Tràm"])

    assert tokens.exact == f"mật ong {GAP} rừng tràm"
    assert "matong" in tokens.joined.split()
    assert "ongrung" not in tokens.joined.split()


def test_the_names_own_field_knows_every_spelling_and_nothing_of_the_maker() -> None:
    tokens = tokens_of(names=["Mật ong"], others=["HTX Hòa Bình"])

    assert set(tokens.name.split()) == {"mật", "ong", "mat", "matong"}
    assert {"htx", "hop", "tac", "xa", "hoptacxa", "hoabinh"} <= set(tokens.joined.split())


def test_an_empty_text_leaves_no_gap() -> None:
    assert tokens_of(names=["Mật ong"], others=["", ""]).exact == "mật ong"


def test_a_token_no_question_can_hold_is_left_out() -> None:
    tokens = tokens_of(names=["a" * 201 + " ong"], others=[])

    assert tokens.exact == "ong"
    assert all(len(token) <= 200 for token in tokens.joined.split())
