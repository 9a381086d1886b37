"""Every URL rule of the portal, in exactly one class: how it is filled in, and who gets the page.

A rule that is in no class fails ``test_rules.test_every_rule_is_classified``: add one line. The key
is the rule as Flask has it; the value what is asked instead, with the names of ``action_table``.
"""

from __future__ import annotations

# A page of one dataset: 200 for who sees the metadata, 404 (or the login) for everybody else.
OF_DATASET: dict[str, str] = {
    "/dataset/<id>": "/dataset/{name}",
    "/dataset/<_id>.<_format>": "/dataset/{name}.ttl",
    "/dataset/activity/<id>": "/dataset/activity/{package}",
}

# A page of one file: 200 for who sees the files, 404 for everybody else.
OF_FILE: dict[str, str] = {
    "/dataset/<id>/resource/<resource_id>": "/dataset/{name}/resource/{resource}",
    "/dataset/<id>/resource/<resource_id>/download": (
        "/dataset/{package}/resource/{resource}/download"
    ),
    "/dataset/<id>/resource/<resource_id>/download/<filename>": (
        "/dataset/{package}/resource/{resource}/download/x.csv"
    ),
    "/datastore/dump/<resource_id>": "/datastore/dump/{resource}",
}

# A page about one dataset for whom its state allows; seeing it is needed, a role may be besides.
FOR_STAFF: dict[str, str] = {
    "/dataset/<id>/delete-datastore/<resource_id>": (
        "/dataset/{package}/delete-datastore/{resource}"
    ),
    "/dataset/<id>/dictionary/<resource_id>": "/dataset/{package}/dictionary/{resource}",
    "/dataset/<id>/history/<activity_id>": "/dataset/{package}/history/{view}",
    "/dataset/<id>/resource/<resource_id>/delete": "/dataset/{package}/resource/{resource}/delete",
    "/dataset/<id>/resource/<resource_id>/edit": "/dataset/{package}/resource/{resource}/edit",
    "/dataset/<id>/resource/<resource_id>/edit_view/<view_id>": (
        "/dataset/{package}/resource/{resource}/edit_view/{view}"
    ),
    "/dataset/<id>/resource/<resource_id>/new_view": (
        "/dataset/{package}/resource/{resource}/new_view"
    ),
    "/dataset/<id>/resource/<resource_id>/validation": (
        "/dataset/{package}/resource/{resource}/validation"
    ),
    "/dataset/<id>/resource/<resource_id>/validation/kemajuan": (
        "/dataset/{package}/resource/{resource}/validation/kemajuan"
    ),
    "/dataset/<id>/resource/<resource_id>/validation/laporan.json": (
        "/dataset/{package}/resource/{resource}/validation/laporan.json"
    ),
    "/dataset/<id>/resource/<resource_id>/validation/temuan.csv": (
        "/dataset/{package}/resource/{resource}/validation/temuan.csv"
    ),
    "/dataset/<id>/resource/<resource_id>/validation/temuan.xlsx": (
        "/dataset/{package}/resource/{resource}/validation/temuan.xlsx"
    ),
    "/dataset/<id>/resource/<resource_id>/view": "/dataset/{package}/resource/{resource}/view",
    "/dataset/<id>/resource/<resource_id>/view/<view_id>": (
        "/dataset/{package}/resource/{resource}/view/{view}"
    ),
    "/dataset/<id>/resource/<resource_id>/views": "/dataset/{package}/resource/{resource}/views",
    "/dataset/<id>/resource/new": "/dataset/{package}/resource/new",
    "/dataset/<id>/resource_data/<resource_id>": "/dataset/{package}/resource_data/{resource}",
    "/dataset/<id>/resources/<resource_id>/history/<activity_id>": (
        "/dataset/{package}/resources/{resource}/history/{view}"
    ),
    "/dataset/<name>/edisi/<int:number>": "/dataset/{name}/edisi/{edition}",
    "/dataset/<name>/edisi/<int:number>/berkas/<resource_id>": (
        "/dataset/{name}/edisi/{edition}/berkas/{resource}"
    ),
    "/dataset/<name>/edisi/banding": "/dataset/{name}/edisi/banding",
    "/dataset/<name>/edisi/banding/<resource_id>.csv": (
        "/dataset/{name}/edisi/banding/{resource}.csv"
    ),
    "/dataset/<name>/minta/<any(berkas, kesalahan):about>": "/dataset/{name}/minta/kesalahan",
    "/dataset/changes/<id>": "/dataset/changes/{package}",
    "/dataset/changes_multiple": "/dataset/changes_multiple?current_new_id={package}",
    "/dataset/delete/<id>": "/dataset/delete/{package}",
    "/dataset/edit/<id>": "/dataset/edit/{package}",
    "/dataset/followers/<id>": "/dataset/followers/{package}",
    "/dataset/groups/<id>": "/dataset/groups/{package}",
    "/dataset/harvest_object/<id>": "/dataset/harvest_object/{package}",
    "/dataset/resources/<id>": "/dataset/resources/{package}",
    "/dataset_series/<_id>.<_format>": "/dataset_series/{name}.ttl",
    "/datastore/api_info/<resource_id>": "/datastore/api_info/{resource}",
    "/file/download/<id>": "/file/download/{resource}",
    "/harvest/<id>": "/harvest/{package}",
    "/harvest/<id>/resource/<resource_id>": "/harvest/{package}/resource/{resource}",
    "/harvest/<id>/resource/<resource_id>/delete": "/harvest/{package}/resource/{resource}/delete",
    "/harvest/<id>/resource/<resource_id>/download": (
        "/harvest/{package}/resource/{resource}/download"
    ),
    "/harvest/<id>/resource/<resource_id>/download/<filename>": (
        "/harvest/{package}/resource/{resource}/download/x.csv"
    ),
    "/harvest/<id>/resource/<resource_id>/edit": "/harvest/{package}/resource/{resource}/edit",
    "/harvest/<id>/resource/<resource_id>/edit_view/<view_id>": (
        "/harvest/{package}/resource/{resource}/edit_view/{view}"
    ),
    "/harvest/<id>/resource/<resource_id>/new_view": (
        "/harvest/{package}/resource/{resource}/new_view"
    ),
    "/harvest/<id>/resource/<resource_id>/view": "/harvest/{package}/resource/{resource}/view",
    "/harvest/<id>/resource/<resource_id>/view/<view_id>": (
        "/harvest/{package}/resource/{resource}/view/{view}"
    ),
    "/harvest/<id>/resource/<resource_id>/views": "/harvest/{package}/resource/{resource}/views",
    "/harvest/<id>/resource/new": "/harvest/{package}/resource/new",
    "/harvest/<source>/job": "/harvest/{package}/job",
    "/harvest/<source>/job/<id>": "/harvest/{package}/job/x",
    "/harvest/<source>/job/<id>/abort": "/harvest/{package}/job/x/abort",
    "/harvest/<source>/job/last": "/harvest/{package}/job/last",
    "/harvest/about/<id>": "/harvest/about/{package}",
    "/harvest/admin/<id>": "/harvest/admin/{package}",
    "/harvest/edit/<id>": "/harvest/edit/{package}",
    "/harvest/followers/<id>": "/harvest/followers/{package}",
    "/harvest/groups/<id>": "/harvest/groups/{package}",
    "/harvest/object/<id>": "/harvest/object/{package}",
    "/harvest/resources/<id>": "/harvest/resources/{package}",
    "/meja/dataset/<id>": "/meja/dataset/{package}",
    "/meja/dataset/<id>/bertanda/<resource_id>": "/meja/dataset/{package}/bertanda/{resource}",
    "/meja/dataset/<id>/kolom/<resource_id>": "/meja/dataset/{package}/kolom/{resource}",
    "/meja/dataset/<id>/rapi/<resource_id>": "/meja/dataset/{package}/rapi/{resource}",
    "/meja/dataset/<id>/rapi/<resource_id>/<any(csv, log):part>": (
        "/meja/dataset/{package}/rapi/{resource}/log"
    ),
    "/meja/dataset/<id>/tanda-terima": "/meja/dataset/{package}/tanda-terima",
    "/meja/dataset/<id>/tanda-terima.pdf": "/meja/dataset/{package}/tanda-terima.pdf",
    "/meja/langkah/<id>": "/meja/langkah/{package}",
    "/meja/periksa/<id>": "/meja/periksa/{package}",
}

# Rules with POST alone: sent by everybody who does not see the dataset, and by nobody else here.
WRITES: dict[str, str] = {
    "/dataset/follow/<id>": "/dataset/follow/{package}",
    "/dataset/unfollow/<id>": "/dataset/unfollow/{package}",
    "/datatables/ajax/<resource_view_id>": "/datatables/ajax/{view}",
    "/datatables/filtered-download/<resource_view_id>": "/datatables/filtered-download/{view}",
    "/harvest/clear/<id>": "/harvest/clear/{package}",
    "/harvest/delete/<id>": "/harvest/delete/{package}",
    "/harvest/follow/<id>": "/harvest/follow/{package}",
    "/harvest/refresh/<id>": "/harvest/refresh/{package}",
    "/harvest/unfollow/<id>": "/harvest/unfollow/{package}",
    "/meja/ambil/<id>": "/meja/ambil/{submission}",
    "/meja/dataset/<id>/mendesak": "/meja/dataset/{package}/mendesak",
    "/meja/dataset/<id>/persetujuan": "/meja/dataset/{package}/persetujuan",
    "/meja/dataset/<id>/tanya": "/meja/dataset/{package}/tanya",
    "/meja/periksa/<id>/simpan": "/meja/periksa/{package}/simpan",
    "/meja/dataset/<id>/skema/<resource_id>": "/meja/dataset/{package}/skema/{resource}",
    "/meja/dataset/<id>/temuan/<finding_id>": "/meja/dataset/{package}/temuan/{finding}",
    "/meja/lepas/<id>": "/meja/lepas/{submission}",
}

# Pages of many datasets, or of none: asked by everybody, nothing hidden may stand there.
LISTS: dict[str, str] = {
    "/": "/",
    "/about": "/about",
    "/api/": "/api/",
    "/api/<int(min=1, max=2):ver>/i18n/<lang>": "/api/2/i18n/id",
    "/api/<int(min=1, max=2):ver>/util/dataset/autocomplete": (
        "/api/2/util/dataset/autocomplete?incomplete=sandi"
    ),
    "/api/<int(min=1, max=2):ver>/util/group/autocomplete": (
        "/api/2/util/group/autocomplete?q=dinas"
    ),
    "/api/<int(min=1, max=2):ver>/util/organization/autocomplete": (
        "/api/2/util/organization/autocomplete?q=dinas"
    ),
    "/api/<int(min=1, max=2):ver>/util/resource/format_autocomplete": (
        "/api/2/util/resource/format_autocomplete?incomplete=c"
    ),
    "/api/<int(min=1, max=2):ver>/util/tag/autocomplete": (
        "/api/2/util/tag/autocomplete?incomplete=sandi"
    ),
    "/api/<int(min=1, max=2):ver>/util/user/autocomplete": "/api/2/util/user/autocomplete?q=pro",
    "/api/<int(min=1, max=3):ver>": "/api/3",
    "/api/<int(min=3, max=3):ver>/action/<logic_function>": "/api/3/action/package_list",
    "/api/action/<logic_function>": "/api/action/package_list",
    "/api/i18n/<lang>": "/api/i18n/id",
    "/api/util/dataset/autocomplete": "/api/util/dataset/autocomplete?incomplete=sandi",
    "/api/util/group/autocomplete": "/api/util/group/autocomplete?q=dinas",
    "/api/util/organization/autocomplete": "/api/util/organization/autocomplete?q=dinas",
    "/api/util/resource/format_autocomplete": "/api/util/resource/format_autocomplete?incomplete=c",
    "/api/util/tag/autocomplete": "/api/util/tag/autocomplete?incomplete=sandi",
    "/api/util/user/autocomplete": "/api/util/user/autocomplete?q=pro",
    "/catalog.<_format>": "/catalog.ttl",
    "/dashboard/": "/dashboard/",
    "/dashboard/datasets": "/dashboard/datasets",
    "/dashboard/groups": "/dashboard/groups",
    "/dashboard/organizations": "/dashboard/organizations",
    "/dataset/": "/dataset/?q=sandi",
    "/dataset/new": "/dataset/new",
    "/ditarik": "/ditarik",
    "/ditarik.<any(ttl, rdf, xml, jsonld, n3):kind>": "/ditarik.ttl",
    "/permintaan/<token>": "/permintaan/x",
    "/permintaan/<token>/berkas/<resource_id>": "/permintaan/x/berkas/x",
    "/meja/permintaan": "/meja/permintaan",
    "/meja/permintaan/<id>": "/meja/permintaan/x",
    "/dokumen/<document_id>": "/dokumen/x",
    "/dokumen/<document_id>/berkas.<any(pdf, xlsx):extension>": "/dokumen/x/berkas.pdf",
    "/feeds/custom.atom": "/feeds/custom.atom?q=sandi",
    "/feeds/dataset.atom": "/feeds/dataset.atom",
    "/feeds/group/<string:id>.atom": "/feeds/group/{office}.atom",
    "/feeds/organization/<string:id>.atom": "/feeds/organization/{office}.atom",
    "/feeds/tag/<string:id>.atom": "/feeds/tag/sandim00x.atom",
    "/file/public-download/<storage_name>/<path:location>": "/file/public-download/default/x",
    "/file/trusted-download/<token>": "/file/trusted-download/x",
    "/group/": "/group/",
    "/group/<id>": "/group/{office}",
    "/group/about/<id>": "/group/about/{office}",
    "/group/activity/<id>": "/group/activity/{office}",
    "/group/admins/<id>": "/group/admins/{office}",
    "/group/bulk_process/<id>": "/group/bulk_process/{office}",
    "/group/changes/<id>": "/group/changes/{office}",
    "/group/changes_multiple": "/group/changes_multiple",
    "/group/delete/<id>": "/group/delete/{office}",
    "/group/edit/<id>": "/group/edit/{office}",
    "/group/followers/<id>": "/group/followers/{office}",
    "/group/manage_members/<id>": "/group/manage_members/{office}",
    "/group/member_delete/<id>": "/group/member_delete/{office}",
    "/group/member_dump/<id>": "/group/member_dump/{office}",
    "/group/member_new/<id>": "/group/member_new/{office}",
    "/group/members/<id>": "/group/members/{office}",
    "/group/new": "/group/new",
    "/harvest/": "/harvest/",
    "/harvest/new": "/harvest/new",
    "/meja": "/meja",
    "/meja/alihkan": "/meja/alihkan",
    "/meja/atas-nama": "/meja/atas-nama",
    "/meja/awal": "/meja/awal",
    "/meja/beban": "/meja/beban",
    "/meja/catatan": "/meja/catatan",
    "/meja/catatan/unduh.csv": "/meja/catatan/unduh.csv",
    "/meja/hari-libur": "/meja/hari-libur",
    "/meja/massal": "/meja/massal",
    "/meja/orang/<id>": "/meja/orang/produsen",
    "/meja/pemberitahuan": "/meja/pemberitahuan",
    "/meja/pemberitahuan/pengaturan": "/meja/pemberitahuan/pengaturan",
    "/meja/penunjukan/perangkat-daerah": "/meja/penunjukan/perangkat-daerah",
    "/meja/penunjukan/perangkat-daerah/<id>": "/meja/penunjukan/perangkat-daerah/{office}",
    "/meja/penunjukan/tanpa-penunjukan": "/meja/penunjukan/tanpa-penunjukan",
    "/meja/penunjukan/tanpa-penunjukan.csv": "/meja/penunjukan/tanpa-penunjukan.csv",
    "/meja/surat/<id>": "/meja/surat/x",
    "/meja/laporan": "/meja/laporan?dari=01-01-2020&sampai=31-12-2030",
    "/meja/laporan/<figure>": "/meja/laporan/submitted?dari=01-01-2020&sampai=31-12-2030",
    "/meja/penunjukan": "/meja/penunjukan",
    "/meja/tugas": "/meja/tugas",
    "/organization/": "/organization/",
    "/organization/<id>": "/organization/{office}?q=sandi",
    "/organization/about/<id>": "/organization/about/{office}",
    "/organization/activity/<id>": "/organization/activity/{office}",
    "/organization/admins/<id>": "/organization/admins/{office}",
    "/organization/bulk_process/<id>": "/organization/bulk_process/{office}",
    "/organization/changes/<id>": "/organization/changes/{office}",
    "/organization/changes_multiple": "/organization/changes_multiple",
    "/organization/delete/<id>": "/organization/delete/{office}",
    "/organization/edit/<id>": "/organization/edit/{office}",
    "/organization/followers/<id>": "/organization/followers/{office}",
    "/organization/manage_members/<id>": "/organization/manage_members/{office}",
    "/organization/member_delete/<id>": "/organization/member_delete/{office}",
    "/organization/member_dump/<id>": "/organization/member_dump/{office}",
    "/organization/member_new/<id>": "/organization/member_new/{office}",
    "/organization/members/<id>": "/organization/members/{office}",
    "/organization/new": "/organization/new",
    "/robots.txt": "/robots.txt",
    "/user/": "/user/",
    "/user/<id>": "/user/produsen",
    "/user/<id>/api-tokens": "/user/produsen/api-tokens",
    "/user/<id>/groups": "/user/produsen/groups",
    "/user/<id>/organizations": "/user/produsen/organizations",
    "/user/activity/<id>": "/user/activity/produsen",
    "/user/delete/<id>": "/user/delete/x",
    "/user/edit": "/user/edit",
    "/user/edit/<id>": "/user/edit/produsen",
    "/user/followers/<id>": "/user/followers/produsen",
    "/user/logged_out_redirect": "/user/logged_out_redirect",
    "/user/login": "/user/login",
    "/user/me": "/user/me",
    "/user/register": "/user/register",
    "/user/reset": "/user/reset",
    "/user/reset/<id>": "/user/reset/produsen?key=x",
    "/util/redirect": "/util/redirect?url=/",
}

# Only the portal's keepers get the page.
CLOSED: dict[str, str] = {
    "/ckan-admin/": "/ckan-admin/",
    "/ckan-admin/activities": "/ckan-admin/activities",
    "/ckan-admin/config": "/ckan-admin/config",
    "/ckan-admin/reset_config": "/ckan-admin/reset_config",
    "/ckan-admin/trash": "/ckan-admin/trash",
    "/meja/pencocokan": "/meja/pencocokan",
}

# Not asked here, each with the reason.
ELSEWHERE: dict[str, str] = {
    "/<path:filename>": "files of the portal's design",
    "/webassets/<path:path>": "files of the portal's design",
    "/no/": "another language's address of the same pages",
    "/no/<path:path>": "another language's address of the same pages",
    "/zh_CN/": "another language's address of the same pages",
    "/zh_CN/<path:path>": "another language's address of the same pages",
    "/zh_TW/": "another language's address of the same pages",
    "/zh_TW/<path:path>": "another language's address of the same pages",
    "/testing/custom_form_fields": "a page of CKAN's developers without data",
    "/testing/dashboard": "a page of CKAN's developers without data",
    "/testing/primer": "a page of CKAN's developers without data",
    "/group/follow/<id>": "writes one's own account; offices are public",
    "/group/unfollow/<id>": "writes one's own account; offices are public",
    "/organization/follow/<id>": "writes one's own account; offices are public",
    "/organization/unfollow/<id>": "writes one's own account; offices are public",
    "/user/follow/<id>": "writes one's own account",
    "/user/unfollow/<id>": "writes one's own account",
    "/user/_logout": "ends one's own session",
    "/user/<id>/api-tokens/revoke": "writes one's own account",
    "/user/sysadmin": "the action behind it (user_patch) is asked; names no dataset",
    "/meja/laporan/terbitkan": "satudata_report_issue is asked among the actions",
    "/meja/penunjukan/<id>": "satudata_appointment_list; names no dataset",
    "/meja/penunjukan/<id>/akhiri": "satudata_appointment_revoke; names no dataset",
    "/meja/atas-nama/<id>/tutup": "satudata_on_behalf_close; names no dataset",
    "/meja/hari-libur/<id>/hapus": "satudata_holiday_remove; names no dataset",
    "/meja/orang/<id>/serah-terima": "satudata_desk_hand_over; names no dataset",
    "/meja/pemberitahuan/<id>": "satudata_notice_read; one's own account",
    "/meja/pemberitahuan/baca": "satudata_notice_read; one's own account",
    "/meja/penunjukan/<id>/plh": "satudata_appointment_substitute; names no dataset",
    "/meja/penunjukan/undang": "satudata_person_invite; names no dataset",
    "/meja/tugas/persetujuan": "satudata_office_signoff_set; names no dataset",
}

CLASSES = (OF_DATASET, OF_FILE, FOR_STAFF, WRITES, LISTS, CLOSED, ELSEWHERE)
