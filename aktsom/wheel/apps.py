from django.apps import AppConfig


class WheelConfig(AppConfig):
    name = "aktsom.wheel"

    def ready(self) -> None:
        from aktsom.plans.selectors.entered import register_entered  # slow import
        from aktsom.wheel import access, jobs  # noqa: F401 - states reach and registers jobs; slow import
        from aktsom.wheel.selectors.entered import entered_for, names_by_role  # slow import

        register_entered(entered_for, names_by_role)
