//! The command line's words.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use credstack_engine::{CredentialId, Date, Decimal, LearnerId};

/// Decides who has earned, and who may start, which badge, certificate and degree.
#[derive(Debug, Parser)]
#[command(name = "credstack", version, max_term_width = 100, disable_help_subcommand = true)]
#[command(after_help = "\
Examples:
  credstack check rules/packs/boulder
  credstack build rules/packs/boulder -o boulder.bundle
  credstack determine --bundle boulder.bundle --record ada.json --as-of 2025-12-31
  credstack batch --bundle boulder.bundle --records learners.jsonl --out results

Exit codes: 0 done; 1 there were errors, failed tests or findings; 2 the command line is not right.")]
pub(crate) struct Cli {
    /// When to use colour; NO_COLOR and CLICOLOR_FORCE in the environment are respected
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub(crate) color: Color,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Check),
    Test(Test),
    Build(Build),
    Determine(Determine),
    Plan(Plan),
    Batch(Batch),
    Verify(Verify),
    Replay(Replay),
    Explain(Explain),
    Graph(Graph),
    #[command(subcommand)]
    Module(Module),
    Schema(Schema),
    Completions(Completions),
}

/// Read a rule pack and report everything that is wrong with it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  credstack check rules/packs/boulder
  credstack check rules/packs/boulder --format json | jq '.diagnostics[].code'

Exits with 0 if there is no error (warnings are none), 1 if there is.")]
pub(crate) struct Check {
    /// The folder of the pack, with a file pack.rhai in it
    pub(crate) pack: PathBuf,
    /// How to report
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) language: LanguageArg,
}

/// Run the scenarios of a rule pack
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  credstack test rules/packs/boulder
  credstack test rules/packs/boulder --only boundary

Exits with 0 if every scenario has the answer it expects, 1 if one has not or the pack has errors.")]
pub(crate) struct Test {
    /// The folder of the pack
    pub(crate) pack: PathBuf,
    /// Run only scenarios whose name has this text
    #[arg(long, value_name = "TEXT")]
    pub(crate) only: Option<String>,
}

/// Compile a rule pack to a bundle and print the bundle's hash
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  credstack build rules/packs/boulder -o boulder.bundle

The same rules give the same bytes and so the same hash, the SHA-256 of the file.")]
pub(crate) struct Build {
    /// The folder of the pack
    pub(crate) pack: PathBuf,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

/// Answer for one learner: what is complete, what counts where, what is missing
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  credstack determine --bundle boulder.bundle --record ada.json
  credstack determine --bundle rules/packs/boulder --record ada.json --as-of 2025-12-31 --target ms-cs
  credstack determine --bundle boulder.bundle --record ada.json --all --format json > ada.determination.json
  credstack determine --bundle boulder.bundle --record ada.json --engine wasm --module credstack.wasm
  credstack determine --bundle boulder.bundle --record ada.json --language es

With --engine wasm the WebAssembly module answers, the file that browsers load; the answer is the
same, and names the module, so that `credstack replay` can find it. Without --target and --all, the credentials that the record declares are answered.
`credstack schema record` describes the record.")]
pub(crate) struct Determine {
    #[command(flatten)]
    pub(crate) bundle: BundleArg,
    /// The learner's record, in JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) record: PathBuf,
    /// The date to answer for, YYYY-MM-DD; today (UTC) if not given
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// Answer for this credential instead of the declared ones; several are solved together, in
    /// the order given
    #[arg(long = "target", value_name = "ID", conflicts_with = "all")]
    pub(crate) targets: Vec<CredentialId>,
    /// Answer also for every credential that is not declared, each alone
    #[arg(long)]
    pub(crate) all: bool,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) language: LanguageArg,
    #[command(flatten)]
    pub(crate) search: Search,
    #[command(flatten)]
    pub(crate) answerer: Answerer,
}

/// What answers.
#[derive(Debug, Args)]
pub(crate) struct Answerer {
    /// What answers: this program, or the WebAssembly module
    #[arg(long, value_enum, default_value = "native", value_name = "WHICH")]
    pub(crate) engine: Engine,
    /// The module, for --engine wasm; bindings/wasm/build makes target/wasm/credstack.wasm
    #[arg(long, value_name = "FILE", required_if_eq("engine", "wasm"))]
    pub(crate) module: Option<PathBuf>,
}

/// The language of the text.
#[derive(Debug, Args)]
pub(crate) struct LanguageArg {
    /// The language of the text; names and notes stay as the rules have them, and what the program says of
    /// its files and its command line stays English
    #[arg(long, value_enum, default_value = "en", value_name = "TAG")]
    pub(crate) language: Language,
}

/// A language, by its tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// English
    En,
    /// Spanish
    Es,
}

/// What answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// This program
    Native,
    /// The WebAssembly module, under wasmtime
    Wasm,
}

/// Plan what is missing: the fewest credits that complete credentials, in terms
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  credstack plan --bundle rules/packs/boulder --record ada.json --target ms-cs --load 9
  credstack plan --bundle boulder.bundle --record ada.json --target ms-cs --target ai-certificate
  credstack plan --bundle boulder.bundle --record ada.json --format json --engine wasm --module credstack.wasm

Several targets are planned together, as far as they may share. What is in progress counts as
finished, and every planned course as completed with the best grade. Prerequisites and terms in
which a course is offered are kept where the catalog states them; without terms in the catalog that
start after the date, terms are numbered. Taking a course again for a better grade is planned only
where nothing else on record serves. With --engine wasm the WebAssembly module plans; the plan is the
same, and names the module, so that `credstack replay` can find it.

Exits with 0 if the plan completes every target, 1 if it does not.")]
pub(crate) struct Plan {
    #[command(flatten)]
    pub(crate) bundle: BundleArg,
    /// The learner's record, in JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) record: PathBuf,
    /// The date to plan from, YYYY-MM-DD; today (UTC) if not given
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// Plan for this credential instead of the declared ones; can be given several times
    #[arg(long = "target", value_name = "ID")]
    pub(crate) targets: Vec<CredentialId>,
    /// The most credits in a term
    #[arg(long, value_name = "CREDITS")]
    pub(crate) load: Option<Decimal>,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
    /// The most search steps
    #[arg(long, value_name = "N", default_value_t = credstack_engine::Options::default().steps)]
    pub(crate) steps: u64,
    #[command(flatten)]
    pub(crate) answerer: Answerer,
}

/// How to count and how long to search.
#[derive(Debug, Args)]
pub(crate) struct Search {
    /// Count what is planned as if it were in progress
    #[arg(long)]
    pub(crate) planned: bool,
    /// The most search steps for each group of credentials that are solved together
    #[arg(long, value_name = "N", default_value_t = credstack_engine::Options::default().steps)]
    pub(crate) steps: u64,
}

/// Answer for many learners: files in, files out
#[derive(Debug, Args)]
#[command(after_long_help = BATCH_HELP, after_help = "See --help for the columns of all files.")]
pub(crate) struct Batch {
    #[command(flatten)]
    pub(crate) bundle: BundleArg,
    /// A file with a JSON record a line, or a folder with learners.csv and attainments.csv
    #[arg(long, value_name = "PATH")]
    pub(crate) records: PathBuf,
    /// The folder to write the result to
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// The date to answer for, YYYY-MM-DD; today (UTC) if not given
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// How many threads; as many as the machine has if not given. The result is the same
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// Replace a result that is there
    #[arg(long)]
    pub(crate) force: bool,
    /// Exit with 1 if any input row was rejected
    #[arg(long)]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) search: Search,
}

const BATCH_HELP: &str = "\
Examples:
  credstack batch --bundle boulder.bundle --records learners.jsonl --out results --as-of 2025-12-31
  credstack batch --bundle rules/packs/boulder --records export/ --out results --jobs 4 --strict

Input, JSON Lines: one record a line; `credstack schema record` describes it.

Input, folder of CSV tables (UTF-8, commas, a header line; columns in any order; * must be there):
  learners.csv     learner_id*, declared (credential ids, `;` between, most important first), and a
                   column for each attribute of learners that the catalog declares
  attainments.csv  learner_id*, code*, attainment_id, kind, credits, hours, grade, grade_scale,
                   status, completed_on (date or term), expires_on, source, issuer, verified,
                   tags, competencies, and a column for each declared attribute of attainments
  conferred.csv    learner_id*, credential_id*, conferred_on*, expires_on, consumed (attainment
                   ids, `;` between); may be left out
  approvals.csv    learner_id*, office*, subject*, decision* (granted, denied, pending),
                   attainment_id, decided_on; may be left out

Every learner is asked about the credentials they declare (solved together) and about every other
credential of the catalog (each alone).

Output:
  determinations.jsonl    the full answer, one learner a line
  summary.csv             learner_id, credential_id, credential_title, credential_kind, declared,
                          status, admission, conferral_gate, credits_short, next_step
  eligible-for-award.csv  what is complete, has its gates at award open, and is not awarded yet:
                          learner_id, credential_id, credential_title, credential_kind, declared,
                          admission, edition, as_of, attainments, codes, same_attainments_as.
                          Declared credentials of a learner can be awarded together. Where
                          same_attainments_as is not empty and one of the two is not declared,
                          declare both and run again before awarding both
  notices.csv             learner_id, notice: doubts about records that were evaluated
  rejects.csv             file, line, learner_id, reason, how_to_mend, row: every input row that
                          was not evaluated. A learner with a rejected row is held back whole, as
                          an answer from half a record could be wrong
  batch.json              what was asked, the counts, and the SHA-256 of the other files; written
                          last, so a result without it is not whole

For each input file: rows = evaluated + rejected. A text cell that a spreadsheet would run as a
formula (it starts with = + - @, a tab or a carriage return) gets an apostrophe in front;
determinations.jsonl has the text as it was.

Exits with 0 when the result is written, also if rows were rejected, unless --strict is given.";

/// Check an answer again, independently of the solver as far as counting goes
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  credstack verify --bundle boulder.bundle --record ada.json --determination ada.determination.json

A checker that shares nothing with the solver goes over everything the answer claims. Where an
answer says that all ways of counting were searched in vain, the solver searches once more.

Exits with 0 if the determination follows from the bundle and the record, 1 if there are findings.")]
pub(crate) struct Verify {
    #[command(flatten)]
    pub(crate) bundle: BundleArg,
    /// The learner's record, in JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) record: PathBuf,
    /// The determination, in JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) determination: PathBuf,
}

/// Compute an old answer again with the module that gave it, and compare the bytes
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  credstack replay ada.determination.json --bundle boulder.bundle --record ada.json --module credstack.wasm
  credstack replay results/determinations.jsonl --learner ada --bundle boulder.bundle --record ada.json --modules modules
  credstack replay ada.plan.json --bundle boulder.bundle --record ada.json --modules modules

The answer names the SHA-256 of the module, the bundle and the record; each is compared
first. --modules is a folder of modules kept under their hashes, modules/<sha256>.wasm, which
`credstack module keep` fills. An answer that this program gave by itself names no module: it is computed
again with the one given by --module.

Exits with 0 if the bytes are the same, 1 if they are not.")]
pub(crate) struct Replay {
    /// A determination, the determinations.jsonl of a batch, or a plan
    #[arg(value_name = "ANSWER")]
    pub(crate) answer: PathBuf,
    /// Which learner, where the file has several
    #[arg(long, value_name = "ID")]
    pub(crate) learner: Option<LearnerId>,
    #[command(flatten)]
    pub(crate) bundle: BundleArg,
    /// The learner's record, in JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) record: PathBuf,
    /// The module
    #[arg(long, value_name = "FILE", required_unless_present = "modules")]
    pub(crate) module: Option<PathBuf>,
    /// A folder of modules
    #[arg(long, value_name = "DIR", conflicts_with = "module")]
    pub(crate) modules: Option<PathBuf>,
}

/// Look at WebAssembly modules of the engine, and keep them
#[derive(Debug, Subcommand)]
pub(crate) enum Module {
    Info(ModuleInfo),
    Keep(ModuleKeep),
}

/// Say what a module is: its hash, its versions, its languages, its limits
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  credstack module info target/wasm/credstack.wasm")]
pub(crate) struct ModuleInfo {
    /// The module
    pub(crate) file: PathBuf,
    /// How to answer
    #[arg(long, value_enum, default_value = "text")]
    pub(crate) format: Format,
}

/// Copy a module into a folder, under its hash
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  credstack module keep target/wasm/credstack.wasm --modules modules

What is kept is never changed: a module that is there already is left as it is.")]
pub(crate) struct ModuleKeep {
    /// The module
    pub(crate) file: PathBuf,
    /// The folder, made if it is not there
    #[arg(long, value_name = "DIR")]
    pub(crate) modules: PathBuf,
}

/// Say in words what a determination holds, or what a code of `credstack check` means
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  credstack explain ada.determination.json
  credstack explain ada.determination.json --target ms-cs --path completion.0.2
  credstack explain results/determinations.jsonl --learner ada --target ms-cs
  credstack explain unknown-word")]
pub(crate) struct Explain {
    /// A determination, or the determinations.jsonl of a batch; or a code, where no file has that name
    pub(crate) determination: PathBuf,
    /// Which learner, where the file has several
    #[arg(long, value_name = "ID")]
    pub(crate) learner: Option<LearnerId>,
    /// Only this credential
    #[arg(long, value_name = "ID")]
    pub(crate) target: Option<CredentialId>,
    /// Only this requirement, by its place in the tree, such as completion.0.2
    #[arg(long, value_name = "PLACE", requires = "target")]
    pub(crate) path: Option<String>,
    /// The bundle or pack, for the titles of courses
    #[arg(long, value_name = "PATH")]
    pub(crate) bundle: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) language: LanguageArg,
}

/// Draw which credential counts toward which
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  credstack graph rules/packs/boulder > boulder.dot
  credstack graph boulder.bundle --format svg > boulder.svg

Lines are stacks, with what they carry at most; dashed lines say that one credential is required
for another and carries nothing.")]
pub(crate) struct Graph {
    /// A bundle, or the folder of a pack
    pub(crate) bundle: PathBuf,
    /// How to draw
    #[arg(long, value_enum, default_value = "dot")]
    pub(crate) format: GraphFormat,
}

/// Print a JSON Schema
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  credstack schema record > record.schema.json")]
pub(crate) struct Schema {
    /// Of what
    #[arg(value_enum)]
    pub(crate) of: SchemaOf,
}

/// Print completions for a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  credstack completions bash > ~/.local/share/bash-completion/completions/credstack
  credstack completions zsh > ~/.zfunc/_credstack
  credstack completions fish > ~/.config/fish/completions/credstack.fish")]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// Where the rules are.
#[derive(Debug, Args)]
pub(crate) struct BundleArg {
    /// A bundle, or the folder of a pack
    #[arg(long, value_name = "PATH")]
    pub(crate) bundle: PathBuf,
}

/// How to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// How to draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GraphFormat {
    /// The language of Graphviz
    Dot,
    /// An image
    Svg,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// The catalog inside a bundle
    Bundle,
    /// A learner's record
    Record,
    /// An answer
    Determination,
    /// A plan
    Plan,
    /// Statuses of a whole catalog, without reasons
    Screening,
}
