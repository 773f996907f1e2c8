from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "aktsom.reports"

    def ready(self) -> None:
        from aktsom.reports import access, jobs  # noqa: F401 - states reach and registers jobs; slow import
