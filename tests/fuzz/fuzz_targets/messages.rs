#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| credstack_tests::fuzz::messages(bytes));
