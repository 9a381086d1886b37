"""A save that met a part that is away: nothing of it stays, and its writer reads a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from ckan import model
from ckan.lib import search

from ..away import Part, part_of
from ..model import passage
from .messages import conflict

SENTENCES = {
    Part.SEARCH: (
        "Mesin pencari portal sedang tidak menjawab, jadi perubahan ini belum tersimpan. "
        "Isian Anda masih ada di halaman ini; simpan lagi beberapa menit lagi."
    ),
    Part.STORAGE: (
        "Ruang penyimpanan portal penuh, jadi perubahan ini belum tersimpan; berkas dan isian "
        "sebelumnya tidak berubah. Beri tahu pengelola portal, lalu pilih berkasnya lagi."
    ),
}


@contextmanager
def told() -> Iterator[None]:
    """Around a write of a person; the portal's own work keeps its error and tries again.

    :raises ValidationError: 409 part_away; nothing was written.
    """
    try:
        yield
    except (search.SearchIndexError, search.SearchError, search.SolrConnectionError) as error:
        if passage.is_system() or part_of(error) is None:
            raise
        model.Session.rollback()
        raise conflict("part_away", SENTENCES[Part.SEARCH]) from error
