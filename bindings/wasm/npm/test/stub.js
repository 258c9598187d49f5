// A module with the engine's C ABI and nothing behind it, assembled byte by byte.

const number = (value, isSigned = false) => {
  const bytes = [];
  for (;;) {
    const low = value & 0x7f;
    value >>= 7;
    const isLast = isSigned ? (value === 0 && !(low & 0x40)) || (value === -1 && low & 0x40) : value === 0;
    bytes.push(isLast ? low : low | 0x80);
    if (isLast) return bytes;
  }
};
const list = (items) => [...number(items.length), ...items.flat()];
const text = (value) => list([...new TextEncoder().encode(value)]);
const section = (id, content) => [id, ...number(content.length), ...content];
const returns = (value) => [0x41, ...number(value, true)];

/** The body that traps. */
export const TRAPS = [0x00];

const ABOUT = JSON.stringify({ engine: "stub", abi: 1, languages: [], bundle_bytes: 1 << 20, record_bytes: 1 << 20 });

/** The functions: how many numbers they take, whether they return one, and what they do. */
const functions = {
  abi_version: [0, true, returns(1)],
  buffer: [1, true, returns(4096)],
  discard: [1, false, []],
  result: [0, true, returns(0)],
  result_length: [0, true, returns(ABOUT.length)],
  about: [0, true, returns(1)],
  open: [1, true, returns(1)],
  close: [1, false, []],
  determine: [3, true, TRAPS],
  plan: [3, true, TRAPS],
  verify: [3, true, TRAPS],
  say: [2, true, TRAPS],
};

/** The bytes of a module whose functions do what is given, by name; a number is what they return. */
export function stub(bodies = {}, without = "") {
  const all = Object.entries(functions).filter(([name]) => name !== without);
  const types = all.map(([, [takes, isReturning]]) => [
    0x60,
    ...list(Array(takes).fill(0x7f)),
    ...list(isReturning ? [0x7f] : []),
  ]);
  const codes = all.map(([name, [, , body]]) => {
    const given = bodies[name] ?? body;
    return list([0x00, ...(typeof given === "number" ? returns(given) : given), 0x0b]);
  });
  const exports = all.map(([name], n) => [...text(`credstack_${name}`), 0x00, ...number(n)]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, list(types)),
    ...section(3, list(all.map((_, n) => number(n)))),
    ...section(5, list([[0x00, 0x01]])),
    ...section(7, list([...exports, [...text("memory"), 0x02, 0x00]])),
    ...section(10, list(codes)),
    ...section(11, list([[0x00, ...returns(0), 0x0b, ...text(ABOUT)]])),
  ]);
}
