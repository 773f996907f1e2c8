from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "aktsom.core.access"
    label = "access"
