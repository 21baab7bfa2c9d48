-- How many values there are, and their mean, in each of so many bins of equal width.
WITH shown (value) AS MATERIALIZED ({rows}),
     extent AS (SELECT min(value)::float8 AS least, max(value)::float8 AS most FROM shown)
SELECT avg(shown.value)::float8, count(*)
FROM shown CROSS JOIN extent
WHERE shown.value IS NOT NULL
GROUP BY CASE WHEN extent.least < extent.most
              THEN width_bucket(shown.value::float8, extent.least, extent.most, %s) END
ORDER BY 1
