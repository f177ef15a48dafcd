"""A real process that runs the jobs of imports and kills itself at the N-th step of its database.

python -m tests.race.catalog.doomed_import N        (0: it ends when nothing is due any more)
"""

import sys
from datetime import timedelta

from app import create_app
from app.duties import KINDS
from core.worker.jobs import run_next
from tests.race.core.doomed_worker import die_at

LEASE = timedelta(seconds=0.5)


def main(step: int) -> None:
    """Work until killed, or until nothing is due."""
    app = create_app()
    with app.app_context():
        die_at(app, step)
        while run_next(KINDS, lease=LEASE):
            pass


if __name__ == "__main__":
    main(int(sys.argv[1]))
