"""The demo municipality: a Greek town that does not exist, grown the same way every time."""
