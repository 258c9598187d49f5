//! Requirement lists of MIT's FireRoad (`.reql`), and the percentage that FireRoad shows for each.
//!
//! Nothing is exclusive there: a subject counts wherever it fits, so every leaf looks and takes
//! nothing. Of the many readings of a threshold over alternatives this follows the one that the
//! golden percentages show: `a/b/c{>=2}` counts the subjects of all alternatives, also those of an
//! alternative that is itself a list of several.

use std::collections::{BTreeMap, BTreeSet};

use credstack_engine::model::answer::NodeAnswer;
use credstack_engine::model::{
    Approved, Catalog, CredentialId, CredentialKind, Decimal, Measure, Office, OfficeId, Requirement, Rule, Selector,
};

use super::Fault;
use super::build::{add_credential, whole};

/// The units that a subject has where nothing else is known.
pub const UNITS: u32 = 12;
/// How deep variables may refer to one another.
const DEPTH: usize = 20;
const DEPARTMENT: &str = "department";

/// A requirement list.
#[derive(Debug)]
pub struct List {
    /// Its title.
    pub title: String,
    /// How many subjects must be taken in all, if the list says so.
    pub threshold: Option<u32>,
    /// Its sections.
    pub sections: Vec<Statement>,
}

/// A statement of a list, its variables replaced by what they stand for.
#[derive(Clone, Debug)]
pub struct Statement {
    /// What the list calls it.
    pub title: Option<String>,
    /// How many subjects or units are asked for.
    pub threshold: Option<Threshold>,
    /// From how many different alternatives.
    pub distinct: Option<Threshold>,
    /// The statement.
    pub form: Form,
}

/// The forms of statement.
#[derive(Clone, Debug)]
pub enum Form {
    /// A subject (`6.006`) or a designation (`GIR:PHY1`, `HASS-A`, `CI-H`).
    Subject(String),
    /// A text that nobody but the department can decide.
    Text(String),
    /// All of these.
    All(Vec<Statement>),
    /// Any of these.
    Any(Vec<Statement>),
}

/// A threshold such as `{>=4}` or `{<=1}`; `>` and `<` are brought to these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// Whether it is a least or a most.
    pub at_most: bool,
    /// How much.
    pub number: u32,
    /// Whether units are counted rather than subjects.
    pub units: bool,
}

/// Reads a list.
///
/// # Errors
/// If it has no header, or a statement cannot be read; the error names the statement.
pub fn read(text: &str) -> Result<List, Fault> {
    let lines: Vec<&str> = text.lines().map(|l| l.split_once("%%").map_or(l, |(before, _)| before).trim()).collect();
    let header: Vec<&str> = lines.first().ok_or("an empty list")?.split("#,#").map(str::trim).collect();
    let threshold = header.iter().find_map(|part| part.strip_prefix("threshold="));
    let titles: Vec<_> = header.iter().filter(|part| !part.is_empty() && !part.contains('=')).collect();
    let mut variables = BTreeMap::new();
    let mut sections = Vec::new();
    for line in lines.iter().skip(1) {
        if let Some((left, right)) = line.split_once(":=") {
            let (name, title) = match left.split_once(',') {
                Some((name, title)) => (name.trim(), Some(title.trim().trim_matches('"').to_owned())),
                None => (left.trim(), None),
            };
            let mut statement = parse(right).map_err(|e| format!("`{name}`: {e}"))?;
            statement.title = title;
            variables.insert(name.to_owned(), statement);
        }
    }
    // Section names stand on lines of their own, each before a description that may be empty; the
    // block opens after the first blank line and ends at the variables.
    let block = lines.iter().skip(1).skip_while(|l| !l.is_empty()).take_while(|l| !l.contains(":="));
    for line in block {
        if variables.contains_key(*line) {
            sections.push(resolve(&variables[*line], &variables, 0)?);
        }
    }
    if sections.is_empty() && !variables.is_empty() {
        return Err("no section of the list is defined".into());
    }
    Ok(List {
        title: titles.last().map_or_else(String::new, |t| (**t).to_owned()),
        threshold: threshold.map(str::parse).transpose()?,
        sections,
    })
}

/// Splits at a separator outside parentheses and quotation marks.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut depth, mut quoted, mut start) = (0_i32, false, 0);
    let mut parts = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ if c == separator && depth == 0 && !quoted => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn parse(text: &str) -> Result<Statement, Fault> {
    let text = text.trim();
    let (body, modifier) = match text.rfind('{') {
        Some(at) if text.ends_with('}') => (text[..at].trim(), Some(&text[at + 1..text.len() - 1])),
        _ => (text, None),
    };
    let (mut threshold, mut distinct) = (None, None);
    if let Some(modifier) = modifier {
        let (first, second) = modifier.split_once('|').unwrap_or((modifier, ""));
        threshold = read_threshold(first)?;
        distinct = read_threshold(second)?;
    }
    // As in FireRoad, a comma at the top level wins over a slash beside it only by being last;
    // the lists never mix the two without parentheses.
    let (commas, slashes) = (split(body, ','), split(body, '/'));
    let parts = |parts: Vec<&str>| parts.into_iter().map(parse).collect::<Result<Vec<_>, _>>();
    let form = if let Some(text) = body.strip_prefix("\"\"").and_then(|t| t.strip_suffix("\"\"")) {
        Form::Text(text.trim().to_owned())
    } else if commas.len() > 1 && slashes.len() > 1 {
        return Err(format!("`{body}` mixes `,` and `/` without parentheses").into());
    } else if commas.len() > 1 {
        // `{>=0}` makes everything before it optional.
        if threshold.is_some_and(|t| !t.at_most && t.number == 0) {
            Form::Any(parts(commas)?)
        } else {
            Form::All(parts(commas)?)
        }
    } else if slashes.len() > 1 {
        Form::Any(parts(slashes)?)
    } else if let Some(inner) = body.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        let inner = parse(inner)?;
        if threshold.is_none() && distinct.is_none() {
            return Ok(inner);
        }
        inner.form
    } else if body.is_empty() || body.contains(['(', ')', '{', '}']) {
        return Err(format!("`{body}` is no subject").into());
    } else {
        Form::Subject(body.trim_matches('"').to_owned())
    };
    Ok(Statement { title: None, threshold, distinct, form })
}

fn read_threshold(text: &str) -> Result<Option<Threshold>, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let number: u32 = digits.parse().map_err(|_| format!("`{{{text}}}` is no threshold"))?;
    let (at_most, number) = match (text.starts_with('<'), text.contains('=')) {
        (true, true) => (true, number),
        (true, false) => (true, number.saturating_sub(1)),
        (false, true) => (false, number),
        (false, false) => (false, number + 1),
    };
    Ok(Some(Threshold { at_most, number, units: text.ends_with('u') }))
}

fn resolve(statement: &Statement, variables: &BTreeMap<String, Statement>, depth: usize) -> Result<Statement, Fault> {
    if depth > DEPTH {
        return Err("the variables go round in a circle".into());
    }
    let inside = |of: &[Statement]| of.iter().map(|s| resolve(s, variables, depth + 1)).collect::<Result<_, _>>();
    let mut resolved = statement.clone();
    resolved.form = match &statement.form {
        Form::Subject(name) if variables.contains_key(name) => {
            let variable = resolve(&variables[name], variables, depth + 1)?;
            // A statement that only names a variable is that variable, under its own title.
            if statement.threshold.is_none() && statement.distinct.is_none() {
                return Ok(Statement { title: statement.title.clone().or(variable.title), ..variable });
            }
            Form::Any(vec![variable])
        }
        Form::All(of) => Form::All(inside(of)?),
        Form::Any(of) => Form::Any(inside(of)?),
        Form::Subject(_) | Form::Text(_) => statement.form.clone(),
    };
    Ok(resolved)
}

impl Statement {
    /// The subjects and designations anywhere inside.
    fn subjects<'a>(&'a self, into: &mut BTreeSet<&'a str>) {
        match &self.form {
            Form::Subject(name) => {
                into.insert(name);
            }
            Form::Text(_) => {}
            Form::All(of) | Form::Any(of) => of.iter().for_each(|s| s.subjects(into)),
        }
    }

    fn pool(&self) -> Result<Selector, Fault> {
        let mut subjects = BTreeSet::new();
        self.subjects(&mut subjects);
        pool(subjects)
    }

    fn children(&self) -> &[Self] {
        match &self.form {
            Form::All(of) | Form::Any(of) => of,
            Form::Subject(_) | Form::Text(_) => &[],
        }
    }
}

/// A designation is a tag of a subject; everything else is a subject's number.
fn is_designation(name: &str) -> bool {
    name.starts_with("GIR:") || name.starts_with("HASS") || name.starts_with("CI-")
}

fn pool<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<Selector, Fault> {
    let (tags, subjects): (Vec<_>, Vec<_>) = names.into_iter().partition(|n| is_designation(n));
    let tags = tags.into_iter().map(|t| Selector::Tag(t.to_owned()));
    if subjects.is_empty() {
        return tags.reduce(Selector::or).ok_or_else(|| "a threshold over nothing".into());
    }
    Ok(tags.fold(Selector::of_codes(subjects)?, Selector::or))
}

/// The requirement that a statement stands for. Its children are those of the statement, one by
/// one, but for a threshold, which is one node that counts, with a second for the alternatives.
///
/// # Errors
/// If a name in it is none.
pub fn requirement(statement: &Statement) -> Result<Requirement, Fault> {
    let mut built = match (&statement.threshold, &statement.distinct) {
        (None, None) => plain(statement)?,
        (Some(threshold), None) => thresholded(statement, *threshold)?,
        (None, Some(distinct)) => alternatives(statement, *distinct)?,
        // So much from at most one alternative: one of them brings it alone.
        (Some(threshold), Some(distinct)) if distinct.at_most => {
            if distinct.number != 1 {
                return Err("at most several alternatives together with a threshold".into());
            }
            Requirement::any(statement.children().iter().map(|s| thresholded(s, *threshold)).collect::<Result<_, _>>()?)
        }
        (Some(threshold), Some(distinct)) => {
            Requirement::all(vec![thresholded(statement, *threshold)?, alternatives(statement, *distinct)?])
        }
    };
    built.label.clone_from(&statement.title);
    Ok(built)
}

fn plain(statement: &Statement) -> Result<Requirement, Fault> {
    let inside = |of: &[Statement]| of.iter().map(requirement).collect::<Result<Vec<_>, _>>();
    Ok(match &statement.form {
        Form::Subject(name) => Requirement::seen(Measure::Count, Decimal::ONE, pool([name.as_str()])?),
        Form::Text(text) => {
            let asked = Approved { office: OfficeId::new(DEPARTMENT)?, subject: text.clone() };
            Requirement::new(Rule::Approved(asked))
        }
        Form::All(of) => Requirement::all(inside(of)?),
        Form::Any(of) => Requirement::any(inside(of)?),
    })
}

fn thresholded(statement: &Statement, threshold: Threshold) -> Result<Requirement, Fault> {
    if matches!(statement.form, Form::Text(_)) {
        return plain(statement);
    }
    let measure = if threshold.units { Measure::Credits } else { Measure::Count };
    if threshold.at_most {
        let more = Requirement::seen(measure, whole(threshold.number + 1), statement.pool()?);
        return Ok(Requirement::new(Rule::Not(Box::new(more))));
    }
    Ok(Requirement::seen(measure, whole(threshold.number), statement.pool()?))
}

fn alternatives(statement: &Statement, distinct: Threshold) -> Result<Requirement, Fault> {
    if distinct.at_most || distinct.units {
        return Err("a threshold of alternatives that is not `>=`".into());
    }
    // An alternative that is optional by itself still has to bring a subject to be counted.
    let of = statement
        .children()
        .iter()
        .map(|child| match child.threshold {
            Some(Threshold { at_most: false, number: 0, .. }) => {
                Ok(Requirement::seen(Measure::Count, Decimal::ONE, child.pool()?))
            }
            _ => requirement(child),
        })
        .collect::<Result<_, _>>()?;
    Ok(Requirement::at_least(Measure::Count, whole(distinct.number), of))
}

/// A catalog with one credential for each section of a list, named `section-1` and so on, and one
/// for the whole list, named `list`.
///
/// # Errors
/// If a name in it is none.
pub fn catalog(list: &List) -> Result<Catalog, Fault> {
    let mut catalog = Catalog::new("mit", &list.title);
    catalog.defaults.typical_credits = whole(UNITS);
    catalog.offices.insert(OfficeId::new(DEPARTMENT)?, Office { title: "Department".to_owned() });
    let units = whole(UNITS);
    let mut whole_list = Vec::new();
    for (n, section) in list.sections.iter().enumerate() {
        let completion = requirement(section)?;
        whole_list.push(completion.clone());
        let title = section.title.clone().unwrap_or_else(|| format!("Section {}", n + 1));
        let id = format!("section-{}", n + 1);
        add_credential(&mut catalog, &id, &title, CredentialKind::Program, completion, units)?;
    }
    if let Some(threshold) = list.threshold {
        let mut subjects = BTreeSet::new();
        list.sections.iter().for_each(|s| s.subjects(&mut subjects));
        whole_list.push(Requirement::seen(Measure::Count, whole(threshold), pool(subjects)?));
    }
    add_credential(&mut catalog, "list", &list.title, CredentialKind::Program, Requirement::all(whole_list), units)?;
    Ok(catalog)
}

/// The credential of a section, counted from zero.
///
/// # Errors
/// Never.
pub fn section_id(n: usize) -> Result<CredentialId, Fault> {
    Ok(CredentialId::new(&format!("section-{}", n + 1))?)
}

/// How far a statement is, as FireRoad counts: what there is, and the most that counts, in
/// thousandths of a subject (or of a unit).
///
/// All: the sums. Any: those of the alternative that is furthest. A threshold: what there is, up
/// to it. A threshold of n alternatives: the sums over the n that are furthest. Both: the lesser.
///
/// # Errors
/// If the answer's tree is not that of the statement.
pub fn progress(statement: &Statement, answer: &NodeAnswer) -> Result<(i64, i64), Fault> {
    let child = |n: usize| answer.children.get(n).ok_or_else(|| format!("{}: no child {n}", answer.path));
    match (&statement.threshold, &statement.distinct) {
        (Some(_), None) => amount(answer),
        (None, Some(distinct)) => furthest(statement, answer, distinct.number),
        (Some(_), Some(distinct)) => {
            let (a, b) = (amount(child(0)?)?, furthest(statement, child(1)?, distinct.number)?);
            Ok(if further(a, b) == std::cmp::Ordering::Greater { b } else { a })
        }
        (None, None) => match &statement.form {
            Form::Subject(_) => amount(answer),
            Form::Text(_) => Ok((0, 1000)),
            Form::All(of) => {
                let mut sum = (0, 0);
                for (n, statement) in of.iter().enumerate() {
                    let (have, most) = progress(statement, child(n)?)?;
                    sum = (sum.0 + have, sum.1 + most);
                }
                Ok(sum)
            }
            Form::Any(_) => furthest(statement, answer, 1),
        },
    }
}

fn amount(answer: &NodeAnswer) -> Result<(i64, i64), Fault> {
    let amount = answer.amount.as_ref().ok_or_else(|| format!("{}: no amount", answer.path))?;
    let need = amount.need.thousandths();
    Ok((amount.have.thousandths().min(need), need))
}

/// Compares two fractions without dividing.
fn further(a: (i64, i64), b: (i64, i64)) -> std::cmp::Ordering {
    (a.0 * b.1).cmp(&(b.0 * a.1))
}

fn furthest(statement: &Statement, answer: &NodeAnswer, n: u32) -> Result<(i64, i64), Fault> {
    let mut of = Vec::new();
    for (statement, answer) in statement.children().iter().zip(&answer.children) {
        of.push(progress(statement, answer)?);
    }
    of.sort_by(|a, b| further(*b, *a));
    of.truncate(usize::try_from(n)?);
    Ok(of.into_iter().fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "T#,#Medium#,#No degree#,#Long#,#threshold=3\nWords, with := none\n\nfirst\n\nsecond\nDescription\n\n\
        first, \"First\" := A, (B/(C, D))  %% comment\npart := E/F{>=0}\nsecond, \"Second\" := part/G{>=4|>=2}\n\
        text := \"\"48-60 units, or more\"\"{>=48u}\n";

    #[test]
    fn a_list_is_read_with_its_variables_replaced() {
        let list = read(&LIST.replace("Words, with := none", "Words")).unwrap();
        assert_eq!((list.title.as_str(), list.threshold, list.sections.len()), ("Long", Some(3), 2));
        let Form::All(first) = &list.sections[0].form else { panic!() };
        assert!(matches!(&first[1].form, Form::Any(of) if matches!(&of[1].form, Form::All(cd) if cd.len() == 2)));
        let second = &list.sections[1];
        assert_eq!(second.distinct, Some(Threshold { at_most: false, number: 2, units: false }));
        assert!(matches!(&second.form, Form::Any(of) if of[0].threshold.is_some_and(|t| t.number == 0)));
        let catalog = catalog(&list).unwrap();
        assert_eq!(catalog.credentials.len(), 3);
    }

    #[test]
    fn a_threshold_counts_the_subjects_of_all_alternatives() {
        let statement = parse("A/(B, C)/HASS{>=2}").unwrap();
        let built = requirement(&statement).unwrap();
        let Rule::Seen(seen) = built.rule else { panic!("{built:?}") };
        assert_eq!(seen.min, whole(2));
        assert!(matches!(seen.pool, Selector::Or(parts) if parts.len() == 2));
    }

    #[test]
    fn what_is_no_statement_is_refused() {
        for bad in ["", "(A", "A/B, C", "A{>=x}"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
        assert!(read("T\n\na\n\na := b\nb := a").is_err());
    }
}
