"""The hours that people are told for a stop: a truck is never there to the minute."""

EARLY_S = 15 * 60
LATE_S = 30 * 60
STEP_S = 5 * 60


def told_hours(service_start_s: int) -> tuple[int, int]:
    """Between which seconds of the day a truck planned for `service_start_s` comes.

    A quarter of an hour early to half an hour late, rounded outward to five minutes.
    """
    from_s = max(0, (service_start_s - EARLY_S) // STEP_S * STEP_S)
    to_s = -(-(service_start_s + LATE_S) // STEP_S) * STEP_S
    return from_s, to_s
