from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "aktsom.measures"

    def ready(self) -> None:
        from aktsom.measures import access  # noqa: F401 - states reach; slow import
