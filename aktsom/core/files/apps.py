from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "aktsom.core.files"
    label = "files"
