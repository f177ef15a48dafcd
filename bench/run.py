"""`make bench`: every measurement, each beside its floor in the same run.

    python -m bench.run [--whole] [WORD …]    only measurements named like one of the words

Without words all are run, and their table is written into docs/performance.md. What takes many
minutes whole (a million stamps, ten million rows, 2²⁰ entries) is measured in a smaller size,
which the table says, but for --whole.
"""

import sys
from collections.abc import Callable, Sequence

from bench import (
    auditing,
    goods,
    imports,
    issuing,
    label_speed,
    listing,
    many_stamps,
    pages,
    printing,
    searching,
    signing_in,
    stamps,
    witnessing,
)
from bench.clones import measure as clones
from bench.load import require_wrk
from bench.results import Result, table, write_table
from bench.servers import Bench, bench_running
from tests.servers.processes import UnavailableError, heed_ctrl_c

WHOLE = "--whole"
Measurement = Callable[[Bench], Result]
MEASUREMENTS: tuple[Measurement, ...] = (
    pages.product_page,
    pages.list_page,
    stamps.stamp_page,
    searching.search_embedded,
    searching.search_elasticsearch,
    printing.print_labels,
    label_speed.label_ratio,
    label_speed.labels_a_second,
    label_speed.bytes_a_label,
    signing_in.stamp_pages_while_signing_in,
    imports.import_seconds,
    imports.import_memory,
    imports.import_longest_transaction,
    listing.listing_seconds,
    listing.listing_kilobytes,
    listing.listing_seconds_without_script,
    auditing.audit_a_million_entries,
    witnessing.append_single_leaves,
    witnessing.proof_under_a_witnessed_checkpoint,
    clones.clones_raised,
    clones.clones_honest_attentive,
    clones.clones_honest_many,
    clones.clones_honest_suspicious,
    clones.clones_smeared_suspicious,
    # Last: they make the tables larger.
    many_stamps.stamp_page_among_many,
    issuing.issue_on_postgresql,
    issuing.issue_on_sqlite,
    issuing.issue_in_a_second,
    issuing.scan_while_issuing,
)


def main(words: Sequence[str]) -> int:
    """Run the measurements and print the table; 0 when each was made and met its reach."""
    heed_ctrl_c()
    whole = WHOLE in words
    words = [word for word in words if word != WHOLE]
    chosen = [
        one for one in MEASUREMENTS if not words or any(word in one.__name__ for word in words)
    ]
    results: list[Result] = []
    require_wrk()
    with bench_running(fill=(goods.fill, stamps.fill), whole=whole) as bench:
        for measurement in chosen:
            try:
                results.append(measurement(bench))
                print(results[-1].line, flush=True)
            except UnavailableError as refused:
                print(f"not run: {measurement.__name__}: {refused}", flush=True)
    print(table(results))
    if not words and len(results) == len(MEASUREMENTS):
        write_table(results)
    return 0 if len(results) == len(chosen) and all(result.met for result in results) else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except UnavailableError as refused:
        sys.exit(f"not run: {refused}")
