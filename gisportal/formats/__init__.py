"""How the portal writes dates, where Django's own way isn't that of a reader in Greece."""
