from django.apps import AppConfig


class UiConfig(AppConfig):
    """What every page is made of: base templates, components, form fields, style, icons."""

    name = "aktsom.core.ui"
    label = "ui"

    def ready(self) -> None:
        from aktsom.core.ui.sentences import use_kind_sentences

        use_kind_sentences()
