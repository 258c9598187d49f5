// The engine's module, made to trap.

import binaryen from "binaryen";

/** Where a learner's id begins in a record as the form writes it. */
const LEARNER = `{"version":1,"learner":"`.length;

/** What the ids of the learners begin with for whom a module traps. */
export const TRAPS = {
  /** In every call that is not the first of its instance. */
  later: "?",
  /** In every call. */
  always: "!",
};

/** The module, with a trap in it for some learners. @param {Uint8Array} bytes */
export function trapping(bytes) {
  const module = binaryen.readBinary(bytes);
  try {
    // Those of bindings/wasm/build; with more, the module is written in ways that browsers do not read yet.
    const { BulkMemory, BulkMemoryOpt, Multivalue, MutableGlobals, NontrappingFPToInt, ReferenceTypes, SignExt } =
      binaryen.Features;
    const features = [
      BulkMemory,
      BulkMemoryOpt,
      Multivalue,
      MutableGlobals,
      NontrappingFPToInt,
      ReferenceTypes,
      SignExt,
    ];
    module.setFeatures(features.reduce((all, feature) => all | feature));
    const determine = binaryen.getExportInfo(module.getExport("credstack_determine")).value;
    const { i32, none } = binaryen;
    const [handle, record, question] = [0, 1, 2].map((at) => module.local.get(at, i32));
    const begins = (/** @type {string} */ text) =>
      module.i32.eq(module.i32.load8_u(LEARNER, 1, module.local.get(1, i32)), module.i32.const(text.charCodeAt(0)));
    const isLater = module.i32.gt_u(module.global.get("calls", i32), module.i32.const(1));
    module.addGlobal("calls", i32, true, module.i32.const(0));
    const body = module.block(
      null,
      [
        module.global.set("calls", module.i32.add(module.global.get("calls", i32), module.i32.const(1))),
        module.if(module.i32.and(begins(TRAPS.later), isLater), module.unreachable()),
        module.if(begins(TRAPS.always), module.unreachable()),
        module.return(module.call(determine, /** @type {number[]} */ ([handle, record, question]), i32)),
      ],
      none,
    );
    module.addFunction("trapping", binaryen.createType([i32, i32, i32]), i32, [], body);
    module.removeExport("credstack_determine");
    module.addFunctionExport("trapping", "credstack_determine");
    return module.emitBinary();
  } finally {
    module.dispose();
  }
}
