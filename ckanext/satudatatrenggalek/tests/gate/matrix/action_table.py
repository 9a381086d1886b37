"""Every registered action, in exactly one class: how it is asked, and who may have an answer.

A new action (of ours, of another extension, of a new CKAN) that is in no class fails
``test_actions.test_every_action_is_classified``. Add one line to the class it belongs to; what an
action is sent names its dataset by ``{package}``, ``{name}``, ``{resource}``, ``{view}``,
``{submission}``, ``{finding}``, ``{edition}``, and the town by ``{office}`` and ``{producer}``.

Whatever the class, no answer and no refusal may hold a word of a dataset its reader may not see.
"""

from __future__ import annotations

from typing import Any

Sent = dict[str, Any]
_VIEW = {"title": "x", "view_type": "text_view"}
_BY_ID = {"id": "{package}"}
_BY_FILE = {"id": "{resource}"}
_OF_FILE = {"resource_id": "{resource}"}

# Reads one dataset: answered to exactly those who see it, "not found" to everybody else.
READS_DATASET: dict[str, Sent] = {
    "package_show": _BY_ID,
    "dcat_dataset_show": _BY_ID,
    "dataset_follower_count": _BY_ID,
    "package_activity_list": _BY_ID,
    "package_relationships_list": _BY_ID,
    "satudata_edition_list": _BY_ID,
}

# Reads one file, its preview or its rows: to exactly those who see the files.
READS_FILE: dict[str, Sent] = {
    "resource_show": _BY_FILE,
    "resource_view_list": _BY_FILE,
    "resource_view_show": {"id": "{view}"},
    "datastore_search": _OF_FILE,
    "datastore_info": _BY_FILE,
    "resource_validation_show": _OF_FILE,
}

# Reads what people said of a submission, or works on it: seeing it is needed, a role besides.
READS_AS_STAFF: dict[str, Sent] = {
    "harvest_source_show": _BY_ID,
    "harvest_source_show_status": _BY_ID,
    "satudata_check_report": _BY_ID,
    "satudata_conformity_show": _OF_FILE,
    "satudata_conformity_table": _OF_FILE,
    "satudata_edition_diff": _BY_ID,
    "satudata_edition_diff_rows": {**_BY_ID, **_OF_FILE},
    "satudata_edition_file": {**_BY_ID, "number": "{edition}", **_OF_FILE},
    "satudata_edition_show": {**_BY_ID, "number": "{edition}"},
    "satudata_marked_file": _OF_FILE,
    "satudata_marked_show": _OF_FILE,
    "satudata_receipt_show": _BY_ID,
    "satudata_schema_show": _OF_FILE,
    "satudata_submission_changes": _BY_ID,
    "satudata_talk_list": _BY_ID,
    "satudata_tombstone_show": _BY_ID,
    "satudata_tidied_file": _OF_FILE,
    "satudata_tidied_show": _OF_FILE,
    "am_following_dataset": _BY_ID,
    "dataset_follower_list": _BY_ID,
    "package_collaborator_list": _BY_ID,
    "task_status_show": {"entity_id": "{resource}", "task_type": "xloader", "key": "xloader"},
    "xloader_status": _OF_FILE,
}

# Says of a dataset only what its caller may know, down to "withdrawn"; nothing to who may not know.
READS_TOMBSTONE: dict[str, Sent] = {
    "satudata_submission_show": _BY_ID,
}

# Writes one dataset: tried by everybody who does not see it, and by nobody else here.
WRITES: dict[str, Sent] = {
    "activity_create": {"object_id": "{package}", "activity_type": "new package"},
    "datastore_create": {**_OF_FILE, "force": True, "records": [{"tahun": "1"}]},
    "datastore_delete": {**_OF_FILE, "force": True},
    "datastore_records_delete": {**_OF_FILE, "force": True, "filters": {}},
    "datastore_run_triggers": _OF_FILE,
    "datastore_upsert": {**_OF_FILE, "method": "insert", "records": [{"tahun": "1"}]},
    "dataset_purge": _BY_ID,
    "file_create": {"name": "x", "owner_id": "{package}", "owner_type": "package"},
    "file_register": {"location": "x", "owner_id": "{package}", "owner_type": "package"},
    "follow_dataset": _BY_ID,
    "harvest_source_clear": _BY_ID,
    "harvest_source_delete": _BY_ID,
    "harvest_source_patch": {**_BY_ID, "title": "x"},
    "harvest_source_reindex": _BY_ID,
    "harvest_source_update": {**_BY_ID, "title": "x"},
    "package_collaborator_create": {**_BY_ID, "user_id": "{producer}", "capacity": "editor"},
    "package_collaborator_delete": {**_BY_ID, "user_id": "{producer}"},
    "package_create_default_resource_views": {"package": {"id": "{package}", "resources": []}},
    "package_delete": _BY_ID,
    "package_owner_org_update": {**_BY_ID, "organization_id": "{office}"},
    "package_patch": {**_BY_ID, "title": "x"},
    "package_relationship_create": {
        "subject": "{package}",
        "object": "{package}",
        "type": "child_of",
    },
    "package_relationship_delete": {
        "subject": "{package}",
        "object": "{package}",
        "type": "child_of",
    },
    "package_relationship_update": {
        "subject": "{package}",
        "object": "{package}",
        "type": "child_of",
    },
    "package_resource_reorder": {**_BY_ID, "order": ["{resource}"]},
    "package_revise": {"match": {"id": "{package}"}, "update": {"title": "x"}},
    "package_update": {**_BY_ID, "title": "x"},
    "resource_create": {"package_id": "{package}", "name": "x"},
    "resource_create_default_resource_views": {
        "resource": {"id": "{resource}", "package_id": "{package}", "url": "x"}
    },
    "resource_delete": _BY_FILE,
    "resource_patch": {**_BY_FILE, "name": "x"},
    "resource_update": {**_BY_FILE, "name": "x"},
    "resource_validation_delete": _OF_FILE,
    "resource_validation_run": _OF_FILE,
    "resource_view_create": {**_OF_FILE, **_VIEW},
    "resource_view_delete": {"id": "{view}"},
    "resource_view_reorder": {**_BY_FILE, "order": ["{view}"]},
    "resource_view_update": {"id": "{view}", **_VIEW},
    "satudata_checklist_keep": {**_BY_ID, "checklist": {}},
    "satudata_desk_claim": {"id": "{submission}"},
    "satudata_desk_unclaim": {"id": "{submission}"},
    "satudata_finding_mend": {"id": "{finding}"},
    "satudata_marked_prepare": _OF_FILE,
    "satudata_request_create": {
        **_BY_ID,
        "kind": "error",
        "name": "x",
        "email": "a@b.c",
        "message": "x",
    },
    "satudata_schema_accept": {**_OF_FILE, "schema": {"fields": []}},
    "satudata_step_take": {**_BY_ID, "step": "submit"},
    "satudata_submission_ask_urgent": {**_BY_ID, "reason": "x"},
    "satudata_submission_sign_off": {**_BY_ID, "content_hash": "x"},
    "satudata_submission_urge": {**_BY_ID, "reason": "x"},
    "satudata_talk_add": {**_BY_ID, "text": "x"},
    "satudata_tidied_accept": _OF_FILE,
    "satudata_tidied_prepare": _OF_FILE,
    "task_status_update": {
        "entity_id": "{resource}",
        "entity_type": "resource",
        "task_type": "xloader",
        "key": "xloader",
        "value": "x",
    },
    "unfollow_dataset": _BY_ID,
    "xloader_hook": {"metadata": {"resource_id": "{resource}"}, "status": "complete"},
    "xloader_submit": _OF_FILE,
}

# Lists many datasets: holds nothing of those its reader may not see. The letters: parts that must
# be there of every dataset the public sees (``n``: its name), so that an empty list is no pass.
LISTS: dict[str, tuple[str, Sent]] = {
    "current_package_list_with_resources": ("tmf", {"limit": 1000}),
    "dashboard_activity_list": ("", {"limit": 100}),
    "dcat_catalog_search": ("", {"q": "sandi"}),
    "dcat_catalog_show": ("", {}),
    "format_autocomplete": ("", {"q": "c"}),
    "group_activity_list": ("", {"id": "{office}"}),
    "group_package_show": ("", {"id": "{office}", "limit": 1000}),
    "group_show": ("", {"id": "{office}", "include_datasets": True}),
    "harvest_source_list": ("", {}),
    "organization_activity_list": ("", {"id": "{office}", "limit": 100}),
    "organization_list": ("", {"all_fields": True}),
    "organization_show": ("", {"id": "{office}", "include_datasets": True}),
    "package_autocomplete": ("", {"q": "sandi", "limit": 100}),
    "package_list": ("n", {}),
    "package_search": (
        "tmf",
        {"q": "*:*", "rows": 1000, "include_private": True, "include_drafts": True},
    ),
    "recently_changed_packages_activity_list": ("", {"limit": 100}),
    "resource_search": ("f", {"query": "name:Berkas"}),
    "satudata_audit_list": ("", {"limit": 1000}),
    "satudata_desk_list": ("", {"limit": 100}),
    "satudata_desk_load": ("", {}),
    "satudata_home_show": ("t", {}),
    "satudata_notice_list": ("", {"limit": 100}),
    "satudata_on_behalf_list": ("", {}),
    "satudata_person_show": ("", {"id": "{producer}"}),
    "satudata_report_drill": (
        "",
        {"figure": "submitted", "from": "2020-01-01", "to": "2030-12-31", "limit": 1000},
    ),
    "satudata_report_figures": ("", {"from": "2020-01-01", "to": "2030-12-31"}),
    "satudata_request_list": ("", {}),
    "satudata_tombstone_list": ("", {"limit": 1000}),
    "tag_autocomplete": ("m", {"query": "sandi", "limit": 1000}),
    "tag_list": ("m", {}),
    "tag_search": ("", {"query": "sandi", "limit": 1000}),
    "tag_show": ("", {"id": "sandim00x", "include_datasets": True}),
    "user_activity_list": ("", {"id": "{producer}", "limit": 100}),
    "user_show": ("", {"id": "{producer}", "include_datasets": True}),
    "vocabulary_list": ("", {}),
}

# Says nothing of datasets, or only of one's own account: asked by everybody, looked through.
PLAIN: dict[str, Sent] = {
    "am_following_group": {"id": "{office}"},
    "am_following_user": {"id": "{producer}"},
    "api_token_list": {"user_id": "{producer}"},
    "config_option_list": {},
    "config_option_show": {"key": "ckan.site_title"},
    "dashboard_new_activities_count": {},
    "dataset_followee_count": {"id": "{producer}"},
    "dataset_followee_list": {"id": "{producer}"},
    "file_owner_scan": {"owner_type": "user", "owner_id": "{producer}"},
    "file_show": {"id": "{resource}"},
    "followee_count": {"id": "{producer}"},
    "followee_list": {"id": "{producer}"},
    "get_site_user": {},
    "group_autocomplete": {"q": "dinas"},
    "group_followee_count": {"id": "{producer}"},
    "group_followee_list": {"id": "{producer}"},
    "group_follower_count": {"id": "{office}"},
    "group_follower_list": {"id": "{office}"},
    "group_list": {"all_fields": True},
    "group_list_authz": {},
    "harvest_job_list": {"source_id": "{package}"},
    "harvest_job_report": {"id": "{package}"},
    "harvest_job_show": {"id": "{package}"},
    "harvest_log_list": {"limit": 10},
    "harvest_object_list": {"source_id": "{package}"},
    "harvest_object_show": {"dataset_id": "{package}"},
    "harvesters_info_show": {},
    "help_show": {"name": "package_show"},
    "job_list": {},
    "job_show": {"id": "x"},
    "license_list": {},
    "member_list": {"id": "{office}", "object_type": "package"},
    "member_roles_list": {},
    "organization_autocomplete": {"q": "dinas"},
    "organization_followee_count": {"id": "{producer}"},
    "organization_followee_list": {"id": "{producer}"},
    "organization_follower_count": {"id": "{office}"},
    "organization_follower_list": {"id": "{office}"},
    "organization_list_for_user": {"include_dataset_count": True},
    "package_collaborator_list_for_user": {"id": "{producer}"},
    "satudata_appointment_list": {},
    "satudata_document_file": {"id": "x"},
    "satudata_document_list": {},
    "satudata_document_show": {"id": "x"},
    "satudata_holiday_list": {},
    "satudata_me_show": {},
    "satudata_notice_preferences_show": {},
    "satudata_office_list": {},
    "satudata_office_show": {"id": "{office}"},
    "satudata_office_signoff_show": {"office": "{office}"},
    "satudata_paper_show": {"id": "x"},
    "satudata_person_list_unappointed": {},
    "satudata_request_file": {"token": "x", "resource_id": "{resource}"},
    "satudata_request_show": {"id": "x"},
    "scheming_dataset_schema_list": {},
    "scheming_dataset_schema_show": {"type": "dataset"},
    "scheming_organization_schema_list": {},
    "scheming_organization_schema_show": {"type": "organization"},
    "status_show": {},
    "term_translation_show": {"terms": ["x"]},
    "user_autocomplete": {"q": "produsen"},
    "user_followee_count": {"id": "{producer}"},
    "user_followee_list": {"id": "{producer}"},
    "user_follower_count": {"id": "{producer}"},
    "user_follower_list": {"id": "{producer}"},
    "user_list": {"all_fields": True},
    "vocabulary_show": {"id": "x"},
}

# One activity by its id: asked of the activities of every dataset.
ACTIVITIES = ("activity_data_show", "activity_diff", "activity_show")

# Only the portal's keepers: refused to everybody without a role in the walidata.
CLOSED: dict[str, Sent] = {
    "activity_delete": {"id": "x"},
    "activity_delete_all": {},
    "activity_delete_counts": {},
    "bulk_update_delete": {"org_id": "{office}", "datasets": ["{package}"]},
    "bulk_update_private": {"org_id": "{office}", "datasets": ["{package}"]},
    "bulk_update_public": {"org_id": "{office}", "datasets": ["{package}"]},
    "config_option_update": {"ckan.site_title": "x"},
    "datastore_function_create": {"name": "x", "definition": "x"},
    "datastore_function_delete": {"name": "x"},
    "file_delete": {"id": "x"},
    "file_ownership_transfer": {"id": "x", "owner_id": "{package}", "owner_type": "package"},
    "file_pin": {"id": "x"},
    "file_rename": {"id": "x", "name": "x"},
    "file_unpin": {"id": "x"},
    "group_create": {"name": "x"},
    "group_delete": {"id": "{office}"},
    "group_member_create": {"id": "{office}", "username": "warga", "role": "editor"},
    "group_member_delete": {"id": "{office}", "username": "produsen"},
    "group_patch": {"id": "{office}", "title": "x"},
    "group_purge": {"id": "{office}"},
    "group_update": {"id": "{office}", "title": "x"},
    "harvest_abort_failed_jobs": {"life_span": 1},
    "harvest_get_notifications_recipients": {"source_id": "{package}"},
    "harvest_job_abort": {"id": "{package}"},
    "harvest_job_create": {"source_id": "{package}"},
    "harvest_job_create_all": {},
    "harvest_jobs_run": {},
    "harvest_object_create": {"guid": "x"},
    "harvest_objects_import": {},
    "harvest_send_job_to_gather_queue": {"id": "{package}"},
    "harvest_source_create": {"url": "https://a.b", "name": "x", "source_type": "ckan"},
    "harvest_source_index_clear": {"id": "{package}"},
    "harvest_source_job_history_clear": {"id": "{package}"},
    "harvest_sources_job_history_clear": {},
    "harvest_sources_reindex": {},
    "job_cancel": {"id": "x"},
    "job_clear": {},
    "member_create": {
        "id": "{office}",
        "object": "{package}",
        "object_type": "package",
        "capacity": "public",
    },
    "member_delete": {"id": "{office}", "object": "{package}", "object_type": "package"},
    "organization_create": {"name": "x"},
    "organization_delete": {"id": "{office}"},
    "organization_member_create": {"id": "{office}", "username": "warga", "role": "editor"},
    "organization_member_delete": {"id": "{office}", "username": "produsen"},
    "organization_patch": {"id": "{office}", "title": "x"},
    "organization_purge": {"id": "{office}"},
    "organization_update": {"id": "{office}", "title": "x"},
    "resource_validation_run_batch": {},
    "resource_view_clear": {},
    "satudata_reconcile_list": {},
    "satudata_waiting_list": {},
    "satudata_report_issue": {"from": "2026-01-01", "to": "2026-01-31"},
    "send_email_notifications": {},
    "tag_create": {"name": "x", "vocabulary_id": "x"},
    "tag_delete": {"id": "sandim00x"},
    "task_status_delete": {"id": "x"},
    "task_status_update_many": {"data": []},
    "term_translation_update": {"term": "x", "term_translation": "y", "lang_code": "id"},
    "term_translation_update_many": {"data": []},
    "user_create": {"name": "baru", "email": "a@b.c", "password": "sandi-baru-1"},
    "user_delete": {"id": "{producer}"},
    "vocabulary_create": {"name": "x"},
    "vocabulary_delete": {"id": "x"},
    "vocabulary_update": {"id": "x", "name": "y"},
}

# The report has readers of its own (``expected.REPORT_READERS``).
REPORTS = frozenset({"satudata_report_drill", "satudata_report_figures"})

# Faults of harvest's own that people without rights get instead of a refusal: nothing is said or
# done, but it is no refusal either. What the fault says, and why.
HARVEST_FAULTS: dict[str, str] = {
    "Objectpt": "it names an exception that does not exist",
    "maximum recursion depth": "a permission asks itself without end",
}

# Functions of harvest's own that its modules hand out by accident: nobody can call them so.
NO_ACTIONS = (
    "get_mail_extra_vars",
    "prepare_error_mail",
    "prepare_summary_mail",
    "send_error_email",
    "send_mail",
    "send_summary_email",
)

# Not asked here, each with the reason and the test that asks it.
ELSEWHERE: dict[str, str] = {
    "InactiveSource": "an exception class harvest registers by accident; no action",
    "api_token_create": "writes one's own account; test_past_permissions",
    "api_token_revoke": "writes one's own account",
    "dashboard_mark_activities_old": "writes one's own account",
    "follow_group": "writes one's own account; offices are public",
    "follow_user": "writes one's own account",
    "package_create": "names no dataset that is there; test_making_public",
    "satudata_appointment_grant": "names no dataset; tests/views/test_meja_appointments",
    "satudata_appointment_revoke": "names no dataset; tests/views/test_meja_appointments",
    "satudata_appointment_end": "names no dataset; writes appointments",
    "satudata_appointment_settle": "names no dataset; writes appointments",
    "satudata_appointment_substitute": "names no dataset; writes appointments",
    "satudata_desk_hand_over": "names no dataset; writes claims of people",
    "satudata_holiday_add": "names no dataset",
    "satudata_holiday_remove": "names no dataset",
    "satudata_notice_preferences_update": "writes one's own account",
    "satudata_notice_read": "writes one's own account",
    "satudata_office_signoff_set": "names no dataset; writes offices",
    "satudata_office_transfer": "names no dataset; tests/beside",
    "satudata_office_update": "names no dataset; writes offices",
    "satudata_on_behalf_close": "names no dataset; tests/beside",
    "satudata_on_behalf_open": "tests/beside",
    "satudata_person_invite": "names no dataset; needs a mail server",
    "satudata_request_answer": "names no dataset; tests/access",
    "satudata_step_take_many": "asks satudata_step_take for each; tests of bulk steps",
    "unfollow_group": "writes one's own account",
    "unfollow_user": "writes one's own account",
    "user_invite": "names no dataset; needs a mail server",
    "user_patch": "writes one's own account",
    "user_update": "writes one's own account",
}

# Permissions and a decorator that harvest offers as actions once its modules were loaded in another
# order, as other tests do: they hold nothing of a dataset.
STRAYS = frozenset({"auth_allow_anonymous_access", "harvest_sources_clear"})

# Writes that change what a dataset holds or shows: refused to whoever sees it without editing it.
CONTENT = (
    "datastore_create",
    "datastore_delete",
    "datastore_records_delete",
    "datastore_upsert",
    "package_collaborator_create",
    "package_delete",
    "package_owner_org_update",
    "package_patch",
    "package_relationship_create",
    "package_resource_reorder",
    "package_revise",
    "package_update",
    "resource_create",
    "resource_delete",
    "resource_patch",
    "resource_update",
    "resource_view_create",
    "resource_view_delete",
    "resource_view_reorder",
    "resource_view_update",
    "satudata_schema_accept",
    "satudata_tidied_accept",
)
CLASSES = (
    READS_DATASET,
    READS_FILE,
    READS_AS_STAFF,
    READS_TOMBSTONE,
    WRITES,
    LISTS,
    PLAIN,
    dict.fromkeys(ACTIVITIES, {}),
    dict.fromkeys(NO_ACTIONS, {}),
    CLOSED,
    ELSEWHERE,
)
