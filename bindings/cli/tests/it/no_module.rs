//! What a program that is built without the module says to whoever asks for it.

use super::{credstack, fixtures};

#[test]
fn who_asks_for_the_module_is_told_how_to_get_it() {
    let asked = "--bundle river --record records/ada.json --as-of 2025-11-22";
    for command in [
        format!("determine {asked} --engine wasm --module m.wasm"),
        format!("plan {asked} --engine wasm --module m.wasm"),
        format!("replay d.json {asked} --module m.wasm").replace(" --as-of 2025-11-22", ""),
        "module info m.wasm".to_owned(),
        "module keep m.wasm --modules modules".to_owned(),
    ] {
        let ran = credstack(&command, &fixtures());
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{command}: {}", ran.err);
        for part in ["built without", "--features module"] {
            assert!(ran.err.contains(part), "{command}: {}", ran.err);
        }
    }
    let help = credstack("--help", &fixtures());
    assert!(help.out.contains("replay") && help.out.contains("module"), "{}", help.out);
}
