"""What granian (`server`), any WSGI server and `flask --app wsgi` (`app`) load."""

from app import create_app
from app.gateway import Gateway
from core.logs import set_up_logs

set_up_logs()
app = create_app()
server = Gateway(app)
