"""How forms look: one field, its label, its help, its errors, in a block."""

from django.forms.renderers import TemplatesSetting


class PlainForms(TemplatesSetting):
    """Our own field template, found in hub/templates."""

    form_template_name = "hub/forms/form.html"
    field_template_name = "hub/forms/field.html"
