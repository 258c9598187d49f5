"""What a learner has completed, answered by the WebAssembly module from Python.

    python determine.py MODULE BUNDLE RECORD DATE [EXPECTED]

EXPECTED is an answer that another host of the same module gave; its bytes have to be the same. `Engine` is all
of the C ABI that a host needs; bindings/wasm/src/abi.rs describes it.
"""

import hashlib
import json
import sys
from pathlib import Path

import wasmtime

ABI_VERSION = 1
MEMORY_BYTES = 256 << 20
# As wasmtime counts instructions: some ten seconds.
FUEL = 20_000_000_000


class Fault(Exception):
    """What the module answers where the input is not right: a stable code, and a sentence for a person."""

    def __init__(self, fault):
        super().__init__(fault["message"])
        self.code = fault["code"]
        self.line = fault.get("line")
        self.column = fault.get("column")


class Engine:
    """One instance of the module, for one thread. After a wasmtime.Trap it must be dropped."""

    def __init__(self, module):
        self.sha256 = hashlib.sha256(module).hexdigest()
        config = wasmtime.Config()
        config.consume_fuel = True
        engine = wasmtime.Engine(config)
        self.store = wasmtime.Store(engine)
        self.store.set_limits(memory_size=MEMORY_BYTES)
        self.store.set_fuel(FUEL)
        compiled = wasmtime.Module(engine, module)
        # What the module imports is for JavaScript, and nothing of the C ABI calls it.
        stubs = [wasmtime.Func(self.store, each.type, refuse) for each in compiled.imports]
        self.exports = wasmtime.Instance(self.store, compiled, stubs).exports(self.store)
        version = self.number("abi_version")
        if version != ABI_VERSION:
            raise ValueError(f"the module's ABI has version {version}, and this host knows version {ABI_VERSION}")

    def open(self, bundle):
        """Opens the bundle of a rule pack; close it with self.number("close", handle)."""
        handle, _ = self.call("open", self.buffer(bundle))
        return handle

    def determine(self, catalog, record, question):
        """The bytes of an answer. The module cannot know its own hash, so the question names it."""
        named = json.dumps({**question, "module": self.sha256})
        _, answer = self.call("determine", catalog, self.buffer(record), self.buffer(named.encode()))
        return answer

    def say(self, language, messages):
        """Messages of an answer as sentences."""
        texts = json.dumps(messages).encode()
        _, sentences = self.call("say", self.buffer(language.encode()), self.buffer(texts))
        return json.loads(sentences)

    def buffer(self, data):
        """A buffer of the module with these bytes. The call that takes it uses it up."""
        address = self.number("buffer", len(data))
        if address == 0:
            raise MemoryError(f"the module has no memory for {len(data)} bytes")
        self.exports["memory"].write(self.store, data, address)
        return address

    def call(self, name, *arguments):
        """What a function returned, and the bytes of its result."""
        self.store.set_fuel(FUEL)
        returned = self.number(name, *arguments)
        start, length = self.number("result"), self.number("result_length")
        result = bytes(self.exports["memory"].read(self.store, start, start + length))
        if returned == 0:
            raise Fault(json.loads(result))
        return returned, result

    def number(self, name, *arguments):
        # The memory ends far below 2 GiB, so no address is taken for a negative number.
        return self.exports[f"credstack_{name}"](self.store, *arguments)


def refuse(*_):
    raise RuntimeError("the module called an import that is only there for JavaScript")


def main(module, bundle, record, day, expected=None):
    engine = Engine(Path(module).read_bytes())
    catalog = engine.open(Path(bundle).read_bytes())
    answer = engine.determine(catalog, Path(record).read_bytes(), {"as_of": day})
    for target in json.loads(answer)["targets"]:
        [sentence] = engine.say("en", [target["summary"]])
        print(f"{target['status']}: {sentence}")
    # Commands end what they print with a line break.
    if expected is not None and Path(expected).read_bytes().removesuffix(b"\n") != answer:
        sys.exit(f"these are not the bytes of {expected}: another module, record, bundle or date gave them")


if __name__ == "__main__":
    if len(sys.argv) not in (5, 6):
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except Fault as fault:
        sys.exit(f"{fault.code}: {fault}")
