"""Benchmarks by name; each module here with a `main` is one."""

import argparse
import sys
from pathlib import Path

import build
import engine
import fuzz
import lighthouse
import province


def main() -> int:
    """Run the benchmark named on the command line."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    benchmarks = parser.add_subparsers(required=True, metavar="BENCHMARK")
    command = benchmarks.add_parser("engine", help="from nothing to the first score by Python, against other ways")
    command.add_argument("--runs", type=int, default=7, help="fresh browsers for each side (default: 7)")
    command.set_defaults(run=lambda options: engine.main(options.runs))
    command = benchmarks.add_parser("lighthouse", help="Lighthouse's mobile profile on four pages")
    command.add_argument("--runs", type=int, default=3, help="runs for each page (default: 3)")
    command.set_defaults(run=lambda options: lighthouse.main(options.runs))
    command = benchmarks.add_parser("build", help="a column of any size, against a stock site of the same texts")
    command.add_argument("--entries", type=int, default=2000, help="in two languages each (default: 2000)")
    command.add_argument("--runs", type=int, default=1, help="builds of each size (default: 1)")
    command.add_argument("--skip-peer", action="store_true", help="leave the stock site out")
    command.set_defaults(run=lambda options: build.main(options.entries, options.runs, skip_peer=options.skip_peer))
    command = benchmarks.add_parser("province", help="many small regions at once, with one and with two workers")
    command.add_argument("--regions", type=int, nargs="+", default=[20, 100, 200], help="(default: 20 100 200)")
    command.add_argument(
        "--workers", type=int, nargs="+", default=[1, 2], help="processors each run may use (default: 1 2)"
    )
    command.set_defaults(run=lambda options: province.main(options.regions, options.workers))
    command = benchmarks.add_parser("fuzz", help="files made worse by chance, through the core and `publicity check`")
    command.add_argument(
        "--cases", type=int, default=10_000, help="answer files; of contents a tenth (default: 10,000)"
    )
    command.add_argument("--seed", type=int, default=0, help="for other cases (default: 0)")
    command.add_argument("--only", choices=tuple(fuzz.GROUPS), help="that many of one group alone")
    command.add_argument("--replay", type=Path, metavar="FILE", help="run a case of build/fuzz/ again")
    command.set_defaults(run=lambda options: fuzz.main(options.cases, options.seed, options.only, options.replay))
    options = parser.parse_args()
    result: int = options.run(options)
    return result


if __name__ == "__main__":
    sys.exit(main())
