//! Definitions for editors: every word with what it follows, what it takes and an example.

use std::fmt::Write as _;

use crate::value::P;
use crate::words;

/// Return the definitions of the language in Rhai's `.d.rhai` form, as committed in `credstack.d.rhai`.
#[must_use]
pub fn definitions() -> String {
    let mut text = String::from("// Words of credstack rules, for editors. Generated: do not edit.\nmodule static;\n");
    for (word, forms) in words::all() {
        for form in forms {
            let after = form.on.map_or_else(
                || "Begins a sentence or stands inside one.".to_owned(),
                |on| format!("Follows {}.", on.words()),
            );
            let mut params: Vec<String> =
                form.on.iter().map(|on| format!("after: {}", type_name(on.words()))).collect();
            params.extend(
                form.params.iter().enumerate().map(|(number, param)| {
                    format!("{}{}: {}", param_name(*param), number + 1, type_name(param.words()))
                }),
            );
            // Writing to a text cannot fail.
            let _ = write!(text, "\n/// {after}\n///\n/// `{}`\nfn {word}({});\n", form.example, params.join(", "));
        }
    }
    text
}

fn type_name(words: &str) -> String {
    let mut name = String::new();
    for word in words.split(' ').filter(|w| !["a", "an", "the", "of"].contains(w)) {
        let mut letters = word.chars();
        name.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        name.push_str(letters.as_str());
    }
    name
}

const fn param_name(param: P) -> &'static str {
    match param {
        P::Text | P::Texts => "text",
        P::Number => "number",
        P::Value | P::Values => "value",
        P::Date => "date",
        P::Pool => "pool",
        P::Req | P::Reqs => "requirement",
        P::Entries => "course",
        P::Amount | P::Amounts | P::AmountOrPercent | P::Percent => "amount",
        P::Length => "length",
        P::Event => "event",
        P::Over => "over",
        P::Creds | P::Credential | P::Credentials => "credential",
        P::Closure => "condition",
        P::Titles => "titles",
        P::Rows => "rows",
    }
}
