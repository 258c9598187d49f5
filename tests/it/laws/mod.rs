//! The laws of the contract: each a named function over a world, held to thousands of worlds.

mod oracle;
