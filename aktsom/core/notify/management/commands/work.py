"""The worker that ./run starts: sends what waits, runs what is due, takes up what a fallen worker left."""

from __future__ import annotations

import logging
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from aktsom.core.notify.jobs import revive_tasks, tick

logger = logging.getLogger("aktsom.work")
BETWEEN = 30  # seconds between looks at what is due
LEAVING = 20  # seconds a job under way gets to finish when the worker is told to stop


class Command(BaseCommand):
    help = "Arbeider i bakgrunnen til den får beskjed om å slutte."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--between", type=float, default=BETWEEN, help="Sekunder mellom hver gang den ser etter det som er på tide.")

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        ticking = threading.Thread(target=self.keep_ticking, args=(stop, options["between"]), daemon=True)
        ticking.start()
        worker = Worker(
            queue_names=["default"],
            interval=1,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"aktsom-{get_random_string(12)}",
            excluded_queue_names=[],
        )
        worker.configure_signals()
        try:
            worker.run()
        finally:  # also when told to stop while it sleeps
            stop.set()
            ticking.join(timeout=LEAVING)

    def keep_ticking(self, stop: threading.Event, between: float) -> None:
        while not stop.is_set():
            try:
                revive_tasks()
                tick()
            except Exception:  # the database may be away for a while; the next look tries again
                logger.exception("What is due could not be looked at")
            finally:
                close_old_connections()
            stop.wait(between)
