from core.slugs import slug_key_of, slug_of


def test_a_slug_is_the_folded_name_and_the_key() -> None:
    assert slug_of("Trà Shan tuyết", "7K3MQ9") == "tra-shan-tuyet-7k3mq9"
    assert slug_of("茶", "7K3MQ9") == "7k3mq9"


def test_only_the_key_of_a_slug_counts() -> None:
    assert slug_key_of("ten-cu-7k3mq9") == "7K3MQ9"
    assert slug_key_of("x-oil3mq") == "0113MQ"


def test_what_has_no_key_is_no_slug() -> None:
    for text in ("", "abc", "tra-shan", "7k3mq\x00", "trà-uuuuuu"):
        assert slug_key_of(text) is None
