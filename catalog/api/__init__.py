"""The API of the catalog: products, packs, papers, lots."""
