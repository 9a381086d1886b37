"""The schemas as files: national names, code lists, a help text on every question."""

from pathlib import Path

import pytest
import yaml

SCHEMAS = Path(__file__).parents[2] / "schemas"
DATASET = yaml.safe_load((SCHEMAS / "dataset.yaml").read_text(encoding="utf-8"))
OFFICE = yaml.safe_load((SCHEMAS / "organization.yaml").read_text(encoding="utf-8"))
FIELDS = {field["field_name"]: field for field in DATASET["dataset_fields"]}
FILE_FIELDS = {field["field_name"]: field for field in DATASET["resource_fields"]}
EVERY_FIELD = [*DATASET["dataset_fields"], *DATASET["resource_fields"], *OFFICE["fields"]]

# The SDI secretariat's own CKAN, general keys; publishing_status is ours to answer, from the
# procedure and not from a form.
NATIONAL = (
    "accessRights accrualPeriodicity id_dds id_indikator_mms id_sds jenis satuan ukuran "
    "prioritas_tahun publisher_type theme kriteria_prioritas "
)
MS_IND = (
    "id_msind id_mskeg apakah_indikator_komposit indikator_prioritas interpretasi "
    "variabel_disaggregasi kodereferensi level_estimasi metode_perhitungan rumus "
)
MS_KEG = (
    "id_kegiatan_mms judul_kegiatan tahun_kegiatan jenis_statistik cara_pengumpulan_data "
    "sektor_kegiatan identitas_rekomendasi i_instansi_penyelanggara ii_unit_eselon1 "
    "ii_unit_eselon2 ii_pj_nama ii_pj_jabatan ii_pj_email iii_latar_belakang_kegiatan "
    "iii_tujuan_kegiatan iv_kegiatan_ini_dilakukan iv_frekuensi_penyelanggara "
    "iv_tipe_pengumpulan_data iv_cakupan_wilayah_pengumpulan_data iv_metode_pengumpulan_data "
    "iv_sarana_pengumpulan_data iv_unit_pengumpulan_data v_jenis_rancangan_sampel "
    "v_metode_pemilihan_sampel_tahap_terakhir v_metode_yang_digunakan "
    "v_kerangka_sampel_tahap_terakhir v_fraksi_sampel_keseluruhan "
    "v_nilai_perkiraan_sampling_error_variabel_utama v_unit_sampel v_unit_observasi "
    "vi_apakah_melakukan_uji_coba vi_metode_pemeriksaan_kualitas_pengumpulan_data "
    "vi_apakah_melakukan_penyesuaian_nonrespon vi_petugas_pengumpulan_data "
    "vi_persyaratan_pendidikan_terendah_petugas_pengumpulan_data vi_jumlah_petugas_supervisor "
    "vi_jumlah_petugas_enumerator vi_apakah_melakukan_pelatihan_petugas "
    "vii_tahapan_pengolahan_data vii_metode_analisis vii_unit_analisis "
    "vii_tingkat_penyajian_hasil_analisis viii_ketersediaan_produk_tercetak "
    "viii_ketersediaan_produk_digital viii_ketersediaan_produk_mikrodata "
)


@pytest.mark.parametrize("name", " ".join((NATIONAL, MS_KEG, MS_IND)).split())
def test_the_national_name_is_there(name):
    assert name in FIELDS


def test_no_name_twice():
    assert len(FIELDS) == len(DATASET["dataset_fields"])
    assert len(FILE_FIELDS) == len(DATASET["resource_fields"])


@pytest.mark.parametrize("name", ["konsep", "definisi", "klasifikasi", "ukuran", "satuan"])
def test_standar_data_is_asked_before_submitting(name):
    assert FIELDS[name]["satudata_required"] is True
    assert FIELDS[name]["satudata_group"] == "standar_data"


def test_a_draft_asks_for_a_title_and_an_office_only():
    asked = {name for name, field in FIELDS.items() if field.get("required")}
    assert asked == {"title", "owner_org"}


def test_no_question_of_the_draft_hides_behind_a_validator():
    strict = {name for name, f in FIELDS.items() if "not_empty" in f.get("validators", "")}
    assert strict == set()


def test_every_field_stands_in_a_section_of_the_form():
    sections = {group["id"] for group in DATASET["satudata_groups"]}
    assert {field["satudata_group"] for field in FIELDS.values()} == sections


@pytest.mark.parametrize("field", EVERY_FIELD, ids=lambda field: field["field_name"])
def test_labels_are_words_for_people(field):
    assert isinstance(field["label"], str)
    assert "_" not in field["label"]
    assert not field["label"].endswith(":")


@pytest.mark.parametrize(
    "name", [name for name, field in FIELDS.items() if field.get("satudata_required")]
)
def test_what_must_be_filled_is_explained(name):
    assert FIELDS[name]["help_text"].endswith(".")


@pytest.mark.parametrize(
    "field", [f for f in EVERY_FIELD if "choices" in f], ids=lambda field: field["field_name"]
)
def test_choices_are_texts_and_differ(field):
    values = [choice["value"] for choice in field["choices"]]
    assert all(isinstance(value, str) for value in values)
    assert len(values) == len(set(values))
    assert all(choice["label"] for choice in field["choices"])


def test_frequencies_carry_the_code_of_the_form_and_the_word_of_dcat():
    choices = {choice["value"]: choice for choice in FIELDS["accrualPeriodicity"]["choices"]}
    assert choices["tahunan"]["code"] == "7"
    assert choices["tahunan"]["uri"].endswith("/frequency/ANNUAL")
    assert all("uri" in choice for choice in choices.values())


def test_access_levels_are_the_three_of_the_procedure():
    assert [c["value"] for c in FIELDS["accessRights"]["choices"]] == [
        "terbuka",
        "terbatas",
        "tertutup",
    ]


def test_the_regency_and_its_fourteen_districts_can_be_chosen():
    codes = [choice["value"] for choice in FIELDS["spatial_code"]["choices"]]
    assert codes == ["35.03", *(f"35.03.{number:02d}" for number in range(1, 15))]


def test_a_file_can_carry_its_table_schema():
    assert {"name", "description", "url", "format", "schema", "schema_source"} <= set(FILE_FIELDS)


def test_offices_carry_their_years_and_their_predecessors():
    names = {field["field_name"] for field in OFFICE["fields"]}
    assert names >= {
        "kode",
        "jenis",
        "singkatan",
        "tahun_mulai_berlaku",
        "tahun_berakhir",
        "pendahulu",
        "alamat",
        "situs",
        "telepon",
    }
