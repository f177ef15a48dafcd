"""What every resource of /api/v1 shares: problems, bodies, lists, answers and their description."""
