//! Finds circles of imports among the files of one crate.
//!
//! A file depends on another if it names an item that the other defines: in a `use`, or in a path such as
//! `crate::a::b` or `super::c`. A path is followed through the module tree and through re-exports to the
//! file with the definition. So a `mod.rs` that only declares and re-exports its children depends on
//! nothing, and nothing depends on it. Inline test modules, and files named `tests`, are left aside.

use std::collections::{BTreeMap, BTreeSet};

/// The text of each file of a crate, by its path below `src`.
pub(super) type Files = BTreeMap<String, String>;

/// Return the circles of a crate, one chain of files for each group that depends on itself.
pub(super) fn circles(files: &Files) -> Vec<String> {
    let modules: BTreeMap<Module, File<'_>> =
        files.iter().filter_map(|(path, text)| Some((module_of(path)?, File::read(path, text)))).collect();
    let arrows = modules.iter().map(|(module, file)| (file.path, dependencies(&modules, module, file))).collect();
    chains(&arrows)
}

/// The names of the modules around and including one; none for the root of the crate.
type Module = Vec<String>;

/// From each file to those that it depends on.
type Arrows<'f> = BTreeMap<&'f str, BTreeSet<&'f str>>;

/// What one file declares, imports and names.
struct File<'f> {
    path: &'f str,
    /// The items that it defines outside of any block.
    items: BTreeSet<String>,
    imports: Vec<Import>,
    /// The paths in its code.
    paths: Vec<Vec<String>>,
}

/// A path that a `use` brings in; the name `*` stands for all that is there.
struct Import {
    name: String,
    path: Vec<String>,
    /// Whether the name is passed on to others.
    is_public: bool,
}

fn module_of(path: &str) -> Option<Module> {
    let mut module: Module = path.strip_suffix(".rs")?.split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str())) {
        module.pop();
    }
    (!module.iter().any(|name| name == "tests")).then_some(module)
}

/// Split Rust into names and marks, without comments, texts and characters.
fn tokens(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let starts = |at: usize, what: &str| what.chars().enumerate().all(|(n, c)| letters.get(at + n) == Some(&c));
    let is_name = |c: &char| c.is_alphanumeric() || *c == '_';
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(letter) = letters.get(at) {
        if starts(at, "//") {
            at += letters[at..].iter().position(|c| *c == '\n').unwrap_or(letters.len() - at);
        } else if starts(at, "/*") {
            at += 2;
            let mut depth = 1;
            while depth > 0 && at < letters.len() {
                let (opens, closes) = (starts(at, "/*"), starts(at, "*/"));
                depth = depth + i32::from(opens) - i32::from(closes);
                at += if opens || closes { 2 } else { 1 };
            }
        } else if *letter == 'r' && (starts(at, "r\"") || starts(at, "r#\"") || starts(at, "r##\"")) {
            let hashes = letters[at + 1..].iter().take_while(|c| **c == '#').count();
            let end = format!("\"{}", "#".repeat(hashes));
            at += hashes + 2;
            while at < letters.len() && !starts(at, &end) {
                at += 1;
            }
            at += end.len();
        } else if *letter == '"' {
            at += 1;
            while at < letters.len() && letters[at] != '"' {
                at += if letters[at] == '\\' { 2 } else { 1 };
            }
            at += 1;
        } else if *letter == '\'' && (letters.get(at + 1) == Some(&'\\') || letters.get(at + 2) == Some(&'\'')) {
            at += if letters.get(at + 1) == Some(&'\\') { 3 } else { 2 };
            at += letters.get(at..).map_or(0, |rest| rest.iter().position(|c| *c == '\'').map_or(0, |end| end + 1));
        } else if is_name(letter) {
            let name: String = letters[at..].iter().take_while(|c| is_name(c)).collect();
            at += name.chars().count();
            found.push(name);
        } else if starts(at, "::") {
            found.push("::".to_owned());
            at += 2;
        } else {
            if !letter.is_whitespace() {
                found.push(letter.to_string());
            }
            at += 1;
        }
    }
    found
}

impl<'f> File<'f> {
    fn read(path: &'f str, text: &str) -> Self {
        let tokens = tokens(text);
        let token = |at: usize| tokens.get(at).map_or("", String::as_str);
        let is_name = |at: usize| token(at).starts_with(|c: char| c.is_alphabetic() || c == '_');
        let mut file = Self { path, items: BTreeSet::new(), imports: Vec::new(), paths: Vec::new() };
        let (mut at, mut depth) = (0, 0);
        while at < tokens.len() {
            match token(at) {
                "{" => depth += 1,
                "}" => depth -= 1,
                "mod" if is_name(at + 1) && token(at + 2) == "{" && token(at + 1) == "tests" => {
                    at = past_block(&tokens, at + 2);
                    continue;
                }
                "mod" => at += 1,
                // Not `use<'a>`, which says what a type captures.
                "use" if token(at + 1) != "<" => {
                    let is_public = at > 0 && matches!(token(at - 1), "pub" | ")");
                    at = use_tree(&tokens, at + 1, &[], is_public, &mut file.imports);
                    continue;
                }
                "fn" | "struct" | "enum" | "trait" | "type" | "const" | "static" | "union" if depth == 0 => {
                    let skipped = usize::from(matches!(token(at + 1), "mut" | "fn" | "unsafe"));
                    file.items.insert(token(at + 1 + skipped).to_owned());
                }
                "macro_rules" => {
                    file.items.insert(token(at + 2).to_owned());
                }
                _ if is_name(at) && !matches!(token(at.wrapping_sub(1)), "::" | ".") => {
                    let mut path = vec![token(at).to_owned()];
                    while token(at + 1) == "::" && is_name(at + 2) {
                        path.push(token(at + 2).to_owned());
                        at += 2;
                    }
                    if !(path.len() == 1 && token(at + 1) == "!") {
                        file.paths.push(path);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        file
    }
}

/// Return the place behind a block, whose opening brace is at `at`.
fn past_block(tokens: &[String], mut at: usize) -> usize {
    let mut depth = 0;
    while let Some(token) = tokens.get(at) {
        depth += i32::from(token == "{") - i32::from(token == "}");
        at += 1;
        if depth == 0 {
            break;
        }
    }
    at
}

/// Read one branch of a `use`; return the place behind it.
fn use_tree(tokens: &[String], mut at: usize, before: &[String], is_public: bool, imports: &mut Vec<Import>) -> usize {
    let token = |at: usize| tokens.get(at).map_or("", String::as_str);
    let mut path = before.to_vec();
    loop {
        match token(at) {
            "" => return at,
            "::" => at += 1,
            "{" => {
                at += 1;
                while !matches!(token(at), "}" | "") {
                    at = use_tree(tokens, at, &path, is_public, imports);
                    at += usize::from(matches!(token(at), "," | ";"));
                }
                return at + 1;
            }
            ";" | "," | "}" | "as" => {
                let mut name = path.last().cloned().unwrap_or_default();
                if name == "self" {
                    path.pop();
                    name = path.last().cloned().unwrap_or_default();
                }
                if token(at) == "as" {
                    name = token(at + 1).to_owned();
                    at += 2;
                }
                imports.push(Import { name, path, is_public });
                return at;
            }
            name => {
                path.push(name.to_owned());
                at += 1;
            }
        }
    }
}

/// Return the files whose items one file names.
fn dependencies<'f>(modules: &BTreeMap<Module, File<'f>>, module: &Module, file: &File<'_>) -> BTreeSet<&'f str> {
    let mut found = BTreeSet::new();
    let names = file.imports.iter().filter(|import| !import.is_public).map(|import| &import.path);
    for path in names.chain(&file.paths) {
        found.extend(defining(modules, module, path, &mut BTreeSet::new()));
    }
    found.remove(file.path);
    found
}

/// Return the files that define what a path names in a module: several only for all that is there. What was `asked`
/// already on the way is not asked again, so this ends, and soon, also where modules pass on all of one another.
fn defining<'f>(
    modules: &BTreeMap<Module, File<'f>>,
    module: &Module,
    path: &[String],
    asked: &mut BTreeSet<(Module, Vec<String>)>,
) -> BTreeSet<&'f str> {
    let nothing = BTreeSet::new();
    let (Some(file), Some(first)) = (modules.get(module), path.first()) else { return nothing };
    if !asked.insert((module.clone(), path.to_vec())) {
        return nothing;
    }
    let child: Module = module.iter().chain([first]).cloned().collect();
    let (mut inside, mut rest) = match first.as_str() {
        "crate" => (Vec::new(), &path[1..]),
        "self" => (module.clone(), &path[1..]),
        "super" => (module[..module.len().saturating_sub(1)].to_vec(), &path[1..]),
        // A name alone is a function or a type; a module has something behind it.
        _ if path.len() > 1 && modules.contains_key(&child) => (child, &path[1..]),
        _ => match file.imports.iter().find(|import| import.name == *first && import.path != path) {
            Some(import) => {
                let whole: Vec<String> = import.path.iter().chain(&path[1..]).cloned().collect();
                return defining(modules, module, &whole, asked);
            }
            None => return nothing,
        },
    };
    while let Some((name, more)) = rest.split_first() {
        let child: Module = match name.as_str() {
            "super" => inside[..inside.len().saturating_sub(1)].to_vec(),
            _ => inside.iter().chain([name]).cloned().collect(),
        };
        if !modules.contains_key(&child) {
            break;
        }
        (inside, rest) = (child, more);
    }
    let Some(file) = modules.get(&inside) else { return nothing };
    match rest.first() {
        // A module alone: what is named in it is found where it is named.
        None => nothing,
        Some(name) if name == "*" => {
            let own = (!file.items.is_empty()).then_some(file.path);
            let passed_on = file.imports.iter().filter(|import| import.is_public);
            passed_on.flat_map(|import| defining(modules, &inside, &import.path, asked)).chain(own).collect()
        }
        Some(name) if file.items.contains(name) => BTreeSet::from([file.path]),
        Some(name) => {
            if let Some(import) = file.imports.iter().find(|import| import.name == *name) {
                return defining(modules, &inside, &import.path, asked);
            }
            for glob in file.imports.iter().filter(|import| import.name == "*") {
                let mut path = glob.path.clone();
                path.pop();
                path.push(name.clone());
                let found = defining(modules, &inside, &path, asked);
                let is_there = |file: &File<'_>| found.contains(file.path) && file.items.contains(name);
                if modules.values().any(is_there) {
                    return found;
                }
            }
            // What a macro makes is defined where it is called.
            BTreeSet::from([file.path])
        }
    }
}

/// Return a chain for each group of files that depend on themselves, the shortest through the first of them.
fn chains(arrows: &Arrows<'_>) -> Vec<String> {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for first in arrows.keys() {
        if told.contains(first) {
            continue;
        }
        let ahead = reached(arrows, first);
        if !ahead.contains_key(first) {
            continue;
        }
        told.extend(ahead.keys().filter(|other| reached(arrows, other).contains_key(first)));
        let mut chain = vec![*first];
        let mut at = ahead[first];
        while at != *first {
            chain.push(at);
            at = ahead[at];
        }
        chain.push(first);
        chain.reverse();
        found.push(chain.join(" → "));
    }
    found
}

/// Return what a file depends on, directly or through others, each with the file before it on a shortest way.
fn reached<'f>(arrows: &Arrows<'f>, first: &str) -> BTreeMap<&'f str, &'f str> {
    let mut before = BTreeMap::new();
    let mut open: Vec<&str> = arrows.keys().filter(|file| **file == first).copied().collect();
    while !open.is_empty() {
        let mut next = Vec::new();
        for from in open {
            for to in arrows.get(from).into_iter().flatten() {
                if !before.contains_key(to) {
                    before.insert(*to, from);
                    next.push(*to);
                }
            }
        }
        open = next;
    }
    before
}

#[test]
fn circles_are_found_where_there_are_some() {
    let check = |files: &[(&str, &str)], expected: &[&str]| {
        let files: Files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        assert_eq!(circles(&files), expected, "{files:?}");
    };
    let lib = ("lib.rs", "mod a; mod b; pub use a::A; pub use b::{B, self as other};");
    // One way, through the root's re-export.
    check(&[lib, ("a.rs", "pub struct A;"), ("b.rs", "use crate::A; pub struct B(A);")], &[]);
    check(
        &[lib, ("a.rs", "use crate::B; pub struct A(B);"), ("b.rs", "use crate::A; pub struct B(A);")],
        &["a.rs → b.rs → a.rs"],
    );
    // A path in the code, a module by another name, and all that is in a module.
    let b = ("b.rs", "pub fn f() { crate::a::A::new() } pub struct B;");
    check(&[lib, ("a.rs", "use super::b::B; pub struct A;"), b], &["a.rs → b.rs → a.rs"]);
    check(&[lib, ("a.rs", "use crate::b as c; pub struct A(c::B);"), b], &["a.rs → b.rs → a.rs"]);
    check(&[lib, ("a.rs", "use super::b::*; pub struct A;"), b], &["a.rs → b.rs → a.rs"]);
    let captures = ("b.rs", "pub fn f() -> impl Sized + use<'_> { let x = 1; crate::a::A } pub struct B;");
    check(&[lib, ("a.rs", "use super::b::B; pub struct A;"), captures], &["a.rs → b.rs → a.rs"]);
    // Comments, texts, tests and names alone do not count.
    let talk =
        "//! See [`crate::b::B`].\npub struct A; /* crate::b::B */ const T: &str = \"crate::b::B\"; use crate::b;";
    check(&[lib, ("a.rs", talk), b], &[]);
    let tested = "pub struct A; const C: char = '\"'; mod tests { use crate::b::B; fn f() { if C == '}' {} } }";
    check(&[lib, ("a.rs", tested), b, ("tests.rs", "use super::*; use crate::a::A;")], &[]);
    // A `mod.rs` that only passes on, and one whose own items its children use while it calls them.
    let child = ("a/c.rs", "use super::d::D; pub struct C(D);");
    let d = ("a/d.rs", "pub struct D;");
    let root = ("lib.rs", "mod a;");
    check(&[root, ("a/mod.rs", "mod c; mod d; pub(crate) use c::C; pub use d::*;"), child, d], &[]);
    let caller = ("a/mod.rs", "mod c; mod d; pub struct E; fn f() { c::C::new() }");
    check(&[root, caller, child, d], &[]);
    check(&[root, caller, ("a/c.rs", "use super::E; pub struct C(E);"), d], &["a/c.rs → a/mod.rs → a/c.rs"]);
    let passing = ("a/mod.rs", "mod c; pub use c::c; pub struct E; fn f() { c() }");
    check(&[root, passing, ("a/c.rs", "use super::E; pub fn c() -> E {}")], &["a/c.rs → a/mod.rs → a/c.rs"]);
    // Of several globs the one that has the name, also where they lead to one another.
    let globs = ("lib.rs", "mod a; mod b; mod c; pub use a::*; pub use b::*;");
    let (a, c) = (("a.rs", "use crate::c::C; pub struct A;"), ("c.rs", "use crate::B; pub struct C;"));
    check(&[globs, a, ("b.rs", "pub use crate::*; pub struct B;"), c], &[]);
    check(&[globs, a, ("b.rs", "pub use crate::A; pub struct B;"), ("c.rs", "use crate::*;")], &["a.rs → c.rs → a.rs"]);
    let named = ("a/mod.rs", "mod c; pub use c::c; pub struct E;");
    check(&[root, named, ("a/c.rs", "use super::E; pub fn c() -> E {}")], &[]);
    // Longer.
    let three = [("lib.rs", "mod a; mod b; mod c;"), ("a.rs", "use crate::b::B; pub struct A;"), ("d.rs", "")];
    let rest = [("b.rs", "use crate::c::C; pub struct B;"), ("c.rs", "use crate::a::A; pub struct C;")];
    check(&[&three[..], &rest].concat(), &["a.rs → b.rs → c.rs → a.rs"]);
}
