from core.text.difference import Piece, difference


def test_words_that_differ_are_marked_and_nothing_is_lost() -> None:
    before, after = difference("Dao phay rèn tay", "Dao thái rèn bằng tay")

    assert before == [
        Piece("Dao ", False),
        Piece("phay", True),
        Piece(" rèn ", False),
        Piece("tay", False),
    ]
    assert [piece.text for piece in after if piece.is_changed] == ["thái", "bằng "]
    assert "".join(piece.text for piece in after) == "Dao thái rèn bằng tay"


def test_an_empty_text_has_no_pieces() -> None:
    assert difference("", "Mới") == ([], [Piece("Mới", True)])
    assert difference("Cũ", "Cũ") == ([Piece("Cũ", False)], [Piece("Cũ", False)])
