"""The portal beside plain CKAN, and beside itself with a hundred times as many datasets.

    make bench, or python benchmarks/bench_portal.py [--quick] [--write docs/benchmarks-portal.md]

Plain CKAN has the same other extensions and schema and reads the same database and index. Both
answer in turns, each in a process of its own; medians are compared.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FEW = 1_000
HISTORY = 1_000_000  # rows of the record beside the many datasets
SOLR = os.environ.get("CKAN_SOLR_URL", "http://127.0.0.1:8983/solr/ckan")
# Action -> (how often it is asked in a turn, most times plain CKAN's time).
READS = {"show": (120, 1.15), "search": (120, 1.15)}
WRITES = {"create": (12, 1.3), "update": (12, 1.3)}
FLAT = 1.5
TURNS = 4


class Site:
    """A site in a process of its own."""

    def __init__(self, name: str) -> None:
        command = [sys.executable, str(HERE / "portal_site.py"), name]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=None, text=True
        )

    def __call__(self, do: str, **told: Any) -> Any:
        """Tell it what to do; gives its answer."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"do": do, **told}) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit(f"{do}: the site has ended")
        return json.loads(answer)

    def close(self) -> None:
        """End it."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(timeout=60)


class Table:
    """Rows of the answer, printed as they come."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._add("What", "Milliseconds", "Beside", "Ratio", "Goal", "Met")
        self._add("---", "---:", "---:", "---:", "---", "---")

    def _add(self, *cells: str) -> None:
        self.lines.append(f"| {' | '.join(cells)} |")
        print(self.lines[-1], flush=True)

    def add(self, what: str, seconds: float, beside: float, goal: float) -> None:
        """One line: seconds against the baseline's."""
        ratio = seconds / beside
        met = "yes" if ratio <= goal else "**no**"
        cells = (f"{seconds * 1000:.1f}", f"{beside * 1000:.1f}", f"{ratio:.2f}", f"<= {goal}")
        self._add(what, *cells, met)

    def say(self, what: str, seconds: float, goal: str, met: bool) -> None:
        """One line without a baseline."""
        self._add(what, f"{seconds * 1000:.1f}", "", "", goal, "yes" if met else "**no**")


def beside_ckan(table: Table, sites: dict[str, Site], known: dict[str, Any], many: int) -> dict:
    """Each action by both sites in turns; gives our medians."""
    found: dict[tuple[str, str], list[float]] = {}
    for turn in range(TURNS + 1):
        for name, site in sorted(sites.items(), reverse=bool(turn % 2)):
            for action, (times, _) in READS.items():
                taken = site(action, many=many, times=times)
                found.setdefault((action, name), []).extend(taken if turn else [])
            for action, (times, _) in WRITES.items():
                told = {"fields": known["fields"], "mark": f"{many}-{turn}"}
                taken = site(action, times=times, **told)
                found.setdefault((action, name), []).extend(taken if turn else [])
    medians = {key: statistics.median(values) for key, values in found.items()}
    for action, (_, goal) in {**READS, **WRITES}.items():
        what = f"package_{action}, {many:,} datasets, beside plain CKAN"
        table.add(what, medians[action, "ours"], medians[action, "plain"], goal)
    return {action: medians[action, "ours"] for action in (*READS, *WRITES)}


def pages(site: Site, known: dict[str, Any]) -> dict[str, float]:
    """Seconds of the pages that many datasets could slow down."""
    checker = known["tokens"]["pemeriksa"]
    asked = {
        "front page": ("/", ""),
        "desk": ("/meja", checker),
        "timeline of a dataset": (f"/meja/dataset/{known['template']}", checker),
        "search page": ("/dataset/?q=posyandu", ""),
    }
    for path, token in asked.values():
        site("page", path=path, token=token, times=2)
    return {
        name: statistics.median(site("page", path=path, token=token, times=9))
        for name, (path, token) in asked.items()
    }


def releases(table: Table, site: Site, known: dict[str, Any]) -> None:
    """An edition of ten large files, and many small ones by one worker."""
    taken = [site("release", dataset_id=each) for each in known["approved"]]
    each = statistics.mean(taken)
    # By a process that has released before, as a worker has.
    copied = min(site("copy", paths=known["files"]) for _ in range(3))
    released = site("release", dataset_id=known["heavy"])
    table.add("release of ten files of 30 MiB, beside copying them", released, copied, 2)
    table.say(
        "release of an edition; a thousand take a thousand times that",
        each,
        "< 1 h",
        each * 1000 < 1800,
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", default=bool(os.environ.get("QUICK")))
    parser.add_argument("--many", type=int, default=100_000, help="datasets of the large portal")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    many = 5_000 if options.quick else options.many
    table = Table()
    maker = Site("ours")  # has much in memory by then, so others are measured
    known = maker("prepare")
    # A process that has made no tables: whoever has keeps no connections, as a worker does.
    worker = Site("ours")
    releases(table, worker, known)
    worker.close()
    ours = Site("ours")
    sites = {"ours": ours, "plain": Site("plain")}
    measured = []
    kept, times = 0, 1
    for first, last, waiting in ((0, FEW, (0, 60)), (FEW, many, (60, max(61, many // 100)))):
        fill = {"template": known["template"], "first": first, "last": last, "solr": SOLR}
        kept = maker("fill", **fill, record=times)
        times = max(1, round(HISTORY / (many * kept / FEW)))
        maker("fill", template=known["waiting"], first=waiting[0], last=waiting[1], solr=SOLR)
        measured.append({**beside_ckan(table, sites, known, last), **pages(ours, known)})
    for name, seconds in measured[1].items():
        table.add(f"{name}, {many:,} datasets beside {FEW:,}", seconds, measured[0][name], FLAT)
    print(f"{kept:,} rows of the record")
    for site in (maker, *sites.values()):
        site.close()
    if options.write:
        options.write.write_text(page(table.lines), encoding="utf-8")


def page(lines: list[str]) -> str:
    """The answer as a page."""
    return "\n".join(
        [
            "# Benchmarks of the portal",
            "",
            "Made by `make bench`, or alone by `benchmarks/bench_portal.py --write PAGE` with the",
            "tests' services running. Plain CKAN has the same other extensions and schema and",
            "reads the same database and index. Medians; both sites answer in turns. Datasets are",
            "copied in database and index from one that went through the steps.",
            "",
            *lines,
            "",
        ]
    )


if __name__ == "__main__":
    main()
