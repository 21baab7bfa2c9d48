-- By class of what was asked: how many and how much there is, how much of it lies in any surface, how many rows lie in
-- none, and how many in more than one.
SELECT
    what.class,
    count(*),
    sum(what.whole),
    sum(COALESCE(doubled.part, sums.part, 0)),
    count(*) FILTER (WHERE sums.id IS NULL),
    count(*) FILTER (WHERE sums.surfaces > 1)
FROM overlay_what AS what
LEFT JOIN (
    SELECT id, sum(part) AS part, CASE WHEN min(by_id) = max(by_id) THEN 1 ELSE 2 END AS surfaces FROM overlay_parts GROUP BY id
) AS sums ON sums.id = what.id
LEFT JOIN overlay_doubled AS doubled ON doubled.id = what.id
GROUP BY what.class
