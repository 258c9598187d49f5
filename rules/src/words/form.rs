//! The forms of a word: what it follows, what it is given, and what it does.

use credstack_model::{Argument, Words};
use rhai::Dynamic;

use super::call::{Call, Made};
use crate::value::{self, P, Thing, Val};

/// How the last of some parts is joined, where all are meant.
pub(crate) const AND: &str = "{before} and {last}";

/// How the last of some parts is joined, where one of them is meant.
pub(crate) const OR: &str = "{before} or {last}";

/// A word and its forms.
pub(crate) type Word = (&'static str, &'static [Form]);

/// One form of a word.
pub(crate) struct Form {
    /// What it follows; nothing for a word that starts.
    pub(crate) on: Option<On>,
    /// What it is given.
    pub(crate) params: &'static [P],
    /// An example of it.
    pub(crate) example: &'static str,
    pub(crate) run: fn(&mut Call<'_>) -> Made,
}

/// What a word can follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum On {
    Thing(Thing),
    Pool,
    Req,
    Percent,
    Fact,
    ItemFact,
    Creds,
    View,
}

pub(super) const fn starts(params: &'static [P], example: &'static str, run: fn(&mut Call<'_>) -> Made) -> Form {
    Form { on: None, params, example, run }
}

pub(super) const fn follows(
    on: On,
    params: &'static [P],
    example: &'static str,
    run: fn(&mut Call<'_>) -> Made,
) -> Form {
    Form { on: Some(on), params, example, run }
}

impl On {
    /// Tell if a word of this form can follow a value.
    pub(crate) fn accepts(self, value: &Dynamic) -> bool {
        let val = value::of(value);
        match self {
            Self::Thing(thing) => matches!(val, Some(Val::Thing(t, _)) if t == thing),
            Self::Pool => P::Pool.fits(value),
            Self::Req => matches!(val, Some(Val::Req(_) | Val::Fact(_))),
            Self::Percent => matches!(val, Some(Val::Percent(_))),
            Self::Fact => matches!(val, Some(Val::Fact(_))),
            Self::ItemFact => matches!(val, Some(Val::ItemFact(_))),
            Self::Creds => P::Creds.fits(value),
            Self::View => matches!(val, Some(Val::View(_))),
        }
    }

    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Thing(thing) => thing.words(),
            Self::Pool => "a pool",
            Self::Req => "a requirement",
            Self::Percent => "a percentage",
            Self::Fact => "an attribute of the learner",
            Self::ItemFact => "an attribute of items",
            Self::Creds => "a choice of credentials",
            Self::View => "a credential in a check",
        }
    }
}

impl Form {
    /// Tell if these particulars are of the kinds that the form takes.
    pub(crate) fn fits(&self, args: &[Dynamic]) -> bool {
        let mut args = args.iter();
        for param in self.params {
            if param.is_many() {
                let rest: Vec<&Dynamic> = args.collect();
                return !rest.is_empty() && rest.iter().all(|value| param.fits(value));
            }
            match args.next() {
                Some(value) if param.fits(value) => {}
                _ => return false,
            }
        }
        args.next().is_none()
    }

    /// Say what it takes.
    pub(crate) fn takes(&self) -> Words {
        listed(self.params.iter().map(|p| Words::plain(p.words())).collect())
    }
}

/// Say `a, b and c`, or `nothing` of an empty list.
pub(crate) fn listed(parts: Vec<Words>) -> Words {
    if parts.is_empty() {
        Words::plain("nothing")
    } else {
        Words::plain("{all}").with("all", Argument::List(parts, AND))
    }
}
