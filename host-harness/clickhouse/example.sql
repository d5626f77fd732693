-- A DNS log in miniature, and three questions to it. Put your own table in the place of dns_log.

-- Rows a call of the module. Without it ClickHouse weighs every row, which takes about twice the time, and may send so many
-- at once that their long answers do not fit into the module's memory.
SET webassembly_udf_max_input_block_size = 4096;

CREATE TEMPORARY TABLE dns_log (client String, name String);

INSERT INTO dns_log VALUES
    ('tv', 'us.ad.lgsmartad.com'), ('tv', 'us.ad.lgsmartad.com'), ('tv', 'config.samsungcloudsolution.com'),
    ('tv', 'logs.roku.com'), ('tv', 'logs.roku.com'), ('tv', 'logs.roku.com'),
    ('plug', 'a1.tuyaeu.com'), ('plug', 'a1.tuyaeu.com'), ('plug', 'pool.ntp.org'),
    ('camera', 'dev.hik-connect.com'), ('camera', 'cam1.duckdns.org'),
    ('speaker', 'device-metrics-us.amazon.com'), ('speaker', 'api.amazonalexa.com'),
    ('phone', 'connectivitycheck.gstatic.com'), ('phone', 'us.galleryapi.micloud.xiaomi.net'),
    ('laptop', 'example.com'), ('laptop', 'not a domain name'), ('laptop', '');

-- Who is called, and how worrying is it? Names are counted first, so each is classified once.
SELECT p.vendor AS vendor, p.verdict AS verdict, sum(queries) AS queries, count() AS names
FROM (SELECT name, count() AS queries, phonehome(name) AS p FROM dns_log GROUP BY name)
GROUP BY vendor, verdict
ORDER BY queries DESC, vendor, verdict;

-- What could be blocked, and at which device?
SELECT client, name, p.purpose AS purpose, p.advice AS advice, count() AS queries
FROM (SELECT client, name, phonehome(name) AS p FROM dns_log)
WHERE advice IN ('block', 'safe_to_block', 'costs_something')
GROUP BY client, name, purpose, advice
ORDER BY queries DESC, name;

-- Why? In words, for the names in question.
SELECT name, JSONExtractString(phonehome_json(name), 'advice_text') AS advice
FROM (SELECT DISTINCT name FROM dns_log WHERE client = 'plug')
ORDER BY name;
