-- What the last revision opened, how much of that without an end in the world, and what it closed.
SELECT
    count(*) FILTER (WHERE lower(recorded) = %(at)s),
    count(*) FILTER (WHERE lower(recorded) = %(at)s AND upper_inf(valid)),
    count(*) FILTER (WHERE upper(recorded) = %(at)s)
FROM layers_feature
WHERE layer_id = %(layer)s;
