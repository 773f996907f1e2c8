from django.apps import AppConfig
from django.conf import settings


class InsightConfig(AppConfig):
    name = "aktsom.insight"

    def ready(self) -> None:
        if settings.AKTSOM_DEMO_SIGN_IN:
            from aktsom.core.accounts.demo import register_demo_people  # optional dependency

            register_demo_people(_people)


def _people() -> list[object]:
    from demo.town import people_to_be  # optional dependency

    return list(people_to_be())
