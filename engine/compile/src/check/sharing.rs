//! What stacks into what, and what credentials may count in common.

use credstack_model::{CredentialSelector, ShareBound, Source, Words};

use super::checker::{Checker, Seen};
use crate::codes;

impl<'a> Checker<'a> {
    /// Check the stacks.
    pub(super) fn stacks(&mut self) {
        let mut seen = Seen::new();
        for (n, edge) in self.catalog.stacks.iter().enumerate() {
            let source = edge.source.as_ref();
            self.credential_id(&edge.from, source);
            self.credential_id(&edge.into, source);
            if let Some(only) = &edge.only {
                self.selector(only, source, 0);
            }
            if let Some(fixed) = &edge.carries {
                self.fixed(fixed, source);
            }
            if let Some(first) = seen.insert((edge.from.as_str(), edge.into.as_str()), n) {
                let mut diagnostic =
                    codes::DUPLICATE_STACK.of(&[("from", &edge.from), ("into", &edge.into)]).at(source);
                if let Some(first) = self.catalog.stacks.get(first).and_then(|edge| edge.source.as_ref()) {
                    diagnostic = diagnostic.with_label(first, Words::plain(codes::FIRST_HERE));
                }
                self.found.push(diagnostic);
            }
        }
    }

    /// Check the sharing policies and use limits.
    pub(super) fn sharing(&mut self) {
        let mut seen = Seen::new();
        for policy in &self.catalog.sharing {
            let source = policy.source.as_ref();
            if seen.insert(("", policy.id.as_str()), 0).is_some() {
                self.say(&codes::DUPLICATE_POLICY, source, &[("id", &policy.id)]);
            }
            self.credentials(&policy.between, source, 0);
            self.credentials(&policy.and, source, 0);
            if let Some(while_) = &policy.only_while {
                self.credentials(&while_.credential, source, 0);
            }
            if let Some(exempt) = &policy.exempt {
                self.selector(exempt, source, 0);
            }
            match &policy.bound {
                ShareBound::Nothing | ShareBound::Everything => {}
                ShareBound::AtMost(bounds) => {
                    for fixed in bounds {
                        self.fixed(fixed, source);
                    }
                }
                ShareBound::Percent(side) => self.percent(&side.percent, source),
                ShareBound::Table(table) => {
                    if table.rows.is_empty() || table.rows.windows(2).any(|w| w[1].up_to <= w[0].up_to) {
                        self.say(&codes::BAD_TABLE, source, &[]);
                    }
                    for row in &table.rows {
                        self.fixed(&row.share, source);
                    }
                }
                ShareBound::Unique(unique) => self.fixed(&unique.amount, source),
            }
        }
        for ceiling in &self.catalog.ceilings {
            self.credentials(&ceiling.credentials, ceiling.source.as_ref(), 0);
            if let Some(of) = &ceiling.of {
                self.selector(of, ceiling.source.as_ref(), 0);
            }
        }
    }

    fn credentials(&mut self, selector: &'a CredentialSelector, source: Option<&Source>, depth: usize) {
        if depth > self.limits.depth {
            self.say(&codes::CREDENTIALS_TOO_DEEP, source, &[]);
            return;
        }
        match selector {
            CredentialSelector::Ids(ids) => {
                for id in ids {
                    self.credential_id(id, source);
                }
            }
            CredentialSelector::StackOf(id) => self.credential_id(id, source),
            CredentialSelector::And(of) | CredentialSelector::Or(of) => {
                for inner in of {
                    self.credentials(inner, source, depth + 1);
                }
            }
            CredentialSelector::Not(inner) => self.credentials(inner, source, depth + 1),
            CredentialSelector::Everything
            | CredentialSelector::Kind(_)
            | CredentialSelector::Level(_)
            | CredentialSelector::Unit(_)
            | CredentialSelector::Tag(_) => {}
        }
    }
}
