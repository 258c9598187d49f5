//! The courses that a catalog lists.

use credstack_model::Decimal;

use super::checker::Checker;
use crate::{codes, graph};

impl Checker<'_> {
    /// Check every course, and that none comes before itself.
    pub(super) fn courses(&mut self) {
        for (code, course) in &self.catalog.courses {
            let source = course.source.as_ref();
            for (what, value) in
                [(&codes::NEGATIVE_COURSE_CREDITS, course.credits), (&codes::NEGATIVE_COURSE_HOURS, course.hours)]
            {
                if value.is_some_and(|v| v < Decimal::ZERO) {
                    self.say(what, source, &[("code", code)]);
                }
            }
            for competency in &course.competencies {
                self.competency(competency, source);
            }
            for (name, value) in &course.attributes {
                match self.catalog.attainment_attributes.get(name) {
                    Some(decl) => self.value(name, decl, value, source),
                    None => self.unknown_attribute(name, false, source),
                }
            }
            if let Some(repeats) = course.repeats {
                self.repeats(repeats, source);
            }
            for before in &course.prerequisites {
                if !self.catalog.courses.contains_key(before) {
                    self.unknown_course(before, source);
                }
            }
        }
        if let Some((code, course)) = graph::courses_before_themselves(self.catalog) {
            self.say(&codes::CYCLIC_PREREQUISITES, course.source.as_ref(), &[("code", code)]);
        }
    }
}
