"""The portal's tables against CKAN's packages: one statement each, whatever their number."""

from collections.abc import Iterator

from ckan import model
from ckan.types import AlchemySession as Session
from sqlalchemy import and_, select

from ..domain.sop import PublicState, State
from ..model.tables import DatasetRecord, SubmissionRecord
from .difference import Difference

_P, _D, _S = model.Package, DatasetRecord, SubmissionRecord
_PUBLIC = PublicState.PUBLISHED.value
# What a dataset's released submission may stand in, by what the public may know.
_STANDS = {
    "published": {State.PUBLISHED.value},
    "retracted": {State.RETRACTED.value},
    "none": {State.PUBLISHED.value, State.RETRACTED.value, None},
}


def compare(session: Session) -> Iterator[Difference]:
    """Whatever CKAN's rows and ours say differently."""
    yield from _known(session)
    yield from _unknown(session)


def _known(session: Session) -> Iterator[Difference]:
    query = (
        select(
            _D.dataset_id,
            _D.public_state,
            _D.office_id,
            _P.name,
            _P.private,
            _P.state,
            _P.owner_org,
            _S.state,
        )
        .outerjoin(_P, _P.id == _D.dataset_id)
        .outerjoin(_S, _S.id == _D.published_submission_id)
        .order_by(_D.dataset_id)
    )
    for key, public_state, office, name, private, state, owner, released in session.execute(query):
        if name is None:
            text = f"Dataset {key} ada di tabel portal, tetapi hilang dari CKAN."
            yield Difference("package-missing", key, text)
            continue
        is_open = not private and state == "active"
        if is_open and public_state != _PUBLIC:
            text = (
                f"Dataset {name} terbuka bagi publik di CKAN, padahal portal tidak menerbitkannya."
            )
            yield Difference("public-unapproved", key, text)
        if not is_open and public_state == _PUBLIC:
            text = f"Dataset {name} terbit menurut portal, tetapi tertutup di CKAN."
            yield Difference("public-hidden", key, text)
        if owner != office:
            text = f"Dataset {name} milik perangkat daerah lain di CKAN daripada di tabel portal."
            yield Difference("office", key, text)
        if released not in _STANDS.get(public_state, set()):
            text = (
                f"Edisi terbit dataset {name} berstatus {released}, padahal dataset {public_state}."
            )
            yield Difference("state", key, text)


def _unknown(session: Session) -> Iterator[Difference]:
    """Public packages, and datasets, that the procedure does not know."""
    copies = select(_S.working_copy_id)
    query = (
        select(_P.id, _P.name, _P.private)
        .outerjoin(_D, _D.dataset_id == _P.id)
        .where(
            _D.dataset_id.is_(None),
            _P.id.not_in(copies),
            and_(_P.state == "active", _P.type == "dataset") | (_P.private.is_(False)),
            _P.state == "active",
        )
        .order_by(_P.id)
    )
    for key, name, private in session.execute(query):
        if private:
            text = f"Dataset {name} ada di CKAN, tetapi tidak dikenal prosedur."
            yield Difference("row-missing", key, text)
        else:
            text = f"Paket {name} terbuka bagi publik, padahal tidak dikenal prosedur."
            yield Difference("public-unapproved", key, text)
    query = select(_P.id, _P.name).where(_P.id.in_(copies), _P.private.is_(False))
    only_copies = query.where(_P.id.not_in(select(_D.dataset_id)))
    for key, name in session.execute(only_copies):
        text = f"Salinan kerja {name} terbuka bagi publik di CKAN."
        yield Difference("public-unapproved", key, text)
