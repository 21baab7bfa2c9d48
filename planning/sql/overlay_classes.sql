-- How many classes one side has, and how many rows whose shapes had to be mended.
SELECT count(*), COALESCE(sum(wrong), 0)
FROM (SELECT count(*) FILTER (WHERE NOT is_sound) AS wrong FROM {table} GROUP BY class) AS found
