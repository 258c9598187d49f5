//! Pools: what attainments a requirement or a limit looks at.

use credstack_model::{AttributeKind, Event, Selector, Source};

use super::checker::{Arguments, Checker};
use crate::codes;

impl<'a> Checker<'a> {
    /// Check a pool with all inside it.
    pub(super) fn selector(&mut self, selector: &'a Selector, source: Option<&Source>, depth: usize) {
        if depth > self.limits.depth {
            self.say(&codes::POOL_TOO_DEEP, source, &[("allowed", &self.limits.depth)]);
            return;
        }
        match selector {
            Selector::Codes(listed) => {
                if listed.is_empty() {
                    self.say(&codes::EMPTY_POOL, source, &[]);
                }
                for code in listed {
                    if !self.codes.is_empty() && !self.codes.contains(code.as_str()) {
                        self.unknown_course(code, source);
                    }
                }
            }
            Selector::Range(range) if range.to < range.from => {
                let arguments: Arguments<'_> = &[("subject", &range.subject), ("from", &range.from), ("to", &range.to)];
                self.say(&codes::BAD_RANGE_OF_NUMBERS, source, arguments);
            }
            Selector::Level(range) if matches!((range.from, range.to), (Some(from), Some(to)) if to < from) => {
                self.say(&codes::BAD_RANGE_OF_LEVELS, source, &[]);
            }
            Selector::Completed(window) if matches!((window.from, window.to), (Some(from), Some(to)) if to < from) => {
                self.say(&codes::BAD_WINDOW, source, &[]);
            }
            Selector::Competency(id) => self.competency(id, source),
            Selector::Attribute(test) => self.attribute(test, false, source),
            Selector::MinGrade(min) => {
                self.scale(&min.scale, source);
                if let Some(scale) = self.catalog.scales.get(&min.scale)
                    && scale.read(&min.grade).is_none()
                {
                    let grades = scale.listing();
                    let arguments: Arguments<'_> = &[("scale", &min.scale), ("grade", &min.grade), ("grades", &grades)];
                    self.say(&codes::UNKNOWN_GRADE, source, arguments);
                }
            }
            Selector::GradedOn(scales) => {
                for scale in scales {
                    self.scale(scale, source);
                }
            }
            Selector::Recent(recent) => match &recent.before {
                Event::AsOf => {}
                Event::Conferred(id) => self.credential_id(id, source),
                Event::Attribute(name) => match self.catalog.learner_attributes.get(name) {
                    Some(decl) if decl.kind == AttributeKind::Date => {}
                    Some(_) => self.say(&codes::WRONG_TYPE_OF_DATE, source, &[("name", name)]),
                    None => self.unknown_attribute(name, true, source),
                },
            },
            Selector::UsedIn(ids) => {
                for id in ids {
                    self.credential_id(id, source);
                }
            }
            Selector::Approved(approval) => self.office(&approval.office, source),
            _ => {}
        }
        for child in selector.children() {
            self.selector(child, source, depth + 1);
        }
    }
}
