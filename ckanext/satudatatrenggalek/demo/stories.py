"""The stories datasets go through, and the plan of events they make together.

A story is a list of ``verb day.slot``: working days after its start, and the slot of that day
(``schedule``). Only verbs of the public actions stand here; the states follow from them.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from .catalogue import Spec
from .schedule import Schedule

_MADE = "create 0.0 upload 0.1 "
_FAULTY = "create_faulty 0.0 upload_faulty 0.1 "
_SENT = _MADE + "submit 0.2 "
_RETURNED = _FAULTY + "submit 0.2 claim 0.3 return 0.5 "

STORIES: dict[str, str] = {
    # published
    "plain": _SENT + "claim 0.4 conform 0.5 approve 1.1 release 1.1",
    "supported": _SENT + "claim_pendukung 0.3 conform_pendukung 0.5 approve 1.0 release 1.0",
    "late_upload": _MADE + "submit 2.3 claim 3.0 conform 3.1 approve 3.3 release 3.3",
    "late_check": _SENT + "claim 2.4 conform 3.2 approve 3.4 release 3.4",
    "late_approval": _SENT + "conform 0.5 approve 3.2 release 3.2",
    "late_release": _SENT + "claim 0.3 conform 0.5 approve 1.6 release 2.-1",
    "late_everywhere": _MADE + "submit 3.1 claim 5.0 conform 5.3 approve 8.2 release 8.2",
    "corrected": _RETURNED
    + "mend_fields 2.1 mend_file 2.2 submit 2.3 claim 3.0 conform 3.1 approve 3.4 release 3.4",
    "corrected_late": _RETURNED
    + "mend_fields 5.1 mend_file 5.2 submit 5.3 conform 6.2 approve 7.0 release 7.0",
    "corrected_twice": _RETURNED
    + "mend_fields 1.2 submit 1.3 claim 2.0 return_again 2.2 mend_file 3.1 submit 3.2 "
    + "claim 3.3 conform 4.1 approve 4.5 release 4.5",
    "priority": _SENT + "claim 0.4 conform 1.0 endorse 2.2 approve 2.5 release 2.5",
    "priority_returned": _FAULTY
    + "submit 0.2 conform 1.0 return_pembina 1.4 mend_fields 2.2 submit 2.4 conform 3.1 "
    + "endorse 4.2 approve 5.0 release 5.0",
    "priority_skipped": _SENT + "conform 0.5 skip_supervisor 4.2 approve 4.4 release 4.4",
    "sent_back": _SENT + "conform 0.5 send_back 1.1 claim 1.2 conform 1.5 approve 2.1 release 2.1",
    "held": _SENT + "conform 0.5 approve_planned 1.1 hold 1.4 approve 2.2 release 2.2",
    "planned": _SENT + "claim 0.3 conform 0.5 approve_planned 1.1 release 4.0",
    "withdrawn": _SENT + "withdraw 0.4 submit 1.0 conform 1.3 approve 2.0 release 2.0",
    "retracted": _SENT + "conform 0.5 approve 1.2 release 1.2 retract 19.3",
    # given up
    "discarded": _MADE + "discard 6.2",
    "discarded_after_return": _RETURNED + "discard 3.3",
    # still under way
    "draft_bare": "create_bare 0.3",
    "draft_incomplete": "create_bare 0.0 upload 0.3",
    "draft_faulty": _FAULTY,
    "draft_ready": _MADE,
    "waiting_check": _MADE + "submit 0.4",
    "waiting_check_claimed": _MADE + "submit 0.3 claim 0.5",
    "waiting_check_again": _RETURNED + "mend_file 3.1 submit 4.4",
    "needs_correction": _RETURNED,
    "needs_correction_again": _RETURNED + "mend_fields 3.1 submit 3.2 claim 4.1 return_again 6.5",
    "waiting_supervisor": _SENT + "claim 0.3 conform 0.5",
    "waiting_approval": _SENT + "claim 0.3 conform 0.5",
    # (the last word with the future: ``release_in`` working days ahead)
    "waiting_release": _MADE + "submit 0.1 claim 0.3 conform 0.4 approve_planned 0.5",
}


@dataclass(frozen=True)
class Event:
    """One thing somebody does at one moment; ``release_at`` only for a planned approval."""

    at: datetime
    spec: Spec
    verb: str
    release_at: datetime | None = None


def plan(specs: tuple[Spec, ...], schedule: Schedule) -> list[Event]:
    """All events of all stories, oldest first; the same for the same anchor."""
    found = [event for spec in specs for event in _events(spec, schedule)]
    return sorted(found, key=lambda event: (event.at, event.spec.slug))


def _events(spec: Spec, schedule: Schedule) -> list[Event]:
    rng = random.Random(f"{spec.slug} {spec.start}")  # noqa: S311  # minutes of a demo
    words = STORIES[spec.story].split()
    events: list[Event] = []
    before = ""
    for verb, place in zip(words[::2], words[1::2], strict=True):
        if place == before:
            at = events[-1].at + timedelta(minutes=rng.randint(2, 4))
        else:
            day, slot = (int(number) for number in place.split("."))
            at = schedule.moment(spec.start, day, slot, rng)
        events.append(Event(at, spec, verb))
        before = place
    return [_planned(event, events, schedule) for event in events if _happens(event)]


def _happens(event: Event) -> bool:
    """Mending is left out where there was nothing wrong of that kind."""
    if event.verb == "mend_fields":
        return bool(event.spec.at_first)
    return event.verb != "mend_file" or bool(event.spec.defects)


def _planned(event: Event, events: list[Event], schedule: Schedule) -> Event:
    """A planned approval names the hour of its release: the story's own, or one to come."""
    if event.verb != "approve_planned":
        return event
    later = [other.at for other in events if other.verb == "release" and other.at > event.at]
    at = later[0].replace(minute=0, second=0) if later else schedule.ahead(event.spec.release_in)
    return Event(event.at, event.spec, event.verb, at)
