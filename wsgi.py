"""What granian (`server`), any WSGI server and `flask --app wsgi` (`app`) load."""

import os
import sys

from app import create_app
from app.gateway import Gateway
from app.settings import SettingsError
from core.garbage import keep_what_stands
from core.logs import set_up_logs
from core.pages import warm_up

set_up_logs()
app = create_app()
server = Gateway(app)
if os.environ.get("FLASK_RUN_FROM_CLI") != "true":  # Commands draw no pages.
    try:
        app.config["SETTINGS"].refuse_open_log_key()
    except SettingsError as refused:
        sys.exit(str(refused))
    warm_up(app)
    keep_what_stands()
