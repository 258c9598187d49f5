//! What the statements of a pack have said so far.
//!
//! A script does not return a catalog. Each word of it changes this one state, and gives back a
//! [value](crate::value) that the next word of the sentence follows: `degree("d", "D")` puts a
//! draft of a credential into [`State::credentials`] and gives back its number there, and
//! `.completion(…)` finds the draft by that number and puts a requirement into it. Requirements
//! and pools are values alone; they become part of the state when a draft takes them.
//!
//! The life of a state has three parts.
//!
//! 1. Before anything runs, the files are taken apart into [`State::texts`]. From then on a point
//!    of a file has an end, which [`State::say`] gives to every diagnostic.
//! 2. While the files run, drafts are filled. A word that is wrong says so and leaves its draft
//!    marked as `wrong`, so that nothing is concluded from what is missing there; where it might
//!    have defined something, [`State::lost`] is set, and names that seem unknown are not told.
//! 3. When all files have run, drafts that need the whole pack are put together: editions,
//!    stacks, policies, then tests, then checks. What needs no other statement (courses,
//!    attributes, scales, terms) is in [`State::catalog`] already.
//!
//! INVARIANT: a number in a value is the place of a draft in its list. Drafts are only added while
//! files run, and values do not outlive the script, so a number is never stale.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use credstack_model::{
    AttributeName, Catalog, Code, Credential, CredentialId, CredentialSelector, Descriptor, Diagnostic, Fixed,
    Requirement, ScaleId, Selector, SharingPolicy, Source, UseCeiling, Words,
};
use rhai::FnPtr;

use crate::codes::{pack, sentence};
use crate::scenario::ScenarioDraft;
use crate::sources::RuleLimits;
use crate::spans::Spans;
use crate::view::View;

/// What all words work on.
pub(crate) type Shared = Rc<RefCell<State>>;

/// Why a word did not do what it says.
pub(crate) enum Failure {
    /// The author has been told; the file is read on.
    Said,
    /// A limit is spent; the file is not read on.
    Stop,
}

/// Everything said so far.
pub(crate) struct State {
    pub(crate) limits: RuleLimits,
    pub(crate) catalog: Catalog,
    pub(crate) catalog_at: Option<Source>,
    /// Where each thing is defined, by the code of a second definition and by name.
    pub(crate) places: BTreeMap<(&'static str, String), Source>,
    pub(crate) items: Vec<Vec<Code>>,
    pub(crate) learner_attributes: Vec<Option<AttributeName>>,
    pub(crate) course_attributes: Vec<Option<AttributeName>>,
    pub(crate) scales: Vec<Option<ScaleId>>,
    pub(crate) credentials: Vec<CredentialDraft>,
    pub(crate) stacks: Vec<StackDraft>,
    pub(crate) policies: Vec<PolicyDraft>,
    pub(crate) use_limits: Vec<UseCeiling>,
    pub(crate) checks: Vec<CheckDraft>,
    pub(crate) scenarios: Vec<ScenarioDraft>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Diagnostics beyond the limit.
    pub(crate) unsaid: usize,
    pub(crate) parts_left: usize,
    pub(crate) texts: Spans,
    /// Requirements that were built, by where, and the word that built each.
    pub(crate) built: BTreeMap<Source, &'static str>,
    /// Whether a statement was wrong that might have defined something; what is then unknown may
    /// only be lost.
    pub(crate) lost: bool,
    /// Credentials as checks see them, once the pack has been read.
    pub(crate) views: Rc<Vec<View>>,
    /// Where the catalog's scale of grades was first relied on.
    pub(crate) default_scale_used: Option<Source>,
}

/// A credential that is being described.
pub(crate) struct CredentialDraft {
    /// Absent where the id was wrong or a duplicate.
    pub(crate) id: Option<CredentialId>,
    /// Its editions are empty until the pack has been read.
    pub(crate) credential: Credential,
    /// What stands before the first catalog year, then one for each `catalog_years`.
    pub(crate) editions: Vec<EditionDraft>,
    pub(crate) open_to: Option<Requirement>,
    pub(crate) source: Source,
}

/// An edition that is being described.
#[derive(Default)]
pub(crate) struct EditionDraft {
    pub(crate) years: Option<(Option<i16>, Option<i16>)>,
    pub(crate) source: Option<Source>,
    pub(crate) trees: [Option<Requirement>; 3],
    /// Trees that were written but wrong.
    pub(crate) wrong: [bool; 3],
}

/// A stack that is being described.
pub(crate) struct StackDraft {
    pub(crate) from: Vec<CredentialId>,
    pub(crate) into: Option<CredentialId>,
    pub(crate) wrong: bool,
    pub(crate) carries: Option<Fixed>,
    pub(crate) only: Option<Selector>,
    pub(crate) single_source: bool,
    pub(crate) single_destination: bool,
    pub(crate) source: Source,
}

/// A sharing policy that is being described.
pub(crate) struct PolicyDraft {
    pub(crate) policy: SharingPolicy,
    pub(crate) has_sides: bool,
    pub(crate) has_bound: bool,
    pub(crate) wrong: bool,
}

/// A check on credentials.
pub(crate) struct CheckDraft {
    pub(crate) name: String,
    pub(crate) sentence: String,
    pub(crate) applies_to: CredentialSelector,
    pub(crate) when: Vec<FnPtr>,
    pub(crate) requires: Vec<FnPtr>,
    /// Of a credential and each that it stacks into.
    pub(crate) toward: Vec<FnPtr>,
    pub(crate) help: Option<String>,
    pub(crate) only_warns: bool,
    pub(crate) wrong: bool,
    pub(crate) source: Source,
}

impl State {
    pub(crate) fn new(limits: RuleLimits) -> Self {
        Self {
            limits,
            catalog: Catalog::new("catalog", ""),
            catalog_at: None,
            places: BTreeMap::new(),
            items: Vec::new(),
            learner_attributes: Vec::new(),
            course_attributes: Vec::new(),
            scales: Vec::new(),
            credentials: Vec::new(),
            stacks: Vec::new(),
            policies: Vec::new(),
            use_limits: Vec::new(),
            checks: Vec::new(),
            scenarios: Vec::new(),
            diagnostics: Vec::new(),
            unsaid: 0,
            parts_left: limits.parts,
            texts: Spans::default(),
            built: BTreeMap::new(),
            lost: false,
            views: Rc::default(),
            default_scale_used: None,
        }
    }

    /// Say something to the author, once. A point gets the end of what stands there.
    pub(crate) fn say(&mut self, diagnostic: Diagnostic) {
        let diagnostic = self.texts.with_ends(diagnostic);
        if self.diagnostics.len() >= self.limits.diagnostics {
            self.unsaid += 1;
        } else if !self.diagnostics.contains(&diagnostic) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Note where a thing is defined. `twice` is what is said of a second definition.
    ///
    /// # Errors
    /// If it is defined already; the author is told both places.
    pub(crate) fn define(&mut self, twice: &'static Descriptor, name: &str, source: &Source) -> Result<(), Failure> {
        if let Some(first) = self.places.get(&(twice.code, name.to_owned())) {
            let first = first.clone();
            let twice = twice.of(&[("name", &name)]).at(Some(source));
            self.say(twice.with_label(&first, Words::plain(pack::FIRST_DEFINED)));
            return Err(Failure::Said);
        }
        self.places.insert((twice.code, name.to_owned()), source.clone());
        Ok(())
    }

    /// Count parts that are built.
    ///
    /// # Errors
    /// If there have been too many; the author is told.
    pub(crate) fn spend(&mut self, parts: usize, source: &Source) -> Result<(), Failure> {
        if let Some(left) = self.parts_left.checked_sub(parts) {
            self.parts_left = left;
            return Ok(());
        }
        self.parts_left = 0;
        let allowed = self.limits.parts;
        self.say(sentence::TOO_MUCH_BUILT.of(&[("allowed", &allowed)]).at(Some(source)));
        Err(Failure::Stop)
    }
}
