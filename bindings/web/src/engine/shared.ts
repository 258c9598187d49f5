/**
 * A value, in which everything that is as it was before is the same object as before: what looks at it has to look
 * only at what is new. Both are as JSON gives them.
 */
export function shared<Value>(before: Value | undefined, now: Value): Value {
  return sharedOf(before, now) as Value;
}

function sharedOf(before: unknown, now: unknown): unknown {
  if (before === now) return now;
  if (!isObject(before) || !isObject(now) || Array.isArray(before) !== Array.isArray(now)) return now;
  let isSame = true;
  let count = 0;
  for (const name in now) {
    const [was, is] = [Object.hasOwn(before, name) ? before[name] : undefined, now[name]];
    const kept = sharedOf(was, is);
    if (kept !== is) now[name] = kept;
    isSame &&= kept === was;
    count += 1;
  }
  return isSame && count === Object.keys(before).length ? before : now;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
