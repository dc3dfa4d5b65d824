// PostgreSQL's own binary form of a one-dimensional array: dimensions, whether there are NULLs, the element's type, length,
// lower bound, then each element after its length. As text, each quote of a JSON document would be escaped here and there.
const OID = { int: 23, text: 25, json: 114, uuid: 2950 };

const begun = (oid: number, count: number, bytes: number): Buffer => {
  const buffer = Buffer.allocUnsafe((count === 0 ? 12 : 20) + 4 * count + bytes);
  buffer.writeInt32BE(count === 0 ? 0 : 1, 0);
  buffer.writeInt32BE(0, 4);
  buffer.writeInt32BE(oid, 8);
  if (count === 0) return buffer;
  buffer.writeInt32BE(count, 12);
  buffer.writeInt32BE(1, 16);
  return buffer;
};

const strings = (oid: number, items: readonly string[]): Buffer => {
  const lengths = items.map(item => Buffer.byteLength(item));
  const buffer = begun(
    oid,
    items.length,
    lengths.reduce((sum, length) => sum + length, 0),
  );
  let at = 20;
  items.forEach((item, index) => {
    at = buffer.writeInt32BE(lengths[index] ?? 0, at);
    at += buffer.write(item, at);
  });
  return buffer;
};

/** For a parameter of type `text[]`. */
export const textArray = (items: readonly string[]): Buffer => strings(OID.text, items);

/** `json[]` of JSON texts. */
export const jsonArray = (items: readonly string[]): Buffer => strings(OID.json, items);

/** `uuid[]` of UUIDs in their usual form. */
export const uuidArray = (items: readonly string[]): Buffer => {
  const buffer = begun(OID.uuid, items.length, 16 * items.length);
  items.forEach((item, index) => {
    const at = buffer.writeInt32BE(16, 20 + 20 * index);
    if (buffer.write(item.replaceAll('-', ''), at, 'hex') !== 16) throw new TypeError(`${item} is no UUID`);
  });
  return buffer;
};

/** `int[]`. */
export const intArray = (items: readonly number[]): Buffer => {
  const buffer = begun(OID.int, items.length, 4 * items.length);
  items.forEach((item, index) => buffer.writeInt32BE(item, buffer.writeInt32BE(4, 20 + 8 * index)));
  return buffer;
};
