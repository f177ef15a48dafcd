"""The benchmarks: each figure beside its floor."""
