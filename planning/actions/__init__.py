"""The only writers of saved maps, draft plans and long work."""
