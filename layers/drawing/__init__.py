"""Feature sources drawn as vectors on paper and in pictures: what is seen, where, and in which look."""
