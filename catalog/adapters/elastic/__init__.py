"""The Elasticsearch engine: the same tokens, tiers and orders as the embedded one, on a cluster."""
