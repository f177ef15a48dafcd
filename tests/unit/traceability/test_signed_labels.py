from io import BytesIO

import numpy as np
import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.unit.traceability.printed import printed_labels
from tests.unit.traceability.test_sheets import GTIN, batch_of
from traceability import rules
from traceability.adapters.label_files import count_labels, write_labels
from traceability.adapters.label_plan import plan_labels
from traceability.adapters.label_raster import LabelRaster
from traceability.adapters.outputs import Output
from traceability.rules.signatures import signature_bytes, signature_digits, signed_message

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SITE = "https://goc.example"


def signer(gtin: str | None) -> dict[str, object]:
    def sign(text: str) -> str:
        return signature_digits(KEY.sign(signed_message(SITE, gtin, text)))

    return {"gtin14": gtin, "sign": sign}


@pytest.mark.parametrize("gtin", [GTIN, None], ids=["gtin", "ours"])
@pytest.mark.parametrize(("paper", "dpi"), [("a4-48", 300), ("a4-25", 300), ("roll-30", 203)])
def test_a_printed_signed_code_says_its_stamps_signature(
    paper: str, dpi: int, gtin: str | None
) -> None:
    batch = batch_of(6, **signer(gtin))

    labels = list(printed_labels(batch, paper, dpi))

    assert len(labels) == 6
    for (picture, address), text in zip(labels, rules.serial_texts(batch.serials), strict=True):
        (found,) = zxingcpp.read_barcodes(picture)
        bare, _, digits = found.text.partition("?s=")
        assert found.text == address
        assert bare.endswith(text)
        signature = signature_bytes(digits)
        assert signature is not None
        KEY.public_key().verify(signature, signed_message(SITE, gtin, text))


def test_dots_of_a_label_printer_say_the_signature_too() -> None:
    batch = batch_of(2, **signer(GTIN))
    plan = plan_labels(batch, "roll-30", Output("zpl", 203, signed=True))
    texts = rules.serial_texts(batch.serials)

    for label, address in zip(LabelRaster(plan).labels(texts), plan.addresses(texts), strict=True):
        grey = np.where(label, 0, 255).astype(np.uint8)
        (found,) = zxingcpp.read_barcodes(np.pad(grey, 20, constant_values=255))
        assert found.text == address


@pytest.mark.parametrize("file_format", ["pdf", "svg", "zpl", "png"])
def test_a_file_of_signed_labels_counts_as_any_other(file_format: str) -> None:
    written = BytesIO()
    output = Output(file_format, 300, signed=True)
    write_labels(
        written, batch_of(7, **signer(GTIN)), "roll-25", output, on_page=lambda _done, _all: None
    )
    written.seek(0)

    assert count_labels(written, file_format) == 7
