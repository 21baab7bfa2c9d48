-- How many, and how much, by both classes. A row in two surfaces of one class is one row of that class.
SELECT by_class, class, count(*), sum(part)
FROM (
    SELECT id, by_class, class, sum(part) AS part
    FROM overlay_parts
    GROUP BY id, by_class, class
) AS each_row
GROUP BY by_class, class
