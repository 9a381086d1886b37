"""What templates ask. All names start with ``satudata_``."""

from .fields import (
    satudata_error_items,
    satudata_facet_label,
    satudata_field,
    satudata_files,
    satudata_form_groups,
    satudata_metadata_tabs,
    satudata_variables,
)
from .knowing import (
    satudata_conformity,
    satudata_edition,
    satudata_editions,
    satudata_home,
    satudata_invitation,
    satudata_max_size,
    satudata_me,
    satudata_office,
    satudata_offices,
    satudata_plugins,
    satudata_submission,
)
from .tables import (
    satudata_preview,
)
from .wording import (
    satudata_angka,
    satudata_periode,
    satudata_persen,
    satudata_tanggal,
    satudata_tanggal_biasa,
    satudata_tanggal_isian,
    satudata_tanggal_pendek,
    satudata_ukuran,
    satudata_waktu,
)
from .work import (
    satudata_stepper,
    satudata_worknav,
)

__all__ = [
    "satudata_angka",
    "satudata_conformity",
    "satudata_edition",
    "satudata_editions",
    "satudata_error_items",
    "satudata_facet_label",
    "satudata_field",
    "satudata_files",
    "satudata_form_groups",
    "satudata_home",
    "satudata_invitation",
    "satudata_max_size",
    "satudata_me",
    "satudata_metadata_tabs",
    "satudata_office",
    "satudata_offices",
    "satudata_periode",
    "satudata_persen",
    "satudata_plugins",
    "satudata_preview",
    "satudata_stepper",
    "satudata_submission",
    "satudata_tanggal",
    "satudata_tanggal_biasa",
    "satudata_tanggal_isian",
    "satudata_tanggal_pendek",
    "satudata_ukuran",
    "satudata_variables",
    "satudata_waktu",
    "satudata_worknav",
]
