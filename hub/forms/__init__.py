"""Forms of the ground floor, one file per noun; they check shape, not rules."""

from hub.forms.api_key import ApiKeyForm, scope_labels
from hub.forms.cycle import CycleForm
from hub.forms.dock import DockForm
from hub.forms.organization import (
    HubForm,
    InviteForm,
    NewOrganizationForm,
    OrganizationForm,
)
from hub.forms.period import PeriodForm
from hub.forms.person import NoticesForm, PersonForm
from hub.forms.place import PlaceForm, WindowFormSet, windows_of
from hub.forms.product_family import FamilyForm
from hub.forms.trail import TrailForm
from hub.forms.webhook import (
    SinceForm,
    WebhookForm,
    initial_of,
    kind_label,
    kind_labels,
)

__all__ = [
    "NoticesForm",
    "HubForm",
    "ApiKeyForm",
    "CycleForm",
    "DockForm",
    "FamilyForm",
    "InviteForm",
    "NewOrganizationForm",
    "OrganizationForm",
    "PeriodForm",
    "PersonForm",
    "PlaceForm",
    "TrailForm",
    "SinceForm",
    "WebhookForm",
    "WindowFormSet",
    "initial_of",
    "kind_label",
    "kind_labels",
    "scope_labels",
    "windows_of",
]
