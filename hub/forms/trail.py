"""What to look for in the journal of changes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.core.trail import TOPICS, Topic, kinds_of
from hub.selectors import TrailFilter


class TrailForm(forms.Form):
    """A subject, a person, a period; each may be left out.

    `people` are those to choose from: a public id and how each is called.
    """

    topic = forms.ChoiceField(label=_("About"), required=False)
    person = forms.ChoiceField(label=_("By"), required=False)
    since = forms.DateField(
        label=_("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(
        self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [  # type: ignore[attr-defined] # a choice field
            ("", _("Everything")),
            *((topic.value, _(words)) for topic, words in TOPICS.items()),
        ]
        self.fields["person"].choices = [  # type: ignore[attr-defined] # as above
            ("", _("Everybody")),
            *people,
        ]

    def clean(self) -> dict[str, Any]:
        """The period goes forward."""
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and since > until:
            raise forms.ValidationError(_("The period ends before it begins."))
        return data

    def chosen(self) -> TrailFilter:
        """What to look for; the form is valid."""
        topic = self.cleaned_data["topic"]
        return TrailFilter(
            kinds=kinds_of(Topic(topic)) if topic else (),
            person=self.cleaned_data["person"],
            since=self.cleaned_data["since"],
            until=self.cleaned_data["until"],
        )
