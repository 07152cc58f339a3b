// The other side of ArrowJsInteropTests: reads tick files with the package apache-arrow and writes such files with it.
//   node interop.mjs read FILE                      prints the schema's metadata and every row as JSON
//   node interop.mjs write FILE none|lz4 ROWS       writes quotes in two batches, prices at scale 2, sizes at scale 0
import { readFileSync, writeFileSync } from 'node:fs';
import {
  compressionRegistry, CompressionType, Field, Int64, makeData, RecordBatch, RecordBatchFileWriter, Schema, Struct, tableFromIPC,
  TimestampNanosecond,
} from 'apache-arrow';
import lz4 from 'lz4js';

compressionRegistry.set(CompressionType.LZ4_FRAME, { encode: (bytes) => lz4.compress(bytes), decode: (bytes) => lz4.decompress(bytes) });

const [verb, file, compression, count] = process.argv.slice(2);
if (verb === 'read') read();
else write(Number(count));

function read() {
  const table = tableFromIPC(readFileSync(file));
  const columns = table.schema.fields.map((field) => {
    const values = [];
    for (const chunk of table.getChild(field.name).data) values.push(...chunk.values.slice(0, chunk.length));
    return [field.name, { type: String(field.type), values: values.map(String) }];
  });
  const metadata = Object.fromEntries(table.schema.metadata);
  console.log(JSON.stringify({ rows: table.numRows, batches: table.batches.length, metadata, columns: Object.fromEntries(columns) }));
}

function write(rows) {
  const names = ['venue_time', 'bid', 'ask', 'bid_size', 'ask_size'];
  const types = [new TimestampNanosecond('UTC'), new Int64(), new Int64(), new Int64(), new Int64()];
  const metadata = new Map([['price_scale', '2'], ['size_scale', '0'], ['kind', 'quotes']]);
  const schema = new Schema(names.map((name, i) => new Field(name, types[i], false)), metadata);
  const half = Math.floor(rows / 2);
  const batches = [batch(schema, types, 0, half), batch(schema, types, half, rows)];
  const writer = new RecordBatchFileWriter(compression === 'lz4' ? { compressionType: CompressionType.LZ4_FRAME } : {});
  for (const part of batches) writer.write(part);
  writer.finish();
  writeFileSync(file, writer.toUint8Array(true));
}

function batch(schema, types, from, to) {
  const columns = types.map(() => new BigInt64Array(to - from));
  for (let i = from; i < to; i++) {
    const row = [1709562600000000000n + BigInt(i) * 1000n, BigInt(10000 + i), BigInt(10001 + i), BigInt(i % 7), BigInt(i % 5)];
    row.forEach((value, c) => { columns[c][i - from] = value; });
  }
  const children = types.map((type, c) => makeData({ type, length: to - from, nullCount: 0, data: columns[c] }));
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: to - from, nullCount: 0, children }));
}
