from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    name = "aktsom.schools"

    def ready(self) -> None:
        from aktsom.core.accounts.middleware import register_school_language  # slow import
        from aktsom.core.notify.addresses import register_school_names  # slow import
        from aktsom.schools import access  # noqa: F401 - states reach; slow import
        from aktsom.schools.selectors import language_of, names_of_schools  # slow import

        register_school_language(language_of)
        register_school_names(names_of_schools)
