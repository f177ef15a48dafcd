"""The one page of a witness: whose it is, its key, what it signed last. No script, no style."""

from datetime import datetime, timedelta, timezone
from hashlib import sha256
from html import escape

from traceability.log.encoding import base64_text
from traceability.log.witness.store import Seen
from traceability.log.witness.witness import Witness

VIETNAM = timezone(timedelta(hours=7))  # The same all year; it needs no tables of zones.
PAGE = """<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{owner} · Nhân chứng của sổ</title>
<h1>{owner}</h1>
<p>Đây là một nhân chứng. Chữ ký của nhân chứng chỉ nói một điều: sổ này chỉ dài thêm,
không ai sửa hay bỏ dòng nào đã ghi. Nhân chứng không xem hàng, không bảo đảm chất lượng hàng.</p>
<p lang="en">This is a witness. Its signature says one thing: this log only grew;
no entry was changed or taken out. A witness looks at no goods and vouches for none.</p>
<h2>Khóa để kiểm chữ ký · <span lang="en">Key that checks its signatures</span></h2>
<p><code>{key}</code></p>
<h2>Đã ký lần cuối · <span lang="en">Signed last</span></h2>
{logs}
</html>
"""
LOG = """<h3>{origin}</h3>
<p>{size} dòng, lúc {at} (giờ Việt Nam).
<span lang="en">{size} entries, at {at} (Việt Nam time).</span>
<a href="/{address}/checkpoint">checkpoint</a></p>
<p><code>{root}</code></p>
"""
CONTRADICTED = """<p><strong>Sổ này đã ký hai bản khác nhau cho cùng một số dòng.
Nhân chứng giữ cả hai và chỉ ký tiếp theo bản thấy trước.</strong>
<strong lang="en">This log signed two versions of the same length.
The witness keeps both and goes on from the first one only.</strong></p>
"""
AHEAD = """<p><strong>Giờ ghi ở lần ký cuối đang ở phía trước đồng hồ:
đồng hồ máy này sai, hoặc đã từng sai.</strong>
<strong lang="en">The time of the last signature lies ahead of the clock:
this machine's clock is wrong, or was.</strong></p>
"""
NOTHING = """<p>Chưa ký gì. <span lang="en">Nothing yet.</span></p>
"""


def draw_page(witness: Witness, *, now: datetime) -> str:
    """The page as HTML."""
    contradicted = witness.store.contradicted()
    seen = witness.store.all_seen()
    drawn = [_log(one, contradicted=one.origin in contradicted, now=now) for one in seen]
    return PAGE.format(
        owner=escape(witness.store.owner),
        key=escape(witness.key.witness_key.text),
        logs="".join(drawn) or NOTHING,
    )


def log_address(origin: str) -> str:
    """The path under which a log's last checkpoint is served: the hash of its origin, in hex."""
    return sha256(origin.encode()).hexdigest()


def _log(seen: Seen, *, contradicted: bool, now: datetime) -> str:
    drawn = LOG.format(
        origin=escape(seen.origin),
        size=f"{seen.size:,}".replace(",", "."),
        at=f"{seen.cosigned_at.astimezone(VIETNAM):%H:%M:%S %d/%m/%Y}",
        address=log_address(seen.origin),
        root=base64_text(seen.root),
    )
    warnings = (CONTRADICTED if contradicted else "") + (AHEAD if seen.cosigned_at > now else "")
    return drawn + warnings
