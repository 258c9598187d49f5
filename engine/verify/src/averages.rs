//! Averages of grade points.

use credstack_base::sorted::Set;
use credstack_model::{AttainmentId, AttributeTest, Gpa, GpaOver, Measure, Test, Value};

use super::certainty::Answer;
use super::tree::Examination;

impl Examination<'_, '_> {
    /// Check whether an average is reached. It is, if credits times what the points are above the minimum do not
    /// sum to less than zero. Work of which the selector does not know is taken both ways.
    pub(super) fn average(&self, gpa: &Gpa) -> Answer {
        let everything: Set<&AttainmentId>;
        let (selector, population) = match &gpa.over {
            GpaOver::Attribute(name) => {
                let test = Test::AtLeast(Value::Number(gpa.min));
                return self.facts.learner(&AttributeTest { name: name.clone(), test });
            }
            GpaOver::Applied(selector) => (selector, self.applied),
            GpaOver::Record(selector) => {
                everything = self.facts.ids().collect();
                (selector, &everything)
            }
        };
        let (mut sure, mut gain, mut loss) = (0i128, 0i128, 0i128);
        let mut any = false;
        for id in population {
            let Some(fact) = self.facts.get(id).filter(|f| !f.unfinished) else { continue };
            let Some(points) = fact.grade.and_then(|g| g.points) else { continue };
            let credits = i128::from(self.facts.worth(id, Measure::Credits));
            let over = credits * i128::from(points.thousandths() - gpa.min.thousandths());
            match self.facts.selects(selector, id, Some(self.credential)) {
                _ if credits == 0 => {}
                Answer::No => {}
                Answer::Yes => (sure, any) = (sure + over, true),
                Answer::Maybe => (gain, loss) = (gain + over.max(0), loss + over.min(0)),
            }
        }
        match any {
            false => Answer::Maybe,
            true if sure + loss >= 0 => Answer::Yes,
            true if sure + gain < 0 => Answer::No,
            true => Answer::Maybe,
        }
    }
}
