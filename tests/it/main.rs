//! The one integration binary.

#[cfg(test)]
mod arrows;
#[cfg(test)]
mod conformance;
#[cfg(test)]
mod features;
#[cfg(feature = "module")]
mod host;
#[cfg(test)]
mod laws;
mod numbers;
#[cfg(test)]
mod readme;
#[cfg(test)]
mod schemas;
#[cfg(test)]
mod tidy;
