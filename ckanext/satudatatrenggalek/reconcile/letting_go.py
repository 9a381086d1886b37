"""What the portal kept long enough is let go at night.

Files of editions given up, what was prepared from files, who asked, notices that were read, the
list of work that is done.
"""

from datetime import datetime, timedelta

from ckan.types import AlchemySession as Session
from sqlalchemy import select

from .. import config, request_mail
from ..domain.sop import State
from ..model import audit, blobs, derived, files, notices, outbox, requests
from ..model.tables import FileRecord, SubmissionRecord

_CUT_OFF = timedelta(days=1)


def let_go(session: Session, at: datetime) -> None:
    """All of it. Safe to run at any time. Commits."""
    uploads(session, at)
    prepared(session, at)
    askers(session, at)
    days = config.keep_days()
    notices.forget_read(session, at - timedelta(days=days["notice"]))
    outbox.forget_done(session, at - timedelta(days=days["outbox"]))
    session.commit()


def uploads(session: Session, at: datetime) -> int:
    """Files of editions given up long enough ago serve nobody any more; how many. Commits.

    Uploads that were cut off a day ago or longer are removed too.
    """
    blobs.forget_staged((at - _CUT_OFF).timestamp())
    before = at - timedelta(days=config.keep_days()["discarded"])
    query = (
        select(FileRecord.resource_id)
        .join(SubmissionRecord, SubmissionRecord.working_copy_id == FileRecord.package_id)
        .where(
            SubmissionRecord.state == State.DISCARDED.value,
            SubmissionRecord.updated_at < before,
            # A working copy of its own, or a first edition that never became public.
            SubmissionRecord.edition.is_(None),
        )
    )
    resources = list(session.execute(query).scalars())
    for resource_id in resources:
        files.unbind(session, resource_id, at)
    session.commit()
    return len(resources)


def prepared(session: Session, at: datetime) -> None:
    """Tidied copies and marked workbooks: whoever wants one again has it made again."""
    before = at - timedelta(days=config.keep_days()["prepared"])
    served = set(session.execute(select(FileRecord.resource_id)).scalars())
    session.rollback()  # no transaction is open while folders are removed
    derived.let_go(served, before, at)


def askers(session: Session, at: datetime) -> int:
    """Who asked something of an office long enough ago is nobody's business; how many. Commits.

    What is kept of a request counts in figures. The record never named an asker, so its chain
    stays as it is; it gets one row that says how many were emptied.
    """
    emptied = requests.empty(session, at - timedelta(days=config.keep_days()["request"]), at)
    if emptied:
        # A mail nobody took has the address in what the server said of it.
        outbox.forget(session, request_mail.KIND, "request_id", emptied)
        audit.append(
            session,
            audit.Entry(
                step="requests_emptied",
                at=at,
                actor_id=None,
                actor_name="Portal",
                auth_method="system",
                details={"count": len(emptied)},
            ),
        )
    session.commit()
    return len(emptied)
