//! `#[derive(FromJson)]` for the types of the engine.
//!
//! Serde's derive compiles a loop over the fields for every type that is read: the names compared, each
//! field's absence and repetition told, a value for each way out. Here that is in one function of
//! `credstack_base::json`, and what is compiled for a type is what only it can know: where the value of
//! its nth field goes. In the WebAssembly module the difference was more than a tenth of the whole.
//!
//! What a type looks like in JSON is still said once, to serde: this reads the same attributes. It
//! knows those that the engine uses, and refuses others. `#[derive(Named)]` reads them too, for the names of
//! an enumeration's variants.

mod named;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, Data, DataEnum, DeriveInput, Error, Expr, Field, Fields, LitStr, Path, Type, parse_quote};

/// Derive `credstack_base::json::FromJson` from the attributes for serde.
#[proc_macro_derive(FromJson, attributes(serde))]
pub fn from_json(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = syn::parse_macro_input!(input as DeriveInput);
    read_by(&input).unwrap_or_else(Error::into_compile_error).into()
}

/// Derive `ALL`, `as_str` and `FromStr` of an enumeration from what it tells serde, and
/// `credstack_base::Named` with them.
#[proc_macro_derive(Named, attributes(serde))]
pub fn named(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = syn::parse_macro_input!(input as DeriveInput);
    named::names_by(&input).unwrap_or_else(Error::into_compile_error).into()
}

/// What a type, or a field, tells serde.
#[derive(Default)]
struct Told {
    /// What an absent field is.
    default: Option<Expr>,
    /// Names of variants are written in snake case.
    is_snake_case: bool,
    /// Fields that are not known are refused.
    is_strict: bool,
    /// Which values of a field are not written.
    left_out: Option<Path>,
}

fn told(attributes: &[Attribute]) -> Result<Told, Error> {
    let mut told = Told::default();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        attribute.parse_nested_meta(|meta| {
            let value = || meta.value()?.parse::<LitStr>();
            if meta.path.is_ident("default") {
                told.default = Some(if meta.input.peek(syn::Token![=]) {
                    let function: Path = value()?.parse()?;
                    parse_quote!(#function())
                } else {
                    parse_quote!(::core::default::Default::default())
                });
            } else if meta.path.is_ident("rename_all") && value()?.value() == "snake_case" {
                told.is_snake_case = true;
            } else if meta.path.is_ident("deny_unknown_fields") {
                told.is_strict = true;
            } else if meta.path.is_ident("skip_serializing_if") {
                told.left_out = Some(value()?.parse()?);
            } else {
                return Err(meta.error("the reader of the engine does not know this; teach credstack-derive"));
            }
            Ok(())
        })?;
    }
    Ok(told)
}

fn read_by(input: &DeriveInput) -> Result<TokenStream, Error> {
    let told = told(&input.attrs)?;
    let name = &input.ident;
    match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) if told.is_strict => {
                fields_by(&input.ident, &fields.named.iter().collect::<Vec<_>>())
            }
            _ => Err(Error::new_spanned(name, "only structs with named fields that deny unknown ones are read")),
        },
        Data::Enum(data) => choice_by(&input.ident, data, told.is_snake_case),
        Data::Union(_) => Err(Error::new_spanned(name, "unions are not read")),
    }
}

fn is_option(of: &Type) -> bool {
    matches!(of, Type::Path(path) if path.path.segments.last().is_some_and(|segment| segment.ident == "Option"))
}

/// Read a struct: its slots, one for each field, and how it is made of them.
fn fields_by(name: &syn::Ident, fields: &[&Field]) -> Result<TokenStream, Error> {
    if fields.len() > 64 {
        return Err(Error::new_spanned(name, "structs of more than 64 fields are not read"));
    }
    let called = LitStr::new(&name.to_string(), name.span());
    let (mut names, mut slots, mut empty, mut put) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut required, mut written, mut needed, mut given) = (0_u64, 0_u64, Vec::new(), Vec::new());
    for (n, field) in fields.iter().enumerate() {
        let (Some(ident), of) = (&field.ident, &field.ty) else { continue };
        names.push(LitStr::new(&ident.to_string(), ident.span()));
        let Told { default, left_out, .. } = told(&field.attrs)?;
        let default = default.or_else(|| is_option(of).then(|| parse_quote!(::core::option::Option::None)));
        if left_out.is_none() {
            written |= 1 << n;
        }
        let slot = format_ident!("slot_{n}");
        given.push(quote!(#ident: #slot));
        if let Some(default) = default {
            slots.push(quote!(#slot: #of));
            empty.push(quote!(#slot: #default));
            needed.push(quote!(#slot));
            put.push(match left_out {
                Some(left_out) => quote!(#n => reader.put_unless(&mut self.#slot, |value| #left_out(value))),
                None => quote!(#n => reader.put(&mut self.#slot)),
            });
        } else if left_out.is_some() {
            return Err(Error::new_spanned(field, "what may be left out when it is written has to have a default"));
        } else {
            required |= 1 << n;
            slots.push(quote!(#slot: ::core::option::Option<#of>));
            empty.push(quote!(#slot: ::core::option::Option::None));
            needed.push(quote!(#slot: ::core::option::Option::Some(#slot)));
            put.push(quote!(#n => reader.put_some(&mut self.#slot)));
        }
    }
    // A pattern of nothing but optional fields always matches.
    let taken = if required == 0 {
        quote!(let Slots { #(#needed),* } = slots;)
    } else {
        quote!(let Slots { #(#needed),* } = slots else {
            return ::core::result::Result::Err(::credstack_base::json::JsonError::custom("a field is missing"));
        };)
    };
    Ok(quote! {
        const _: () = {
            use ::credstack_base::json;

            struct Slots { #(#slots),* }

            impl json::Slots for Slots {
                fn put(
                    &mut self,
                    nth: usize,
                    reader: &mut json::Reader<'_>,
                ) -> ::core::result::Result<(), json::JsonError> {
                    match nth {
                        #(#put,)*
                        _ => ::core::result::Result::Ok(()),
                    }
                }
            }

            impl json::FromJson for #name {
                fn from_json(reader: &mut json::Reader<'_>) -> ::core::result::Result<Self, json::JsonError> {
                    let mut slots = Slots { #(#empty),* };
                    reader.fields(#called, &[#(#names),*], #required, #written, &mut slots)?;
                    #taken
                    ::core::result::Result::Ok(Self { #(#given),* })
                }
            }
        };
    })
}

/// Read an enum: a variant alone is its name, one with a value an object of one entry.
fn choice_by(name: &syn::Ident, data: &DataEnum, is_snake_case: bool) -> Result<TokenStream, Error> {
    let (mut names, mut arms) = (Vec::new(), Vec::new());
    for (n, variant) in data.variants.iter().enumerate() {
        let (ident, text) = (&variant.ident, variant.ident.to_string());
        names.push(LitStr::new(&if is_snake_case { snake_case(&text) } else { text }, ident.span()));
        let value = match &variant.fields {
            Fields::Unit => quote!({
                reader.nothing(is_alone)?;
                Self::#ident
            }),
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                quote!(Self::#ident(reader.inside(is_alone)?))
            }
            _ => return Err(Error::new_spanned(ident, "only variants with one value, or none, are read")),
        };
        // The last arm is for every other number, though no other comes.
        arms.push(if n + 1 == data.variants.len() { quote!(_ => #value) } else { quote!(#n => #value) });
    }
    Ok(quote! {
        impl ::credstack_base::json::FromJson for #name {
            fn from_json(
                reader: &mut ::credstack_base::json::Reader<'_>,
            ) -> ::core::result::Result<Self, ::credstack_base::json::JsonError> {
                let (nth, is_alone) = reader.variant(&[#(#names),*])?;
                let value = match nth { #(#arms),* };
                reader.end_variant(is_alone)?;
                ::core::result::Result::Ok(value)
            }
        }
    })
}

/// Write a variant as serde does in snake case.
fn snake_case(text: &str) -> String {
    let mut snake = String::new();
    for (n, letter) in text.char_indices() {
        if n > 0 && letter.is_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}
