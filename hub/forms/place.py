"""Places and their hours."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hub.core.errors import DomainError, PhotoTooHeavy, WindowOutOfOrder
from hub.exchange.photo import HEAVIEST_BYTES, photo_drawn_anew
from hub.models import Organization, Place
from hub.services.places import PlaceFacts, Window

WEEKDAYS = [
    ("", _("Every day")),
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
]


def _coordinate(label: Any, example: Any) -> forms.FloatField:
    # No inputmode: the number pads of some phones have no minus sign.
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.FloatField(
        label=label, localize=True, widget=widget, help_text=example
    )


class PlaceForm(forms.Form):
    """Where trucks stop, whom to ask for, how long it takes.

    A place keeps its organization: give None for `organizations` to correct one. One
    that waits for its pin (`may_wait`) may go on waiting.
    """

    organization: "forms.ModelChoiceField[Organization]" = forms.ModelChoiceField(
        label=_("Organization"), queryset=None, to_field_name="public_id"
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Place.Kind.choices)
    name = forms.CharField(label=_("Name of the place"), max_length=120)
    address = forms.CharField(
        label=_("Address"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    latitude = _coordinate(_("Latitude"), _("For example 45.527."))
    longitude = _coordinate(_("Longitude"), _("For example -73.615."))
    service_min = forms.IntegerField(
        label=_("Minutes at the door"),
        min_value=0,
        max_value=240,
        initial=10,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    contact_name = forms.CharField(
        label=_("Whom to ask for"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    contact_phone = forms.CharField(
        label=_("Phone on the spot"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    access_note = forms.CharField(
        label=_("How to get in"),
        max_length=300,
        required=False,
        help_text=_("For example: back door, ring twice, low ceiling."),
    )
    access_code = forms.CharField(
        label=_("Private code"),
        max_length=40,
        required=False,
        help_text=_(
            "Of the door or the alarm. Only you, your hub and the driver who stops "
            "here on the day see it."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    has_dock = forms.BooleanField(label=_("There is a loading dock"), required=False)
    needs_tailgate = forms.BooleanField(
        label=_("Trucks need a tailgate"), required=False
    )
    has_cold_storage = forms.BooleanField(
        label=_("There is cold storage"), required=False
    )
    max_height_cm = forms.IntegerField(
        label=_("Height limit (centimetres)"),
        required=False,
        min_value=100,
        max_value=600,
        help_text=_("Leave empty when any truck can come in."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    photo = forms.FileField(
        label=_("Photo of the door"),
        required=False,
        help_text=_(
            "JPEG, PNG or WebP of 8 MB at most. Only you, your hub and the driver who "
            "stops here see it; where and when it was taken is not kept."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove_photo = forms.BooleanField(label=_("Remove the photo"), required=False)
    is_active = forms.BooleanField(
        label=_("Trucks may stop here"), required=False, initial=True
    )

    def __init__(
        self,
        *args: Any,
        organizations: Any,
        has_photo: bool = False,
        may_wait: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("latitude", "longitude") if may_wait else ():
            self.fields[name].required = False
        if not has_photo:
            del self.fields["remove_photo"]
        if organizations is None:
            del self.fields["organization"]
            return
        field = self.fields["organization"]
        assert isinstance(field, forms.ModelChoiceField)  # declared above
        field.queryset = organizations
        if len(organizations) == 1:
            self.initial["organization"] = organizations[0].public_id
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """A pin has both coordinates, or is not there."""
        data = super().clean() or {}
        if (data.get("latitude") is None) != (data.get("longitude") is None):
            missing = "longitude" if data.get("longitude") is None else "latitude"
            if missing not in self.errors and not self.fields[missing].required:
                self.add_error(missing, _("Give both coordinates, or none."))
        return data

    def clean_photo(self) -> bytes | None:
        """The picture as it will be kept; None when none was sent."""
        sent = self.cleaned_data["photo"]
        if not sent:
            return None
        try:
            if sent.size > HEAVIEST_BYTES:
                raise PhotoTooHeavy
            return photo_drawn_anew(sent.read())
        except DomainError as error:
            raise forms.ValidationError(_(error.sentence) % error.data) from error

    def new_photo(self) -> bytes | None:
        """What becomes of the photo: a new one, none (empty), or as it is (None)."""
        is_removed = self.cleaned_data.get("remove_photo")
        sent: bytes | None = self.cleaned_data["photo"]
        return b"" if sent is None and is_removed else sent

    def ask_photo_again(self) -> None:
        """Say that a sound photo has to be chosen again: no browser sends it twice."""
        if self.is_bound and self.cleaned_data.get("photo"):
            self.add_error("photo", _("Choose the photo again once the rest is right."))

    @property
    def chosen_organization(self) -> Organization:
        """The organization of the place, among those the person may write for."""
        chosen: Organization = self.cleaned_data["organization"]
        return chosen

    def facts(self) -> PlaceFacts:
        """The answers, in the units of the service."""
        data = {
            name: value
            for name, value in self.cleaned_data.items()
            if name in PlaceFacts.__dataclass_fields__
        }
        return PlaceFacts(
            service_duration_s=self.cleaned_data["service_min"] * 60, **data
        )

    @staticmethod
    def answers_of(place: Place) -> dict[str, Any]:
        """What the form shows of a place already known."""
        shown = {
            name: getattr(place, name)
            for name in PlaceFacts.__dataclass_fields__
            if name != "service_duration_s"
        }
        return {**shown, "service_min": place.service_duration_s // 60}


class WindowForm(forms.Form):
    """Hours of one day or of every day; left empty, the row does not count."""

    weekday = forms.ChoiceField(label=_("Day"), choices=WEEKDAYS, required=False)
    starts = forms.TimeField(
        label=_("From"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ends = forms.TimeField(
        label=_("Until"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def clean(self) -> dict[str, Any]:
        """Both hours or none, the second after the first."""
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if (starts is None) != (ends is None):
            raise forms.ValidationError(_("Give both hours, or none."))
        if starts and ends and starts >= ends:
            raise forms.ValidationError(_(WindowOutOfOrder.sentence))
        return data


WindowFormSet = forms.formset_factory(WindowForm, extra=2, max_num=14)


def windows_of(formset: Any) -> list[Window]:
    """The rows that were filled in."""
    rows = [form.cleaned_data for form in formset if form.cleaned_data.get("starts")]
    return [
        Window(
            weekday=int(row["weekday"]) if row["weekday"] else None,
            start_s=_seconds(row["starts"]),
            end_s=_seconds(row["ends"]),
        )
        for row in rows
    ]


def rows_of(place: Place) -> list[dict[str, Any]]:
    """The hours already known, as the rows show them."""
    return [
        {
            "weekday": "" if window.weekday is None else str(window.weekday),
            "starts": _clock(window.start_s),
            "ends": _clock(window.end_s),
        }
        for window in place.windows.all()
    ]


def _seconds(clock: time) -> int:
    return clock.hour * 3_600 + clock.minute * 60


def _clock(seconds: int) -> time:
    minutes = min(seconds // 60, 24 * 60 - 1)
    return time(minutes // 60, minutes % 60)
