"""Every benchmark runs and prints its ratios. How large they are is no test's business."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.__main__ import ALL
from bench.figures import Figure, share, table

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ALL)
def test_a_benchmark_runs_and_prints_a_ratio(name):
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--tiny", name], cwd=ROOT, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr
    head, _, *lines = done.stdout.splitlines()
    column = head.index("ratio")
    assert lines
    assert all(re.match(r"\d", line[column:]) for line in lines), done.stdout


def test_the_table_says_what_is_missed():
    printed = table([Figure("one", "1/s", "2/s", 0.5, ">= 1", False), Figure("two", "2/s", "1/s", 2.0, ">= 1", True)])
    one, two = printed.splitlines()[2:]
    assert "MISSED" in one
    assert two.endswith("yes")


def test_shares_are_of_the_nearest_rank():
    assert share(range(100), 0.99) == 99
    assert share([3, 1, 2], 0.5) == 2
    with pytest.raises(ValueError, match="nothing was measured"):
        share([], 0.5)
