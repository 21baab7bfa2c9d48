"""The pages on which planners make looks."""
