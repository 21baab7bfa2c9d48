-- The surfaces that count, cut so that none has many corners: what is whole inside of one piece needs no cutting.
CREATE TEMPORARY TABLE overlay_pieces ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY given.id)::int AS number, given.id, given.class, cut.shape
FROM overlay_by AS given
CROSS JOIN LATERAL {cut} AS cut (shape)
WHERE ST_Dimension(cut.shape) = 2
