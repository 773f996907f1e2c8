from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "aktsom.schools"

    def ready(self) -> None:
        from aktsom.core.notify.addresses import register_school_names  # slow import
        from aktsom.schools import access  # noqa: F401 - states reach; slow import
        from aktsom.schools.selectors import names_of_schools  # slow import

        register_school_names(names_of_schools)
