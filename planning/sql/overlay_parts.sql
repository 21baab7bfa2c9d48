-- How much of each row lies in each piece. OFFSET 0 keeps the planner from asking it twice.
INSERT INTO overlay_parts (id, class, by_id, by_class, part)
SELECT what.id, what.class, piece.id, piece.class, measured.part
FROM overlay_pieces AS piece
JOIN overlay_what AS what ON what.shape && piece.shape
CROSS JOIN LATERAL (SELECT {part} AS part OFFSET 0) AS measured
WHERE piece.number > %(after)s AND piece.number <= %(until)s AND measured.part > 0
