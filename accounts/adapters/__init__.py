"""What accounts ask of libraries and of services outside."""
