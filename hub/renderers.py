"""How forms look: one field, its label, its help, its errors, in a block."""

from django.forms.renderers import DjangoTemplates


class PlainForms(DjangoTemplates):
    """Our own field template, found in hub/templates, over Django's widgets."""

    form_template_name = "hub/forms/form.html"
    field_template_name = "hub/forms/field.html"
