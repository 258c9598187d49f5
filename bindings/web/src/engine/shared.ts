/**
 * Returns a value as JSON gives it, in which everything that is as it was before is the same object as before: what
 * looks at it has to look only at what is new.
 */
export function shared<Value>(before: Value | undefined, now: Value): Value {
  return sharedOf(before, now) as Value;
}

function sharedOf(before: unknown, now: unknown): unknown {
  if (before === now || !isObject(before) || !isObject(now) || Array.isArray(before) !== Array.isArray(now)) return now;
  const names = Object.keys(now);
  let isSame = Object.keys(before).length === names.length;
  for (const name of names) {
    const [was, is] = [before[name], now[name]];
    if (was === is) continue;
    const kept = sharedOf(was, is);
    if (kept !== is) now[name] = kept;
    isSame &&= kept === was;
  }
  return isSame ? before : now;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
