"""A raster becomes a cloud-optimised GeoTIFF with the same pixels, or is refused and leaves nothing behind."""

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from django.conf import settings
from django.core.management import CommandError, call_command
from rasterio.errors import NotGeoreferencedWarning

from accounts.models import User
from importers.actions.raster import RasterOrder, import_raster
from importers.actions.undo import undo_run
from importers.models import ImportRun
from importers.sources.base import ReadOptions
from importers.targets import target_named
from layers.models import Raster
from tests.factories import Town
from tests.factories.places import SOUTH, WEST
from tests.importers.expectations import counts, refused
from tests.importers.rasters import heights, write_claim, write_raster
from tests.importers.readings import refusal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def ordered(path: Path, **options: Any) -> RasterOrder:
    read = ReadOptions(source_crs=options.pop("source_crs", ""))
    return RasterOrder(path=path, slug="terrain", options=read, **options)


def kept() -> list[str]:
    home = Path(settings.MEDIA_ROOT) / "rasters"
    return sorted(path.name for path in home.glob("*")) if home.is_dir() else []


def test_a_height_model_is_kept_as_it_is(tmp_path: Path, media: Path) -> None:
    path = write_raster(tmp_path / "dem.tif", heights(600, 700), nodata=-9999, descriptions=["ύψος"])
    report = import_raster(ordered(path, title="Υψόμετρα", unit="m"))
    assert counts(report) == {"read": 1, "added": 1}
    raster = Raster.objects.get()
    assert (raster.slug, raster.title, raster.unit, raster.revision) == ("terrain", "Υψόμετρα", "m", 1)
    assert raster.extent.extent == pytest.approx((WEST, SOUTH - 6000, WEST + 6000, SOUTH + 1000))
    with rasterio.open(media / raster.file.name) as out:
        assert out.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert (out.nodata, out.descriptions, out.crs.to_epsg()) == (-9999, ("ύψος",), 2100)
        assert out.overviews(1)
        np.testing.assert_array_equal(out.read(1), heights(600, 700))
    assert kept() == [Path(raster.file.name).name]


def test_a_palette_and_a_photograph(tmp_path: Path, media: Path) -> None:
    codes = (np.indices((50, 50)).sum(axis=0) % 3).astype("uint8")
    palette = {0: (0, 0, 0, 255), 1: (255, 0, 0, 255), 2: (0, 255, 0, 255)}
    import_raster(ordered(write_raster(tmp_path / "a.tif", codes, palette=palette, nodata=0)))
    with rasterio.open(media / Raster.objects.get().file.name) as out:
        assert {code: out.colormap(1)[code] for code in palette} == palette | {0: out.colormap(1)[0]}
        np.testing.assert_array_equal(out.read(1), codes)
    photograph = np.random.default_rng(1).integers(0, 255, (3, 50, 50)).astype("uint8")
    report = import_raster(ordered(write_raster(tmp_path / "b.tif", photograph)))
    assert counts(report) == {"read": 1, "changed": 1}
    raster = Raster.objects.get()
    assert raster.revision == 2
    with rasterio.open(media / raster.file.name) as out:
        np.testing.assert_array_equal(out.read(), photograph)


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "dem.tif", heights())
    import_raster(ordered(path))
    assert counts(import_raster(ordered(path))) == {"read": 1, "unchanged": 1}
    assert Raster.objects.get().revision == 1


def test_an_import_is_undone_and_the_undo_too(tmp_path: Path) -> None:
    import_raster(ordered(write_raster(tmp_path / "a.tif", heights()), title="Πρώτο"))
    before = Raster.objects.get().file.name
    second = import_raster(ordered(write_raster(tmp_path / "b.tif", heights() + 1), title="Δεύτερο"))
    assert Raster.objects.get().file.name != before
    assert second.run is not None
    undone = undo_run(run=second.run, user=None).run
    raster = Raster.objects.get()
    assert (raster.file.name, raster.title, raster.revision) == (before, "Πρώτο", 3)
    assert undone is not None
    undo_run(run=undone, user=None)
    assert Raster.objects.get().title == "Δεύτερο"


def test_a_dry_run_tells_and_leaves_nothing(tmp_path: Path) -> None:
    report = import_raster(ordered(write_raster(tmp_path / "a.tif", heights(), nodata=-9999), dry_run=True))
    assert counts(report) == {"read": 1, "added": 1}
    raster = report.evidence["raster"]
    assert {name: raster[name] for name in ("width", "height", "bands", "kind", "nodata")} == {
        "width": 60,
        "height": 40,
        "bands": 1,
        "kind": "float32",
        "nodata": -9999,
    }
    assert (Raster.objects.count(), ImportRun.objects.count(), kept()) == (0, 0, [])


@pytest.mark.parametrize(
    ("driver", "name", "beside"), [("PNG", "a.png", "a.pgw"), ("JPEG", "a.jpg", "a.JGW")]
)
def test_a_picture_is_placed_by_its_world_file(
    tmp_path: Path, media: Path, driver: str, name: str, beside: str
) -> None:
    picture = np.random.default_rng(1).integers(0, 255, (3, 40, 40)).astype("uint8")
    path = write_raster(tmp_path / name, picture, driver=driver, crs=None, transform=None)
    path.with_name(f"{name}.aux.xml").unlink(missing_ok=True)
    with refused("not_placed"):
        import_raster(ordered(path, source_crs="EPSG:2100"))
    (tmp_path / beside).write_text(f"0.5\n0\n0\n-0,5\n{WEST + 0.25}\n{SOUTH + 19.75}\n")
    with refused("crs_missing"):
        import_raster(ordered(path))
    import_raster(ordered(path, source_crs="EPSG:2100"))
    raster = Raster.objects.get()
    assert raster.extent.extent == pytest.approx((WEST, SOUTH, WEST + 20, SOUTH + 20))
    with rasterio.open(media / raster.file.name) as out:
        assert out.crs.to_epsg() == 2100
        assert tuple(out.transform)[:6] == (0.5, 0, WEST, 0, -0.5, SOUTH + 20)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with rasterio.open(path) as given:
                np.testing.assert_array_equal(out.read(), given.read())


def test_an_ascii_grid(tmp_path: Path, media: Path) -> None:
    path = tmp_path / "a.asc"
    path.write_text(
        f"NCOLS 2\nNROWS 2\nXLLCORNER {WEST}\nYLLCORNER {SOUTH}\nCELLSIZE 5\nNODATA_VALUE -1\n1 2\n3 -1\n"
    )
    import_raster(ordered(path, source_crs="EPSG:2100"))
    with rasterio.open(media / Raster.objects.get().file.name) as out:
        assert out.read(1).tolist() == [[1, 2], [3, -1]]
        assert out.nodata == -1


def test_a_header_that_declares_too_much_is_refused_before_memory_is_spent(tmp_path: Path) -> None:
    with refused("too_large_to_read", found="100,000 × 100,000 × 1"):
        import_raster(ordered(write_claim(tmp_path / "a.tif", 100_000, 100_000)))
    assert kept() == []


def test_the_bound_is_a_setting(tmp_path: Path, settings: Any) -> None:
    settings.IMPORT_MAX_PIXELS = 100
    with refused("too_large_to_read"):
        import_raster(ordered(write_raster(tmp_path / "a.tif", heights())))


def test_a_file_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (3, 300, 300)).astype("uint8")
    path = write_raster(tmp_path / "a.tif", noise, compress="deflate")
    path.write_bytes(path.read_bytes()[:-100_000])
    with refused("broken_file"):
        import_raster(ordered(path))
    assert kept() == []


def test_a_strip_that_lies_beyond_the_file_is_refused(tmp_path: Path) -> None:
    with refused("broken_file"):
        import_raster(ordered(_placed_claim(tmp_path)))
    assert kept() == []


def _placed_claim(folder: Path) -> Path:
    path = write_claim(folder / "a.tif", 400, 400)
    path.with_suffix(".tfw").write_text(f"1\n0\n0\n-1\n{WEST}\n{SOUTH}\n")
    path.with_suffix(".prj").write_text(rasterio.crs.CRS.from_epsg(2100).to_wkt())
    return path


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.vrt", b'<VRTDataset rasterXSize="1" rasterYSize="1"/>', "unknown_format"),
        ("a.tif", b'<VRTDataset rasterXSize="1" rasterYSize="1"/>', "not_what_it_says"),
        ("a.tif", b"II*\0 and nothing more", "not_what_it_says"),
        ("a.img", b"EHFA_HEADER_TAG" + bytes(100) + b"ExternalRasterDMS", "kept_in_parts"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(20), "not_what_it_says"),
    ],
)
def test_what_is_no_raster_or_names_others_is_refused(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with refused(code):
        import_raster(ordered(path))


def test_files_beside_are_not_followed(tmp_path: Path, media: Path) -> None:
    path = write_raster(tmp_path / "a.tif", heights())
    (tmp_path / "a.tif.aux.xml").write_text(
        '<PAMDataset><PAMRasterBand band="1"><Description>stolen</Description></PAMRasterBand></PAMDataset>'
    )
    import_raster(ordered(path))
    with rasterio.open(media / Raster.objects.get().file.name) as out:
        assert out.descriptions == (None,)


def test_a_raster_of_another_continent_is_refused(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "a.tif", heights(), crs="EPSG:32621")
    with refused("raster_elsewhere"):
        import_raster(ordered(path))


def test_a_failure_after_the_file_is_written_removes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_: object) -> None:
        raise RuntimeError("the power went out")

    monkeypatch.setattr("importers.actions.raster.keep_raster", fails)
    with pytest.raises(RuntimeError):
        import_raster(ordered(write_raster(tmp_path / "a.tif", heights())))
    assert (Raster.objects.count(), kept()) == (0, [])


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_raster(tmp_path / "a.tif", heights())
    call_command("import_raster", path, "--raster", "terrain", "--title", "Υψόμετρα", "--dry-run")
    assert Raster.objects.count() == 0
    call_command("import_raster", path, "--raster", "terrain", "--title", "Υψόμετρα")
    assert Raster.objects.get().title == "Υψόμετρα"
    with pytest.raises(CommandError):
        call_command("import_raster", tmp_path / "none.tif", "--raster", "terrain")


def test_a_raster_is_no_layer(tmp_path: Path) -> None:
    assert refusal(write_raster(tmp_path / "a.tif", heights())) == "is_a_raster"


def test_a_run_of_the_browser_is_checked_and_carried_out(
    tmp_path: Path, town: Town, dora: User, alice: User
) -> None:
    path = write_raster(tmp_path / "a.tif", heights())
    run = ImportRun.objects.create(
        target="raster", target_slug="terrain", state="uploaded", order={"title": "Ύψη", "unit": "m"}
    )
    kind = target_named("raster")
    assert kind.may(dora, "terrain")
    assert not kind.may(alice, "terrain")
    kind.carry_out(kind.order(run, path, dry_run=True, user=dora))
    assert (ImportRun.objects.get().state, Raster.objects.count()) == ("checked", 0)
    kind.carry_out(kind.order(run, path, dry_run=False, user=dora))
    assert ImportRun.objects.get().state == "done"
    assert [title for _, title in kind.choices(dora)] == [str(Raster.objects.get())]
    assert kind.choices(alice) == []
