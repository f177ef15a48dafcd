"""Labels cut out of printed pages, each with what its code says."""

from collections.abc import Iterator
from io import BytesIO

import pypdfium2
from PIL import Image

from traceability import rules
from traceability.adapters.label_plan import plan_labels
from traceability.adapters.label_words import Batch
from traceability.adapters.outputs import Output
from traceability.adapters.sheets import write_pdf


def printed_labels(batch: Batch, paper: str, dpi: int) -> Iterator[tuple[Image.Image, str]]:
    """Draw the PDF, print it with a pixel a dot, and cut the labels apart."""
    plan = plan_labels(batch, paper, Output(dpi=dpi))
    written = BytesIO()
    write_pdf(written, plan, on_page=lambda _done, _whole: None)
    texts = rules.serial_texts(batch.serials)
    addresses = iter(plan.addresses(texts))
    width, height = plan.dots(plan.paper.width_mm), plan.dots(plan.paper.height_mm)
    document = pypdfium2.PdfDocument(written.getvalue())
    for page in document:
        drawn = page.render(scale=plan.dots_a_mm * 25.4 / 72 - 1e-5).to_pil().convert("L")
        for (x, y), address in zip(
            plan.corners(plan.paper.labels).tolist(), addresses, strict=False
        ):
            yield drawn.crop((x, y, x + width, y + height)), address
    document.close()
