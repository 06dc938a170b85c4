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
from hub.forms.person import PersonForm
from hub.forms.place import PlaceForm, WindowFormSet, windows_of
from hub.forms.product_family import FamilyForm

__all__ = [
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
    "WindowFormSet",
    "scope_labels",
    "windows_of",
]
