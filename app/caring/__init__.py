"""What officers and helpers see of many makers at once, and of an area's month."""
