"""The errors of what a driver's phone says.

DomainError
└── RoutingRefused
    └── TapRefused           what a driver's phone says and nobody can keep
        ├── TapUnreadable             a field that is missing or makes no sense
        ├── HourUnreadable            words where an hour belongs
        ├── HourNotYet                an hour that is yet to come
        ├── NotATemperature           degrees that no truck can have
        ├── TapReused                 a name used before for something else
        ├── StopUnknown               a stop that is not on this route
        ├── GoodsNotHere              a line that is not loaded or delivered there
        └── QuantityAboveShipment     more units than the shipment has
"""

from hub.core.errors import N_
from routing.core.errors.problems import RoutingRefused


class TapRefused(RoutingRefused):
    """What a driver's phone says cannot be kept; other taps are not touched."""

    code = "tap_refused"
    sentence = N_("This tap cannot be kept.")


class TapUnreadable(TapRefused):
    """The field `field` of a tap is missing or makes no sense."""

    code = "tap_unreadable"
    sentence = N_(
        "The phone sent something that cannot be read (%(field)s). "
        "Undo this tap and make it again."
    )


class HourUnreadable(TapRefused):
    """`text` was written where an hour of the day belongs."""

    code = "hour_unreadable"
    sentence = N_("“%(text)s” is not an hour. Write it like 14:30, or leave it empty.")


class HourNotYet(TapRefused):
    """Something is told to have happened at `text`, which is yet to come."""

    code = "hour_not_yet"
    sentence = N_(
        "It is not %(text)s yet on the day of this route. Write the hour at which it "
        "happened, or leave it empty."
    )


class NotATemperature(TapRefused):
    """`text` is not a temperature between −60 and 60 °C; `field` is its class."""

    code = "not_a_temperature"
    sentence = N_(
        "“%(text)s” is not a temperature. Read the thermometer again and write the "
        "degrees, between -60 and 60, like 3.5 or -18."
    )


class TapReused(TapRefused):
    """The local id `local_id` already names a tap that says something else."""

    code = "tap_reused"
    sentence = N_(
        "Another tap already has this name and says something else. The first one "
        "stands; make yours again if it should replace it."
    )


class StopUnknown(TapRefused):
    """The stop `stop` is not on the route that is driven."""

    code = "stop_unknown"
    sentence = N_("This stop is not on your route. Open the route again.")


class GoodsNotHere(TapRefused):
    """The line `line` is not loaded, or not delivered, at the stop."""

    code = "goods_not_here"
    sentence = N_("These goods are not handled at this stop. Open the route again.")


class QuantityAboveShipment(TapRefused):
    """`units` of `goods` when the shipment has `shipped`."""

    code = "quantity_above_shipment"
    sentence = N_(
        "%(units)s of “%(goods)s” is more than the %(shipped)s that were to come. "
        "Count again; extra goods stay with the farm."
    )
