"""How long what is kept: the one table of periods, each with its ground.

The worker's cleaners take their periods from here and `/pages/privacy` is drawn from here, so that
the page cannot promise what no job does. `app/retention.py` says which job keeps which row.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from core.errors import sentence


@dataclass(frozen=True)
class Ground:
    """The rule a period rests on, and since when that rule is in force."""

    words: str
    since_on: date


PERSONAL_DATA = Ground(
    sentence("Luật 91/2025 và Nghị định 356/2025 về dữ liệu cá nhân: không giữ lâu hơn mức cần"),
    date(2026, 1, 1),
)
LISTINGS_LAW = Ground(
    sentence("Luật 122/2025 và Nghị định 248/2026 về thương mại điện tử: giữ ít nhất một năm"),
    date(2026, 7, 1),
)
CONTRACTS_LAW = Ground(
    sentence("Luật 122/2025 và Nghị định 248/2026 về thương mại điện tử: giữ ít nhất ba năm"),
    date(2026, 7, 1),
)
PROOF_OF_CONSENT = Ground(
    sentence("Luật 91/2025 về dữ liệu cá nhân: phải chứng minh được là bạn đã đồng ý"),
    date(2026, 1, 1),
)


@dataclass(frozen=True)
class Period:
    """One row: what, how long, counted from when, on what ground.

    With `is_least` the law forbids to throw it away earlier, and no job does later either: it is
    needed as long as the goods are there to be asked about.
    """

    what: str
    kept: timedelta
    since: str
    ground: Ground = PERSONAL_DATA
    is_least: bool = False


_SENT = sentence("từ lúc gửi")
_ENDED = sentence("từ lúc hết hiệu lực")
_YEAR = timedelta(days=365)

ANSWERS = Period(  # The same form sent again within a day has one effect.
    sentence("Dấu nhận ra một biểu mẫu gửi hai lần"), timedelta(hours=24), _SENT
)
PROOFS = Period(  # So long they are counted against whoever asks for codes.
    sentence("Mã một lần và số đã xin mã"), timedelta(hours=24), sentence("từ lúc xin mã")
)
PASSWORD_LINKS = Period(
    sentence("Đường dẫn đặt mật khẩu"), timedelta(0), sentence("từ lúc dùng xong hoặc hết hạn")
)
ENTERPRISE_DEVICES = Period(  # As long as one may ask with what stamps were activated.
    sentence("Máy quen của đơn vị đã cho thôi (dấu của máy, đã băm)"),
    timedelta(days=90),
    sentence("từ lúc cho thôi"),
)
ENTERPRISE_DEVICES_UNUSED = Period(  # A browser keeps its mark no longer.
    sentence("Máy quen của đơn vị (dấu của máy, đã băm)"),
    timedelta(days=400),
    sentence("từ lần dùng sau cùng"),
)
ACTIVATION_ASKINGS = Period(  # As with devices: one may ask who confirmed what.
    sentence("Lời xin kích hoạt tem từ máy lạ: ai xin, ai đồng ý"),
    timedelta(days=90),
    _ENDED,
)
API_TOKENS = Period(  # As long as one may ask which program it was.
    sentence("Khóa cho phần mềm đã thu hồi hoặc hết hạn"), timedelta(days=90), _ENDED
)
SIGN_INS = Period(  # Long enough to look into a stolen cookie.
    sentence("Các lần đăng nhập và tên máy"), timedelta(days=90), sentence("từ lúc thoát")
)
ACCOUNT_CHANGES = Period(
    sentence(
        "Lần xin đổi mật khẩu, đổi số, đổi người đứng đầu (không có mật khẩu hay số trong đó),"
        " với tờ giấy cán bộ đã nhận"
    ),
    timedelta(days=90),
    sentence("từ lúc làm xong hoặc dừng lại"),
)
SECOND_STEPS = Period(
    sentence("Lượt gõ bước hai, máy được nhớ để không hỏi lại"), timedelta(0), _ENDED
)
INVITATIONS = Period(
    sentence("Lời mời vào một đơn vị, với tên và số của người được mời"),
    timedelta(days=90),
    sentence("từ lúc trả lời hoặc hết hạn"),
)
ASKINGS = Period(
    sentence("Số hoặc tên mà người xin làm giúp đã gõ"),
    timedelta(days=180),
    sentence("từ lúc trả lời hoặc hết hạn"),
)
GROUP_ACTS = Period(
    sentence("Ai đã nhắc hoặc giao những cơ sở nào cùng một lúc"),
    timedelta(days=90),
    sentence("từ lúc làm"),
)
DISPATCHES = Period(
    sentence("Tin nhắn và thư đã gửi cho bạn (mã trong tin bị xóa ngay khi gửi xong)"),
    timedelta(days=30),
    _ENDED,
)
INBOUND = Period(
    sentence("Số tin một máy nhắn tới Gốc trong ngày (không giữ số điện thoại, không giữ lời)"),
    timedelta(days=1),
    _SENT,
)
INBOUND_KEYS = Period(  # A provider tells again for three days at most.
    sentence("Dấu nhận ra một tin nhắn nhà mạng báo hai lần (không ghi ai gửi)"),
    timedelta(days=7),
    _SENT,
)
RECALL_WORDS = Period(
    sentence("Lời người thu hồi viết thêm (số để gọi thì xóa ngay khi thôi thu hồi)"),
    timedelta(days=90),
    sentence("từ lúc thôi thu hồi"),
)
MESSAGES = Period(sentence("Lời nhắn đã đọc trên trang bán hàng"), _YEAR, sentence("từ lúc đọc"))
EVENTS = Period(  # Long enough to find out what a handler did.
    sentence("Việc máy phải làm tiếp sau một thao tác"), timedelta(days=7), sentence("từ lúc xong")
)
JOBS = Period(  # A sheet of labels can be made anew from its batch at any time.
    sentence("Việc dài máy đã làm, cùng tệp tem đã vẽ"),
    timedelta(days=30),
    sentence("từ lúc xong"),
)
EXPORTS = Period(
    sentence("Tệp dữ liệu bạn đã gom để tải về"), timedelta(days=7), sentence("từ lúc xong")
)
IMPORTS = Period(  # Long enough to see a mistake and undo it.
    sentence("Bảng tính đã nhập"), timedelta(days=30), sentence("từ lúc nhập")
)
REMOVED_PHOTOS = Period(  # So long a removal can be undone.
    sentence("Ảnh bạn đã bỏ"), timedelta(hours=24), sentence("từ lúc bỏ")
)
ARRIVING_PHOTOS = Period(  # Whoever lost the connection comes back within the day.
    sentence("Ảnh gửi dở dang"), timedelta(hours=24), sentence("từ lúc bắt đầu gửi")
)
REPORT_PHOTOS = Period(  # As the keyed hashes of checks: docs/adr/0003.
    sentence("Ảnh gửi kèm báo cáo về một con tem"), timedelta(days=180), _SENT
)
REPORT_CONTACTS = Period(
    sentence("Số điện thoại người báo để lại (xóa sớm hơn nếu báo cáo đã đóng)"),
    timedelta(days=180),
    _SENT,
)
PRINT_CODES = Period(  # As long as one may ask who printed what.
    sentence("Mã nhờ nơi khác in tem: ai tạo, nhờ ở đâu, in ra sao"), timedelta(days=90), _ENDED
)
DEVICES = Period(  # Half a year covers any dispute about a copy.
    sentence("Dấu vết máy và mạng của lần kiểm tem, đã băm theo từng con tem"),
    timedelta(days=180),
    sentence("từ ngày kiểm"),
)
BURSTS = Period(  # As the marks of its checks: without them nobody can say what it was.
    sentence("Lần quét nhiều tem qua cùng một mạng: đợt tem nào, bao nhiêu tem, ai trả lời"),
    timedelta(days=180),
    sentence("từ lúc quét"),
)
CLAIMS = Period(  # As the keyed hashes of checks: what it tells of a copy, it tells by then.
    sentence("Lần bấm “tôi đã mua món này” ở một con tem, với xã phường người bấm ghi"),
    timedelta(days=180),
    sentence("từ lúc bấm"),
)
PRACTICES = Period(  # A week holds a training day and what one tries at home afterwards.
    sentence("Hàng, lô và tem tập thử"), timedelta(days=7), sentence("từ lúc bắt đầu tập")
)
GUIDINGS = Period(  # Long enough for what goes wrong in a lesson to be asked about.
    sentence("Lần nhờ người chỉ: trang và ô đang mở, câu người chỉ gửi"),
    timedelta(hours=24),
    sentence("từ lúc nhờ"),
)
TRAININGS = Period(  # So long the next training in the commune builds on the last.
    sentence("Tên người học một buổi tập huấn và việc họ đã tập"), _YEAR, sentence("từ ngày học")
)
LISTINGS = Period(
    sentence("Hàng đã đăng, lô, tem, và ai bán hàng ấy ở đâu"),
    _YEAR,
    sentence("từ lúc thôi bán"),
    LISTINGS_LAW,
    is_least=True,
)
ACTS = Period(
    sentence("Sổ các việc đã làm với hàng, tem và đơn vị (chỉ ghi số, không ghi tên)"),
    3 * _YEAR,
    sentence("từ lúc làm"),
    CONTRACTS_LAW,
    is_least=True,
)
CONTRACTS = Period(
    sentence("Đơn hàng, hợp đồng, và tài khoản ngân hàng đã nhận tiền"),
    3 * _YEAR,
    sentence("từ lúc giao xong"),
    CONTRACTS_LAW,
    is_least=True,
)
CONSENTS = Period(
    sentence("Lời đồng ý: bạn cho ai làm gì, từ khi nào đến khi nào"),
    3 * _YEAR,
    sentence("từ lúc rút lại hoặc hết hạn"),
    PROOF_OF_CONSENT,
    is_least=True,
)

PERIODS = (
    ANSWERS,
    PROOFS,
    PASSWORD_LINKS,
    SIGN_INS,
    ENTERPRISE_DEVICES,
    ENTERPRISE_DEVICES_UNUSED,
    ACTIVATION_ASKINGS,
    API_TOKENS,
    SECOND_STEPS,
    ACCOUNT_CHANGES,
    INVITATIONS,
    ASKINGS,
    GROUP_ACTS,
    DISPATCHES,
    INBOUND,
    INBOUND_KEYS,
    RECALL_WORDS,
    MESSAGES,
    EVENTS,
    JOBS,
    EXPORTS,
    IMPORTS,
    REMOVED_PHOTOS,
    ARRIVING_PHOTOS,
    REPORT_PHOTOS,
    REPORT_CONTACTS,
    PRINT_CODES,
    DEVICES,
    BURSTS,
    CLAIMS,
    PRACTICES,
    GUIDINGS,
    TRAININGS,
    LISTINGS,
    ACTS,
    CONTRACTS,
    CONSENTS,
)
