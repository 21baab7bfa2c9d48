-- Which rows lie on changed ground: their number, and the keys of the first ones.
SELECT count(*), (array_agg(inside.over_class ORDER BY inside.over_class))[1:%(most)s]
FROM (
    SELECT DISTINCT thing.over_id, thing.over_class
    FROM version_pieces AS piece
    JOIN ({things}) AS thing ON thing.over_shape && piece.shape AND ST_Intersects(piece.shape, thing.over_shape)
) AS inside
