from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "aktsom.core.notify"
    label = "notify"
