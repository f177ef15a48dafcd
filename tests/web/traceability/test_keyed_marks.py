from flask import Flask

from traceability.keyed_marks import LENGTH, keyed_mark


def test_a_mark_tells_the_same_one_and_joins_nothing_else(app: Flask) -> None:
    with app.app_context():
        mark = keyed_mark(7, "a device")
        assert mark == keyed_mark(7, "a device")
        others = [keyed_mark(8, "a device"), keyed_mark(7, "another"), keyed_mark("7:", "a device")]
        app.config["SECRET_KEY"] += "!"
        others.append(keyed_mark(7, "a device"))

    assert len({mark, *others}) == 5
    assert {len(one) for one in (mark, *others)} == {LENGTH}
