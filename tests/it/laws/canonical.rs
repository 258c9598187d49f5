//! The law of canonical bytes: what is read as canonical is what is written.

use credstack_base::json;
use credstack_tests::worlds::World;

use super::props::Verdict;

/// What is read as canonical is what is written of it, byte for byte, and nothing else is.
pub(crate) fn canonical_is_as_written(world: &World) -> Verdict {
    let otherwise = written_otherwise(&world.catalog)? + written_otherwise(&world.record)?;
    Ok(otherwise > 0)
}

/// Reads a value written in many other ways, and counts those in which it can be read and is not canonical.
fn written_otherwise<T: json::FromJson + serde::Serialize + PartialEq>(value: &T) -> Result<usize, String> {
    let written = json::write(value).map_err(|e| e.to_string())?;
    match json::read_canonical::<T>(&written) {
        Ok((again, true)) if again == *value => {}
        Ok(_) => return Err("what is written is not canonical, or another value".to_owned()),
        Err(error) => return Err(error.to_string()),
    }
    let text = String::from_utf8(written).map_err(|e| e.to_string())?;
    // Sorted by name, as this parser keeps it.
    let sorted: serde_json::Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let mut others = vec![sorted.to_string(), format!("{text} ")];
    let mut names: Vec<&str> = text.split('"').skip(1).step_by(2).filter(|name| name.len() > 2).collect();
    names.sort_unstable();
    names.dedup();
    names.extend(["fixed", "kind", "labels", "limits", "single_source", "source", "title"]);
    // A different one each time, the same ones in every run.
    let mut last = text.len();
    let mut next = |below: usize| {
        last = last.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (last >> 33) % below.max(1)
    };
    for (at, mark) in text.char_indices() {
        let (before, after) = text.split_at(at);
        let rest = after.get(mark.len_utf8()..).unwrap_or_default();
        if !matches!(mark, '{' | '[' | ',' | ':' | '"' | '0'..='9') && next(8) > 0 {
            continue;
        }
        let name = names[next(names.len())];
        let nothing = ["null", "[]", "{}", "false", "true", "\"course\"", "0"][next(7)];
        others.push(match mark {
            '{' if rest.starts_with('}') => format!("{before}{{\"{name}\":{nothing}{rest}"),
            '{' if next(3) > 0 => format!("{before}{{\"{name}\":{nothing},{rest}"),
            '}' => format!("{before},\"{name}\":{nothing}}}{rest}"),
            '0'..='9' if !rest.starts_with(|c: char| c.is_ascii_digit() || c == '.') => {
                format!("{before}{mark}{}{rest}", [".0", "0", ".50", ".5", "e0"][next(5)])
            }
            '{' | '[' | ',' | ':' => format!("{before}{mark}{}{rest}", [" ", "\n", "\t"][next(3)]),
            'a'..='z' => format!("{before}{}{rest}", [format!("\\u{:04x}", mark as u32), "\\/".into()][next(2)]),
            _ => format!("{before}{rest}"),
        });
    }
    let mut found = 0;
    for other in others {
        let Ok((value, is_canonical)) = json::read_canonical::<T>(other.as_bytes()) else { continue };
        let is_as_written = json::write(&value).is_ok_and(|written| written == other.as_bytes());
        if is_canonical != is_as_written {
            return Err(format!("said to be canonical: {is_canonical}, and it is not so: {other}"));
        }
        found += usize::from(!is_canonical);
    }
    Ok(found)
}
