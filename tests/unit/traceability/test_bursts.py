from traceability.rules import BURST_STAMPS, Mark, is_burst, mark_of


def test_twelve_stamps_are_a_burst_and_eleven_are_none() -> None:
    looked = [Mark(f"token {number}", is_new=True) for number in range(BURST_STAMPS)]

    assert BURST_STAMPS == 12
    assert is_burst(looked)
    assert not is_burst(looked[1:])


def test_one_stamp_seen_by_a_whole_market_is_none() -> None:
    phones = [Mark(f"token {number}", is_new=number == 0) for number in range(40)]

    assert not is_burst(phones)


def test_a_mark_is_read_as_it_was_kept() -> None:
    for mark in (Mark("7K3MQ", is_new=True), Mark("7K3MQ", is_new=False)):
        assert mark_of(mark.text) == mark
