"""What a WSGI server and `flask --app wsgi` load."""

from app import create_app
from core.logs import set_up_logs

set_up_logs()
app = create_app()
