"""ckanext-validation's face on our check: badge, report page, actions."""

from __future__ import annotations

import json
from typing import Any

from ckanext.satudatatrenggalek import jobs

from ..world import BAD_CSV, World


def test_report_page_and_badge_speak_of_the_check(portal: Any, world: World) -> None:
    package = world.dataset()
    resource = world.file(package["id"], BAD_CSV)
    shown = world.call("resource_validation_show", "produsen", resource_id=resource["id"])
    assert shown["status"] == "failure"
    report = shown["report"]
    report = json.loads(report) if isinstance(report, str) else report
    assert report["valid"] is False
    assert report["tasks"][0]["errors"][0]["rowNumber"] == 4

    headers = world.headers("produsen")
    for name in (package["name"], package["id"]):
        page = portal.get(f"/dataset/{name}/resource/{resource['id']}/validation", headers=headers)
        assert page.status_code == 200
        assert "35.03.03" in page.body
        assert "Ada temuan mesin" in page.body
        assert "Validation Report" not in page.body
    address = f"/dataset/{package['name']}/resource/{resource['id']}"
    assert "Ada temuan mesin" in portal.get(address, headers=headers).body
    assert portal.get(f"{address}/validation", status=404).status_code == 404
    wrong = f"/dataset/bukan-ini/resource/{resource['id']}/validation"
    assert portal.get(wrong, headers=headers).status_code == 404


def test_the_public_sees_the_badge_and_no_findings(portal: Any, world: World) -> None:
    submission = world.at("published")
    jobs.work()
    resource = submission["resources"][0]
    page = portal.get(f"/dataset/{submission['name']}/resource/{resource['id']}/validation")
    assert "Lolos pemeriksaan mesin" in page.body
    assert "Rincian temuan hanya untuk petugas." in page.body
