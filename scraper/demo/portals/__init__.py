"""The portals of the demo world, a module each: how they look, and what they list."""
