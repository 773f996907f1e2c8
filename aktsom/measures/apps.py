from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "aktsom.measures"

    def ready(self) -> None:
        from aktsom.measures import access, jobs  # noqa: F401 - states reach and registers jobs; slow import
