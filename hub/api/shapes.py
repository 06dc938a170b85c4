"""What every answer of the API is made of."""

from datetime import date
from typing import Annotated, Any, TypeVar

from django.db.models import Model, QuerySet
from ninja import Field, Path, Schema
from pydantic import (
    AfterValidator,
    AwareDatetime,
    ConfigDict,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticKnownError

from hub.core.errors import DayOutOfReach

When = TypeVar("When", bound=date)
Row = TypeVar("Row", bound=Model)
PublicId = Annotated[
    str,
    Field(pattern=r"^[2-9a-z]{12}$", description="The random name of a row."),
]

Id = Annotated[str, Path(pattern=r"^[2-9a-z]{12}$")]
"""A public id that is a part of an address."""


def _within_reach(day: When) -> When:
    if not 2000 <= day.year <= 2099:
        raise DayOutOfReach(day=day.isoformat())
    return day


Day = Annotated[date, AfterValidator(_within_reach)]
Moment = Annotated[
    AwareDatetime,
    AfterValidator(_within_reach),
    Field(description="With its time zone."),
]
Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]


class Sent(Schema):
    """What a program sends; a field nobody knows is a mistake to be told."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _no_yes_for_a_number(cls, value: Any, info: ValidationInfo) -> Any:
        """Refuse `true` where a number stands: Python would count it as 1."""
        wanted = str(cls.model_fields[str(info.field_name)].annotation)
        is_table = isinstance(value, dict) and "dict[" in wanted
        told = value.values() if is_table else [value]
        if "bool" not in wanted and any(isinstance(each, bool) for each in told):
            raise PydanticKnownError("int_type")
        return value


class FieldError(Schema):
    """What is wrong in one field of what was sent."""

    field: str = Field(description="Where, such as `body.lines.0.quantity`.")
    message: str


class Refusal(Schema):
    """Why nothing was done."""

    code: str = Field(description="Stable, listed in docs/errors.md.")
    message: str = Field(description="A sentence in the language asked for.")
    fields: list[FieldError] = Field(
        default_factory=list, description="What to mend in what was sent."
    )


class ErrorOut(Schema):
    """The one shape of every refusal."""

    error: Refusal


def narrowed(rows: QuerySet[Row], **wanted: Any) -> QuerySet[Row]:
    """The rows that a list was asked for; a condition of None is none."""
    return rows.filter(**{k: v for k, v in wanted.items() if v is not None})


def refusal_body(code: str, message: str, fields: Any = ()) -> dict[str, Any]:
    """The same as plain data."""
    told = [{"field": field, "message": words} for field, words in fields]
    return {"error": {"code": code, "message": message, "fields": told}}


READ_REFUSALS = {
    401: ErrorOut,
    403: ErrorOut,
    404: ErrorOut,
    409: ErrorOut,
    422: ErrorOut,
    503: ErrorOut,
}
"""How a question may be refused: caller, scope, absence, rule, nonsense, busy."""

ACT_REFUSALS = {**READ_REFUSALS, 400: ErrorOut, 413: ErrorOut}
"""How an action may be: also unreadable, or too much at once."""
