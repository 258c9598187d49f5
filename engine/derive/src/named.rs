//! `#[derive(Named)]`: the names that the variants of an enumeration have in JSON.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, LitStr};

use crate::{snake_case, told};

/// Write the list of variants, and the name of each, of an enumeration without values.
pub(super) fn names_by(input: &DeriveInput) -> Result<TokenStream, Error> {
    let name = &input.ident;
    let Data::Enum(data) = &input.data else {
        return Err(Error::new_spanned(name, "only enumerations have names of variants"));
    };
    let is_snake_case = told(&input.attrs)?.is_snake_case;
    let (mut variants, mut names) = (Vec::new(), Vec::new());
    for variant in &data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            return Err(Error::new_spanned(variant, "a variant with a value has no name alone"));
        }
        let text = variant.ident.to_string();
        names.push(LitStr::new(&if is_snake_case { snake_case(&text) } else { text }, variant.ident.span()));
        variants.push(&variant.ident);
    }
    let count = variants.len();
    Ok(quote! {
        impl #name {
            /// All of them, in the order of their declaration.
            pub const ALL: [Self; #count] = [#(Self::#variants),*];

            /// Return the name that it has in JSON.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { #(Self::#variants => #names),* }
            }
        }

        impl ::credstack_base::Named for #name {
            const ALL: &'static [Self] = &#name::ALL;

            fn as_str(self) -> &'static str {
                #name::as_str(self)
            }
        }

        impl ::core::str::FromStr for #name {
            type Err = ::credstack_base::UnknownName;

            fn from_str(text: &str) -> ::core::result::Result<Self, Self::Err> {
                ::credstack_base::by_name(text)
            }
        }
    })
}
