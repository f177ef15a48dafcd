import tracemalloc
from io import BytesIO
from time import thread_time

import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from core import qr
from tests.web.traceability.verdict_book import page_words, says
from traceability.adapters.strip_plan import strip_address


def send(client: FlaskClient, content: bytes, name: str = "tem.jpg") -> TestResponse:
    return client.post("/scan", data={"code": "", "picture": (BytesIO(content), name)})


def photo_of(text: str) -> bytes:
    """A photo as a phone would make it: the code small and askew on a grey table."""
    code = Image.open(BytesIO(qr.png(text))).convert("RGB")
    table = Image.new("RGB", (1600, 1200), (150, 140, 130))
    table.paste(code.rotate(7, expand=True, fillcolor=(255, 255, 255)), (500, 300))
    content = BytesIO()
    table.save(content, "JPEG", quality=70)
    return content.getvalue()


def test_a_typed_number_leads_to_its_page(client: FlaskClient) -> None:
    answer = client.post("/scan", data={"code": " 7k3m-q9t2 xb4og "})

    assert answer.status_code == 303
    assert answer.location == "/s/7K3MQ9T2XB40G?typed=1"


def test_a_photo_of_a_stamp_leads_to_its_page(client: FlaskClient) -> None:
    answer = send(client, photo_of("HTTPS://GOC.EXAMPLE/S/7K3MQ9T2XB40G"))

    assert answer.status_code == 303
    assert answer.location == "/s/7K3MQ9T2XB40G"


def test_what_a_digital_link_claims_goes_along(client: FlaskClient) -> None:
    link = "HTTPS://GOC.EXAMPLE/01/09521234543213/10/L2611A/21/7K3MQ9T2XB40G"

    answer = client.post("/scan", data={"code": link})

    assert answer.location == "/s/7K3MQ9T2XB40G?gtin=09521234543213&lot=L2611A"


def test_a_code_of_a_test_strip_is_no_mistyped_stamp(client: FlaskClient) -> None:
    address = strip_address("https://goc.example", has_gtin=True, signed=False)

    answer = client.post("/scan", data={"code": address})

    assert answer.status_code == 303
    assert "Mã thử, không phải tem" in client.get(answer.location).text


def test_a_code_of_another_site_is_named_and_not_followed(client: FlaskClient) -> None:
    answer = send(client, photo_of("https://abc.vn/promo"))

    assert answer.status_code == 200
    assert says(
        "Mã này dẫn tới {abc.vn}, không phải tem của Gốc. Chúng tôi không biết gì về nó."
    ).search(page_words(answer.text))
    assert 'href="https://abc.vn/promo"' in answer.text


def test_a_script_in_a_code_is_never_a_link(client: FlaskClient) -> None:
    for evil in ("javascript:alert(1)", "data:text/html,x", "https://abc.vn/\\evil"):
        answer = client.post("/scan", data={"code": evil})

        assert answer.status_code == 400
        assert "javascript:" not in answer.text.replace('value="javascript:', "")


def test_a_malformed_number_comes_back_as_typed_with_its_sentence(client: FlaskClient) -> None:
    answer = client.post("/scan", data={"code": "7K3M Q9T2"})

    assert answer.status_code == 400
    assert 'value="7K3M Q9T2"' in answer.text
    assert "Số tem này thiếu hoặc nhầm chữ." in page_words(answer.text)


def test_a_photo_without_a_code_asks_for_a_better_one(client: FlaskClient) -> None:
    content = BytesIO()
    Image.new("RGB", (800, 600), (90, 120, 60)).save(content, "JPEG")

    answer = send(client, content.getvalue())

    assert answer.status_code == 422
    assert "Không thấy mã vuông nào trong ảnh." in page_words(answer.text)
    assert 'id="picture-error"' in answer.text
    assert 'id="code-error"' not in answer.text


def test_an_empty_form_asks_for_something(client: FlaskClient) -> None:
    answer = client.post("/scan", data={"code": " "})

    assert answer.status_code == 422
    assert "Xin gõ số tem hoặc chọn một ảnh chụp tem." in page_words(answer.text)


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"<?php system($_GET['c']);",
        b"GIF89a" + bytes(64),
        b"\x00",
    ],
)
def test_what_is_no_picture_is_refused_whatever_its_name(
    client: FlaskClient, content: bytes
) -> None:
    answer = send(client, content, "tem.jpg")

    assert answer.status_code == 415
    assert "Chỉ nhận ảnh JPEG, PNG hoặc WebP." in page_words(answer.text)


def test_a_bomb_of_a_hundred_million_pixels_is_refused_unopened(client: FlaskClient) -> None:
    content = BytesIO()
    Image.new("1", (10_000, 10_000)).save(content, "PNG", optimize=True)
    bomb = content.getvalue()
    send(client, b"\x00")  # Whatever is loaded at the first picture is loaded now.

    tracemalloc.start()
    started = thread_time()
    answer = send(client, bomb)
    seconds = thread_time() - started
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert answer.status_code == 413
    assert len(bomb) < 30_000
    assert seconds < 0.3  # Of the processor, whoever else works on the machine.
    assert peak < 20_000_000


def test_a_truncated_picture_is_refused_kindly(client: FlaskClient) -> None:
    answer = send(client, photo_of("HTTPS://GOC.EXAMPLE/S/7K3MQ9T2XB40G")[:9_000])

    assert answer.status_code == 422
    assert "Ảnh này bị hỏng" in page_words(answer.text)


def test_a_body_of_fifty_megabytes_meets_our_own_page(client: FlaskClient) -> None:
    started = thread_time()

    answer = client.post(
        "/scan", data=bytes(50_000_000), content_type="multipart/form-data; boundary=x"
    )

    assert answer.status_code == 413
    assert "quá lớn" in page_words(answer.text)
    assert thread_time() - started < 3


def test_a_resolver_forwards_a_stamp_with_its_claims_and_query(client: FlaskClient) -> None:
    answer = client.get("/01/09521234543213/10/L2611A/21/7K3MQ9T2XB40G?s=123")

    assert answer.status_code == 307
    assert answer.location == "/s/7K3MQ9T2XB40G?gtin=09521234543213&lot=L2611A&s=123"


def test_a_resolver_never_says_not_found(client: FlaskClient) -> None:
    assert client.get("/01/09521234543213").location == "/products"
    assert client.get("/01/09521234543213/10/NONE/").status_code == 307
    assert client.get("/01/09521234543213?fbclid=a|b%&17=261200").status_code == 307


@pytest.mark.parametrize(
    "path",
    [
        "/01/09521234543210",
        "/01/9521234543213",
        "/01/09521234543213/21/A/10/B",
        "/01/09521234543213?10=B",
        "/01/09521234543213/10/L%C3%94",
        "/01/09521234543213/10/A%20B",
        f"/01/09521234543213/10/{'A' * 21}",
        "/01/09521234543213?17=261331",
        "/01/09521234543213?999=A",
        "/01/09521234543213/414/9521234543213",  # About a place: we have none.
    ],
)
def test_a_malformed_digital_link_is_refused(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 400


def test_guessing_serials_ends_in_429_and_hits_are_never_refused(client: FlaskClient) -> None:
    answers = [client.get("/s/7K3MQ9T2XB40G").status_code for _ in range(70)]

    assert answers[:60] == [404] * 60
    assert set(answers[60:]) == {429}


def test_an_address_misses_thirty_pictures_a_minute_and_may_still_type(
    client: FlaskClient,
) -> None:
    for _ in range(30):
        assert send(client, b"\x00").status_code == 415

    assert send(client, photo_of("HTTPS://GOC.EXAMPLE/S/7K3MQ9T2XB40G")).status_code == 429
    assert client.post("/scan", data={"code": "7k3m-q9t2 xb4og"}).status_code == 303


def test_pictures_that_are_read_count_for_nobody(client: FlaskClient) -> None:
    photo = photo_of("HTTPS://GOC.EXAMPLE/S/7K3MQ9T2XB40G")

    assert {send(client, photo).status_code for _ in range(32)} == {303}
