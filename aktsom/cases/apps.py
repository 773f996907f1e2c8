from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "aktsom.cases"

    def ready(self) -> None:
        from aktsom.cases import access, jobs  # noqa: F401 - states reach and registers jobs; slow import
        from aktsom.cases.circle import said_last
        from aktsom.measures.selectors import register_own_page

        register_own_page(said_last)
