"""Of two days or years the later one does not come first, by form and by API."""

from typing import Any

import ckan.plugins.toolkit as tk
import pytest

from ckanext.satudatatrenggalek.model import passage

from ..world import World


@pytest.mark.parametrize(
    ("first", "later", "sentence"),
    [
        (
            ("temporal_start", "31-12-2025"),
            ("temporal_end", "01-01-2025"),
            "01-01-2025 lebih awal daripada Awal masa data (31-12-2025). Betulkan salah satunya.",
        ),
        (
            ("tanggal_pengumpulan", "2026-03-01"),
            ("jadwal_rilis", "26-02-2026"),
            "26-02-2026 lebih awal daripada Rencana tanggal pengumpulan (01-03-2026). "
            "Betulkan salah satunya.",
        ),
    ],
)
def test_a_dataset(
    world: World, first: tuple[str, str], later: tuple[str, str], sentence: str
) -> None:
    with pytest.raises(tk.ValidationError) as refused:
        world.dataset(**dict([first, later]))
    assert refused.value.error_dict == {later[0]: [sentence]}
    package = world.dataset(**{first[0]: first[1]})
    with pytest.raises(tk.ValidationError):
        world.call("package_patch", "produsen", id=package["id"], **dict([later]))
    same = world.call("package_patch", "produsen", id=package["id"], **{later[0]: first[1]})
    assert same[later[0]] == same[first[0]]


def test_the_form_says_it_at_the_field(portal: Any, world: World) -> None:
    form = {
        "title": "Produksi Padi",
        "owner_org": world.office["id"],
        "temporal_start": "31-12-2025",
        "temporal_end": "01-01-2025",
    }
    sent = portal.post(
        "/dataset/new",
        params={"_ckan_phase": "dataset_new_1", "save": "go-resource", "pkg_name": "", **form},
        headers=world.headers("produsen"),
    )
    assert "Akhir masa data: 01-01-2025 lebih awal daripada Awal masa data" in sent.body
    assert 'value="31-12-2025"' in sent.body, "what was typed stays"


def test_an_unreadable_day_is_told_alone(world: World) -> None:
    with pytest.raises(tk.ValidationError) as refused:
        world.dataset(temporal_start="kemarin", temporal_end="01-01-2025")
    assert list(refused.value.error_dict) == ["temporal_start"]


def test_what_was_published_with_it_is_not_held_up(world: World) -> None:
    """Machines and the workflow write what was approved, from before this was asked."""
    package = world.dataset(temporal_start="01-01-2025", temporal_end="31-12-2025")
    written = {**package, "temporal_start": "2026-01-01"}
    with pytest.raises(tk.ValidationError):
        world.call("package_update", "produsen", **written)
    with passage.passage(package["id"]):
        assert world.call("package_update", "admin", **written)["temporal_start"] == "2026-01-01"


def test_an_office(world: World) -> None:
    years = {"tahun_mulai_berlaku": "2026", "tahun_berakhir": "2025"}
    with pytest.raises(tk.ValidationError) as refused:
        world.call("organization_patch", "admin", id=world.office["id"], **years)
    assert refused.value.error_dict == {
        "tahun_berakhir": [
            "2025 lebih awal daripada Tahun mulai berlaku (2026). Betulkan salah satunya."
        ]
    }
