-- All rows together (first), then by class from the most frequent; at most {most} classes.
SELECT
    grouping(class) = 1 AS is_whole,
    class,
    count(*),
    sum(area),
    sum(length),
    count(number),
    sum(number),
    avg(number),
    min(number),
    max(number)
FROM (
    SELECT class, area, length, CAST(number AS double precision) AS number
    FROM ({rows}) AS chosen (class, area, length, number)
) AS found
GROUP BY GROUPING SETS ((), (class))
ORDER BY is_whole DESC, count(*) DESC, class NULLS LAST
LIMIT {most} + 1
