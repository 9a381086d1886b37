"""What a cell counts as beside others: texts that are equal when frictionless' values are."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

_WIDE = 60  # a power of ten beyond which a number is keyed in scientific form


def key_of(value: Any) -> str | None:
    """One text for all values that Python takes for equal and equally hashed; None for None."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, (bool, int, float, Decimal)):
        return _number(Decimal(value))
    if isinstance(value, datetime):
        return (value.astimezone(timezone.utc) if value.tzinfo else value).isoformat()
    if isinstance(value, time):
        return _time(value)
    if isinstance(value, (date, timedelta)):
        return str(value)
    if isinstance(value, tuple):
        return json.dumps([key_of(item) for item in value])
    if isinstance(value, (list, dict)):
        return json.dumps(value, sort_keys=True, default=str)
    return repr(value)


def _number(value: Decimal) -> str:
    if not value.is_finite():
        return str(value)
    sign, digits, power = value.as_tuple()
    text = "".join(map(str, digits)).rstrip("0")
    if not text:
        return "0"
    power = int(power) + len(digits) - len(text)
    text = text.lstrip("0")
    lead = "-" if sign else ""
    if power > _WIDE or power < -_WIDE or len(text) > _WIDE:
        return f"{lead}{text}E{power}"
    if power >= 0:
        return lead + text + "0" * power
    text = text.rjust(1 - power, "0")
    return f"{lead}{text[:power]}.{text[power:]}"


def _time(value: time) -> str:
    offset = value.utcoffset()
    if offset is None:
        return value.isoformat()
    clock = timedelta(
        hours=value.hour,
        minutes=value.minute,
        seconds=value.second,
        microseconds=value.microsecond,
    )
    return f"{(clock - offset).total_seconds()}Z"
