"""Code lists that laws give, and what the codes of a field mean to a reader."""
