//! What is wrong or doubtful in a record, but does not keep it from being answered.

use credstack_base::order;
use credstack_base::sorted::Set;
use credstack_model::{Attainment, AttainmentId, Catalog, Message, Record};

/// Return what a record says that the catalog does not know, apart from single attainments.
pub(super) fn record_notices(catalog: &Catalog, record: &Record) -> Vec<Message> {
    let mut notices = Vec::new();
    for (name, value) in &record.attributes {
        let about = |key: &str| Message::new(key).text("attribute", name.as_str()).text("value", value.to_string());
        match catalog.learner_attributes.get(name) {
            None => notices.push(about("notice-unknown-attribute")),
            Some(decl) => {
                if let Err(expected) = decl.accepts(value) {
                    notices.push(about("notice-bad-attribute").text("expected", expected));
                }
            }
        }
    }
    let mut attainments: Vec<&Attainment> = record.attainments.iter().filter(|a| !a.attributes.is_empty()).collect();
    order::sort_by(&mut attainments, |a, b| a.id.cmp(&b.id));
    attainments.dedup_by(|a, b| a.id == b.id);
    for attainment in attainments {
        for (name, value) in &attainment.attributes {
            let about = |key: &str| {
                Message::new(key)
                    .text("attainment", attainment.id.as_str())
                    .text("attribute", name.as_str())
                    .text("value", value.to_string())
            };
            match catalog.attainment_attributes.get(name) {
                None => notices.push(about("notice-unknown-attainment-attribute")),
                Some(decl) => {
                    if let Err(expected) = decl.accepts(value) {
                        notices.push(about("notice-bad-attainment-attribute").text("expected", expected));
                    }
                }
            }
        }
    }
    let consumes = record.conferred.iter().any(|award| !award.consumed.is_empty());
    let ids: Set<&AttainmentId> = order::set(record.attainments.iter().filter(|_| consumes).map(|a| &a.id));
    for award in &record.conferred {
        let about = |key: &str| Message::new(key).text("credential", award.credential.as_str());
        if !catalog.credentials.contains_key(&award.credential) {
            notices.push(about("notice-unknown-conferred"));
        }
        for id in award.consumed.iter().filter(|id| !ids.contains(id)) {
            notices.push(about("notice-unknown-consumed").text("attainment", id.as_str()));
        }
    }
    for exception in &record.exceptions {
        if !catalog.credentials.contains_key(&exception.credential) {
            notices.push(Message::new("notice-unknown-exception").text("credential", exception.credential.as_str()));
        }
    }
    let mut approvals: Vec<_> = record.approvals.iter().filter(|a| !catalog.offices.contains_key(&a.office)).collect();
    order::sort_by(&mut approvals, |a, b| a.office.cmp(&b.office));
    for approval in approvals {
        notices.push(Message::new("notice-unknown-office").text("office", approval.office.as_str()));
    }
    // The order in which a record lists things, and that it lists one twice, change nothing.
    credstack_base::json::sort_by_json(&mut notices);
    notices.dedup();
    notices
}
