-- Loads phonehome.wasm and makes its two functions; run it again to replace the module by a newer one.
-- The file lies in the server's user_files folder (for clickhouse-local and chdb: in the folder that they run in).

DROP FUNCTION IF EXISTS phonehome;
DROP FUNCTION IF EXISTS phonehome_json;
DELETE FROM system.webassembly_modules WHERE name = 'phonehome';

INSERT INTO system.webassembly_modules (name, code)
SELECT 'phonehome', code FROM file('phonehome.wasm', 'RawBLOB', 'code String');

-- The short answer. An id that a name has not is ''.
-- Fuel is counted by the call, and a call is a block of rows: how much is enough depends on the rows. The module needs none,
-- because its time is bounded by the length of its input.
CREATE FUNCTION phonehome LANGUAGE WASM ABI BUFFERED_V1 FROM 'phonehome'
ARGUMENTS (name String)
RETURNS Tuple(
    verdict String, confidence UInt8, vendor String, platform String, purpose String, impact String, advice String)
DETERMINISTIC
SETTINGS serialization_format = 'RowBinary', webassembly_udf_enable_fuel = false;

-- The long answer: the object that `phonehome classify --format jsonl` prints.
CREATE FUNCTION phonehome_json LANGUAGE WASM ABI BUFFERED_V1 FROM 'phonehome'
ARGUMENTS (name String)
RETURNS String
DETERMINISTIC
SETTINGS serialization_format = 'RowBinary', webassembly_udf_enable_fuel = false;
