"""What a dense layer of surfaces looks like from afar: dissolved by class, cell by cell, for each tile (ADR 0015)."""
