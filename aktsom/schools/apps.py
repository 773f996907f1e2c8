from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "aktsom.schools"

    def ready(self) -> None:
        from aktsom.schools import access  # noqa: F401 - states reach; slow import
