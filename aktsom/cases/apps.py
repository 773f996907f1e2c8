from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "aktsom.cases"

    def ready(self) -> None:
        from aktsom.cases import access  # noqa: F401 - states reach; slow import
