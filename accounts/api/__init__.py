"""The API of accounts: whoever asks, the enterprise, its members."""
