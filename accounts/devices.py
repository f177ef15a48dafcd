"""What a device is called in the list of one's own: from what its browser says. Pure."""

_MACHINES = (
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("android", "Android"),
    ("windows", "Windows"),
    ("cros", "Chromebook"),
    ("mac os", "Mac"),
    ("linux", "Linux"),
)
# The order matters: each of these says it is Chrome or Safari too.
_BROWSERS = (
    ("zalo", "Zalo"),
    ("coc_coc", "Cốc Cốc"),
    ("samsungbrowser", "Samsung Internet"),
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("crios", "Chrome"),
    ("chrome", "Chrome"),
    ("safari", "Safari"),
)
_LONGEST = 1_000


def device_of(user_agent: str) -> str:
    """A few words to know one's own device by: "Android, Chrome"; empty where it says nothing."""
    said = user_agent[:_LONGEST].lower()
    parts = (_first(_MACHINES, said), _first(_BROWSERS, said))
    return ", ".join(part for part in parts if part)


def _first(names: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for mark, name in names if mark in said), "")
