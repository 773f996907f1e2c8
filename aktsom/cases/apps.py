from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "aktsom.cases"
