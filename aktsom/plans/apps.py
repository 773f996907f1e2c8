from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "aktsom.plans"

    def ready(self) -> None:
        from aktsom.plans import access  # noqa: F401 - states reach; slow import
