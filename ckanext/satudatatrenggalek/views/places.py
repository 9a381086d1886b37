"""Where on a page somebody finds what a refusal is about."""

_PLACES = {
    "missing_comment": "#comment",
    "missing_checklist": "#butir",
    "missing_note": "#butir",
    "override_needed": "#butir",
    "not_conform": "#butir",
    "personal_data": "#butir",
    "missing_finding": "#butir",
    "unknown_place": "#catatan-lain",
    "stale_hash": "#riwayat",
    "missing_metadata": "#kurang",
    "missing_file": "#berkas",
    "missing_upload": "#berkas",
    "stale_copy": "#berkas",
    "check_unfinished": "#berkas",
    "missing_signoff": "#persetujuan",
    "stale_signoff": "#persetujuan",
    "misread": "#release_at",
}


def place_of(reason: str) -> str:
    """The anchor for a refusal's code; empty where it has no place of its own."""
    return _PLACES.get(reason, "")
