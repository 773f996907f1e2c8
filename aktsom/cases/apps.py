from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "aktsom.cases"

    def ready(self) -> None:
        from aktsom.cases import access, jobs  # noqa: F401 - states reach and registers jobs; slow import
