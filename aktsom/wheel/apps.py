from django.apps import AppConfig


class WheelConfig(AppConfig):
    name = "aktsom.wheel"

    def ready(self) -> None:
        from aktsom.wheel import access, jobs  # noqa: F401 - states reach and registers jobs; slow import
