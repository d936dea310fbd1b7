"""The sample commentaries, read by the pipeline as a user would, score no less than their floors."""

import subprocess
import sys
from pathlib import Path

from pipeline.evaluate import check_floors, evaluate, render

ROOT = Path(__file__).parents[1]
GOLD = sorted((ROOT / "tests" / "gold").glob("*.gold.json"))
FLOORS = ROOT / "tests" / "gold" / "floors.toml"


def test_no_figure_falls_under_its_floor(tmp_path: Path) -> None:
    output = tmp_path / "output"
    command = [sys.executable, "-m", "pipeline", "export", "--raw", str(ROOT / "raw"), "--output", str(output)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    scores = evaluate(output, GOLD)
    complaints = check_floors(scores, GOLD, FLOORS)
    assert not complaints, "\n".join([*complaints, render(scores)])
