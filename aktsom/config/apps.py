from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "aktsom.config"

    def ready(self) -> None:
        from aktsom.config import checks  # noqa: F401 - registers the start-up checks; slow import
