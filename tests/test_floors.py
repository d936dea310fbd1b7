"""The sample commentaries, read by the pipeline as a user would, score no less than their floors."""

import shutil
import subprocess
import sys
from pathlib import Path

from pipeline.evaluate import check_floors, evaluate, render

ROOT = Path(__file__).parents[1]
GOLD = sorted((ROOT / "tests" / "gold").glob("*.gold.json"))
FLOORS = ROOT / "tests" / "gold" / "floors.toml"


def export(output: Path, *options: str) -> None:
    command = [
        sys.executable,
        "-m",
        "pipeline",
        "export",
        "--raw",
        str(ROOT / "raw"),
        "--output",
        str(output),
        *options,
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_figure_falls_under_its_floor(tmp_path: Path) -> None:
    output, alone = tmp_path / "output", tmp_path / "alone"
    export(output)
    scores = evaluate(output, GOLD)
    complaints = check_floors(scores, GOLD, FLOORS)
    assert not complaints, "\n".join([*complaints, render(scores)])

    # The PDFs are read already; only the tagging is another.
    shutil.copytree(output / "work" / "extract", alone / "work" / "extract")
    export(alone, "--grammar-alone")
    scores = evaluate(alone, GOLD)
    complaints = check_floors(scores, GOLD, FLOORS, "grammar_alone")
    assert not complaints, "\n".join([*complaints, render(scores)])
