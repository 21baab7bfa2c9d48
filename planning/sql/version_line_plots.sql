-- How many metres of lines that go and come lie on each plot.
SELECT plot.over_class, ST_Area(plot.over_shape), sum(met.metres) FILTER (WHERE line.what = 'gone'),
    sum(met.metres) FILTER (WHERE line.what = 'new')
FROM version_lines AS line
JOIN ({plots}) AS plot ON plot.over_shape && line.shape
CROSS JOIN LATERAL (SELECT ST_Length(ST_Intersection(line.shape, plot.over_shape)) AS metres OFFSET 0) AS met
WHERE met.metres > %(least)s
GROUP BY plot.over_class, plot.over_shape
ORDER BY plot.over_class
