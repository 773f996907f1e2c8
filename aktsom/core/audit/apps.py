from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "aktsom.core.audit"
    label = "audit"
