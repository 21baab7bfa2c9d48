"""Files of every kind with something broken in them, imported one after the other in processes that may crash."""
