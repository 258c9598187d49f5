//! The module's C ABI: numbers and bytes, for a host in any language.
//!
//! # How to call it
//!
//! Bytes go in through buffers that the module owns. [`credstack_buffer`] makes one and returns
//! where it begins in the module's memory; the host writes there and passes the address as an
//! argument. A call takes the buffers that it is given: afterwards they are gone. A buffer that is
//! not passed to a call is given back with [`credstack_discard`].
//!
//! A call that answers returns 1 if it did and 0 if it failed. In both cases the bytes stand at
//! [`credstack_result`], [`credstack_result_length`] of them, until the next call: the JSON of the
//! answer, or that of a [`crate::fault::Fault`]. The host copies them out.
//!
//! ```text
//! bundle = credstack_buffer(n); write n bytes there
//! handle = credstack_open(bundle)                         0: a fault
//! record = credstack_buffer(r); question = credstack_buffer(q); write both
//! if credstack_determine(handle, record, question) { answer } else { fault }
//! copy credstack_result_length() bytes from credstack_result()
//! credstack_close(handle)
//! ```
//!
//! A trap leaves the module's memory in an unknown state: the host drops the instance and makes a
//! new one. Wrong addresses and handles do not trap; they are faults.
//!
//! The module imports two functions that wasm-bindgen puts there, with names of its choosing. Nothing
//! here calls them: a host without JavaScript gives every import a function that traps.
//!
//! The functions are stable: within one [`ABI_VERSION`] none is changed or removed.

#![allow(
    unsafe_code,
    reason = "an exported name must be one that nothing else exports; no memory is touched by address here"
)]

use std::cell::RefCell;

use crate::calls::{self, ABI_VERSION, Opened};
use crate::fault::{Fault, codes};

/// The most catalogs that are open at once.
pub const HANDLES: u32 = 256;

/// What the module holds between calls.
#[derive(Default)]
struct Held {
    /// Found by their addresses; there are two or three.
    buffers: Vec<Vec<u8>>,
    /// By handle, from one.
    catalogs: Vec<Option<Opened>>,
    result: Vec<u8>,
}

thread_local! {
    static HELD: RefCell<Held> = RefCell::new(Held::default());
}

impl Held {
    fn discard(&mut self, address: usize) -> Option<Vec<u8>> {
        let at = self.buffers.iter().position(|buffer| buffer.as_ptr().addr() == address)?;
        Some(self.buffers.swap_remove(at))
    }

    fn place(&mut self, handle: u32) -> Option<&mut Option<Opened>> {
        self.catalogs.get_mut(usize::try_from(handle).ok()?.checked_sub(1)?)
    }

    /// Take a buffer out.
    fn take(&mut self, address: usize) -> Result<Vec<u8>, Fault> {
        self.discard(address).ok_or_else(|| {
            let message = "there is no buffer at this address; credstack_buffer makes one, and each call uses it up";
            Fault::new(codes::BUFFER_UNKNOWN, message)
        })
    }

    fn catalog(&mut self, handle: u32) -> Result<&Opened, Fault> {
        self.place(handle).and_then(|place| place.as_ref()).ok_or_else(|| {
            let message = format!("no catalog is open under the handle {handle}; credstack_open opens one");
            Fault::new(codes::HANDLE_UNKNOWN, message)
        })
    }

    fn open(&mut self, bundle: usize) -> Result<u32, Fault> {
        let bytes = self.take(bundle)?;
        let free = (1..=HANDLES).find(|handle| self.catalog(*handle).is_err()).ok_or_else(|| {
            let message = format!("{HANDLES} catalogs are open already; close one");
            Fault::new(codes::TOO_MANY_HANDLES, message)
        })?;
        let opened = calls::open(&bytes)?;
        if self.place(free).is_none() {
            self.catalogs.push(None);
        }
        if let Some(place) = self.place(free) {
            *place = Some(opened);
        }
        Ok(free)
    }

    /// Ask of a catalog something that takes two buffers.
    fn ask(&mut self, handle: u32, buffers: [usize; 2], call: Call) -> Result<Vec<u8>, Fault> {
        // Both are used up, whatever fails.
        let [first, second] = buffers.map(|address| self.take(address));
        call(self.catalog(handle)?, &first?, &second?)
    }

    /// Keep what a call comes to, and say whether it is an answer.
    fn keep(&mut self, came: Result<Vec<u8>, Fault>) -> u32 {
        let answered = came.is_ok();
        self.result = came.unwrap_or_else(|fault| fault.json());
        u32::from(answered)
    }
}

type Call = fn(&Opened, &[u8], &[u8]) -> Result<Vec<u8>, Fault>;

fn ask(handle: u32, buffers: [usize; 2], call: Call) -> u32 {
    HELD.with_borrow_mut(|held| {
        let came = held.ask(handle, buffers, call);
        held.keep(came)
    })
}

/// Return the version of this ABI.
#[unsafe(no_mangle)]
pub extern "C" fn credstack_abi_version() -> u32 {
    ABI_VERSION
}

/// Make a buffer of so many bytes, all zero, and return its address; 0 if there is no memory for it. A
/// buffer of no bytes has an address too.
#[unsafe(no_mangle)]
pub extern "C" fn credstack_buffer(length: usize) -> usize {
    HELD.with_borrow_mut(|held| {
        let mut bytes: Vec<u8> = Vec::new();
        // Room for one byte at least, as without any a buffer has no address of its own.
        if bytes.try_reserve_exact(length.max(1)).is_err() {
            return 0;
        }
        bytes.resize(length, 0);
        let address = bytes.as_mut_ptr().expose_provenance();
        held.buffers.push(bytes);
        address
    })
}

/// Give a buffer back that was not passed to a call.
#[unsafe(no_mangle)]
pub extern "C" fn credstack_discard(buffer: usize) {
    HELD.with_borrow_mut(|held| held.discard(buffer));
}

/// Return where the result of the last call begins.
#[unsafe(no_mangle)]
pub extern "C" fn credstack_result() -> usize {
    HELD.with_borrow(|held| held.result.as_ptr().expose_provenance())
}

/// Return how many bytes the result of the last call has.
#[unsafe(no_mangle)]
pub extern "C" fn credstack_result_length() -> usize {
    HELD.with_borrow(|held| held.result.len())
}

/// Say what this module is: JSON of [`crate::calls::About`].
#[unsafe(no_mangle)]
pub extern "C" fn credstack_about() -> u32 {
    HELD.with_borrow_mut(|held| held.keep(calls::about()))
}

/// Open a bundle and return a handle of it, from 1; 0 if it is none, with the fault as result.
#[unsafe(no_mangle)]
pub extern "C" fn credstack_open(bundle: usize) -> u32 {
    HELD.with_borrow_mut(|held| match held.open(bundle) {
        Ok(handle) => {
            held.result.clear();
            handle
        }
        Err(fault) => held.keep(Err(fault)),
    })
}

/// Close a bundle. Of a handle that is not open nothing is closed.
#[unsafe(no_mangle)]
pub extern "C" fn credstack_close(handle: u32) {
    HELD.with_borrow_mut(|held| held.place(handle).map(Option::take));
}

/// Answer a [`crate::question::Question`] about a record; the result is a determination.
#[unsafe(no_mangle)]
pub extern "C" fn credstack_determine(handle: u32, record: usize, question: usize) -> u32 {
    ask(handle, [record, question], |opened, record, other| calls::determine(&opened.bundle, record, other))
}

/// Answer a [`crate::question::ScreenQuestion`] about a record; the result is a screening. Modules built
/// before there were screenings lack it.
#[unsafe(no_mangle)]
pub extern "C" fn credstack_screen(handle: u32, record: usize, question: usize) -> u32 {
    ask(handle, [record, question], calls::screen)
}

/// Plan what is missing, as a [`crate::question::PlanQuestion`] asks; the result is a plan.
#[unsafe(no_mangle)]
pub extern "C" fn credstack_plan(handle: u32, record: usize, question: usize) -> u32 {
    ask(handle, [record, question], |opened, record, other| calls::plan(&opened.bundle, record, other))
}

/// Check a determination; the result is a list of findings, empty if it holds.
#[unsafe(no_mangle)]
pub extern "C" fn credstack_verify(handle: u32, record: usize, determination: usize) -> u32 {
    ask(handle, [record, determination], |opened, record, other| calls::verify(&opened.bundle, record, other))
}

/// Compute the graph of an open catalog's credentials; the result is a
/// [`StackGraph`](credstack_engine::compile::StackGraph). Modules built before there were graphs lack it.
#[unsafe(no_mangle)]
pub extern "C" fn credstack_graph(handle: u32) -> u32 {
    HELD.with_borrow_mut(|held| {
        let came = held.catalog(handle).and_then(|opened| calls::graph(&opened.bundle));
        held.keep(came)
    })
}

/// Say a list of messages in a language, given by its tag in UTF-8; the result is a list of texts.
#[unsafe(no_mangle)]
pub extern "C" fn credstack_say(language: usize, messages: usize) -> u32 {
    HELD.with_borrow_mut(|held| {
        let [language, messages] = [language, messages].map(|address| held.take(address));
        let came = language.and_then(|language| calls::say(&language, &messages?));
        held.keep(came)
    })
}
