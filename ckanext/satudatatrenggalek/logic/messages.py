"""Words for people: states, roles, items, and a sentence for each reason of refusal."""

from typing import Any

import ckan.plugins.toolkit as tk

from ..domain.describe import ITEM_NAMES, ROLE_NAMES, STATE_NAMES
from ..domain.sop import DEEDS, STEPS
from ..domain.workflow import Refusal

STATE_LABELS: dict[str, str] = {state.value: name for state, name in STATE_NAMES.items()}
ROLE_LABELS: dict[str, str] = {role.value: name for role, name in ROLE_NAMES.items()}
ITEM_LABELS: dict[str, str] = {item.value: name for item, name in ITEM_NAMES.items()}
AUTH_LABELS: dict[str, str] = {
    "session": "lewat peramban",
    "token": "lewat token API",
    "cli": "lewat perintah operator",
    "system": "oleh portal sendiri",
}

_WHO_ELSE = {
    (
        "contributor",
        "conform",
    ): "Anda yang menyiapkan dataset ini, jadi orang lain yang harus memeriksanya.",
    (
        "contributor",
        "return",
    ): "Anda yang menyiapkan dataset ini, jadi orang lain yang harus memeriksanya.",
    (
        "contributor",
        "approve",
    ): "Anda yang menyiapkan dataset ini, jadi orang lain yang harus menyetujuinya.",
    (
        "checker",
        "approve",
    ): "Anda yang memeriksa edisi ini, jadi penyetuju lain yang harus menyetujuinya.",
    (
        "retractor",
        "reinstate",
    ): "Anda yang menarik dataset ini, jadi penyetuju lain yang harus menayangkannya kembali.",
}

_SENTENCES = {
    "unknown_step": 'Langkah "{0}" tidak dikenal. Muat ulang halaman, lalu pilih salah satu tombol yang tersedia.',
    "wrong_role": "Langkah ini bukan tugas Anda untuk dataset ini. Minta kepada yang ditunjuk, atau periksa penunjukan Anda.",
    "wrong_state": "{step} tidak bisa dilakukan: status dataset sekarang {state}. Muat ulang halaman untuk melihat langkah yang tersedia.",
    "open_submission": "Dataset ini sudah punya edisi yang sedang dikerjakan. Lanjutkan edisi itu dulu.",
    "missing_comment": "Tulis alasannya. {step} dicatat bersama alasan itu.",
    "missing_hash": "Sertakan sidik isi (content_hash) dataset yang Anda lihat, supaya keputusan terikat pada isi itu.",
    "stale_hash": "Isi dataset berubah sejak Anda membukanya. Lihat perubahannya, lalu putuskan lagi.",
    "missing_finding": "Tulis paling sedikit satu catatan. Produsen memakainya untuk memperbaiki.",
    "missing_decree": "Tulis nomor keputusan pengalihan dan pilih perangkat daerah tujuannya.",
    "missing_checklist": "Daftar periksa belum lengkap. Putuskan juga: {items}.",
    "not_conform": "Ada butir yang Anda nyatakan tidak sesuai: {items}. Kembalikan dengan catatan, atau ubah keputusan butir itu.",
    "missing_note": "Tulis alasan mengesampingkan temuan pada: {items}.",
    "override_needed": "Mesin menemukan kesalahan pada: {items}. Kembalikan kepada produsen, atau kesampingkan dengan alasan.",
    "personal_data": "Berkas memuat data pribadi untuk data terbuka. Hanya Walidata yang boleh menyatakannya sesuai, dengan alasan tertulis.",
    "clock_running": "Waktu Pembina belum habis. Tunggu sampai tenggatnya lewat, baru lanjutkan tanpa Pembina.",
    "too_early": "Jadwal diseminasi belum tiba ({0}). Portal menerbitkannya sendiri pada waktunya.",
    "missing_metadata": "Belum bisa diajukan. Isi dulu: {fields}.",
    "missing_upload": "Belum bisa diajukan: {0} berkas hanya berupa tautan. Unggah berkasnya, atau hapus barisnya; isi tautan bisa berubah setelah disetujui.",
    "missing_file": "Belum bisa diajukan: belum ada berkas. Unggah paling sedikit satu berkas.",
    "stale_copy": "Belum bisa diajukan: berkas asli dari {names} sudah diganti sejak salinan itu dibuat. Buka Perbarui salinan rapi di halaman pengajuan, lalu terima lagi; atau hapus salinannya bila berkas yang baru sudah rapi.",
    "check_unfinished": "Belum bisa diajukan: {0} berkas masih diperiksa mesin. Tunggu sebentar, lalu ajukan lagi.",
    "missing_signoff": "Belum bisa diajukan: kepala perangkat daerah belum menyetujui isi ini. Minta beliau membuka halaman pengajuan ini dan menekan Setujui untuk diajukan.",
    "stale_signoff": "Belum bisa diajukan: isinya berubah sejak kepala perangkat daerah menyetujuinya. Minta persetujuan untuk isi yang sekarang.",
    "signoff_check_unfinished": "Belum bisa disetujui: {0} berkas masih diperiksa mesin, dan hasilnya ikut Anda setujui. Muat ulang sebentar lagi.",
    "same_office": "Dataset ini sudah milik perangkat daerah itu. Pilih perangkat daerah lain.",
    "past_release": "Waktu diseminasi sudah lewat. Tulis waktu yang akan datang, atau kosongkan supaya terbit segera.",
    "already_urgent": "Pengajuan ini sudah ditandai mendesak.",
    "not_urgent": "Pengajuan ini tidak ditandai mendesak.",
    "missing_letter": "Tulis pengirim dan nomor suratnya. Bekerja atas nama perangkat daerah hanya bisa dengan surat.",
    "locked": "Dataset sedang {state}, jadi belum bisa diubah. Tarik dulu bila ada yang keliru.",
    "token_refused": "Portal ini tidak menerima langkah lewat token API. Masuk lewat halaman portal.",
}


_LABELS = {verb.name: verb.label for verb in (*STEPS, *DEEDS)}


def labels_of(items: tuple[str, ...]) -> str:
    """Item names in a row, for a sentence."""
    return ", ".join(ITEM_LABELS.get(item, item) for item in items)


def sentence(refusal: Refusal, field_labels: dict[str, str] | None = None) -> str:
    """The Indonesian sentence of a refusal: what is wrong and what to do."""
    details = refusal.details
    if refusal.reason == "same_person" and details[0] == "replaced":
        return (
            "Yang Anda gantikan sebagai Plh. sudah berperan dalam edisi ini, jadi orang lain yang "
            "harus melakukan langkah ini."
        )
    if refusal.reason == "same_person":
        return _WHO_ELSE.get(
            (details[0], details[1]),
            "Anda sudah berperan dalam edisi ini, jadi orang lain yang harus melakukan langkah ini.",
        )
    step = _LABELS.get(details[0], "") if details else ""
    labels = field_labels or {}
    return _SENTENCES[refusal.reason].format(
        *(details or ("",)),
        step=step,
        state=STATE_LABELS.get(details[-1] if details else "", "lain").lower(),
        items=labels_of(details),
        names=", ".join(details),
        fields=", ".join(labels.get(name, name) for name in details),
    )


def stale(message: str, what: str, changes: list[dict[str, Any]] | None) -> tk.ValidationError:
    """The refusal of a decision on content that changed: 409 with what changed.

    :param what: the changes in a sentence; empty when the older content is not known.
    """
    said = f"{message} {what}".strip()
    body: dict[str, Any] = {"reason": "stale_hash", "message": said, "changes": changes or []}
    return tk.ValidationError(body, error_summary={"Pesan": said})


def conflict(reason: str, message: str) -> tk.ValidationError:
    """A refusal as CKAN's validation error (HTTP 409) with a stable code and a sentence."""
    body: dict[str, Any] = {"reason": reason, "message": message}
    return tk.ValidationError(body, error_summary={"Pesan": message})


def refused(refusal: Refusal, field_labels: dict[str, str] | None = None) -> Exception:
    """The exception for a refusal: 403 for the wrong role, else 409."""
    message = sentence(refusal, field_labels)
    if refusal.is_wrong_role:
        return tk.NotAuthorized(message)
    return conflict(refusal.reason, message)
