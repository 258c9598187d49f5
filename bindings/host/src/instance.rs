//! One instance of a module, and its ABI.

use wasmtime::{Engine, Linker, Memory, Module, ResourceLimiter, Store, Trap, TypedFunc, WasmParams, WasmResults};

use crate::about::{ABI_VERSION, About};
use crate::error::{HostError, ModuleFault};
use crate::settings::Settings;

/// Refuses memory beyond a ceiling, and remembers that it did.
struct Ceiling {
    bytes: usize,
    was_hit: bool,
}

impl ResourceLimiter for Ceiling {
    fn memory_growing(&mut self, _now: usize, wanted: usize, _most: Option<usize>) -> wasmtime::Result<bool> {
        let is_refused = wanted > self.bytes;
        self.was_hit |= is_refused;
        Ok(!is_refused)
    }

    fn table_growing(&mut self, _now: usize, wanted: usize, _most: Option<usize>) -> wasmtime::Result<bool> {
        Ok(wanted <= 100_000)
    }
}

/// An instance with the functions of its ABI. After an error other than a fault it must not be
/// called again.
pub(crate) struct Instance {
    store: Store<Ceiling>,
    memory: Memory,
    buffer: TypedFunc<u32, u32>,
    result: TypedFunc<(), u32>,
    result_length: TypedFunc<(), u32>,
    about: TypedFunc<(), u32>,
    open: TypedFunc<u32, u32>,
    calls: [TypedFunc<(u32, u32, u32), u32>; 3],
    /// Older modules have none.
    screen: Option<TypedFunc<(u32, u32, u32), u32>>,
    say: TypedFunc<(u32, u32), u32>,
    /// Older modules have none.
    graph: Option<TypedFunc<u32, u32>>,
    fuel: u64,
}

/// What can be asked of an open catalog with two inputs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Call {
    Determine,
    Plan,
    Verify,
    Screen,
}

impl Instance {
    /// Start an instance of a module.
    pub(crate) fn new(engine: &Engine, module: &Module, settings: &Settings) -> Result<Self, HostError> {
        let mut store = Store::new(engine, Ceiling { bytes: settings.memory_bytes, was_hit: false });
        store.limiter(|ceiling| ceiling);
        let other = |error: wasmtime::Error| HostError::OtherModule(format!("{error:#}"));
        store.set_fuel(settings.fuel).map_err(other)?;
        let mut linker = Linker::new(engine);
        // What wasm-bindgen imports is for JavaScript, and nothing of the ABI calls it.
        linker.define_unknown_imports_as_traps(module).map_err(other)?;
        let instance = linker.instantiate(&mut store, module).map_err(|error| {
            if store.data().was_hit { HostError::OutOfMemory { bytes: settings.memory_bytes } } else { other(error) }
        })?;
        fn function<P: WasmParams, R: WasmResults>(
            instance: &wasmtime::Instance,
            store: &mut Store<Ceiling>,
            name: &str,
        ) -> Result<TypedFunc<P, R>, HostError> {
            let name = format!("credstack_{name}");
            instance
                .get_typed_func(store, &name)
                .map_err(|error| HostError::OtherModule(format!("its function `{name}`: {error}")))
        }
        let version: TypedFunc<(), u32> = function(&instance, &mut store, "abi_version")?;
        let version = version.call(&mut store, ()).map_err(other)?;
        if version != ABI_VERSION {
            let message = format!("its ABI has version {version}, and this host knows version {ABI_VERSION}");
            return Err(HostError::OtherModule(message));
        }
        let memory = instance
            .get_memory(&mut store, "memory")
            .ok_or_else(|| HostError::OtherModule("it exports no memory".to_owned()))?;
        Ok(Self {
            memory,
            buffer: function(&instance, &mut store, "buffer")?,
            result: function(&instance, &mut store, "result")?,
            result_length: function(&instance, &mut store, "result_length")?,
            about: function(&instance, &mut store, "about")?,
            open: function(&instance, &mut store, "open")?,
            calls: [
                function(&instance, &mut store, "determine")?,
                function(&instance, &mut store, "plan")?,
                function(&instance, &mut store, "verify")?,
            ],
            screen: function(&instance, &mut store, "screen").ok(),
            say: function(&instance, &mut store, "say")?,
            graph: function(&instance, &mut store, "graph").ok(),
            fuel: settings.fuel,
            store,
        })
    }

    /// Ask the module what it is.
    pub(crate) fn about(&mut self) -> Result<About, HostError> {
        self.refuel()?;
        let came = self.about.call(&mut self.store, ());
        let answer = self.answer(came)?;
        serde_json::from_slice(&answer)
            .map_err(|error| HostError::OtherModule(format!("what it says of itself cannot be read: {error}")))
    }

    /// Open a bundle, and return the handle of its catalog.
    pub(crate) fn open(&mut self, bundle: &[u8]) -> Result<u32, HostError> {
        self.refuel()?;
        let bundle = self.write(bundle)?;
        let came = self.open.call(&mut self.store, bundle);
        match self.checked(came)? {
            0 => Err(self.fault()),
            handle => Ok(handle),
        }
    }

    /// Ask about an open catalog with two inputs, and return the bytes of the answer.
    pub(crate) fn ask(&mut self, call: Call, handle: u32, first: &[u8], second: &[u8]) -> Result<Vec<u8>, HostError> {
        self.refuel()?;
        let [determine, plan, verify] = &self.calls;
        let function = match call {
            Call::Determine => determine,
            Call::Plan => plan,
            Call::Verify => verify,
            Call::Screen => self.screen.as_ref().ok_or_else(no_screenings)?,
        };
        let function = function.clone();
        let arguments = (handle, self.write(first)?, self.write(second)?);
        let came = function.call(&mut self.store, arguments);
        self.answer(came)
    }

    /// Say messages in a language.
    pub(crate) fn say(&mut self, language: &str, messages: &[u8]) -> Result<Vec<u8>, HostError> {
        self.refuel()?;
        let arguments = (self.write(language.as_bytes())?, self.write(messages)?);
        let came = self.say.call(&mut self.store, arguments);
        self.answer(came)
    }

    pub(crate) fn graph(&mut self, handle: u32) -> Result<Vec<u8>, HostError> {
        self.refuel()?;
        let came = self.graph.as_ref().ok_or_else(no_graphs)?.call(&mut self.store, handle);
        self.answer(came)
    }

    fn refuel(&mut self) -> Result<(), HostError> {
        self.store.set_fuel(self.fuel).map_err(|error| HostError::Trapped(error.to_string()))
    }

    /// Write bytes into a new buffer of the module, and return its address.
    fn write(&mut self, bytes: &[u8]) -> Result<u32, HostError> {
        let too_large = HostError::OutOfMemory { bytes: self.store.data().bytes };
        let Ok(length) = u32::try_from(bytes.len()) else { return Err(too_large) };
        let came = self.buffer.call(&mut self.store, length);
        let address = self.checked(came)?;
        if address == 0 {
            return Err(too_large);
        }
        let place = usize::try_from(address).unwrap_or(usize::MAX);
        self.memory.write(&mut self.store, place, bytes).map_err(|error| HostError::Trapped(error.to_string()))?;
        Ok(address)
    }

    fn answer(&mut self, came: wasmtime::Result<u32>) -> Result<Vec<u8>, HostError> {
        if self.checked(came)? == 1 { self.read() } else { Err(self.fault()) }
    }

    /// Read what the module says is wrong.
    fn fault(&mut self) -> HostError {
        match self.read() {
            Ok(json) => match serde_json::from_slice::<ModuleFault>(&json) {
                Ok(fault) => HostError::Fault(fault),
                Err(error) => HostError::OtherModule(format!("its fault cannot be read: {error}")),
            },
            Err(error) => error,
        }
    }

    /// Read the bytes of the last result.
    fn read(&mut self) -> Result<Vec<u8>, HostError> {
        let (place, length) = (self.result.call(&mut self.store, ()), self.result_length.call(&mut self.store, ()));
        let [place, length] = [self.checked(place)?, self.checked(length)?].map(|n| usize::try_from(n).unwrap_or(0));
        let bytes = place.checked_add(length).and_then(|end| self.memory.data(&self.store).get(place..end));
        let outside = || HostError::OtherModule("its result is not within its memory".to_owned());
        Ok(bytes.ok_or_else(outside)?.to_vec())
    }

    /// Tell what a trap means.
    fn checked<T>(&self, came: wasmtime::Result<T>) -> Result<T, HostError> {
        came.map_err(|error| {
            let Ceiling { bytes, was_hit } = *self.store.data();
            match error.downcast_ref::<Trap>() {
                Some(Trap::OutOfFuel) => HostError::OutOfFuel { fuel: self.fuel },
                _ if was_hit => HostError::OutOfMemory { bytes },
                Some(trap) => HostError::Trapped(trap.to_string()),
                None => HostError::Trapped(format!("{error:#}")),
            }
        })
    }
}

fn no_graphs() -> HostError {
    HostError::OtherModule("it is from before it gave the graph of credentials".to_owned())
}

fn no_screenings() -> HostError {
    HostError::OtherModule("it is from before there were screenings; ask for a determination of all".to_owned())
}
